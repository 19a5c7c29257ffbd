// SPDX-License-Identifier: MIT
#include "insight/eddington.hpp"

#include "analysis/daily.hpp"
#include "insight/calendar.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <vector>

namespace harrier::insight {

namespace {

constexpr int numbers_ahead = 10;

// km or miles of every local day.
std::vector<double> daily_distances(archive::Archive& archive, AthleteId athlete,
                                    const archive::ActivityQuery& query, Units units) {
    const double unit = units == Units::metric ? metres_per_kilometre : metres_per_mile;
    std::map<analysis::Day, double> by_day;
    for (const auto& activity : archive.activities(athlete, query)) {
        const auto start = wall_start(activity);
        if (start && activity.distance) {
            by_day[std::chrono::floor<std::chrono::days>(*start)] += *activity.distance / unit;
        }
    }
    std::vector<double> distances;
    for (const auto& [day, distance] : by_day) {
        distances.push_back(distance);
    }
    return distances;
}

} // namespace

EddingtonNumber find_eddington(archive::Archive& archive, AthleteId athlete,
                               const archive::ActivityQuery& query, Units units) {
    return {.unit = units == Units::metric ? "km" : "mi",
            .result = analysis::eddington(daily_distances(archive, athlete, query, units), numbers_ahead)};
}

std::string eddington_json(const EddingtonNumber& eddington) {
    const nlohmann::ordered_json object{
        {"unit", eddington.unit}, {"number", eddington.result.number}, {"missing", eddington.result.missing}};
    return object.dump() + "\n";
}

} // namespace harrier::insight
