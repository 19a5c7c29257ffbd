// SPDX-License-Identifier: MIT
#pragma once

// How far it was, sample by sample. Values in, values out. Pure.

#include "model/recording.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace harrier::analysis {

// What a line of distances was made from.
enum class DistanceSource {
    none,
    file,      // the file's own distances
    positions, // the way between the positions
    speed,     // speed times time
};

struct DistanceLine {
    std::vector<double> metres; // never falling; missing where a sample has none; empty when `none`
    DistanceSource source = DistanceSource::none;

    // From the first sample that has a distance to the last one; 0 where there is none.
    [[nodiscard]] double covered() const;
    // The same from the start on: what the first sample says lies behind, unless it is more than 200 m (the
    // file counts on from an activity before).
    [[nodiscard]] double total() const;
};

// m since the first position, missing where no position can be believed. Nothing is added from one segment to
// the next (`breaks`: indices of first samples), nor by a step that is faster than `fastest` (m/s): that is a
// jump of the receiver. `time` in order; columns of equal length.
[[nodiscard]] std::vector<double> distances_along(std::span<const double> time,
                                                  std::span<const double> latitude,
                                                  std::span<const double> longitude,
                                                  std::span<const std::size_t> breaks, double fastest);

// The best that the samples have: the file's distances unless they say nothing but one value, else positions,
// else speeds. `streams` in the order of time.
[[nodiscard]] DistanceLine distance_line(const model::Streams& streams, std::span<const std::size_t> breaks,
                                         std::string_view sport_type);

// The highest mean speed (m/s) over stretches of `seconds` or, where samples are further apart, from one to
// the next; those faster than `fastest` are not believed. Nothing where no stretch is so long. `metres` never
// falling, missing where unknown.
[[nodiscard]] std::optional<double>
highest_speed(std::span<const double> time, std::span<const double> metres, double seconds, double fastest);

} // namespace harrier::analysis
