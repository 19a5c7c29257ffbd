// SPDX-License-Identifier: MIT
#include "archive/detail_rows.hpp"

#include "archive/lap_rows.hpp"
#include "archive/statement.hpp"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

namespace harrier::archive {

namespace {

constexpr const char* strava_effort_columns =
    "name, distance, elapsed_time, moving_time, start_date, start_index, end_index, pr_rank";
constexpr const char* split_columns =
    "unit, split, distance, elapsed_time, moving_time, elevation_difference, average_speed, "
    "average_grade_adjusted_speed, average_heartrate";

std::optional<std::int64_t> find_whole(SQLite::Statement& row, int index) {
    const auto value = row.getColumn(index);
    return value.isNull() ? std::nullopt : std::optional(value.getInt64());
}

void forget_lists(SQLite::Database& database, AthleteId athlete, ActivityId id) {
    for (const char* rows :
         {"strava_effort WHERE", "strava_split WHERE", "lap WHERE source = 'api_detail' AND"}) {
        SQLite::Statement forget(database,
                                 fmt::format("DELETE FROM {} athlete_id = ? AND activity_id = ?", rows));
        forget.bind(1, athlete.value);
        forget.bind(2, id.value);
        run(forget);
    }
}

void write_efforts(SQLite::Database& database, AthleteId athlete, ActivityId id,
                   const std::vector<model::StravaEffort>& efforts) {
    SQLite::Statement row(database, fmt::format("INSERT INTO strava_effort (athlete_id, activity_id, "
                                                "position, {}) VALUES ({})",
                                                strava_effort_columns, places(11)));
    std::int64_t position = 0;
    for (const auto& effort : efforts) {
        row.bind(1, athlete.value);
        row.bind(2, id.value);
        row.bind(3, ++position);
        row.bindNoCopy(4, effort.name);
        row.bind(5, effort.distance);
        row.bind(6, effort.elapsed_time);
        bind_optional(row, 7, effort.moving_time);
        bind_optional(row, 8, effort.start);
        bind_optional(row, 9, effort.start_index);
        bind_optional(row, 10, effort.end_index);
        bind_optional(row, 11, effort.pr_rank);
        run(row);
    }
}

void write_splits(SQLite::Database& database, AthleteId athlete, ActivityId id,
                  const std::vector<model::StravaSplit>& splits) {
    SQLite::Statement row(database, fmt::format("INSERT INTO strava_split (athlete_id, activity_id, {}) "
                                                "VALUES ({})",
                                                split_columns, places(11)));
    for (const auto& split : splits) {
        row.bind(1, athlete.value);
        row.bind(2, id.value);
        row.bind(3, split.is_mile ? "mile" : "kilometre");
        row.bind(4, split.number);
        row.bind(5, split.distance);
        row.bind(6, split.elapsed_time);
        bind_optional(row, 7, split.moving_time);
        bind_optional(row, 8, split.elevation_difference);
        bind_optional(row, 9, split.average_speed);
        bind_optional(row, 10, split.average_grade_adjusted_speed);
        bind_optional(row, 11, split.average_heartrate);
        run(row);
    }
}

model::StravaEffort read_effort(SQLite::Statement& row, int first) {
    return {.name = row.getColumn(first).getString(),
            .distance = row.getColumn(first + 1).getDouble(),
            .elapsed_time = row.getColumn(first + 2).getDouble(),
            .moving_time = find_real(row, first + 3),
            .start = parse_instant(find_text(row, first + 4).value_or("")),
            .start_index = find_whole(row, first + 5),
            .end_index = find_whole(row, first + 6),
            .pr_rank = find_whole(row, first + 7)};
}

} // namespace

void write_strava_lists(SQLite::Database& database, AthleteId athlete, ActivityId id, const std::string& key,
                        const model::ActivityDetail& detail) {
    forget_lists(database, athlete, id);
    LapWriter(database).store(athlete, id, model::Source::api_detail, key, detail.laps);
    write_efforts(database, athlete, id, detail.efforts);
    write_splits(database, athlete, id, detail.splits);
}

StravaLists read_strava_lists(SQLite::Database& database, AthleteId athlete, ActivityId id) {
    StravaLists lists{.laps = read_laps(database, athlete, id, model::Source::api_detail)};
    SQLite::Statement efforts(database, fmt::format("SELECT {} FROM strava_effort WHERE athlete_id = ? AND "
                                                    "activity_id = ? ORDER BY position",
                                                    strava_effort_columns));
    efforts.bind(1, athlete.value);
    efforts.bind(2, id.value);
    while (efforts.executeStep()) {
        lists.efforts.push_back(read_effort(efforts, 0));
    }
    SQLite::Statement splits(database, fmt::format("SELECT {} FROM strava_split WHERE athlete_id = ? AND "
                                                   "activity_id = ? ORDER BY unit, split",
                                                   split_columns));
    splits.bind(1, athlete.value);
    splits.bind(2, id.value);
    while (splits.executeStep()) {
        lists.splits.push_back({.is_mile = splits.getColumn(0).getString() == "mile",
                                .number = splits.getColumn(1).getInt64(),
                                .distance = splits.getColumn(2).getDouble(),
                                .elapsed_time = splits.getColumn(3).getDouble(),
                                .moving_time = find_real(splits, 4),
                                .elevation_difference = find_real(splits, 5),
                                .average_speed = find_real(splits, 6),
                                .average_grade_adjusted_speed = find_real(splits, 7),
                                .average_heartrate = find_real(splits, 8)});
    }
    return lists;
}

std::vector<StravaRecord> read_strava_records(SQLite::Database& database, AthleteId athlete) {
    SQLite::Statement rows(database,
                           fmt::format("SELECT activity_id, {} FROM (SELECT *, row_number() OVER (PARTITION "
                                       "BY distance ORDER BY elapsed_time, start_date, activity_id) AS rank "
                                       "FROM v_strava_effort e WHERE athlete_id = ? AND NOT EXISTS (SELECT 1 "
                                       "FROM mark k WHERE k.athlete_id = e.athlete_id AND k.activity_id = "
                                       "e.activity_id AND k.exclude_records = 1)) WHERE rank = 1 "
                                       "ORDER BY distance",
                                       strava_effort_columns));
    rows.bind(1, athlete.value);
    std::vector<StravaRecord> records;
    while (rows.executeStep()) {
        records.push_back(
            {.activity_id = ActivityId{rows.getColumn(0).getInt64()}, .effort = read_effort(rows, 1)});
    }
    return records;
}

} // namespace harrier::archive
