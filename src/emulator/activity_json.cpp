// SPDX-License-Identifier: MIT
#include "emulator/activity_json.hpp"

#include "base/error.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace harrier::emulator {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view white_space = " \t\r\n";

// The position after the string that begins at `at`, or npos.
std::size_t end_of_string(std::string_view text, std::size_t at) {
    for (++at; at < text.size(); ++at) {
        if (text[at] == '\\') {
            ++at;
        } else if (text[at] == '"') {
            return at + 1;
        }
    }
    return std::string_view::npos;
}

// The position after the value that begins at `at`: its closing bracket, or the next comma or bracket.
std::size_t end_of_value(std::string_view text, std::size_t at) {
    int depth = 0;
    while (at < text.size()) {
        const char letter = text[at];
        if (letter == '"') {
            at = end_of_string(text, at);
            continue;
        }
        if (depth == 0 && (letter == ',' || letter == ']')) {
            return at;
        }
        depth += (letter == '{' || letter == '[') ? 1 : 0;
        depth -= (letter == '}' || letter == ']') ? 1 : 0;
        ++at;
    }
    return std::string_view::npos;
}

[[noreturn]] void refuse_array(std::size_t offset, std::string_view why) {
    throw Error(ErrorKind::data, fmt::format("not a JSON array of activities: {} at byte {}", why, offset),
                "the file must hold one array of SummaryActivity objects, as /athlete/activities answers");
}

std::string_view trim_end(std::string_view text) {
    const auto last = text.find_last_not_of(white_space);
    return last == std::string_view::npos ? std::string_view{} : text.substr(0, last + 1);
}

Json parse_object(std::string_view text, std::string_view place) {
    auto value = Json::parse(text, nullptr, false);
    if (!value.is_object()) {
        throw Error(ErrorKind::data, fmt::format("{} is not a JSON object", place));
    }
    return value;
}

} // namespace

std::vector<std::string_view> split_json_array(std::string_view text) {
    std::vector<std::string_view> elements;
    auto at = text.find_first_not_of(white_space);
    if (at == std::string_view::npos || text[at] != '[') {
        refuse_array(at == std::string_view::npos ? text.size() : at, "no '['");
    }
    at = text.find_first_not_of(white_space, at + 1);
    while (at != std::string_view::npos && text[at] != ']') {
        const auto end = end_of_value(text, at);
        if (end == std::string_view::npos) {
            refuse_array(at, "an element without an end");
        }
        elements.push_back(trim_end(text.substr(at, end - at)));
        if (elements.back().empty()) {
            refuse_array(at, "an empty element");
        }
        at = text[end] == ',' ? text.find_first_not_of(white_space, end + 1) : end;
        if (text[end] == ',' && at != std::string_view::npos && text[at] == ']') {
            refuse_array(at, "a comma before ']'");
        }
    }
    if (at == std::string_view::npos) {
        refuse_array(text.size(), "no ']'");
    }
    const auto rest = text.find_first_not_of(white_space, at + 1);
    if (rest != std::string_view::npos) {
        refuse_array(rest, "more text after ']'");
    }
    return elements;
}

ListedActivity read_summary(std::string summary_json, std::string_view place) {
    const auto object = parse_object(summary_json, place);
    const auto id = object.find("id");
    if (id == object.end() || !id->is_number_integer()) {
        throw Error(ErrorKind::data, fmt::format("{} has no whole number as \"id\"", place));
    }
    const auto start = object.find("start_date");
    const auto time = start != object.end() && start->is_string()
                          ? parse_instant(start->get_ref<const std::string&>())
                          : std::nullopt;
    if (!time) {
        throw Error(ErrorKind::data, fmt::format("{} has no time as \"start_date\"", place));
    }
    ListedActivity activity;
    activity.id = id->get<std::int64_t>();
    activity.start_date = *time;
    const auto visibility = object.find("visibility");
    const auto is_private = object.find("private");
    activity.only_me = (visibility != object.end() && *visibility == "only_me") ||
                       (is_private != object.end() && *is_private == true);
    activity.summary_json = std::move(summary_json);
    return activity;
}

std::string detail_from_summary(std::string_view summary_json) {
    std::string detail(trim_end(summary_json));
    const auto summary = parse_object(detail, "the activity");
    constexpr std::string_view state = R"("resource_state":2)";
    if (detail.starts_with("{" + std::string(state))) {
        detail.replace(1, state.size(), R"("resource_state":3)");
    }
    Json extra{{"description", nullptr},
               {"calories", 0.0},
               {"perceived_exertion", nullptr},
               {"prefer_perceived_exertion", nullptr},
               {"segment_efforts", Json::array()},
               {"laps", Json::parse(single_lap(detail))},
               {"photos", {{"primary", nullptr}, {"count", 0}}},
               {"stats_visibility", Json::array()},
               {"hide_from_home", false},
               {"private_note", ""},
               {"similar_activities", nullptr},
               {"available_zones", Json::array()}};
    detail.pop_back(); // the final brace
    for (const auto& [key, value] : extra.items()) {
        if (!summary.contains(key)) {
            detail += fmt::format(",\"{}\":{}", key, value.dump());
        }
    }
    return detail + "}";
}

std::string single_lap(std::string_view summary_json) {
    const auto summary = parse_object(summary_json, "the activity");
    const auto field = [&](std::string_view key, const Json& fallback) {
        const auto found = summary.find(key);
        return found == summary.end() ? fallback : *found;
    };
    const auto id = field("id", 0);
    Json lap{
        {"id", id},
        {"resource_state", 2},
        {"name", "Lap 1"},
        {"activity", {{"id", id}, {"visibility", field("visibility", "everyone")}, {"resource_state", 1}}},
        {"athlete", field("athlete", nullptr)}};
    for (const std::string_view key : {"elapsed_time", "moving_time", "start_date", "start_date_local",
                                       "distance", "average_speed", "max_speed"}) {
        lap[std::string(key)] = field(key, 0);
    }
    lap.update(Json{{"lap_index", 1}, {"split", 1}, {"start_index", 0}, {"end_index", 0}});
    lap["total_elevation_gain"] = field("total_elevation_gain", 0);
    for (const std::string_view key :
         {"average_cadence", "device_watts", "average_watts", "average_heartrate", "max_heartrate"}) {
        if (summary.contains(key)) {
            lap[std::string(key)] = summary[std::string(key)];
        }
    }
    return Json::array({lap}).dump();
}

std::string with_identity(std::string_view summary_json, std::int64_t id, Instant start_date) {
    auto summary = parse_object(summary_json, "the activity");
    const auto old_start = parse_instant(summary.value("start_date", ""));
    const auto old_local = parse_wall_time(summary.value("start_date_local", ""));
    summary["id"] = id;
    summary["start_date"] = format_instant(start_date);
    if (old_start && old_local) {
        summary["start_date_local"] = format_wall_time(*old_local + (start_date - *old_start));
    }
    if (summary.contains("map") && summary["map"].is_object()) {
        summary["map"]["id"] = fmt::format("a{}", id);
    }
    return summary.dump();
}

std::string overlay(std::string_view base, std::string_view changes, bool is_detail) {
    auto merged = parse_object(base, "the activity");
    const auto edits = parse_object(changes, "the change");
    for (const auto& [key, value] : edits.items()) {
        const bool kept = key == "id" || (is_detail && (key == "resource_state" || key == "map"));
        if (!kept) {
            merged[key] = value;
        }
    }
    return merged.dump();
}

} // namespace harrier::emulator
