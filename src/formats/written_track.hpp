// SPDX-License-Identifier: MIT
#pragma once

// What the writers of GPX and TCX share: samples as moments, and where a new segment begins. Pure.

#include "model/recording.hpp"

#include <cstddef>
#include <vector>

namespace harrier::formats {

// The value of a sample; missing in a column that is absent.
[[nodiscard]] inline double sample_at(const std::vector<double>& column, std::size_t row) {
    return row < column.size() ? column[row] : model::missing;
}

// Both coordinates, and on the globe.
[[nodiscard]] bool has_position(const model::Streams& streams, std::size_t row);

// A sample without a time that can be written.
inline constexpr model::Moment no_moment = model::Moment::min();

// One per sample, to the millisecond. A recording without a start has only relative times: they are counted
// from 1970 on, which our readers take for a clock that nobody set. Where that is impossible, or they say
// nothing, none has a moment.
[[nodiscard]] std::vector<model::Moment> sample_moments(const model::Recording& recording);

// The places among `rows` (samples in ascending order) at which a new segment begins, ascending and never 0:
// at each break, and behind each pause. A sample that is not among the rows hands its break to the next one.
[[nodiscard]] std::vector<std::size_t> segment_starts(const model::Recording& recording,
                                                      const std::vector<std::size_t>& rows,
                                                      const std::vector<model::Moment>& moments);

} // namespace harrier::formats
