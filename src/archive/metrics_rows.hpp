// SPDX-License-Identifier: MIT
#pragma once

// Writes and reads what metrics_store.hpp promises. Only the archive's own sources include this.

#include "archive/metrics_store.hpp"

#include <SQLiteCpp/Database.h>

#include <string_view>

namespace harrier::archive {

// "exact", "strava": as the table has it.
[[nodiscard]] std::string_view effort_mode_word(model::EffortMode mode);

// Takes back that everything is measured. Called by whatever changes activities or samples, in its
// transaction.
void note_change(SQLite::Database& database, AthleteId athlete);

[[nodiscard]] bool read_is_measured(SQLite::Database& database, AthleteId athlete, int version);
[[nodiscard]] std::vector<ActivityId> read_unmeasured(SQLite::Database& database, AthleteId athlete,
                                                      int version);
void write_metrics(SQLite::Database& database, AthleteId athlete, int version,
                   std::span<const Measurement> measurements);
void write_measured(SQLite::Database& database, AthleteId athlete, int version);

[[nodiscard]] std::vector<RecordEffort> read_records(SQLite::Database& database, AthleteId athlete,
                                                     const RecordQuery& query);
[[nodiscard]] std::vector<double> read_effort_distances(SQLite::Database& database, AthleteId athlete,
                                                        model::EffortMode mode);
[[nodiscard]] std::vector<model::BestEffort> read_best_efforts(SQLite::Database& database, AthleteId athlete,
                                                               ActivityId id);
[[nodiscard]] std::optional<model::Metrics> read_metrics(SQLite::Database& database, AthleteId athlete,
                                                         ActivityId id);
[[nodiscard]] std::vector<ExploredActivity> read_explored(SQLite::Database& database, AthleteId athlete,
                                                          int zoom);
void read_measured(SQLite::Database& database, AthleteId athlete,
                   const std::function<void(MeasuredActivity&&)>& visit);

[[nodiscard]] Mark read_mark(SQLite::Database& database, AthleteId athlete, ActivityId id);
void write_mark(SQLite::Database& database, AthleteId athlete, ActivityId id, const Mark& mark);

} // namespace harrier::archive
