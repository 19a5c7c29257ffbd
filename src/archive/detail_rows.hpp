// SPDX-License-Identifier: MIT
#pragma once

// The lists of a detailed activity: laps, and Strava's own efforts and splits. The caller holds the
// transaction. Only the archive's own sources include this.

#include "archive/archive.hpp"
#include "model/activity_detail.hpp"

#include <SQLiteCpp/Database.h>

#include <string>

namespace harrier::archive {

// Replaces what was there of the activity.
void write_strava_lists(SQLite::Database& database, AthleteId athlete, ActivityId id, const std::string& key,
                        const model::ActivityDetail& detail);
[[nodiscard]] StravaLists read_strava_lists(SQLite::Database& database, AthleteId athlete, ActivityId id);
[[nodiscard]] std::vector<StravaRecord> read_strava_records(SQLite::Database& database, AthleteId athlete);

} // namespace harrier::archive
