// SPDX-License-Identifier: MIT
#pragma once

// What training adds up to over days: fitness, fatigue and form, and how even a week was. Loads are those of
// one kind (HRSS, rTSS, TSS), one sum for each local day, days without training as zeros. Values in, values
// out. Pure.

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace harrier::analysis {

// The weight of a day in an average over N days.
enum class Smoothing {
    exponential, // 1 - e^(-1/N): GoldenCheetah, Sauce
    inverse,     // 1/N: TrainingPeaks
    ema,         // 2/(N + 1): Runalyze
};

enum class FormOf { yesterday, same_day };

struct LoadModel {
    Smoothing smoothing = Smoothing::exponential;
    double ctl_days = 42;
    double atl_days = 7;
    FormOf form = FormOf::yesterday;
};

// A day of the performance-management chart (Coggan; Banister's impulse and response behind it).
struct LoadDay {
    double load = 0;
    double ctl = 0;               // fitness: chronic training load
    double atl = 0;               // fatigue: acute training load
    double tsb = 0;               // form: training stress balance
    std::optional<double> ramp{}; // CTL of today less that of a week before
};

// One day for each load, from averages of zero on. `model` days are above zero.
[[nodiscard]] std::vector<LoadDay> training_load(std::span<const double> daily, const LoadModel& model = {});

enum class Deviation { population, sample };

// Foster 1998, Med Sci Sports Exerc 30:1164: the mean of seven daily loads over their deviation. Nothing when
// all days are equal, or when there are not seven.
[[nodiscard]] std::optional<double> monotony(std::span<const double> week,
                                             Deviation deviation = Deviation::population);
// Their sum times their monotony.
[[nodiscard]] std::optional<double> strain(std::span<const double> week,
                                           Deviation deviation = Deviation::population);

enum class WorkloadRatio {
    coupled,   // mean of 7 days over that of the 28 that end with them
    uncoupled, // over that of the 21 before them
    ewma,      // of exponential means with 2/(N + 1) (Williams 2017)
};

// Acute to chronic workload at the last day: a ratio and no forecast of injuries (Impellizzeri 2020,
// 10.1007/s40279-020-01378-6). Nothing before 28 days, or when the chronic load is zero.
[[nodiscard]] std::optional<double> workload_ratio(std::span<const double> daily,
                                                   WorkloadRatio model = WorkloadRatio::coupled);

} // namespace harrier::analysis
