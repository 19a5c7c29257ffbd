// SPDX-License-Identifier: MIT
#include "emulator/watch_file.hpp"

#include "formats/fit/encode.hpp"
#include "model/recording.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

namespace harrier::emulator {

namespace {

using nlohmann::json;

std::vector<double> numbers(const json& array) {
    std::vector<double> column;
    column.reserve(array.size());
    for (const auto& value : array) {
        column.push_back(value.is_number() ? value.get<double>() : model::missing);
    }
    return column;
}

void add_column(const StreamColumn& stream, model::Streams& streams) {
    const auto data = json::parse(stream.data_json);
    if (stream.type == "latlng") {
        for (const auto& place : data) {
            streams.latitude.push_back(place.at(0).get<double>());
            streams.longitude.push_back(place.at(1).get<double>());
        }
        return;
    }
    const std::pair<std::string_view, std::vector<double>*> columns[] = {
        {"time", &streams.time},           {"distance", &streams.distance},
        {"altitude", &streams.altitude},   {"velocity_smooth", &streams.velocity_smooth},
        {"heartrate", &streams.heartrate}, {"cadence", &streams.cadence},
        {"watts", &streams.watts},         {"temp", &streams.temp}};
    for (const auto& [type, column] : columns) {
        if (type == stream.type) {
            *column = numbers(data);
        }
    }
}

model::Totals totals_of(const json& summary) {
    const auto number = [&](const char* key) {
        const auto value = summary.value(key, json());
        return value.is_number() ? std::optional(value.get<double>()) : std::nullopt;
    };
    model::Totals totals;
    totals.elapsed_time = number("elapsed_time");
    totals.timer_time = number("moving_time");
    totals.distance = number("distance");
    totals.ascent = number("total_elevation_gain");
    totals.average_heartrate = number("average_heartrate");
    totals.max_heartrate = number("max_heartrate");
    return totals;
}

} // namespace

std::optional<WatchFile> find_watch_file(const ActivitySource& source, std::int64_t id) {
    const auto activities = source.activities();
    const auto listed = std::find_if(activities.begin(), activities.end(),
                                     [id](const ListedActivity& one) { return one.id == id; });
    const auto streams = source.streams(id);
    if (listed == activities.end() || !streams || streams->columns.empty()) {
        return std::nullopt;
    }
    const auto summary = json::parse(listed->summary_json);
    model::Recording recording;
    recording.sport_type = summary.value("sport_type", "Run");
    recording.start = listed->start_date;
    recording.totals = totals_of(summary);
    for (const auto& column : streams->columns) {
        add_column(column, recording.streams);
    }
    return WatchFile{fmt::format("{}-{}.fit", format_instant(listed->start_date).substr(0, 10), id),
                     formats::fit::encode(recording)};
}

} // namespace harrier::emulator
