// SPDX-License-Identifier: MIT
#pragma once

// The fastest efforts of an athlete over each distance, and what they rest on.

#include "analysis/age_grading.hpp"
#include "archive/archive.hpp"
#include "insight/athlete_settings.hpp"
#include "insight/distance_name.hpp"
#include "report/rows.hpp"

#include <optional>
#include <string>
#include <vector>

namespace harrier::insight {

struct RecordsQuestion {
    model::EffortMode mode = model::EffortMode::exact;
    std::string distance{};              // a word for one of them; "" = each
    archive::ActivityQuery activities{}; // sport types and days
    bool why = false;                    // the refused candidates too that would have been faster
    std::optional<std::int64_t> top{};   // so many of each; 0 = all; default 1, or 10 of one distance
};

struct DistanceRecords {
    EffortDistanceName distance;
    std::vector<archive::RecordEffort> efforts; // the fastest first
};

// Distances without any effort are left out. Of a single distance every effort is there, which its
// progression needs; `top` of them are its records. Throws Error{usage} for a distance that is not known.
[[nodiscard]] std::vector<DistanceRecords> find_records(archive::Archive& archive, AthleteId athlete,
                                                        const RecordsQuestion& question);

// How many to show of each distance; 0 = all.
[[nodiscard]] std::int64_t shown_records(const RecordsQuestion& question);

// A record of its time.
struct ProgressionStep {
    const archive::RecordEffort* record = nullptr;
    std::optional<double> gain{};                   // s faster than the one before; nothing for the first
    std::optional<std::chrono::seconds> held_for{}; // until it was beaten; nothing while it stands
};

// Those that were the fastest when they were run, oldest first. Points into `efforts`; only those that count.
[[nodiscard]] std::vector<ProgressionStep> progression_of(const std::vector<archive::RecordEffort>& efforts);

// Whose performances are graded.
struct GradedAthlete {
    analysis::Sex sex{};
    int birth_year = 0;
};

// Nothing when the sex or the year of birth is not known.
[[nodiscard]] std::optional<GradedAthlete> find_graded_athlete(const model::Athlete& athlete,
                                                               const AthleteSettings& settings);

// The share of the standard of that age (analysis/age_grading.hpp), the age being the one reached in the year
// of the run. Nothing for distances and ages that the tables do not reach to, and for distances too far from
// any of theirs.
[[nodiscard]] std::optional<double> age_grade_of(const archive::RecordEffort& record,
                                                 const GradedAthlete& athlete);

// One row for each effort: name, distance (m), elapsed_time (s), average_speed (m/s), where it is, and the
// age grade (a share).
[[nodiscard]] report::Rows record_rows(const std::vector<DistanceRecords>& all,
                                       const std::optional<GradedAthlete>& athlete);

} // namespace harrier::insight
