// SPDX-License-Identifier: MIT
#pragma once

// All that a report tells of an athlete: of one calendar year, or of everything. What the commands say with
// --since YEAR --until YEAR, or without them.

#include "analysis/daily.hpp"
#include "base/clock.hpp"
#include "insight/eddington.hpp"
#include "insight/fitness.hpp"
#include "insight/gear.hpp"
#include "insight/prediction.hpp"
#include "insight/records.hpp"
#include "insight/streaks.hpp"
#include "insight/year_comparison.hpp"

#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace harrier::insight {

struct ReportQuestion {
    std::optional<int> year{}; // nothing = all of them
    Units units = Units::metric;
};

// A distance with its records of then; the last is the fastest.
struct RecordHistory {
    EffortDistanceName distance;
    std::vector<archive::RecordEffort> steps;
};

struct GearUse {
    UsedGear gear;                          // of all time
    std::optional<archive::Totals> in_year; // of the question's year
};

// What was done on a day, all sports together.
struct DayOut {
    double distance = 0; // m
    std::int64_t moving_time = 0;
    double main_distance = 0; // m, of the main sport
};

struct ReportValues {
    model::Athlete athlete;
    ReportQuestion question;
    analysis::Day today{};
    analysis::Day first{}; // of the question's days: New Year's Day, or the first activity's
    analysis::Day last{};  // New Year's Eve or today, whichever is earlier; of all years today

    std::vector<model::Activity> activities; // newest first
    std::string main_sport;                  // a family: run, if there is any, else what took most time
    archive::Totals total;
    archive::Totals main_total;
    std::vector<archive::Totals> by_sport;     // the longest time first
    std::vector<archive::Totals> main_periods; // of the main sport by month or year, oldest first, no gaps
    std::vector<DistanceRecords> records;      // the fastest of each distance
    std::vector<DistanceRecords> all_time;     // the same without regard to the year
    std::optional<GradedAthlete> graded;       // whose records have an age grade
    std::vector<RecordHistory> progressions;   // of those in `records`
    Fitness fitness;                           // of all days; those of the report begin at …
    std::size_t fitness_begin = 0;
    std::size_t fitness_end = 0; // … and end before this
    std::map<analysis::Day, DayOut> days;
    StreakAnswer streaks; // of all sports
    YearComparison years; // of the main sport, whatever the year
    std::vector<GearUse> gear;
    PredictionBasis prediction;
    EddingtonNumber eddington; // of the main sport
};

// Throws Error{interrupted} when stopped.
[[nodiscard]] ReportValues read_report_values(archive::Archive& archive, const model::Athlete& athlete,
                                              const AthleteSettings& settings, const ReportQuestion& question,
                                              Clock& clock, const std::stop_token& stop);

} // namespace harrier::insight
