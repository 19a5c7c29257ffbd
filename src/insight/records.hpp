// SPDX-License-Identifier: MIT
#pragma once

// The fastest efforts of an athlete over each distance, and what they rest on.

#include "archive/archive.hpp"
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

// Those that were the fastest when they were run, oldest first. Points into `efforts`.
[[nodiscard]] std::vector<const archive::RecordEffort*>
progression_of(const std::vector<archive::RecordEffort>& efforts);

// One row for each effort: name, distance (m), elapsed_time (s), average_speed (m/s) and where it is.
[[nodiscard]] report::Rows record_rows(const std::vector<DistanceRecords>& all);

} // namespace harrier::insight
