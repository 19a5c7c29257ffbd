// SPDX-License-Identifier: MIT
#pragma once

// An athlete's load of each day, and the averages that are called fitness, fatigue and form.

#include "analysis/activity_load.hpp"
#include "analysis/daily.hpp"
#include "analysis/training_load.hpp"
#include "insight/athlete_profile.hpp"
#include "report/rows.hpp"

#include <array>
#include <vector>

namespace harrier::insight {

struct Fitness {
    analysis::Day first{};
    std::vector<analysis::LoadDay> days;
    std::vector<double> loads;   // of each day
    std::array<int, 5> counts{}; // activities by analysis::LoadBasis
};

// The load of one activity by the best measure that it has.
[[nodiscard]] analysis::ActivityLoad load_of(const archive::MeasuredActivity& one,
                                             const analysis::LoadThresholds& thresholds);

// Every day from the first activity to `today`. Empty when no activity has a date.
[[nodiscard]] Fitness make_fitness(const History& history, const analysis::LoadModel& model,
                                   analysis::Day today);

// The days from index `from` on: date, load, ctl, atl, tsb, ramp.
[[nodiscard]] report::Rows fitness_rows(const Fitness& fitness, std::size_t from);

} // namespace harrier::insight
