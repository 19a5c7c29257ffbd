// SPDX-License-Identifier: MIT
#include "analysis/track.hpp"
#include "base/text.hpp"
#include "formats/polyline.hpp"
#include "insight/total_rows.hpp"
#include "report/activity_columns.hpp"
#include "web/endpoints.hpp"
#include "web/json_text.hpp"

#include <algorithm>
#include <array>

namespace harrier::web {

namespace {

// Long texts that a list has no room for.
constexpr std::array<std::string_view, 3> long_columns{"summary_polyline", "description", "private_note"};

std::vector<const report::ActivityColumn*> columns_of(const Call& call) {
    std::vector<const report::ActivityColumn*> columns;
    for (const auto& word : split(call.word("columns"), ',')) {
        columns.push_back(&report::find_activity_column(word));
    }
    if (columns.empty()) {
        for (const auto& column : report::activity_columns()) {
            const bool is_long =
                std::find(long_columns.begin(), long_columns.end(), column.name) != long_columns.end();
            if (!is_long && column.name == column.field) { // `date` and `start` are fields once more
                columns.push_back(&column);
            }
        }
    }
    return columns;
}

// "2026" of a date; "" without one.
std::string year_of(const model::Activity& activity) {
    return activity.start_date_local ? format_wall_time(*activity.start_date_local).substr(0, 4) : "";
}

std::string track_of(const model::Activity& activity, std::size_t points) {
    const auto line = formats::decode_polyline(*activity.summary_polyline);
    if (!line || line->size() < 2) {
        return "";
    }
    constexpr double tolerance = 10; // m, on a map of everything
    return formats::encode_polyline(
        analysis::simplify_track(*line, {}, {.tolerance = tolerance, .points = points}));
}

} // namespace

Answer activities(const Call& call) {
    const auto columns = columns_of(call);
    const auto all = call.archive.activities(call.athlete_id(), query_of(call));
    std::vector<std::string> names;
    std::vector<std::string> values;
    for (const auto* column : columns) {
        names.push_back(json(column->name));
        std::string list = "[";
        for (const auto& activity : all) {
            list += (list.size() > 1 ? "," : "") + json(column->value(activity));
        }
        values.push_back(list + "]");
    }
    return {.body = JsonObject()
                        .add("names", json_array(names))
                        .add("columns", json_array(values))
                        .add("count", json(static_cast<std::int64_t>(all.size())))
                        .str() +
                    "\n"};
}

Answer totals(const Call& call) {
    const auto grouping = insight::grouping_of(call.choice("by", {"month", "week", "year", "sport", "gear"}));
    const auto sums = call.archive.totals(call.athlete_id(), grouping, query_of(call));
    return {.body = report::to_json_array(insight::total_rows(grouping, sums))};
}

Answer tracks(const Call& call) {
    constexpr double usual_points = 60;
    constexpr double most_points = 1000;
    const auto points =
        static_cast<std::size_t>(call.number("points", 2, most_points).value_or(usual_points));
    std::vector<std::string> ids;
    std::vector<std::string> sports;
    std::vector<std::string> years;
    std::vector<std::string> lines;
    for (const auto& activity : call.archive.activities(call.athlete_id(), query_of(call))) {
        const auto line = activity.summary_polyline ? track_of(activity, points) : "";
        if (line.empty()) {
            continue;
        }
        const auto year = year_of(activity);
        ids.push_back(json(activity.activity_id.value));
        sports.push_back(json(std::string_view(activity.sport_type)));
        years.push_back(year.empty() ? "null" : year);
        lines.push_back(json(std::string_view(line)));
    }
    return {.body = JsonObject()
                        .add("ids", json_array(ids))
                        .add("sports", json_array(sports))
                        .add("years", json_array(years))
                        .add("tracks", json_array(lines))
                        .str() +
                    "\n"};
}

} // namespace harrier::web
