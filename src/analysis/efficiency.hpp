// SPDX-License-Identifier: MIT
#pragma once

// What the heart pays for speed or power, and what a step covers. Values in, values out. Pure.

#include <optional>
#include <span>

namespace harrier::analysis {

// Friel's efficiency factor: normalized graded speed (m/s) as metres per heart beat, for a heart rate in bpm.
[[nodiscard]] std::optional<double> metres_per_beat(double normalized_speed, double heartrate);
// The same of normalized power: W per bpm.
[[nodiscard]] std::optional<double> watts_per_bpm(double normalized_power, double heartrate);

// Aerobic decoupling (Friel): how much less speed or power a beat gives in the second half of the moving time
// than in the first, as a share (0.05 = 5 %; below it the run was aerobic). One value per second;
// `moving`: share of the second that was moved. Seconds without a pulse or a value do not count. Nothing
// below 20 min.
[[nodiscard]] std::optional<double> aerobic_decoupling(std::span<const double> values,
                                                       std::span<const double> heartrate,
                                                       std::span<const double> moving);

// Steps of both feet per minute, from revolutions of one leg, which files and Strava tell.
[[nodiscard]] double steps_per_minute(double leg_cadence);

// Mean metres per step over all steps of samples with a cadence; nothing where there is none. `metres` never
// falling; steps of samples further apart than `longest_gap` (s) are left out.
[[nodiscard]] std::optional<double> mean_step_length(std::span<const double> time,
                                                     std::span<const double> metres,
                                                     std::span<const double> leg_cadence,
                                                     double longest_gap = 10);

} // namespace harrier::analysis
