// SPDX-License-Identifier: MIT
#include "insight/similar.hpp"

#include "formats/polyline.hpp"
#include "insight/calendar.hpp"
#include "model/sport.hpp"

#include <cmath>
#include <string_view>

namespace harrier::insight {

namespace {

using analysis::RouteRelation;
using report::Value;

bool is_same_family(std::string_view left, std::string_view right) {
    return left == right ||
           (!model::family_of(left).empty() && model::family_of(left) == model::family_of(right));
}

// Lines are decoded for those only whose lengths do not rule them out. Distances and the lengths of lines
// differ a little, so this is wider than the rule of the match.
bool may_match(const model::Activity& one, const model::Activity& other) {
    constexpr double wide = 0.8;
    if (one.summary_polyline.value_or("").empty() || !is_same_family(one.sport_type, other.sport_type)) {
        return false;
    }
    const auto left = one.distance.value_or(0);
    const auto right = other.distance.value_or(0);
    return std::min(left, right) >= wide * std::max(left, right);
}

analysis::RouteShape shape_of(const model::Activity& activity) {
    const auto line = formats::decode_polyline(activity.summary_polyline.value_or(""));
    return analysis::make_route_shape(line.value_or(std::vector<model::LatLng>{}));
}

template <typename Number>
Value optional_value(const std::optional<Number>& number) {
    return number ? Value{*number} : Value{};
}

} // namespace

std::vector<SimilarActivity> find_similar(archive::Archive& archive, const model::Activity& activity) {
    const auto wanted = shape_of(activity);
    std::vector<SimilarActivity> similar;
    if (!wanted.is_route()) {
        return similar;
    }
    for (auto& one : archive.activities(activity.athlete_id, {})) {
        if (!may_match(one, activity)) {
            continue;
        }
        const auto match = analysis::match_routes(wanted, shape_of(one));
        if (match.relation != RouteRelation::different) {
            similar.push_back({std::move(one), match.relation, match.apart});
        }
    }
    return similar;
}

report::Rows similar_rows(const std::vector<SimilarActivity>& similar) {
    report::Rows rows{{"activity_id", "strava_id", "start_date_local", "distance", "moving_time",
                       "average_speed", "average_heartrate", "name", "relation", "apart"},
                      {}};
    for (const auto& [activity, relation, apart] : similar) {
        const auto start = wall_start(activity);
        rows.rows.push_back(
            {activity.activity_id.value, activity.strava_id ? Value{activity.strava_id->value} : Value{},
             start ? Value{format_wall_time(*start)} : Value{}, optional_value(activity.distance),
             optional_value(activity.moving_time), optional_value(activity.average_speed),
             optional_value(activity.average_heartrate), activity.name,
             std::string(relation == RouteRelation::same ? "same" : "reverse"), apart});
    }
    return rows;
}

} // namespace harrier::insight
