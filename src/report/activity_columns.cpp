// SPDX-License-Identifier: MIT
#include "report/activity_columns.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "model/sport.hpp"
#include "report/format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace harrier::report {

namespace {

using model::Activity;
using report::Figure;

Value to_value(const std::string& text) {
    return text;
}
Value to_value(double number) {
    return number;
}
Value to_value(std::int64_t number) {
    return number;
}
Value to_value(int number) {
    return std::int64_t{number};
}
Value to_value(bool flag) {
    return flag;
}
Value to_value(Instant time) {
    return format_instant(time);
}
Value to_value(WallTime time) {
    return format_wall_time(time);
}
Value to_value(const model::LatLng& place) {
    return std::vector<double>{place.lat, place.lng};
}
template <typename Tag>
Value to_value(StrongId<Tag> id) {
    return id.value;
}
template <typename T>
Value to_value(const std::optional<T>& value) {
    return value ? to_value(*value) : Value{};
}

template <auto Member>
Value field(const Activity& activity) {
    return to_value(activity.*Member);
}

template <auto Member, auto Coordinate>
Value coordinate(const Activity& activity) {
    const auto& place = activity.*Member;
    return place ? Value{(*place).*Coordinate} : Value{};
}

template <auto Member>
constexpr ActivityColumn column(std::string_view name, std::string_view title, Reading reading) {
    return {name, name, title, reading, field<Member>};
}

constexpr std::array all_columns{
    column<&Activity::athlete_id>("athlete_id", "Athlete", Reading::number),
    column<&Activity::activity_id>("activity_id", "Id", Reading::number),
    column<&Activity::strava_id>("strava_id", "Strava id", Reading::number),
    column<&Activity::sources>("sources", "Sources", Reading::text),
    column<&Activity::name>("name", "Name", Reading::text),
    column<&Activity::description>("description", "Description", Reading::text),
    column<&Activity::private_note>("private_note", "Private note", Reading::text),
    column<&Activity::sport_type>("sport_type", "Sport", Reading::text),
    column<&Activity::type>("type", "Type", Reading::text),
    column<&Activity::workout_type>("workout_type", "Workout type", Reading::number),
    column<&Activity::start_date>("start_date", "Start UTC", Reading::moment),
    column<&Activity::start_date_local>("start_date_local", "Start", Reading::moment),
    column<&Activity::timezone>("timezone", "Time zone", Reading::text),
    column<&Activity::utc_offset>("utc_offset", "UTC offset s", Reading::number),
    column<&Activity::distance>("distance", "", Reading::distance),
    column<&Activity::moving_time>("moving_time", "Time", Reading::duration),
    column<&Activity::elapsed_time>("elapsed_time", "Elapsed", Reading::duration),
    column<&Activity::total_elevation_gain>("total_elevation_gain", "Climb", Reading::height),
    column<&Activity::elev_high>("elev_high", "Highest", Reading::height),
    column<&Activity::elev_low>("elev_low", "Lowest", Reading::height),
    column<&Activity::average_speed>("average_speed", "Pace", Reading::quickness),
    column<&Activity::max_speed>("max_speed", "Fastest", Reading::quickness),
    column<&Activity::has_heartrate>("has_heartrate", "Has HR", Reading::yes_no),
    column<&Activity::average_heartrate>("average_heartrate", "HR", Reading::heart_rate),
    column<&Activity::max_heartrate>("max_heartrate", "Max HR", Reading::heart_rate),
    column<&Activity::average_cadence>("average_cadence", "Cadence", Reading::cadence),
    column<&Activity::average_temp>("average_temp", "Temp", Reading::temperature),
    column<&Activity::average_watts>("average_watts", "Power W", Reading::number),
    column<&Activity::weighted_average_watts>("weighted_average_watts", "Weighted W", Reading::number),
    column<&Activity::max_watts>("max_watts", "Max W", Reading::number),
    column<&Activity::device_watts>("device_watts", "Measured W", Reading::yes_no),
    column<&Activity::kilojoules>("kilojoules", "Work kJ", Reading::number),
    column<&Activity::calories>("calories", "Calories kcal", Reading::number),
    column<&Activity::suffer_score>("suffer_score", "Relative effort", Reading::number),
    column<&Activity::gear_id>("gear_id", "Gear", Reading::text),
    column<&Activity::gear_name>("gear_name", "Gear name", Reading::text),
    column<&Activity::trainer>("trainer", "Trainer", Reading::yes_no),
    column<&Activity::commute>("commute", "Commute", Reading::yes_no),
    column<&Activity::manual>("manual", "Manual", Reading::yes_no),
    column<&Activity::is_private>("private", "Private", Reading::yes_no),
    column<&Activity::visibility>("visibility", "Visible to", Reading::text),
    column<&Activity::flagged>("flagged", "Flagged", Reading::yes_no),
    column<&Activity::start_latlng>("start_latlng", "Start at", Reading::text),
    column<&Activity::end_latlng>("end_latlng", "End at", Reading::text),
    ActivityColumn{"start_lat", "start_lat", "Start lat", Reading::text,
                   coordinate<&Activity::start_latlng, &model::LatLng::lat>},
    ActivityColumn{"start_lng", "start_lng", "Start lng", Reading::text,
                   coordinate<&Activity::start_latlng, &model::LatLng::lng>},
    ActivityColumn{"end_lat", "end_lat", "End lat", Reading::text,
                   coordinate<&Activity::end_latlng, &model::LatLng::lat>},
    ActivityColumn{"end_lng", "end_lng", "End lng", Reading::text,
                   coordinate<&Activity::end_latlng, &model::LatLng::lng>},
    column<&Activity::summary_polyline>("summary_polyline", "Polyline", Reading::text),
    column<&Activity::achievement_count>("achievement_count", "Achievements", Reading::number),
    column<&Activity::kudos_count>("kudos_count", "Kudos", Reading::number),
    column<&Activity::comment_count>("comment_count", "Comments", Reading::number),
    column<&Activity::athlete_count>("athlete_count", "Athletes", Reading::number),
    column<&Activity::photo_count>("photo_count", "Photos there", Reading::number),
    column<&Activity::total_photo_count>("total_photo_count", "Photos", Reading::number),
    column<&Activity::pr_count>("pr_count", "PRs", Reading::number),
    column<&Activity::upload_id>("upload_id", "Upload", Reading::number),
    column<&Activity::external_id>("external_id", "External id", Reading::text),
    column<&Activity::device_name>("device_name", "Device", Reading::text),
    ActivityColumn{"date", "start_date_local", "Date", Reading::day, field<&Activity::start_date_local>},
    ActivityColumn{"start", "start_date_local", "Start", Reading::time_of_day,
                   field<&Activity::start_date_local>},
};

struct EverydayWord {
    std::string_view word;
    std::string_view name;
};

constexpr std::array everyday_words{
    EverydayWord{"pace", "average_speed"},
    EverydayWord{"speed", "average_speed"},
    EverydayWord{"time", "moving_time"},
    EverydayWord{"elapsed", "elapsed_time"},
    EverydayWord{"climb", "total_elevation_gain"},
    EverydayWord{"km", "distance"},
    EverydayWord{"miles", "distance"},
    EverydayWord{"hr", "average_heartrate"},
    EverydayWord{"heartrate", "average_heartrate"},
    EverydayWord{"cadence", "average_cadence"},
    EverydayWord{"power", "average_watts"},
    EverydayWord{"watts", "average_watts"},
    EverydayWord{"effort", "suffer_score"},
    EverydayWord{"sport", "sport_type"},
    EverydayWord{"gear", "gear_id"},
    EverydayWord{"kudos", "kudos_count"},
    EverydayWord{"device", "device_name"},
};

std::optional<double> number_in(const Value& value) {
    if (const auto* number = std::get_if<double>(&value)) {
        return *number;
    }
    if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        return static_cast<double>(*whole);
    }
    return std::nullopt;
}

std::string plain_text(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
        return *text;
    }
    if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        return fmt::format("{}", *whole);
    }
    if (const auto* number = std::get_if<double>(&value)) {
        return fmt::format("{}", *number);
    }
    if (const auto* flag = std::get_if<bool>(&value)) {
        return *flag ? "yes" : "no";
    }
    if (const auto* numbers = std::get_if<std::vector<double>>(&value)) {
        return fmt::format("{}", fmt::join(*numbers, ", "));
    }
    return "–";
}

std::optional<WallTime> time_in(const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    return text == nullptr ? std::nullopt : parse_wall_time(*text);
}

Figure cadence_figure(std::string_view sport_type, std::optional<double> rpm) {
    if (!rpm) {
        return {"–", ""};
    }
    const bool on_foot = model::measure_of(sport_type) == model::Measure::pace;
    return on_foot ? Figure{report::format_number(2 * *rpm), "spm"}
                   : Figure{report::format_number(*rpm), "rpm"};
}

// An activity whose wall time nobody told is read in UTC, and its time of day says so.
struct ReadStart {
    std::optional<WallTime> time;
    bool is_utc = false;
};

ReadStart start_to_read(const ActivityColumn& column, const Value& value, const Activity& activity) {
    const auto time = time_in(value);
    if (!time && column.field == "start_date_local" && activity.start_date) {
        return {WallTime{activity.start_date->time_since_epoch()}, true};
    }
    return {time, column.field == "start_date" && time.has_value()};
}

std::string time_of_day_text(const ReadStart& start) {
    return report::format_time_of_day(start.time) + (start.is_utc ? "Z" : "");
}

Figure figure(const ActivityColumn& column, const Activity& activity, Units units) {
    const auto value = column.value(activity);
    const auto number = number_in(value);
    const auto start = start_to_read(column, value, activity);
    switch (column.reading) {
    case Reading::distance:
        return report::distance_figure(number, units);
    case Reading::height:
        return report::climb_figure(number, units);
    case Reading::duration:
        return {report::format_duration(number ? std::optional(static_cast<std::int64_t>(*number))
                                               : std::nullopt),
                ""};
    case Reading::quickness:
        return report::pace_or_speed_figure(activity.sport_type, number, units);
    case Reading::heart_rate:
        return {report::format_heart_rate(number), ""};
    case Reading::cadence:
        return cadence_figure(activity.sport_type, number);
    case Reading::temperature:
        return report::temperature_figure(number, units);
    case Reading::day:
        return {report::format_local_day(start.time), ""};
    case Reading::time_of_day:
        return {time_of_day_text(start), ""};
    case Reading::moment:
        return {report::format_local_day(start.time) + " " + time_of_day_text(start), ""};
    case Reading::text:
    case Reading::number:
    case Reading::yes_no:
        break;
    }
    return {plain_text(value), ""};
}

bool is_left_aligned(Reading reading) {
    return reading == Reading::text || reading == Reading::yes_no || reading == Reading::day ||
           reading == Reading::moment || reading == Reading::time_of_day;
}

// "min/km" for "/km": a header has no digits that say that it is minutes.
std::string title_with_unit(const ActivityColumn& column, const std::string& unit) {
    if (column.reading == Reading::distance) {
        return unit;
    }
    if (column.reading == Reading::quickness && column.field == "average_speed") {
        return unit.starts_with('/') ? "min" + unit : unit;
    }
    return unit.empty() ? std::string(column.title) : fmt::format("{} {}", column.title, unit);
}

// A column of cells with one unit for all, or with the units inside.
struct Cells {
    std::string title;
    std::vector<std::string> texts;
};

Cells make_cells(const ActivityColumn& column, const std::vector<Activity>& activities, Units units) {
    std::vector<Figure> figures;
    std::set<std::string> seen;
    for (const auto& activity : activities) {
        figures.push_back(figure(column, activity, units));
        if (!figures.back().unit.empty()) {
            seen.insert(figures.back().unit);
        }
    }
    if (seen.empty() && column.reading == Reading::distance) {
        seen.insert(units == Units::metric ? "km" : "mi");
    }
    const bool one_unit = seen.size() == 1;
    Cells cells{one_unit ? title_with_unit(column, *seen.begin()) : std::string(column.title), {}};
    for (const auto& one : figures) {
        cells.texts.push_back(one_unit ? one.number : one.text());
    }
    return cells;
}

} // namespace

std::span<const ActivityColumn> activity_columns() {
    return all_columns;
}

const ActivityColumn& find_activity_column(std::string_view word) {
    std::string wanted = to_lower(word);
    std::replace(wanted.begin(), wanted.end(), '-', '_');
    const auto everyday = std::find_if(everyday_words.begin(), everyday_words.end(),
                                       [&](const auto& entry) { return entry.word == wanted; });
    const std::string_view name = everyday == everyday_words.end() ? wanted : everyday->name;
    const auto found = std::find_if(all_columns.begin(), all_columns.end(),
                                    [&](const auto& column) { return column.name == name; });
    if (found != all_columns.end()) {
        return *found;
    }
    std::vector<std::string_view> known;
    for (const auto& column : all_columns) {
        known.push_back(column.name);
    }
    for (const auto& entry : everyday_words) {
        known.push_back(entry.word);
    }
    const auto meant = nearest(wanted, known);
    throw Error(ErrorKind::usage,
                fmt::format("there is no column \"{}\"{}", escape_terminal(word),
                            meant.empty() ? "" : fmt::format("; did you mean \"{}\"?", meant)),
                "To see all columns, run:  harrier list --columns help");
}

Rows activity_rows(const std::vector<Activity>& activities,
                   const std::vector<const ActivityColumn*>& columns) {
    std::vector<const ActivityColumn*> chosen;
    const auto add = [&](const ActivityColumn& column) {
        const bool there = std::any_of(chosen.begin(), chosen.end(),
                                       [&](const auto* other) { return other->field == column.field; });
        if (!there) {
            chosen.push_back(&column);
        }
    };
    for (const auto* column : columns) {
        add(*column);
    }
    if (columns.empty()) {
        for (const auto& column : all_columns) {
            add(column);
        }
    }
    Rows rows;
    for (const auto* column : chosen) {
        rows.names.emplace_back(column->field);
    }
    for (const auto& activity : activities) {
        auto& row = rows.rows.emplace_back();
        for (const auto* column : chosen) {
            row.push_back(column->value(activity));
        }
    }
    return rows;
}

std::string read_value(const ActivityColumn& column, const Activity& activity, Units units) {
    return figure(column, activity, units).text();
}

report::Table activity_table(const std::vector<Activity>& activities, const std::vector<ShownColumn>& columns,
                             Units units) {
    std::vector<report::Column> titles;
    std::vector<Cells> cells;
    for (const auto& [column, drop_order] : columns) {
        cells.push_back(make_cells(*column, activities, units));
        titles.push_back({cells.back().title,
                          is_left_aligned(column->reading) ? report::Align::left : report::Align::right,
                          column->reading == Reading::text, drop_order});
    }
    report::Table table(std::move(titles));
    for (std::size_t i = 0; i < activities.size(); ++i) {
        std::vector<std::string> row;
        for (auto& column : cells) {
            row.push_back(std::move(column.texts[i]));
        }
        table.add_row(std::move(row));
    }
    return table;
}

} // namespace harrier::report
