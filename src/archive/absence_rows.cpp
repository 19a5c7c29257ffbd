// SPDX-License-Identifier: MIT
#include "archive/absence_rows.hpp"

#include "archive/metrics_rows.hpp"
#include "archive/statement.hpp"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

namespace harrier::archive {

namespace {

// Of Strava's list and not known to be gone. Parameters: athlete, whether private ones count.
constexpr const char* listed =
    "FROM activity a JOIN source_record r USING (athlete_id, activity_id) WHERE a.athlete_id = ?1 AND "
    "a.deleted_at IS NULL AND a.strava_id IS NOT NULL AND r.source = 'api_summary' AND (?2 OR "
    "(coalesce(a.private, 0) = 0 AND coalesce(a.visibility, '') <> 'only_me'))";

} // namespace

Unlisted read_unlisted(SQLite::Database& database, AthleteId athlete, const ListingState& state,
                       bool sees_private) {
    Unlisted unlisted;
    SQLite::Statement counts(database, fmt::format("SELECT count(*), count(*) FILTER (WHERE r.fetched_at < "
                                                   "?3) {}",
                                                   listed));
    counts.bind(1, athlete.value);
    counts.bind(2, sees_private ? 1 : 0);
    bind_optional(counts, 3, state.complete_begun_at);
    counts.executeStep();
    unlisted.listed = counts.getColumn(0).getInt64();
    unlisted.suspects = counts.getColumn(1).getInt64();
    if (!state.previous_begun_at) {
        return unlisted;
    }
    SQLite::Statement rows(database,
                           fmt::format("SELECT a.activity_id, a.strava_id, a.start_date, coalesce(a.private, "
                                       "0) {} AND r.fetched_at < ?3 ORDER BY a.start_date DESC, a.strava_id "
                                       "DESC",
                                       listed));
    rows.bind(1, athlete.value);
    rows.bind(2, sees_private ? 1 : 0);
    bind_optional(rows, 3, state.previous_begun_at);
    while (rows.executeStep()) {
        unlisted.gone.push_back({.activity_id = ActivityId{rows.getColumn(0).getInt64()},
                                 .strava_id = StravaId{rows.getColumn(1).getInt64()},
                                 .step = Step::details,
                                 .start_date = parse_instant(find_text(rows, 2).value_or("")),
                                 .is_private = rows.getColumn(3).getInt() != 0});
    }
    return unlisted;
}

std::optional<WorkItem> read_forgotten(SQLite::Database& database, AthleteId athlete, std::int64_t number) {
    SQLite::Statement row(database, "SELECT activity_id, strava_id FROM activity WHERE athlete_id = ?1 AND "
                                    "sources = '' AND strava_id IS NOT NULL AND (strava_id = ?2 OR "
                                    "activity_id = ?2) ORDER BY activity_id = ?2 DESC LIMIT 1");
    row.bind(1, athlete.value);
    row.bind(2, number);
    if (!row.executeStep()) {
        return std::nullopt;
    }
    return WorkItem{.activity_id = ActivityId{row.getColumn(0).getInt64()},
                    .strava_id = StravaId{row.getColumn(1).getInt64()}};
}

void write_tombstone(SQLite::Database& database, AthleteId athlete, ActivityId id, Instant at) {
    SQLite::Statement row(database, "UPDATE activity SET deleted_at = ? WHERE athlete_id = ? AND activity_id "
                                    "= ? AND deleted_at IS NULL");
    row.bind(1, format_instant(at));
    row.bind(2, athlete.value);
    row.bind(3, id.value);
    run(row);
    note_change(database, athlete);
}

void write_seen(SQLite::Database& database, AthleteId athlete, StravaId id, Instant at) {
    SQLite::Statement row(database, "UPDATE source_record SET fetched_at = ? WHERE athlete_id = ? AND source "
                                    "= 'api_summary' AND source_key = ?");
    row.bind(1, format_instant(at));
    row.bind(2, athlete.value);
    row.bind(3, fmt::to_string(id.value));
    run(row);
}

void write_revived(SQLite::Database& database, AthleteId athlete, ActivityId id, Instant at) {
    SQLite::Statement row(database,
                          "UPDATE activity SET deleted_at = NULL WHERE athlete_id = ? AND activity_id = ?");
    row.bind(1, athlete.value);
    row.bind(2, id.value);
    run(row);
    SQLite::Statement work(database, "UPDATE work_item SET state = 'due', attempts = 0, changed_at = ? WHERE "
                                     "athlete_id = ? AND activity_id = ? AND state = 'absent'");
    work.bind(1, format_instant(at));
    work.bind(2, athlete.value);
    work.bind(3, id.value);
    run(work);
}

} // namespace harrier::archive
