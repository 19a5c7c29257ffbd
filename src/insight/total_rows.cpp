// SPDX-License-Identifier: MIT
#include "insight/total_rows.hpp"

namespace harrier::insight {

using archive::Grouping;
using archive::Totals;
using report::Rows;
using report::Value;

namespace {

// The field that machines get the key under: Strava's word where it has one.
std::string_view key_field(Grouping grouping) {
    switch (grouping) {
    case Grouping::week:
        return "week";
    case Grouping::month:
        return "month";
    case Grouping::year:
        return "year";
    case Grouping::gear:
        return "gear_id";
    case Grouping::sport:
    case Grouping::all:
        break;
    }
    return "sport_type";
}

} // namespace

Grouping grouping_of(std::string_view word) {
    if (word == "week") {
        return Grouping::week;
    }
    if (word == "month") {
        return Grouping::month;
    }
    if (word == "year") {
        return Grouping::year;
    }
    return word == "sport" ? Grouping::sport : Grouping::gear;
}

Rows total_rows(Grouping grouping, const std::vector<Totals>& totals) {
    Rows rows{{std::string(key_field(grouping)), "count", "distance", "moving_time", "elapsed_time",
               "total_elevation_gain"},
              {}};
    for (const auto& total : totals) {
        rows.rows.push_back({total.key.empty() ? Value{} : Value{total.key}, total.count, total.distance,
                             total.moving_time, total.elapsed_time, total.total_elevation_gain});
    }
    return rows;
}

Totals sum(const std::vector<Totals>& totals) {
    Totals all{"Total", 0, 0, 0, 0, 0};
    for (const auto& total : totals) {
        all.count += total.count;
        all.distance += total.distance;
        all.moving_time += total.moving_time;
        all.elapsed_time += total.elapsed_time;
        all.total_elevation_gain += total.total_elevation_gain;
    }
    return all;
}

} // namespace harrier::insight
