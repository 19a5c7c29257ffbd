// SPDX-License-Identifier: MIT
#pragma once

// The even power (or speed) that would have been as hard, and the loads that follow from it. Values in,
// values out. Pure.

#include <optional>
#include <span>

namespace harrier::analysis {

// What the rolling mean does before it has 30 s.
enum class RollingStart {
    drop,      // the first 29 s do not count: Sauce, dreeve
    zero_ramp, // as if 0 came before: GoldenCheetah
    growing,   // the mean of what there is
};

// Coggan's normalized power: the fourth-power mean of the trailing 30 s means. `values`: one per second, all
// finite (second_grid.hpp). Of grade-adjusted speeds it is the normalized graded speed of TrainingPeaks,
// whose exact rule is not published. Nothing below 30 s.
[[nodiscard]] std::optional<double> normalized_power(std::span<const double> values,
                                                     RollingStart start = RollingStart::drop);

// How the exponential mean of xPower begins.
enum class XPowerSeed {
    first, // with the first value, decay e^(-1/25)
    zero,  // with 0, decay 25/26: GoldenCheetah
    sauce, // as `first`, but the first 49 s do not count
};

// Skiba 2006: the fourth-power mean of an exponential mean over 25 s. Nothing without values that count.
[[nodiscard]] std::optional<double> xpower(std::span<const double> values,
                                           XPowerSeed seed = XPowerSeed::first);

// IF: normalized power over FTP; the same with speeds, and RI with xPower over critical power.
[[nodiscard]] double intensity_factor(double normalized, double threshold);
// VI: normalized over mean power.
[[nodiscard]] double variability_index(double normalized, double mean);
// TSS (rTSS with speeds, BikeScore with xPower and critical power): 100 is an hour at the threshold.
[[nodiscard]] double training_stress_score(double seconds, double normalized, double threshold);
// Of a swim: the third power of the intensity, as Elevate has it.
[[nodiscard]] double swim_stress_score(double seconds, double intensity);

} // namespace harrier::analysis
