// SPDX-License-Identifier: MIT
#include "archive/metrics_rows.hpp"

#include "archive/import_reader.hpp"
#include "archive/metrics_codec.hpp"
#include "archive/statement.hpp"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <array>
#include <string_view>

namespace harrier::archive {

namespace {

using model::Metrics;

struct NumberColumn {
    std::string_view name;
    std::optional<double> Metrics::*field;
};
constexpr std::array number_columns{
    NumberColumn{"grade_adjusted_speed", &Metrics::grade_adjusted_speed},
    NumberColumn{"normalized_graded_speed", &Metrics::normalized_graded_speed},
    NumberColumn{"normalized_power", &Metrics::normalized_power},
    NumberColumn{"xpower", &Metrics::xpower},
    NumberColumn{"efficiency_factor", &Metrics::efficiency_factor},
    NumberColumn{"decoupling", &Metrics::decoupling},
    NumberColumn{"step_length", &Metrics::step_length},
};

struct HistogramColumn {
    std::string_view name;
    model::Histogram Metrics::*field;
};
constexpr std::array histogram_columns{
    HistogramColumn{"heartrate_seconds", &Metrics::heartrate},
    HistogramColumn{"watts_seconds", &Metrics::watts},
    HistogramColumn{"speed_seconds", &Metrics::speed},
};

struct CurveColumn {
    std::string_view name;
    model::MeanMaximalCurve Metrics::*field;
};
constexpr std::array curve_columns{
    CurveColumn{"speed_curve", &Metrics::speed_curve},
    CurveColumn{"power_curve", &Metrics::power_curve},
    CurveColumn{"heartrate_curve", &Metrics::heartrate_curve},
};

// The columns of Metrics in the table of that name, in the order in which they are bound and read.
std::string metrics_columns(std::string_view prefix) {
    std::string text;
    const auto add = [&](std::string_view name) {
        text += fmt::format("{}{}{}", text.empty() ? "" : ", ", prefix, name);
    };
    for (const auto& column : number_columns) {
        add(column.name);
    }
    for (const auto& column : histogram_columns) {
        add(column.name);
    }
    for (const auto& column : curve_columns) {
        add(column.name);
    }
    return text;
}
constexpr std::size_t metrics_column_count =
    number_columns.size() + histogram_columns.size() + curve_columns.size();

void bind_bytes(SQLite::Statement& statement, int index, const std::string& bytes) {
    if (bytes.empty()) {
        statement.bind(index);
    } else {
        statement.bind(index, bytes.data(), static_cast<int>(bytes.size()));
    }
}

void bind_metrics(SQLite::Statement& statement, int index, const Metrics& metrics) {
    for (const auto& column : number_columns) {
        bind_optional(statement, index++, metrics.*column.field);
    }
    for (const auto& column : histogram_columns) {
        bind_bytes(statement, index++, encode_histogram(metrics.*column.field));
    }
    for (const auto& column : curve_columns) {
        bind_bytes(statement, index++, encode_curve(metrics.*column.field));
    }
}

std::string_view bytes_of(const SQLite::Column& column) {
    return {static_cast<const char*>(column.getBlob()), static_cast<std::size_t>(column.getBytes())};
}

Metrics read_metrics_columns(SQLite::Statement& row, int index) {
    Metrics metrics;
    for (const auto& column : number_columns) {
        metrics.*column.field = find_real(row, index++);
    }
    for (const auto& column : histogram_columns) {
        const auto value = row.getColumn(index++);
        if (!value.isNull()) {
            metrics.*column.field = decode_histogram(bytes_of(value));
        }
    }
    for (const auto& column : curve_columns) {
        const auto value = row.getColumn(index++);
        if (!value.isNull()) {
            metrics.*column.field = decode_curve(bytes_of(value));
        }
    }
    return metrics;
}

std::optional<std::int64_t> find_integer(SQLite::Statement& row, int index) {
    const auto value = row.getColumn(index);
    return value.isNull() ? std::nullopt : std::optional(value.getInt64());
}

// What metrics depend on beside the samples; of `activity a` and `mark k`.
constexpr const char* made_for =
    "a.sport_type || '|' || coalesce(a.trainer, 0) || '|' || coalesce(a.distance, '') || '|' || "
    "coalesce(k.treadmill_scale, '')";

std::string metrics_insert() {
    return fmt::format(
        "INSERT OR REPLACE INTO metrics (athlete_id, activity_id, version, stream_source, stream_key, "
        "{}, made_for) SELECT a.athlete_id, a.activity_id, {}, {} FROM activity a "
        "LEFT JOIN mark k USING (athlete_id, activity_id) WHERE a.athlete_id = ? AND a.activity_id = ?",
        metrics_columns(""), places(metrics_column_count + 3), made_for);
}

void write_efforts(SQLite::Database& database, AthleteId athlete, const Measurement& measurement) {
    SQLite::Statement forget(database, "DELETE FROM best_effort WHERE athlete_id = ? AND activity_id = ?");
    forget.bind(1, athlete.value);
    forget.bind(2, measurement.activity.value);
    run(forget);
    SQLite::Statement insert(database,
                             "INSERT INTO best_effort (athlete_id, activity_id, mode, distance, "
                             "elapsed_time, start_time, covered, start_index, end_index, largest_gap, "
                             "refused) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (const auto& effort : measurement.metrics.best_efforts) {
        insert.bind(1, athlete.value);
        insert.bind(2, measurement.activity.value);
        bind_text(insert, 3, effort_mode_word(effort.mode));
        insert.bind(4, effort.distance);
        insert.bind(5, effort.elapsed_time);
        insert.bind(6, effort.start_time);
        insert.bind(7, effort.covered);
        insert.bind(8, static_cast<std::int64_t>(effort.start_index));
        insert.bind(9, static_cast<std::int64_t>(effort.end_index));
        insert.bind(10, effort.largest_gap);
        if (effort.refused.empty()) {
            insert.bind(11);
        } else {
            insert.bind(11, effort.refused);
        }
        run(insert);
    }
}

void write_explored(SQLite::Database& database, AthleteId athlete, const Measurement& measurement) {
    SQLite::Statement forget(database, "DELETE FROM explored_tiles WHERE athlete_id = ? AND activity_id = ?");
    forget.bind(1, athlete.value);
    forget.bind(2, measurement.activity.value);
    run(forget);
    SQLite::Statement insert(
        database, "INSERT INTO explored_tiles (athlete_id, zoom, activity_id, tiles) VALUES (?, ?, ?, ?)");
    for (const auto& [zoom, tiles] : measurement.metrics.explored) {
        const auto bytes = encode_tiles(tiles);
        insert.bind(1, athlete.value);
        insert.bind(2, zoom);
        insert.bind(3, measurement.activity.value);
        bind_blob(insert, 4, bytes);
        run(insert);
    }
}

} // namespace

std::string_view effort_mode_word(model::EffortMode mode) {
    return mode == model::EffortMode::exact ? "exact" : "strava";
}

void note_change(SQLite::Database& database, AthleteId athlete) {
    SQLite::Statement statement(database, "DELETE FROM metrics_state WHERE athlete_id = ?");
    statement.bind(1, athlete.value);
    run(statement);
}

bool read_is_measured(SQLite::Database& database, AthleteId athlete, int version) {
    SQLite::Statement row(database, "SELECT version FROM metrics_state WHERE athlete_id = ?");
    row.bind(1, athlete.value);
    return find_number(row) == version;
}

std::vector<ActivityId> read_unmeasured(SQLite::Database& database, AthleteId athlete, int version) {
    SQLite::Statement rows(
        database,
        fmt::format(
            "SELECT activity_id FROM (SELECT a.activity_id, a.start_date, "
            "(SELECT s.source || ' ' || s.source_key FROM {} WHERE s.athlete_id = a.athlete_id AND "
            "s.activity_id = a.activity_id ORDER BY {} LIMIT 1) AS best, "
            "m.stream_source || ' ' || m.stream_key AS measured, m.version, m.made_for AS was, {} AS is_now "
            "FROM activity a LEFT JOIN metrics m USING (athlete_id, activity_id) "
            "LEFT JOIN mark k USING (athlete_id, activity_id) WHERE athlete_id = ?) "
            "WHERE best IS NOT measured OR best IS NOT NULL AND (version IS NOT ? OR was IS NOT is_now) "
            "ORDER BY start_date DESC, activity_id DESC",
            ranked_streams, best_stream_first, made_for));
    rows.bind(1, athlete.value);
    rows.bind(2, version);
    std::vector<ActivityId> ids;
    while (rows.executeStep()) {
        ids.push_back(ActivityId{rows.getColumn(0).getInt64()});
    }
    return ids;
}

void write_metrics(SQLite::Database& database, AthleteId athlete, int version,
                   std::span<const Measurement> measurements) {
    SQLite::Statement insert(database, metrics_insert());
    SQLite::Statement forget(database, "DELETE FROM metrics WHERE athlete_id = ? AND activity_id = ?");
    for (const auto& measurement : measurements) {
        write_efforts(database, athlete, measurement);
        write_explored(database, athlete, measurement);
        if (measurement.stream_key.empty()) { // the samples are gone
            forget.bind(1, athlete.value);
            forget.bind(2, measurement.activity.value);
            run(forget);
            continue;
        }
        insert.bind(1, version);
        insert.bind(2, measurement.stream_source);
        insert.bind(3, measurement.stream_key);
        bind_metrics(insert, 4, measurement.metrics);
        const int last = insert.getBindParameterCount();
        insert.bind(last - 1, athlete.value);
        insert.bind(last, measurement.activity.value);
        run(insert);
    }
}

void write_measured(SQLite::Database& database, AthleteId athlete, int version) {
    SQLite::Statement statement(database,
                                "INSERT OR REPLACE INTO metrics_state (athlete_id, version) VALUES (?, ?)");
    statement.bind(1, athlete.value);
    statement.bind(2, version);
    run(statement);
}

std::optional<Metrics> read_metrics(SQLite::Database& database, AthleteId athlete, ActivityId id) {
    SQLite::Statement row(
        database,
        fmt::format("SELECT {} FROM metrics WHERE athlete_id = ? AND activity_id = ?", metrics_columns("")));
    row.bind(1, athlete.value);
    row.bind(2, id.value);
    if (!row.executeStep()) {
        return std::nullopt;
    }
    auto metrics = read_metrics_columns(row, 0);
    metrics.best_efforts = read_best_efforts(database, athlete, id);
    return metrics;
}

std::vector<ExploredActivity> read_explored(SQLite::Database& database, AthleteId athlete, int zoom) {
    SQLite::Statement rows(database, "SELECT activity_id, tiles FROM explored_tiles WHERE athlete_id = ? AND "
                                     "zoom = ? ORDER BY activity_id");
    rows.bind(1, athlete.value);
    rows.bind(2, zoom);
    std::vector<ExploredActivity> explored;
    while (rows.executeStep()) {
        explored.push_back(
            {ActivityId{rows.getColumn(0).getInt64()}, decode_tiles(bytes_of(rows.getColumn(1)))});
    }
    return explored;
}

void read_measured(SQLite::Database& database, AthleteId athlete,
                   const std::function<void(MeasuredActivity&&)>& visit) {
    SQLite::Statement rows(
        database,
        fmt::format("SELECT a.activity_id, a.strava_id, a.name, a.sport_type, "
                    "coalesce(a.start_date_local, a.start_date), a.distance, a.moving_time, a.elapsed_time, "
                    "a.average_heartrate, a.average_watts, m.activity_id, {} FROM activity a "
                    "LEFT JOIN metrics m USING (athlete_id, activity_id) "
                    "WHERE a.athlete_id = ? AND a.deleted_at IS NULL ORDER BY a.start_date, a.activity_id",
                    metrics_columns("m.")));
    rows.bind(1, athlete.value);
    while (rows.executeStep()) {
        MeasuredActivity one{.activity = ActivityId{rows.getColumn(0).getInt64()},
                             .strava_id = std::nullopt,
                             .name = rows.getColumn(2).getString(),
                             .sport_type = rows.getColumn(3).getString()};
        if (const auto id = find_integer(rows, 1)) {
            one.strava_id = StravaId{*id};
        }
        if (const auto start = find_text(rows, 4)) {
            one.start_date_local = parse_wall_time(*start);
        }
        one.distance = find_real(rows, 5);
        one.moving_time = find_integer(rows, 6);
        one.elapsed_time = find_integer(rows, 7);
        one.average_heartrate = find_real(rows, 8);
        one.average_watts = find_real(rows, 9);
        if (!rows.getColumn(10).isNull()) {
            one.metrics = read_metrics_columns(rows, 11);
        }
        visit(std::move(one));
    }
}

Mark read_mark(SQLite::Database& database, AthleteId athlete, ActivityId id) {
    SQLite::Statement row(database,
                          "SELECT exclude_records, treadmill_scale, note FROM mark WHERE athlete_id = ? "
                          "AND activity_id = ?");
    row.bind(1, athlete.value);
    row.bind(2, id.value);
    if (!row.executeStep()) {
        return {};
    }
    return {.exclude_records = row.getColumn(0).getInt() != 0,
            .treadmill_scale = find_real(row, 1),
            .note = row.getColumn(2).getString()};
}

void write_mark(SQLite::Database& database, AthleteId athlete, ActivityId id, const Mark& mark) {
    SQLite::Statement statement(
        database, mark == Mark{} ? "DELETE FROM mark WHERE athlete_id = ? AND activity_id = ?"
                                 : "INSERT OR REPLACE INTO mark (athlete_id, activity_id, "
                                   "exclude_records, treadmill_scale, note) VALUES (?, ?, ?, ?, ?)");
    statement.bind(1, athlete.value);
    statement.bind(2, id.value);
    if (mark != Mark{}) {
        statement.bind(3, mark.exclude_records ? 1 : 0);
        bind_optional(statement, 4, mark.treadmill_scale);
        statement.bind(5, mark.note);
    }
    run(statement);
    note_change(database, athlete);
}

} // namespace harrier::archive
