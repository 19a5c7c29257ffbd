// SPDX-License-Identifier: MIT
#include "analysis/activity_parts.hpp"
#include "analysis/grade_adjusted_pace.hpp"
#include "insight/activity_details.hpp"
#include "insight/similar.hpp"
#include "insight/source_rows.hpp"
#include "model/sport.hpp"
#include "sync/stored_recording.hpp"
#include "web/endpoints.hpp"
#include "web/json_text.hpp"
#include "web/thinning.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace harrier::web {

namespace {

// As `show` reads it: a damaged file has its samples beside it.
std::optional<model::Recording> find_any_recording(const Call& call, const model::Activity& activity) {
    try {
        return sync::find_recording(call.archive, call.athlete_id(), activity);
    } catch (const Error& error) {
        const auto stream = call.archive.find_stream(call.athlete_id(), activity.activity_id);
        if (error.kind() != ErrorKind::data || !stream) {
            throw;
        }
        auto recording = sync::from_samples(*stream);
        sync::describe(recording, activity);
        return recording;
    }
}

// The others over the same way, newest first.
std::string similar_json(const Call& call, const model::Activity& activity) {
    auto similar = insight::find_similar(call.archive, activity);
    std::erase_if(similar, [&](const insight::SimilarActivity& one) {
        return one.activity.activity_id == activity.activity_id;
    });
    auto rows = report::to_json_array(insight::similar_rows(similar));
    rows.pop_back(); // the line break
    return rows;
}

struct Said {
    std::string strava = "{}";  // the fields that Strava says otherwise
    std::string sources = "[]"; // which source each field is from
};

Said said_of(const Call& call, const model::Activity& activity) {
    const auto statements = call.archive.statements(call.athlete_id(), activity.activity_id);
    JsonObject strava;
    std::vector<std::string> sources;
    insight::for_each_said(statements, [&](const auto& column, const auto& statement, bool believed) {
        if (believed) {
            sources.push_back(JsonObject()
                                  .add("field", json(column.field))
                                  .add("source", json(model::word_of(statement.source)))
                                  .str());
        } else if (model::word_of(statement.source) == "api_summary") {
            strava.add(column.field, json(column.value(statement.said)));
        }
    });
    return {strava.str(), json_array(sources)};
}

double split_length(const Call& call, const model::Activity& activity) {
    if (call.word("splits").empty()) {
        return insight::usual_split_length(activity.sport_type, call.host.units_of(call.athlete));
    }
    return call.choice("splits", {"km", "mile"}) == "mile" ? metres_per_mile : metres_per_kilometre;
}

// Metres on the flat for each second, smoothed as the speed is.
std::vector<double> adjusted_speed(const analysis::ActivityLines& lines) {
    const auto grades = analysis::grades_of(lines.metres, lines.altitude);
    std::vector<double> speeds(lines.speed.size(), model::missing);
    for (std::size_t i = 0; i < speeds.size() && i < grades.size(); ++i) {
        speeds[i] = lines.speed[i] * analysis::grade_factor(grades[i]);
    }
    return speeds;
}

struct Column {
    std::string_view name;
    std::vector<double> values;
};

// Columns of one length; those that were not recorded are empty.
std::vector<Column> columns_of(const model::Recording& recording) {
    const auto& streams = recording.streams;
    const auto lines = analysis::lines_of(recording);
    const bool is_in_order = lines.time.size() == streams.size();
    std::vector<Column> columns{{"time", streams.time},
                                {"distance", streams.distance},
                                {"altitude", streams.altitude},
                                {"heartrate", streams.heartrate},
                                {"cadence", streams.cadence},
                                {"watts", streams.watts},
                                {"temp", streams.temp},
                                {"velocity_smooth", streams.velocity_smooth},
                                {"grade_smooth", streams.grade_smooth}};
    if (is_in_order && streams.velocity_smooth.empty()) {
        columns[7].values = lines.speed;
    }
    if (is_in_order && streams.distance.empty()) {
        columns[1].values = lines.metres;
    }
    if (is_in_order && !lines.altitude.empty() && model::family_of(recording.sport_type) == "run") {
        columns.push_back({"grade_adjusted_speed", adjusted_speed(lines)});
    } else {
        columns.push_back({"grade_adjusted_speed", {}});
    }
    return columns;
}

std::string rounded(double value, double steps) {
    return json(std::round(value * steps) / steps);
}

std::string latlng_json(const model::Streams& streams, const std::vector<std::size_t>& kept) {
    if (streams.latitude.empty()) {
        return "null";
    }
    constexpr double steps = 1e6; // of a degree: 0.1 m
    std::vector<std::string> items;
    for (const auto i : kept) {
        items.push_back(std::isfinite(streams.latitude[i]) ? "[" + rounded(streams.latitude[i], steps) + "," +
                                                                 rounded(streams.longitude[i], steps) + "]"
                                                           : "null");
    }
    return json_array(items);
}

std::string column_json(const std::vector<double>& values, const std::vector<std::size_t>& kept) {
    if (values.empty()) {
        return "null";
    }
    constexpr double steps = 1000;
    std::vector<std::string> items;
    for (const auto i : kept) {
        items.push_back(i < values.size() ? rounded(values[i], steps) : "null");
    }
    return json_array(items);
}

std::optional<double> mean_between(const std::vector<double>& values, std::size_t from, std::size_t to) {
    double sum = 0;
    std::size_t count = 0;
    for (auto i = from; i <= to && i < values.size(); ++i) {
        if (std::isfinite(values[i])) {
            sum += values[i];
            ++count;
        }
    }
    return count > 0 ? std::optional(sum / static_cast<double>(count)) : std::nullopt;
}

std::optional<double> highest_between(const std::vector<double>& values, std::size_t from, std::size_t to) {
    std::optional<double> highest;
    for (auto i = from; i <= to && i < values.size(); ++i) {
        if (std::isfinite(values[i])) {
            highest = std::max(highest.value_or(values[i]), values[i]);
        }
    }
    return highest;
}

} // namespace

Answer activity(const Call& call) {
    const auto found = find_activity(call);
    if (!found) {
        return not_found("the archive has no such activity");
    }
    const auto details = insight::find_details(call.archive, *found, split_length(call, *found),
                                               call.profile(), call.host.athlete_settings().heartrate_zones);
    const auto said = said_of(call, *found);
    const auto more =
        fmt::format(",\n  \"similar\": {},\n  \"strava\": {},\n  \"field_sources\": {},\n  \"photos\": []",
                    similar_json(call, *found), said.strava, said.sources);
    return {.body = insight::activity_json(*found, details, more)};
}

Answer streams(const Call& call) {
    const auto found = find_activity(call);
    const auto recording = found ? find_any_recording(call, *found) : std::nullopt;
    if (!found) {
        return not_found("the archive has no such activity");
    }
    if (!recording || recording->streams.size() == 0) {
        return {.body = "{}\n"}; // no samples are an answer too: each column is absent
    }
    const auto size = recording->streams.size();
    const auto columns = columns_of(*recording);
    const auto wanted = call.number("points", 2, 1e6);
    std::vector<std::span<const double>> shown;
    for (const auto& column : columns) {
        if (column.name == "altitude" || column.name == "heartrate" || column.name == "velocity_smooth") {
            shown.emplace_back(column.values);
        }
    }
    const auto kept = thin(size, wanted ? static_cast<std::size_t>(*wanted) : size, shown);
    JsonObject object;
    for (const auto& column : columns) {
        object.add(column.name, column_json(column.values, kept));
    }
    object.add("latlng", latlng_json(recording->streams, kept));
    if (kept.size() < size) {
        object.add("index", fmt::format("[{}]", fmt::join(kept, ",")));
    }
    return {.body = object.str() + "\n"};
}

Answer split_numbers(const Call& call) {
    const auto found = find_activity(call);
    const auto recording = found ? find_any_recording(call, *found) : std::nullopt;
    if (!recording || recording->streams.size() < 2) {
        return not_found(found ? "this activity has no samples" : "the archive has no such activity");
    }
    const auto& streams = recording->streams;
    const auto last = static_cast<double>(streams.size() - 1);
    const auto from = static_cast<std::size_t>(call.number("from", 0, last).value_or(0));
    const auto to = static_cast<std::size_t>(call.number("to", 0, last).value_or(last));
    if (to <= from) {
        throw Error(ErrorKind::usage, "a part ends behind its beginning", "from is less than to");
    }
    const std::vector<double> ends{streams.time[from], streams.time[to]};
    const auto parts = analysis::splitter_of(*recording).by_times(ends);
    const auto part = std::find_if(parts.begin(), parts.end(), [&](const analysis::Split& one) {
        return one.begin >= ends[0] - 0.001 && one.end <= ends[1] + 0.001 && one.elapsed() > 0;
    });
    if (part == parts.end()) {
        return not_found("there is no time between these samples");
    }
    return {.body = JsonObject()
                        .add("distance", json(part->metres))
                        .add("elapsed_time", json(part->elapsed()))
                        .add("moving_time", json(part->moving))
                        .add("average_speed", json(part->speed()))
                        .add("average_grade_adjusted_speed", json(part->grade_adjusted_speed()))
                        .add("average_heartrate", json(part->average_heartrate))
                        .add("max_heartrate", json(highest_between(streams.heartrate, from, to)))
                        .add("average_watts", json(mean_between(streams.watts, from, to)))
                        .add("average_cadence", json(mean_between(streams.cadence, from, to)))
                        .add("total_elevation_gain", json(part->ascent))
                        .add("elevation_loss", json(part->descent))
                        .str() +
                    "\n"};
}

} // namespace harrier::web
