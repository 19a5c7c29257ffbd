// SPDX-License-Identifier: MIT
#include "archive/metrics_rows.hpp"
#include "archive/statement.hpp"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

namespace harrier::archive {

namespace {

constexpr const char* effort_columns =
    "b.mode, b.distance, b.elapsed_time, b.start_time, b.covered, b.start_index, "
    "b.end_index, b.largest_gap, b.refused";
constexpr int effort_column_count = 9;

model::BestEffort read_effort(SQLite::Statement& row) {
    const auto index = [&row](int column) {
        return static_cast<std::size_t>(row.getColumn(column).getInt64());
    };
    return {.mode = row.getColumn(0).getString() == effort_mode_word(model::EffortMode::exact)
                        ? model::EffortMode::exact
                        : model::EffortMode::strava,
            .distance = row.getColumn(1).getDouble(),
            .elapsed_time = row.getColumn(2).getDouble(),
            .start_time = row.getColumn(3).getDouble(),
            .covered = row.getColumn(4).getDouble(),
            .start_index = index(5),
            .end_index = index(6),
            .largest_gap = row.getColumn(7).getDouble(),
            .refused = find_text(row, 8).value_or("")};
}

std::string record_filter(const RecordQuery& query) {
    std::string sql;
    if (!query.with_refused) {
        sql += " AND b.refused IS NULL AND coalesce(k.exclude_records, 0) = 0";
    }
    if (!query.sport_types.empty()) {
        sql += fmt::format(" AND a.sport_type IN ({})", places(query.sport_types.size()));
    }
    if (query.since) {
        sql += " AND substr(coalesce(a.start_date_local, a.start_date), 1, 10) >= ?";
    }
    if (query.until) {
        sql += " AND substr(coalesce(a.start_date_local, a.start_date), 1, 10) <= ?";
    }
    return sql;
}

} // namespace

std::vector<RecordEffort> read_records(SQLite::Database& database, AthleteId athlete,
                                       const RecordQuery& query) {
    auto sql =
        fmt::format("SELECT {}, a.activity_id, a.strava_id, a.name, a.sport_type, "
                    "coalesce(a.start_date_local, a.start_date), coalesce(k.exclude_records, 0) "
                    "FROM best_effort b JOIN activity a USING (athlete_id, activity_id) "
                    "LEFT JOIN mark k USING (athlete_id, activity_id) "
                    "WHERE b.athlete_id = ? AND b.mode = ? AND b.distance = ? AND a.deleted_at IS NULL{} "
                    "ORDER BY b.elapsed_time, b.activity_id",
                    effort_columns, record_filter(query));
    if (query.limit) {
        sql += fmt::format(" LIMIT {}", *query.limit);
    }
    SQLite::Statement rows(database, sql);
    int index = 0;
    rows.bind(++index, athlete.value);
    bind_text(rows, ++index, effort_mode_word(query.mode));
    rows.bind(++index, query.distance);
    for (const auto& sport_type : query.sport_types) {
        rows.bind(++index, sport_type);
    }
    if (query.since) {
        rows.bind(++index, format_day(*query.since));
    }
    if (query.until) {
        rows.bind(++index, format_day(*query.until));
    }
    std::vector<RecordEffort> records;
    while (rows.executeStep()) {
        RecordEffort record{.effort = read_effort(rows),
                            .activity = ActivityId{rows.getColumn(effort_column_count).getInt64()},
                            .strava_id = std::nullopt,
                            .name = rows.getColumn(effort_column_count + 2).getString(),
                            .sport_type = rows.getColumn(effort_column_count + 3).getString(),
                            .start_date_local = std::nullopt,
                            .excluded = rows.getColumn(effort_column_count + 5).getInt() != 0};
        if (const auto id = rows.getColumn(effort_column_count + 1); !id.isNull()) {
            record.strava_id = StravaId{id.getInt64()};
        }
        if (const auto start = find_text(rows, effort_column_count + 4)) {
            record.start_date_local = parse_wall_time(*start);
        }
        records.push_back(std::move(record));
    }
    return records;
}

std::vector<double> read_effort_distances(SQLite::Database& database, AthleteId athlete,
                                          model::EffortMode mode) {
    // Jumps from one distance to the next in the index, instead of reading all of it.
    SQLite::Statement rows(
        database,
        "WITH RECURSIVE d(x) AS (SELECT min(distance) FROM best_effort WHERE athlete_id = ?1 AND mode = ?2 "
        "UNION ALL SELECT (SELECT min(distance) FROM best_effort WHERE athlete_id = ?1 AND mode = ?2 AND "
        "distance > d.x) FROM d WHERE d.x IS NOT NULL) SELECT x FROM d WHERE x IS NOT NULL");
    rows.bind(1, athlete.value);
    rows.bind(2, std::string(effort_mode_word(mode)));
    std::vector<double> distances;
    while (rows.executeStep()) {
        distances.push_back(rows.getColumn(0).getDouble());
    }
    return distances;
}

std::vector<model::BestEffort> read_best_efforts(SQLite::Database& database, AthleteId athlete,
                                                 ActivityId id) {
    SQLite::Statement rows(database,
                           fmt::format("SELECT {} FROM best_effort b WHERE athlete_id = ? AND activity_id "
                                       "= ? ORDER BY mode, distance",
                                       effort_columns));
    rows.bind(1, athlete.value);
    rows.bind(2, id.value);
    std::vector<model::BestEffort> efforts;
    while (rows.executeStep()) {
        efforts.push_back(read_effort(rows));
    }
    return efforts;
}

} // namespace harrier::archive
