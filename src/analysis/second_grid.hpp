// SPDX-License-Identifier: MIT
#pragma once

// One value for each second, from samples that come as they like. Curves, rolling means and all that counts
// in seconds stand on it. Values in, values out. Pure.

#include "analysis/average.hpp"
#include "analysis/course.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace harrier::analysis {

// What lies further behind the first sample is left out: ten days.
constexpr std::size_t longest_grid = 864'000; // s

// Value k is the mean over the second that begins k s after the first sample: a sample holds as average.hpp
// says. Where less than half of a second has a value it is missing with Zeros::skip, and 0 with Zeros::count
// (not to pedal is 0 W). With Zeros::skip a value of 0 is none.
[[nodiscard]] std::vector<double> second_grid(std::span<const double> time, std::span<const double> values,
                                              Zeros zeros);
// The same for those who have `held` (held_seconds of the times) already.
[[nodiscard]] std::vector<double> second_grid(std::span<const double> time, std::span<const double> values,
                                              std::span<const double> held, Zeros zeros);

// m covered in each second from the first knot on, read off the line between knots.
[[nodiscard]] std::vector<double> metres_per_second(std::span<const double> time,
                                                    std::span<const double> metres);

} // namespace harrier::analysis
