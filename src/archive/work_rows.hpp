// SPDX-License-Identifier: MIT
#pragma once

// The table of work items, and the samples that they bring. The caller holds the transaction. Only the
// archive's own sources include this.

#include "archive/work_item.hpp"

#include <SQLiteCpp/Database.h>

#include <vector>

namespace harrier::archive {

// The newest activity first.
[[nodiscard]] std::vector<WorkItem> read_due_work(SQLite::Database& database, AthleteId athlete, Step step,
                                                  Instant now);
[[nodiscard]] WorkCounts read_work_counts(SQLite::Database& database, AthleteId athlete, Step step,
                                          Instant now);
[[nodiscard]] std::vector<WorkProblem> read_work_problems(SQLite::Database& database, AthleteId athlete);

void write_outcome(SQLite::Database& database, AthleteId athlete, const WorkItem& item,
                   const WorkOutcome& outcome);
void write_streams(SQLite::Database& database, AthleteId athlete, const WorkItem& item,
                   const FetchedStreams& streams);
// What was set aside, or waits after a failure, is due again.
void write_retry(SQLite::Database& database, AthleteId athlete, Instant at);
// Whatever came of its requests before: samples, and details if they were fetched once.
void write_due(SQLite::Database& database, AthleteId athlete, ActivityId id, Step step, Instant at);
// The activity has changed since: what was fetched of it has to be fetched again.
void write_due_again(SQLite::Database& database, AthleteId athlete, ActivityId id, Step step, Instant at);

} // namespace harrier::archive
