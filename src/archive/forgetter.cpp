// SPDX-License-Identifier: MIT
#include "archive/forgetter.hpp"

#include "archive/statement.hpp"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

namespace harrier::archive {

namespace {

using model::Source;

// Samples do not say when they came; their item does, as long as it is done.
constexpr const char* old_streams =
    "SELECT s.activity_id FROM stream s LEFT JOIN work_item w ON w.athlete_id = s.athlete_id AND "
    "w.activity_id = s.activity_id AND w.step = 'streams' WHERE s.athlete_id = ? AND s.source = "
    "'api_streams' AND (w.state IS NOT 'done' OR w.changed_at < ?)";
constexpr const char* old_details =
    "SELECT activity_id FROM source_record WHERE athlete_id = ? AND source = 'api_detail' AND fetched_at < ?";
constexpr const char* old_summaries =
    "SELECT activity_id FROM source_record WHERE athlete_id = ? AND source = 'api_summary' AND fetched_at < "
    "?";

} // namespace

std::vector<std::int64_t> Forgetter::activities_with(const char* sql, const std::string& before) {
    SQLite::Statement rows(m_database, sql);
    rows.bind(1, m_athlete.value);
    rows.bindNoCopy(2, before);
    std::vector<std::int64_t> ids;
    while (rows.executeStep()) {
        ids.push_back(rows.getColumn(0).getInt64());
    }
    return ids;
}

void Forgetter::remove_rows(const char* rows, std::int64_t activity_id) {
    SQLite::Statement statement(m_database,
                                fmt::format("DELETE FROM {} athlete_id = ? AND activity_id = ?", rows));
    statement.bind(1, m_athlete.value);
    statement.bind(2, activity_id);
    run(statement);
}

void Forgetter::remove_streams(std::int64_t activity_id) {
    remove_rows(
        "best_effort WHERE EXISTS (SELECT 1 FROM metrics m WHERE m.athlete_id = best_effort.athlete_id "
        "AND m.activity_id = best_effort.activity_id AND m.stream_source = 'api_streams') AND",
        activity_id);
    remove_rows(
        "explored_tiles WHERE EXISTS (SELECT 1 FROM metrics m WHERE m.athlete_id = "
        "explored_tiles.athlete_id AND m.activity_id = explored_tiles.activity_id AND m.stream_source = "
        "'api_streams') AND",
        activity_id);
    remove_rows("metrics WHERE stream_source = 'api_streams' AND", activity_id);
    remove_rows("stream WHERE source = 'api_streams' AND", activity_id);
    remove_rows("work_item WHERE step = 'streams' AND", activity_id);
}

void Forgetter::remove_detail(std::int64_t activity_id) {
    remove_rows("lap WHERE source = 'api_detail' AND", activity_id);
    remove_rows("strava_effort WHERE", activity_id);
    remove_rows("strava_split WHERE", activity_id);
    remove_rows("work_item WHERE step = 'details' AND", activity_id);
}

void Forgetter::hollow_out(std::int64_t activity_id) {
    remove_streams(activity_id);
    remove_detail(activity_id);
    m_activities.hollow_out(activity_id);
}

Forgotten Forgetter::forget_before(Instant before) {
    m_activities.begin(m_athlete);
    const auto text = format_instant(before);
    Forgotten forgotten;
    for (const auto id : activities_with(old_streams, text)) {
        remove_streams(id);
        ++forgotten.streams;
    }
    const auto remove = [&](std::int64_t id, Source source) {
        ++forgotten.records;
        if (m_activities.remove(id, source)) {
            hollow_out(id);
            ++forgotten.activities;
        }
    };
    for (const auto id : activities_with(old_details, text)) {
        remove_detail(id);
        remove(id, Source::api_detail);
    }
    for (const auto id : activities_with(old_summaries, text)) {
        remove(id, Source::api_summary);
    }
    m_activities.end();
    return forgotten;
}

void Forgetter::forget_athlete() {
    for (const char* sql :
         {"DELETE FROM activity WHERE athlete_id = ? AND sources = ''",
          "DELETE FROM work_item WHERE athlete_id = ?", "DELETE FROM listing_state WHERE athlete_id = ?",
          "UPDATE athlete SET username = NULL, firstname = '', lastname = '', city = NULL, country = NULL, "
          "sex = NULL, measurement_preference = NULL, weight = NULL, raw = NULL WHERE athlete_id = ?",
          "DELETE FROM metrics_state WHERE athlete_id = ?1 AND NOT EXISTS (SELECT 1 FROM activity WHERE "
          "athlete_id = ?1)",
          "DELETE FROM athlete WHERE athlete_id = ?1 AND NOT EXISTS (SELECT 1 FROM activity WHERE athlete_id "
          "= "
          "?1) AND NOT EXISTS (SELECT 1 FROM file WHERE athlete_id = ?1) AND NOT EXISTS (SELECT 1 FROM gear "
          "WHERE athlete_id = ?1) AND NOT EXISTS (SELECT 1 FROM media WHERE athlete_id = ?1)"}) {
        SQLite::Statement statement(m_database, sql);
        statement.bind(1, m_athlete.value);
        run(statement);
    }
}

} // namespace harrier::archive
