// SPDX-License-Identifier: MIT
#pragma once

// The best mean over so many seconds, for power, heart rate and speed: the mean-maximal curve. Values in,
// values out. Pure.
//
// Each duration looks at every start at most once, and no faster way is known for all of them; but most
// starts are passed over by blocks, whose sums cannot rise far enough.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace harrier::analysis {

struct Peak {
    std::uint32_t seconds = 0;
    double mean = 0;
    std::size_t begin = 0; // s after the first value; of equal ones the earliest

    friend bool operator==(const Peak&, const Peak&) = default;
};

// `values`: one per second (second_grid.hpp). Windows with a missing value do not count; durations without a
// window are left out. `durations` in any order, none 0.
[[nodiscard]] std::vector<Peak> mean_maximal(std::span<const double> values,
                                             std::span<const std::uint32_t> durations);

// Every duration up to so many seconds.
[[nodiscard]] std::vector<std::uint32_t> every_duration(std::size_t seconds);

// Every second up to a minute, then steps of 3 %, and the round ones (5, 20, 30, 60 min, …) among them.
[[nodiscard]] std::vector<std::uint32_t> duration_grid(std::size_t seconds);

} // namespace harrier::analysis
