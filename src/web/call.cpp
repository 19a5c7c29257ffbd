// SPDX-License-Identifier: MIT
#include "web/call.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "formats/polyline.hpp"
#include "insight/activity_filter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace harrier::web {

namespace {

constexpr double longest = 1e9; // m

std::optional<double> to_number(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc{} && end == text.data() + text.size() && std::isfinite(value);
    return whole ? std::optional(value) : std::nullopt;
}

[[noreturn]] void refuse(std::string_view name, std::string_view text, const std::string& hint) {
    throw Error(ErrorKind::usage, fmt::format("{} cannot be \"{}\"", name, escape_terminal(text)), hint);
}

// A text of the user's as SQL: its bytes in hexadecimal digits, out of which nothing can break.
std::string sql_text(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        digits += fmt::format("{:02x}", static_cast<unsigned char>(c));
    }
    return fmt::format("CAST(x'{}' AS TEXT)", digits);
}

std::optional<Box> box_of(const Call& call) {
    const auto text = call.word("bbox");
    if (text.empty()) {
        return std::nullopt;
    }
    std::vector<double> numbers;
    for (const auto& part : split(text, ',')) {
        if (const auto number = to_number(part)) {
            numbers.push_back(*number);
        }
    }
    if (numbers.size() != 4 || numbers[1] > numbers[3] || std::abs(numbers[1]) > 90 ||
        std::abs(numbers[3]) > 90) {
        refuse("bbox", text, "Four numbers in degrees: west,south,east,north");
    }
    return Box{numbers[0], numbers[1], numbers[2], numbers[3]};
}

bool holds(const Box& box, const model::LatLng& point) {
    const bool in_width = box.west <= box.east ? point.lng >= box.west && point.lng <= box.east
                                               : point.lng >= box.west || point.lng <= box.east;
    return in_width && point.lat >= box.south && point.lat <= box.north;
}

// The activities whose track comes into the box, as a condition on their numbers.
std::string touching(const Call& call, archive::ActivityQuery query, const Box& box) {
    std::vector<std::int64_t> ids;
    for (const auto& activity : call.archive.activities(call.athlete_id(), query)) {
        const auto points = formats::decode_polyline(activity.summary_polyline.value_or(""));
        if (points && std::any_of(points->begin(), points->end(),
                                  [&](const model::LatLng& point) { return holds(box, point); })) {
            ids.push_back(activity.activity_id.value);
        }
    }
    return fmt::format("activity_id IN ({})", fmt::join(ids, ","));
}

} // namespace

insight::AthleteProfile Call::profile() const {
    return profiles.get(state, archive, athlete, host);
}

std::string Call::word(std::string_view name) const {
    return net::find(parameters, name).value_or("");
}

std::string Call::choice(std::string_view name, const std::vector<std::string>& words) const {
    const auto text = word(name);
    if (text.empty()) {
        return words.front();
    }
    if (std::find(words.begin(), words.end(), text) == words.end()) {
        refuse(name, text, fmt::format("It is one of: {}", join(words, ", ")));
    }
    return text;
}

std::optional<double> Call::number(std::string_view name, double lowest, double highest) const {
    const auto text = word(name);
    if (text.empty()) {
        return std::nullopt;
    }
    const auto value = to_number(text);
    if (!value || *value < lowest || *value > highest) {
        refuse(name, text, fmt::format("It is a number from {} to {}", lowest, highest));
    }
    return value;
}

archive::ActivityQuery query_of(const Call& call, std::string_view usual_sport) {
    insight::ActivityFilter filter{
        .sport = call.word("sport"), .since = call.word("since"), .until = call.word("until"), .where = ""};
    if (filter.sport.empty()) {
        filter.sport = usual_sport;
    }
    std::vector<std::string> conditions;
    if (const auto gear = call.word("gear"); !gear.empty()) {
        conditions.push_back(
            fmt::format("(gear_id = {0} OR (gear_id IS NULL AND gear_name = {0}))", sql_text(gear)));
    }
    if (const auto race = call.choice("race", {"", "1", "true", "0", "false"}); !race.empty()) {
        const bool is_race = race == "1" || race == "true";
        conditions.push_back(fmt::format("coalesce(workout_type, 0) {} (1, 11)", is_race ? "IN" : "NOT IN"));
    }
    if (const auto name = call.word("name"); !name.empty()) {
        conditions.push_back(fmt::format("instr(lower(name), lower({})) > 0", sql_text(name)));
    }
    if (const auto least = call.number("min_distance", 0, longest)) {
        conditions.push_back(fmt::format("distance >= {}", *least));
    }
    if (const auto most = call.number("max_distance", 0, longest)) {
        conditions.push_back(fmt::format("distance <= {}", *most));
    }
    filter.where = join(conditions, " AND ");
    auto query = insight::make_query(filter, call.archive, call.athlete_id(), call.host.clock());
    if (const auto box = box_of(call)) {
        const auto condition = touching(call, query, *box);
        query.where += (query.where.empty() ? "" : " AND ") + condition;
    }
    return query;
}

std::optional<model::Activity> find_activity(const Call& call) {
    const auto number = call.parts.empty() ? std::nullopt : to_number(call.parts.front());
    if (!number || *number != std::floor(*number) || *number < 1 || *number > 9e15) {
        return std::nullopt;
    }
    return call.archive.find_activity(call.athlete_id(), ActivityId{static_cast<std::int64_t>(*number)});
}

} // namespace harrier::web
