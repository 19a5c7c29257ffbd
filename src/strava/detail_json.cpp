// SPDX-License-Identifier: MIT
#include "strava/detail_json.hpp"

#include "strava/json.hpp"
#include "strava/json_document.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <string_view>
#include <utility>

namespace harrier::strava {

namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

std::optional<double> real_in(const object& parent, std::string_view key) {
    double value = 0;
    return parent.at_key(key).get_double().get(value) == simdjson::SUCCESS ? std::optional(value)
                                                                           : std::nullopt;
}

std::optional<std::int64_t> whole_in(const object& parent, std::string_view key) {
    std::int64_t value = 0;
    return parent.at_key(key).get_int64().get(value) == simdjson::SUCCESS ? std::optional(value)
                                                                          : std::nullopt;
}

std::string_view text_in(const object& parent, std::string_view key) {
    std::string_view value;
    return parent.at_key(key).get_string().get(value) == simdjson::SUCCESS ? value : std::string_view{};
}

// Calls take(object) for each object of the list of that name.
template <typename Take>
void for_each_in(const object& parent, std::string_view key, const Take& take) {
    array list;
    if (parent.at_key(key).get_array().get(list) != simdjson::SUCCESS) {
        return;
    }
    for (const element one : list) {
        object item;
        if (one.get_object().get(item) == simdjson::SUCCESS) {
            take(item);
        }
    }
}

model::Lap to_lap(const object& source) {
    model::Lap lap;
    lap.totals.elapsed_time = real_in(source, "elapsed_time");
    lap.totals.timer_time = real_in(source, "moving_time");
    lap.totals.distance = real_in(source, "distance");
    lap.totals.ascent = real_in(source, "total_elevation_gain");
    lap.totals.average_speed = real_in(source, "average_speed");
    lap.totals.max_speed = real_in(source, "max_speed");
    lap.totals.average_heartrate = real_in(source, "average_heartrate");
    lap.totals.max_heartrate = real_in(source, "max_heartrate");
    lap.totals.average_cadence = real_in(source, "average_cadence");
    lap.totals.average_watts = real_in(source, "average_watts");
    lap.start = parse_instant(text_in(source, "start_date"));
    if (constexpr double a_year_s = 366.0 * 86400;
        lap.start && lap.totals.elapsed_time && std::abs(*lap.totals.elapsed_time) < a_year_s) {
        lap.end = *lap.start + std::chrono::milliseconds{std::llround(*lap.totals.elapsed_time * 1000)};
    }
    return lap;
}

std::optional<model::StravaEffort> to_effort(const object& source) {
    const auto distance = real_in(source, "distance");
    const auto elapsed_time = real_in(source, "elapsed_time");
    if (!distance || !elapsed_time) {
        return std::nullopt;
    }
    return model::StravaEffort{.name = std::string(text_in(source, "name")),
                               .distance = *distance,
                               .elapsed_time = *elapsed_time,
                               .moving_time = real_in(source, "moving_time"),
                               .start = parse_instant(text_in(source, "start_date")),
                               .start_index = whole_in(source, "start_index"),
                               .end_index = whole_in(source, "end_index"),
                               .pr_rank = whole_in(source, "pr_rank")};
}

void add_splits(const object& source, std::string_view key, bool is_mile,
                std::vector<model::StravaSplit>& splits) {
    std::int64_t number = 0;
    for_each_in(source, key, [&](const object& one) {
        const auto distance = real_in(one, "distance");
        const auto elapsed_time = real_in(one, "elapsed_time");
        ++number;
        if (distance && elapsed_time) {
            splits.push_back({.is_mile = is_mile,
                              .number = number,
                              .distance = *distance,
                              .elapsed_time = *elapsed_time,
                              .moving_time = real_in(one, "moving_time"),
                              .elevation_difference = real_in(one, "elevation_difference"),
                              .average_speed = real_in(one, "average_speed"),
                              .average_grade_adjusted_speed = real_in(one, "average_grade_adjusted_speed"),
                              .average_heartrate = real_in(one, "average_heartrate")});
        }
    });
}

} // namespace

model::ActivityDetail parse_detail(std::string json) {
    model::ActivityDetail detail{.record = parse_activity(std::move(json))};
    simdjson::dom::parser parser;
    const object source = parse_document(parser, detail.record.raw, "the activity").get_object().value();
    for_each_in(source, "laps", [&](const object& lap) { detail.laps.push_back(to_lap(lap)); });
    for_each_in(source, "best_efforts", [&](const object& one) {
        if (auto effort = to_effort(one)) {
            detail.efforts.push_back(*std::move(effort));
        }
    });
    std::stable_sort(detail.efforts.begin(), detail.efforts.end(),
                     [](const auto& left, const auto& right) { return left.distance < right.distance; });
    add_splits(source, "splits_metric", false, detail.splits);
    add_splits(source, "splits_standard", true, detail.splits);
    return detail;
}

} // namespace harrier::strava
