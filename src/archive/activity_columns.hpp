// SPDX-License-Identifier: MIT
#pragma once

// The one list of an activity's columns, for writing and for reading. Only the archive's own sources include
// this.

#include "base/error.hpp"
#include "model/activity.hpp"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <string>
#include <type_traits>
#include <vector>

namespace harrier::archive {

// Calls visit(column, field…) for every column that a source fills, in a fixed order, with the field of each
// of the activities. A position has two columns: `start` stands for start_lat and start_lng.
template <typename Visitor, typename... Activity>
void visit_columns(Visitor& visit, Activity&... activity) {
    visit("strava_id", activity.strava_id...);
    visit("name", activity.name...);
    visit("description", activity.description...);
    visit("private_note", activity.private_note...);
    visit("sport_type", activity.sport_type...);
    visit("type", activity.type...);
    visit("workout_type", activity.workout_type...);
    visit("start_date", activity.start_date...);
    visit("start_date_local", activity.start_date_local...);
    visit("timezone", activity.timezone...);
    visit("utc_offset", activity.utc_offset...);
    visit("distance", activity.distance...);
    visit("moving_time", activity.moving_time...);
    visit("elapsed_time", activity.elapsed_time...);
    visit("total_elevation_gain", activity.total_elevation_gain...);
    visit("elev_high", activity.elev_high...);
    visit("elev_low", activity.elev_low...);
    visit("average_speed", activity.average_speed...);
    visit("max_speed", activity.max_speed...);
    visit("has_heartrate", activity.has_heartrate...);
    visit("average_heartrate", activity.average_heartrate...);
    visit("max_heartrate", activity.max_heartrate...);
    visit("average_cadence", activity.average_cadence...);
    visit("average_temp", activity.average_temp...);
    visit("average_watts", activity.average_watts...);
    visit("weighted_average_watts", activity.weighted_average_watts...);
    visit("max_watts", activity.max_watts...);
    visit("device_watts", activity.device_watts...);
    visit("kilojoules", activity.kilojoules...);
    visit("calories", activity.calories...);
    visit("suffer_score", activity.suffer_score...);
    visit("gear_id", activity.gear_id...);
    visit("gear_name", activity.gear_name...);
    visit("trainer", activity.trainer...);
    visit("commute", activity.commute...);
    visit("manual", activity.manual...);
    visit("private", activity.is_private...);
    visit("visibility", activity.visibility...);
    visit("flagged", activity.flagged...);
    visit("start", activity.start_latlng...);
    visit("end", activity.end_latlng...);
    visit("achievement_count", activity.achievement_count...);
    visit("kudos_count", activity.kudos_count...);
    visit("comment_count", activity.comment_count...);
    visit("athlete_count", activity.athlete_count...);
    visit("photo_count", activity.photo_count...);
    visit("total_photo_count", activity.total_photo_count...);
    visit("pr_count", activity.pr_count...);
    visit("upload_id", activity.upload_id...);
    visit("external_id", activity.external_id...);
    visit("device_name", activity.device_name...);
    visit("summary_polyline", activity.summary_polyline...);
}

// The columns of `visit_columns` by name.
[[nodiscard]] inline std::vector<std::string> source_columns() {
    std::vector<std::string> names;
    const auto visit = [&names](const char* name, const auto& field) {
        if constexpr (std::is_same_v<decltype(field), const std::optional<model::LatLng>&>) {
            names.push_back(fmt::format("{}_lat", name));
            names.push_back(fmt::format("{}_lng", name));
        } else {
            names.emplace_back(name);
        }
    };
    const model::Activity activity;
    visit_columns(visit, activity);
    return names;
}

// Binds the fields of an activity to the parameters of a statement, from `first` on. Texts are borrowed, so
// the activity must outlive the step.
class ColumnBinder {
public:
    ColumnBinder(SQLite::Statement& statement, int first) : m_statement(statement), m_next(first) {}

    void operator()(const char* /*column*/, const std::string& text) {
        m_statement.bindNoCopy(m_next++, text);
    }
    template <typename Value>
    void operator()(const char* column, const std::optional<Value>& field) {
        if constexpr (std::is_same_v<Value, model::LatLng>) {
            (*this)(column, field ? std::optional(field->lat) : std::nullopt);
            (*this)(column, field ? std::optional(field->lng) : std::nullopt);
        } else if (!field) {
            m_statement.bind(m_next++);
        } else {
            bind(*field);
        }
    }

private:
    void bind(StravaId id) { m_statement.bind(m_next++, id.value); }
    void bind(Instant time) { m_statement.bind(m_next++, format_instant(time)); }
    void bind(WallTime time) { m_statement.bind(m_next++, format_wall_time(time)); }
    void bind(const std::string& text) { m_statement.bindNoCopy(m_next++, text); }
    void bind(double number) { m_statement.bind(m_next++, number); }
    void bind(std::int64_t number) { m_statement.bind(m_next++, number); }
    void bind(int number) { m_statement.bind(m_next++, number); }
    void bind(bool flag) { m_statement.bind(m_next++, flag ? 1 : 0); }

    SQLite::Statement& m_statement;
    int m_next;
};

// Reads the columns of the current row into an activity, from `first` on.
class ColumnReader {
public:
    ColumnReader(SQLite::Statement& row, int first) : m_row(row), m_next(first) {}

    void operator()(const char* /*column*/, std::string& text) {
        text = m_row.getColumn(m_next++).getString();
    }
    template <typename Value>
    void operator()(const char* column, std::optional<Value>& field) {
        if constexpr (std::is_same_v<Value, model::LatLng>) {
            std::optional<double> lat;
            std::optional<double> lng;
            (*this)(column, lat);
            (*this)(column, lng);
            if (lat && lng) {
                field = model::LatLng{*lat, *lng};
            }
        } else {
            const auto value = m_row.getColumn(m_next++);
            if (!value.isNull()) {
                field = read<Value>(value);
            }
        }
    }

private:
    template <typename Value>
    static std::optional<Value> read(const SQLite::Column& value) {
        if constexpr (std::is_same_v<Value, StravaId>) {
            return StravaId{value.getInt64()};
        } else if constexpr (std::is_same_v<Value, Instant>) {
            return parse_instant(value.getText());
        } else if constexpr (std::is_same_v<Value, WallTime>) {
            return parse_wall_time(value.getText());
        } else if constexpr (std::is_same_v<Value, std::string>) {
            return value.getString();
        } else if constexpr (std::is_same_v<Value, double>) {
            return value.getDouble();
        } else if constexpr (std::is_same_v<Value, bool>) {
            return value.getInt() != 0;
        } else {
            return static_cast<Value>(value.getInt64());
        }
    }

    SQLite::Statement& m_row;
    int m_next;
};

} // namespace harrier::archive
