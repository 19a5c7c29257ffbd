// SPDX-License-Identifier: MIT
#pragma once

// Samples as they can be reckoned with: in the order of time, without positions that cannot be. Values in,
// values out; nothing is invented, what is wrong is left out. Pure.

#include "model/recording.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace harrier::analysis {

struct Cleaned {
    model::Streams streams;
    std::vector<std::size_t> breaks; // ascending
};

// The samples in the order of time (those of one moment in the order of the file), all columns as long as
// `time` or empty. Left out: samples whose time is no number or centuries away, and fewer than 1 % of all
// samples where more than a day lies between them and the others (a clock that was wrong for a moment).
// Nothing where nothing is to be mended, which is nearly always: go on with the original then.
[[nodiscard]] std::optional<Cleaned> mend(const model::Streams& streams, std::span<const std::size_t> breaks);

// No sample is faster, in m/s: 34 km/h on foot (as Elevate has it), and generous round figures of our own for
// other sports: swimming 12, cycling and skating 130, all else 300 km/h.
[[nodiscard]] double fastest_speed(std::string_view sport_type);

// Within ±90° and ±180°, and not 0, 0, which receivers write before they know where they are.
[[nodiscard]] bool is_position(double latitude, double longitude);

// Indices, ascending, of the samples with a position that can be believed: not those that are reached and
// left faster than `fastest` (m/s), a second counting for less than one. Samples of the same moment are not
// judged by speed. `time` in order; columns of equal length.
[[nodiscard]] std::vector<std::size_t> believable_positions(std::span<const double> time,
                                                            std::span<const double> latitude,
                                                            std::span<const double> longitude,
                                                            double fastest);

// A distance never falls: the greatest so far (m), missing where it is missing or beyond a million km.
[[nodiscard]] std::vector<double> never_falling(std::span<const double> distance);

} // namespace harrier::analysis
