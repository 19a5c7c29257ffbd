// SPDX-License-Identifier: MIT
#include "insight/gear.hpp"

#include <fmt/format.h>

namespace harrier::insight {

using report::Rows;
using report::Value;

namespace {

std::optional<std::string> text_of(const archive::SqlValue& value) {
    const auto* text = std::get_if<std::string>(&value);
    return text != nullptr ? std::optional(*text) : std::nullopt;
}

double number_of(const archive::SqlValue& value) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        return static_cast<double>(*whole);
    }
    const auto* number = std::get_if<double>(&value);
    return number != nullptr ? *number : 0;
}

} // namespace

std::vector<UsedGear> read_gear(archive::Archive& archive, AthleteId athlete, const std::stop_token& stop) {
    std::vector<UsedGear> gear;
    archive.sql(
        athlete,
        fmt::format(
            "SELECT gear_id, gear_name, activities, distance, moving_time, first_used, last_used FROM "
            "v_gear WHERE athlete_id = {} ORDER BY distance DESC, gear_name, gear_id",
            athlete.value),
        {.columns = [](const auto&) {},
         .row =
             [&](const std::vector<archive::SqlValue>& row) {
                 gear.push_back({.id = text_of(row[0]),
                                 .name = text_of(row[1]),
                                 .activities = static_cast<std::int64_t>(number_of(row[2])),
                                 .distance = number_of(row[3]),
                                 .moving_time = static_cast<std::int64_t>(number_of(row[4])),
                                 .first = text_of(row[5]).value_or(""),
                                 .last = text_of(row[6]).value_or("")});
             }},
        stop);
    return gear;
}

Rows gear_rows(const std::vector<UsedGear>& gear) {
    Rows rows{{"gear_id", "gear_name", "count", "distance", "moving_time", "first_used", "last_used"}, {}};
    const auto or_null = [](const std::optional<std::string>& text) { return text ? Value{*text} : Value{}; };
    for (const auto& one : gear) {
        rows.rows.push_back({or_null(one.id), or_null(one.name), one.activities, one.distance,
                             one.moving_time, one.first, one.last});
    }
    return rows;
}

} // namespace harrier::insight
