// SPDX-License-Identifier: MIT
#include "analysis/training_load.hpp"

#include <cmath>
#include <numeric>

namespace harrier::analysis {

namespace {

constexpr std::size_t days_of_a_week = 7;
constexpr std::size_t days_of_four_weeks = 28;

double weight_of_a_day(Smoothing smoothing, double days) {
    switch (smoothing) {
    case Smoothing::exponential:
        return -std::expm1(-1 / days);
    case Smoothing::inverse:
        return 1 / days;
    case Smoothing::ema:
        break;
    }
    return 2 / (days + 1);
}

double mean_load(std::span<const double> loads) {
    return std::accumulate(loads.begin(), loads.end(), 0.0) / static_cast<double>(loads.size());
}

double exponential_mean(std::span<const double> loads, double days) {
    const double weight = weight_of_a_day(Smoothing::ema, days);
    double mean = 0;
    for (const double load : loads) {
        mean += weight * (load - mean);
    }
    return mean;
}

} // namespace

std::vector<LoadDay> training_load(std::span<const double> daily, const LoadModel& model) {
    const double ctl_weight = weight_of_a_day(model.smoothing, model.ctl_days);
    const double atl_weight = weight_of_a_day(model.smoothing, model.atl_days);
    std::vector<LoadDay> days;
    days.reserve(daily.size());
    LoadDay before;
    for (const double load : daily) {
        LoadDay day{.load = load,
                    .ctl = before.ctl + ctl_weight * (load - before.ctl),
                    .atl = before.atl + atl_weight * (load - before.atl)};
        const auto& form = model.form == FormOf::yesterday ? before : day;
        day.tsb = form.ctl - form.atl;
        if (days.size() >= days_of_a_week) {
            day.ramp = day.ctl - days[days.size() - days_of_a_week].ctl;
        }
        days.push_back(day);
        before = day;
    }
    return days;
}

std::optional<double> monotony(std::span<const double> week, Deviation deviation) {
    if (week.size() != days_of_a_week) {
        return std::nullopt;
    }
    const double mean = mean_load(week);
    double squares = 0;
    for (const double load : week) {
        squares += (load - mean) * (load - mean);
    }
    const double count = deviation == Deviation::population ? days_of_a_week : days_of_a_week - 1;
    // The mean of equal loads may differ from them in its last digit.
    constexpr double no_difference = 1e-9;
    const double standard_deviation = std::sqrt(squares / count);
    return standard_deviation > no_difference * std::abs(mean) ? std::optional(mean / standard_deviation)
                                                               : std::nullopt;
}

std::optional<double> strain(std::span<const double> week, Deviation deviation) {
    const auto evenness = monotony(week, deviation);
    return evenness ? std::optional(*evenness * mean_load(week) * days_of_a_week) : std::nullopt;
}

std::optional<double> workload_ratio(std::span<const double> daily, WorkloadRatio model) {
    if (daily.size() < days_of_four_weeks) {
        return std::nullopt;
    }
    const auto week = daily.last(days_of_a_week);
    double acute = mean_load(week);
    double chronic = 0;
    switch (model) {
    case WorkloadRatio::coupled:
        chronic = mean_load(daily.last(days_of_four_weeks));
        break;
    case WorkloadRatio::uncoupled:
        chronic = mean_load(daily.last(days_of_four_weeks).first(days_of_four_weeks - days_of_a_week));
        break;
    case WorkloadRatio::ewma:
        acute = exponential_mean(daily, days_of_a_week);
        chronic = exponential_mean(daily, days_of_four_weeks);
        break;
    }
    return chronic > 0 ? std::optional(acute / chronic) : std::nullopt;
}

} // namespace harrier::analysis
