// SPDX-License-Identifier: MIT
#include "archive/work_rows.hpp"

#include "archive/metrics_rows.hpp"
#include "archive/statement.hpp"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <algorithm>

namespace harrier::archive {

namespace {

// The activities that a step is for, `a`, each with its item, `w`, if it has one. Parameters: athlete, step.
std::string wanted(Step step) {
    const auto* only_with_samples =
        step == Step::streams
            ? " AND coalesce(a.manual, 0) = 0 AND NOT EXISTS (SELECT 1 FROM stream s WHERE s.athlete_id = "
              "a.athlete_id AND s.activity_id = a.activity_id AND s.source = 'file')"
            : "";
    return fmt::format(
        "FROM activity a LEFT JOIN work_item w ON w.athlete_id = a.athlete_id AND w.activity_id = "
        "a.activity_id AND w.step = ?2 WHERE a.athlete_id = ?1 AND a.deleted_at IS NULL AND a.strava_id IS "
        "NOT NULL AND EXISTS (SELECT 1 FROM source_record r WHERE r.athlete_id = a.athlete_id AND "
        "r.activity_id = a.activity_id AND r.source = 'api_summary'){}",
        only_with_samples);
}

// Parameter: the moment.
constexpr const char* is_due =
    "(w.state IS NULL OR w.state = 'due' OR (w.state = 'failed' AND w.next_at <= ?3))";

void bind_query(SQLite::Statement& statement, AthleteId athlete, Step step, Instant now) {
    statement.bind(1, athlete.value);
    bind_text(statement, 2, word_of(step));
    statement.bind(3, format_instant(now));
}

template <typename Words>
std::size_t index_of(const Words& words, std::string_view word) {
    return static_cast<std::size_t>(std::find(words.begin(), words.end(), word) - words.begin());
}

} // namespace

std::vector<WorkItem> read_due_work(SQLite::Database& database, AthleteId athlete, Step step, Instant now) {
    SQLite::Statement rows(
        database, fmt::format("SELECT a.activity_id, a.strava_id, coalesce(w.attempts, "
                              "0), a.start_date, coalesce(a.private, 0), coalesce(w.state, '') = 'due' "
                              "{} AND {} "
                              "ORDER BY a.start_date DESC, a.strava_id DESC",
                              wanted(step), is_due));
    bind_query(rows, athlete, step, now);
    std::vector<WorkItem> items;
    while (rows.executeStep()) {
        items.push_back({.activity_id = ActivityId{rows.getColumn(0).getInt64()},
                         .strava_id = StravaId{rows.getColumn(1).getInt64()},
                         .step = step,
                         .attempts = rows.getColumn(2).getInt(),
                         .start_date = parse_instant(find_text(rows, 3).value_or("")),
                         .is_private = rows.getColumn(4).getInt() != 0,
                         .is_again = rows.getColumn(5).getInt() != 0});
    }
    return items;
}

WorkCounts read_work_counts(SQLite::Database& database, AthleteId athlete, Step step, Instant now) {
    SQLite::Statement row(database,
                          fmt::format("SELECT count(*) FILTER (WHERE {}), count(*) FILTER (WHERE w.state = "
                                      "'failed' AND w.next_at > ?3), count(*) FILTER (WHERE w.state = "
                                      "'set_aside'), count(*) FILTER (WHERE w.state = 'due') {}",
                                      is_due, wanted(step)));
    bind_query(row, athlete, step, now);
    row.executeStep();
    return {.due = row.getColumn(0).getInt64(),
            .again = row.getColumn(3).getInt64(),
            .waiting = row.getColumn(1).getInt64(),
            .set_aside = row.getColumn(2).getInt64()};
}

std::vector<WorkProblem> read_work_problems(SQLite::Database& database, AthleteId athlete) {
    SQLite::Statement rows(
        database, "SELECT w.activity_id, a.strava_id, w.step, w.attempts, w.state, w.next_at, w.last_error, "
                  "w.changed_at FROM work_item w JOIN activity a USING (athlete_id, activity_id) "
                  "WHERE w.athlete_id = ? AND w.state IN ('failed', 'set_aside') AND a.strava_id IS NOT NULL "
                  "ORDER BY a.start_date DESC, a.strava_id DESC, w.step DESC");
    rows.bind(1, athlete.value);
    std::vector<WorkProblem> problems;
    while (rows.executeStep()) {
        auto& problem = problems.emplace_back();
        problem.item = {.activity_id = ActivityId{rows.getColumn(0).getInt64()},
                        .strava_id = StravaId{rows.getColumn(1).getInt64()},
                        .step = static_cast<Step>(index_of(step_words, rows.getColumn(2).getText())),
                        .attempts = rows.getColumn(3).getInt()};
        problem.outcome = {
            .state = static_cast<WorkState>(index_of(work_state_words, rows.getColumn(4).getText())),
            .at = parse_instant(rows.getColumn(7).getText()).value_or(Instant{}),
            .attempts = problem.item.attempts,
            .next_at = parse_instant(find_text(rows, 5).value_or("")),
            .error = find_text(rows, 6).value_or("")};
    }
    return problems;
}

void write_outcome(SQLite::Database& database, AthleteId athlete, const WorkItem& item,
                   const WorkOutcome& outcome) {
    SQLite::Statement row(database, "INSERT OR REPLACE INTO work_item (athlete_id, activity_id, step, state, "
                                    "attempts, next_at, last_error, changed_at) "
                                    "VALUES (?, ?, ?, ?, ?, ?, nullif(?, ''), ?)");
    row.bind(1, athlete.value);
    row.bind(2, item.activity_id.value);
    bind_text(row, 3, word_of(item.step));
    bind_text(row, 4, word_of(outcome.state));
    row.bind(5, outcome.attempts);
    bind_optional(row, 6, outcome.next_at);
    row.bindNoCopy(7, outcome.error);
    row.bind(8, format_instant(outcome.at));
    run(row);
}

void write_streams(SQLite::Database& database, AthleteId athlete, const WorkItem& item,
                   const FetchedStreams& streams) {
    SQLite::Statement row(database, "INSERT OR REPLACE INTO stream (athlete_id, activity_id, source, "
                                    "source_key, samples, data) VALUES (?, ?, 'api_streams', ?, ?, ?)");
    row.bind(1, athlete.value);
    row.bind(2, item.activity_id.value);
    row.bind(3, fmt::to_string(item.strava_id.value));
    row.bind(4, streams.samples);
    bind_blob(row, 5, streams.data);
    run(row);
    // What was measured of the API's earlier samples has the same key as the new ones.
    SQLite::Statement measured(database, "DELETE FROM metrics WHERE athlete_id = ? AND activity_id = ? AND "
                                         "stream_source = 'api_streams'");
    measured.bind(1, athlete.value);
    measured.bind(2, item.activity_id.value);
    run(measured);
    note_change(database, athlete);
}

void write_retry(SQLite::Database& database, AthleteId athlete, Instant at) {
    SQLite::Statement rows(database, "UPDATE work_item SET state = 'due', attempts = 0, next_at = NULL, "
                                     "changed_at = ? WHERE athlete_id = ? AND state IN ('failed', "
                                     "'set_aside')");
    rows.bind(1, format_instant(at));
    rows.bind(2, athlete.value);
    run(rows);
}

void write_due(SQLite::Database& database, AthleteId athlete, ActivityId id, Step step, Instant at) {
    if (step == Step::details) {
        write_due_again(database, athlete, id, step, at);
        return;
    }
    write_outcome(database, athlete, {.activity_id = id, .strava_id = {}, .step = step},
                  {.state = WorkState::due, .at = at});
}

void write_due_again(SQLite::Database& database, AthleteId athlete, ActivityId id, Step step, Instant at) {
    SQLite::Statement rows(database,
                           "UPDATE work_item SET state = 'due', attempts = 0, next_at = NULL, last_error = "
                           "NULL, changed_at = ? WHERE athlete_id = ? AND activity_id = ? AND step = ?");
    rows.bind(1, format_instant(at));
    rows.bind(2, athlete.value);
    rows.bind(3, id.value);
    bind_text(rows, 4, word_of(step));
    run(rows);
}

} // namespace harrier::archive
