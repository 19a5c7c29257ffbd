// SPDX-License-Identifier: MIT
#include "insight/fitness.hpp"

#include "base/time.hpp"

#include <algorithm>

namespace harrier::insight {

using analysis::Day;
using report::Rows;
using report::Value;

analysis::ActivityLoad load_of(const archive::MeasuredActivity& one,
                               const analysis::LoadThresholds& thresholds) {
    analysis::LoadFigures figures{.sport_type = one.sport_type,
                                  .moving_time = static_cast<double>(one.moving_time.value_or(0)),
                                  .mean_heartrate = one.average_heartrate};
    if (one.metrics) {
        figures.heartrate = &one.metrics->heartrate;
        figures.normalized_power = one.metrics->normalized_power;
        figures.normalized_graded_speed = one.metrics->normalized_graded_speed;
    }
    return analysis::activity_load(figures, thresholds);
}

Fitness make_fitness(const History& history, const analysis::LoadModel& model, Day today) {
    Fitness fitness;
    const auto thresholds = history.profile.load_thresholds();
    std::vector<analysis::DatedValue> loads;
    for (const auto& one : history.activities) {
        if (!one.start_date_local) {
            continue;
        }
        const auto load = load_of(one, thresholds);
        ++fitness.counts.at(static_cast<std::size_t>(load.basis));
        loads.push_back({std::chrono::floor<std::chrono::days>(*one.start_date_local), load.load});
    }
    if (loads.empty()) {
        return fitness;
    }
    fitness.first = std::min_element(loads.begin(), loads.end(), [](const auto& left, const auto& right) {
                        return left.day < right.day;
                    })->day;
    fitness.loads = analysis::daily_sums(loads, fitness.first, std::max(fitness.first, today));
    fitness.days = analysis::training_load(fitness.loads, model);
    return fitness;
}

Rows fitness_rows(const Fitness& fitness, std::size_t from) {
    Rows rows{{"date", "load", "ctl", "atl", "tsb", "ramp"}, {}};
    for (std::size_t i = from; i < fitness.days.size(); ++i) {
        const auto& day = fitness.days[i];
        rows.rows.push_back({format_day(fitness.first + std::chrono::days{i}), day.load, day.ctl, day.atl,
                             day.tsb, day.ramp ? Value{*day.ramp} : Value{}});
    }
    return rows;
}

} // namespace harrier::insight
