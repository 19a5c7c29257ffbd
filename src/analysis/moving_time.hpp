// SPDX-License-Identifier: MIT
#pragma once

// How long an athlete moved. Strava does not publish its rule; ours agrees with the resting samples of one of
// its runs in 98.7 % (docs/metrics.md). Values in, values out. Pure.

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace harrier::analysis {

// Mean speed (m/s) below which an athlete rests: 0.4, on wheels 0.6. Zero for sports whose distance does not
// tell whether one moves (climbing, ball games, dancing, the gym): they never rest by speed.
[[nodiscard]] double resting_speed(std::string_view sport_type);

// For each sample whether the step that leads to it was rest (the first one never): the mean speed over the
// 3 s around the middle of the step, or over the whole step where it is longer, is below `threshold`. What is
// rest for less than 3 s is not. Steps from segment to segment (`breaks`: indices of first samples) are rest.
// Where the distance (m, never falling) is missing, the speed is that between the samples that have one;
// before the first and behind the last nothing is known, and that is no rest. `time` in order.
[[nodiscard]] std::vector<bool> resting_steps(std::span<const double> time, std::span<const double> distance,
                                              std::span<const std::size_t> breaks, double threshold);

// Seconds of all steps that are no rest.
[[nodiscard]] double moving_seconds(std::span<const double> time, const std::vector<bool>& resting);

} // namespace harrier::analysis
