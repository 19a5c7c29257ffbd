// SPDX-License-Identifier: MIT
#include "insight/activity_details.hpp"

#include "base/error.hpp"
#include "insight/distance_name.hpp"
#include "insight/zones.hpp"
#include "model/sport.hpp"
#include "report/activity_columns.hpp"
#include "report/chart.hpp"
#include "report/drawing.hpp"
#include "report/format.hpp"
#include "sync/stored_recording.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace harrier::insight {

namespace {

using analysis::Split;
using nlohmann::ordered_json;

// A damaged file has its samples beside it.
std::optional<model::Recording> find_any_recording(archive::Archive& archive,
                                                   const model::Activity& activity) {
    try {
        return sync::find_recording(archive, activity.athlete_id, activity);
    } catch (const Error& error) {
        const auto stream = archive.find_stream(activity.athlete_id, activity.activity_id);
        if (error.kind() != ErrorKind::data || !stream) {
            throw;
        }
        auto recording = sync::from_samples(*stream);
        sync::describe(recording, activity);
        return recording;
    }
}

ordered_json or_null(const std::optional<double>& number) {
    return number && std::isfinite(*number) ? ordered_json(*number) : ordered_json();
}

// Strava's words for a split, and ours beside them.
ordered_json split_json(const std::vector<Split>& splits) {
    auto list = ordered_json::array();
    int number = 0;
    for (const auto& split : splits) {
        list.push_back({{"split", ++number},
                        {"distance", split.metres},
                        {"elapsed_time", split.elapsed()},
                        {"moving_time", split.moving},
                        {"average_speed", or_null(split.speed())},
                        {"average_grade_adjusted_speed", or_null(split.grade_adjusted_speed())},
                        {"average_heartrate", or_null(split.average_heartrate)},
                        {"elevation_difference", split.elevation_difference},
                        {"total_elevation_gain", split.ascent}});
    }
    return list;
}

ordered_json effort_json(const model::Metrics& metrics) {
    auto list = ordered_json::array();
    for (const auto& effort : metrics.best_efforts) {
        const auto names = effort_distance_names(effort.mode);
        const auto name = std::find_if(names.begin(), names.end(), [&](const EffortDistanceName& one) {
            return one.metres == effort.distance;
        });
        list.push_back({{"name", name == names.end() ? ordered_json() : ordered_json(name->name)},
                        {"distance", effort.distance},
                        {"elapsed_time", effort.elapsed_time},
                        {"start_index", effort.start_index},
                        {"end_index", effort.end_index},
                        {"mode", effort.mode == model::EffortMode::exact ? "exact" : "strava"},
                        {"refused", effort.refused.empty() ? ordered_json() : ordered_json(effort.refused)}});
    }
    return list;
}

ordered_json zone_json(const ActivityDetails& details) {
    auto list = ordered_json::array();
    const auto times = analysis::time_in_zones(details.metrics->heartrate, details.heartrate_zones);
    for (std::size_t i = 0; i < times.seconds.size(); ++i) {
        list.push_back({{"zone", details.heartrate_zones[i].name},
                        {"min", details.heartrate_zones[i].low},
                        {"max", or_null(details.heartrate_zones[i].high)},
                        {"time", times.seconds[i]}});
    }
    return list;
}

ordered_json metric_json(const model::Metrics& metrics) {
    return {{"grade_adjusted_speed", or_null(metrics.grade_adjusted_speed)},
            {"normalized_graded_speed", or_null(metrics.normalized_graded_speed)},
            {"normalized_power", or_null(metrics.normalized_power)},
            {"xpower", or_null(metrics.xpower)},
            {"efficiency_factor", or_null(metrics.efficiency_factor)},
            {"decoupling", or_null(metrics.decoupling)},
            {"step_length", or_null(metrics.step_length)}};
}

} // namespace

std::optional<ActivityDetails> find_details(archive::Archive& archive, const model::Activity& activity,
                                            double split_length, const AthleteProfile& profile,
                                            HeartrateZones zones) {
    const auto recording = find_any_recording(archive, activity);
    if (!recording) {
        return std::nullopt;
    }
    const auto splitter = analysis::splitter_of(*recording);
    const auto ends = analysis::lap_ends(*recording);
    return ActivityDetails{.activity = activity,
                           .lines = analysis::lines_of(*recording),
                           .split_length = split_length,
                           .splits = splitter.by_length(split_length, analysis::EffortMode::exact),
                           .laps = ends.size() > 1 ? splitter.by_times(ends) : std::vector<Split>{},
                           .metrics = archive.metrics(activity.athlete_id, activity.activity_id),
                           .heartrate_zones = heartrate_zones(profile, zones)};
}

double usual_split_length(std::string_view sport_type, Units units) {
    const bool is_metric = units == Units::metric;
    const double unit = is_metric ? metres_per_kilometre : metres_per_mile;
    switch (model::measure_of(sport_type)) {
    case model::Measure::pace:
        return unit;
    case model::Measure::swim_pace:
        return is_metric ? 100 : 100 * metres_per_yard;
    case model::Measure::speed:
        break;
    }
    return 5 * unit;
}

std::string activity_json(const model::Activity& activity, const std::optional<ActivityDetails>& details,
                          std::string_view more) {
    const bool is_measured = details && details->metrics;
    const std::array<std::pair<const char*, ordered_json>, 5> fields{{
        {"splits", details ? split_json(details->splits) : ordered_json::array()},
        {"laps", details ? split_json(details->laps) : ordered_json::array()},
        {"best_efforts", is_measured ? effort_json(*details->metrics) : ordered_json::array()},
        {"zones", is_measured ? zone_json(*details) : ordered_json::array()},
        {"metrics", is_measured ? metric_json(*details->metrics) : ordered_json()},
    }};
    auto text = report::to_json_object(report::activity_rows({activity}, {}));
    text.erase(text.rfind("\n}"));
    for (const auto& [name, value] : fields) {
        text += fmt::format(",\n  \"{}\": {}", name,
                            value.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
    }
    return text.append(more) + "\n}\n";
}

} // namespace harrier::insight
