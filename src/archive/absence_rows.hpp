// SPDX-License-Identifier: MIT
#pragma once

// Activities that Strava lists no more. The caller holds the transaction. Only the archive's own sources
// include this.

#include "archive/archive.hpp"

#include <SQLiteCpp/Database.h>

namespace harrier::archive {

[[nodiscard]] Unlisted read_unlisted(SQLite::Database& database, AthleteId athlete, const ListingState& state,
                                     bool sees_private);
void write_tombstone(SQLite::Database& database, AthleteId athlete, ActivityId id, Instant at);
void write_seen(SQLite::Database& database, AthleteId athlete, StravaId id, Instant at);
// An activity of which only the numbers are here, by either of them.
[[nodiscard]] std::optional<WorkItem> read_forgotten(SQLite::Database& database, AthleteId athlete,
                                                     std::int64_t number);
// Shown again; what Strava did not give while it was gone is due again.
void write_revived(SQLite::Database& database, AthleteId athlete, ActivityId id, Instant at);

} // namespace harrier::archive
