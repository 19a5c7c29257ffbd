// SPDX-License-Identifier: MIT
#include "analysis/activity_metrics.hpp"
#include "insight/activity_filter.hpp"
#include "insight/eddington.hpp"
#include "insight/fitness.hpp"
#include "insight/gear.hpp"
#include "insight/prediction.hpp"
#include "insight/records.hpp"
#include "insight/tile_report.hpp"
#include "insight/verification_report.hpp"
#include "insight/zones.hpp"
#include "web/endpoints.hpp"
#include "web/json_text.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>

namespace harrier::web {

namespace {

using report::Value;

// The best means of the activities that were asked for, and whose they are.
struct BestCurve {
    std::vector<double> values;
    std::vector<std::int64_t> activities;
};

bool is_asked_for(const archive::MeasuredActivity& one, const archive::ActivityQuery& query) {
    const auto& sports = query.sport_types;
    if (!sports.empty() && std::find(sports.begin(), sports.end(), one.sport_type) == sports.end()) {
        return false;
    }
    if (!query.since && !query.until) {
        return true;
    }
    if (!one.start_date_local) {
        return false;
    }
    const auto day = std::chrono::floor<std::chrono::days>(*one.start_date_local);
    return (!query.since || day >= *query.since) && (!query.until || day <= *query.until);
}

BestCurve best_curve(const Call& call, model::MeanMaximalCurve model::Metrics::*kind,
                     const archive::ActivityQuery& query) {
    BestCurve best;
    call.archive.for_each_measured(call.athlete_id(), [&](const archive::MeasuredActivity& one) {
        if (!one.metrics || !is_asked_for(one, query)) {
            return;
        }
        const auto& curve = (*one.metrics).*kind;
        if (best.values.size() < curve.size()) {
            best.values.resize(curve.size(), model::missing);
            best.activities.resize(curve.size(), 0);
        }
        for (std::size_t i = 0; i < curve.size(); ++i) {
            const double value = curve[i];
            if (std::isfinite(value) && !(best.values[i] >= value)) {
                best.values[i] = value;
                best.activities[i] = one.activity.value;
            }
        }
    });
    return best;
}

// Metres of each month by gear, named as gear_rows does: the id, or the name where there is none.
std::map<std::string, std::map<std::string, double>> gear_months(const Call& call) {
    std::map<std::string, std::map<std::string, double>> months;
    for (const auto& activity : call.archive.activities(call.athlete_id(), {})) {
        const auto& key = activity.gear_id ? activity.gear_id : activity.gear_name;
        if (key && activity.start_date_local && activity.distance) {
            months[*key][format_wall_time(*activity.start_date_local).substr(0, 7)] += *activity.distance;
        }
    }
    return months;
}

std::string months_json(const std::map<std::string, double>& months) {
    std::vector<std::string> items;
    for (const auto& [month, metres] : months) {
        items.push_back(
            JsonObject().add("month", json(std::string_view(month))).add("distance", json(metres)).str());
    }
    return json_array(items);
}

int zoom_of(const Call& call) {
    return call.choice("zoom", {"14", "17"}) == "17" ? 17 : 14;
}

} // namespace

Answer records(const Call& call) {
    insight::RecordsQuestion question{.mode = call.choice("mode", {"exact", "strava"}) == "exact"
                                                  ? model::EffortMode::exact
                                                  : model::EffortMode::strava,
                                      .distance = call.word("distance"),
                                      .activities = query_of(call, "run")};
    if (const auto top = call.number("top", 0, 1e9)) {
        question.top = static_cast<std::int64_t>(*top);
    }
    const auto all = insight::find_records(call.archive, call.athlete_id(), question);
    const auto graded = insight::find_graded_athlete(call.athlete, call.host.athlete_settings());
    return {.body = report::to_json_array(insight::record_rows(all, graded))};
}

Answer curve(const Call& call) {
    const auto kind = call.choice("kind", {"pace", "power", "heartrate"});
    const auto query = query_of(call, kind == "pace" ? "run" : "");
    const auto best = best_curve(call,
                                 kind == "pace"    ? &model::Metrics::speed_curve
                                 : kind == "power" ? &model::Metrics::power_curve
                                                   : &model::Metrics::heartrate_curve,
                                 query);
    std::vector<std::string> seconds;
    std::vector<std::string> values;
    std::vector<std::string> ids;
    const auto durations = analysis::curve_durations();
    for (std::size_t i = 0; i < best.values.size() && i < durations.size(); ++i) {
        if (std::isfinite(best.values[i])) {
            seconds.push_back(json(static_cast<std::int64_t>(durations[i])));
            values.push_back(json(best.values[i]));
            ids.push_back(json(best.activities[i]));
        }
    }
    return {.body = JsonObject()
                        .add("seconds", json_array(seconds))
                        .add("values", json_array(values))
                        .add("activity_ids", json_array(ids))
                        .str() +
                    "\n"};
}

Answer predict(const Call& call) {
    const auto basis = insight::find_prediction_basis(call.archive, call.athlete_id(), query_of(call, "run"));
    return {.body = insight::prediction_json(basis)};
}

Answer fitness(const Call& call) {
    const auto settings = call.host.athlete_settings();
    const auto query = query_of(call);
    const auto history = insight::read_history(call.archive, call.athlete, settings);
    const auto fitness = insight::make_fitness(history, settings.load, insight::today(call.host.clock()));
    auto rows = insight::fitness_rows(fitness, 0);
    rows.names.insert(rows.names.end(), {"monotony", "strain"});
    const auto value_of = [](const std::optional<double>& number) {
        return number ? Value{*number} : Value{};
    };
    const std::span loads(fitness.loads);
    for (std::size_t i = 0; i < rows.rows.size(); ++i) {
        const auto week = i < 6 ? std::span<const double>() : loads.subspan(i - 6, 7);
        rows.rows[i].push_back(value_of(analysis::monotony(week)));
        rows.rows[i].push_back(value_of(analysis::strain(week)));
    }
    const auto day_of = [&](std::size_t i) { return fitness.first + std::chrono::days{i}; };
    std::vector<std::vector<Value>> asked;
    for (std::size_t i = 0; i < rows.rows.size(); ++i) {
        if ((!query.since || day_of(i) >= *query.since) && (!query.until || day_of(i) <= *query.until)) {
            asked.push_back(std::move(rows.rows[i]));
        }
    }
    rows.rows = std::move(asked);
    return {.body = report::to_json_array(rows)};
}

Answer zones(const Call& call) {
    const auto of_word = call.choice("of", {"heartrate", "pace", "power"});
    const auto by_word = call.choice("by", {"month", "week", "year", "activity"});
    const auto of = of_word == "power"  ? insight::ZonesOf::power
                    : of_word == "pace" ? insight::ZonesOf::pace
                                        : insight::ZonesOf::heartrate;
    const auto by = by_word == "activity" ? insight::ZonesBy::activity
                    : by_word == "week"   ? insight::ZonesBy::week
                    : by_word == "month"  ? insight::ZonesBy::month
                                          : insight::ZonesBy::year;
    const auto settings = call.host.athlete_settings();
    const auto history = insight::read_history(call.archive, call.athlete, settings);
    const auto plan = insight::make_zone_plan(of, history.profile, settings.heartrate_zones);
    if (plan.zones.empty()) {
        return {.body = "[]\n"};
    }
    const auto groups = insight::times_by_group(history, plan, by, query_of(call));
    return {.body = report::to_json_array(insight::zone_rows(groups, plan, by))};
}

Answer eddington(const Call& call) {
    const auto units = call.host.units_of(call.athlete);
    return {.body = insight::eddington_json(
                insight::find_eddington(call.archive, call.athlete_id(), query_of(call, "run"), units))};
}

Answer gear(const Call& call) {
    const auto used = insight::read_gear(call.archive, call.athlete_id(), {});
    const auto rows = insight::gear_rows(used);
    const auto months = gear_months(call);
    const auto limits = call.host.retirements();
    std::vector<std::string> items;
    for (std::size_t i = 0; i < used.size(); ++i) {
        JsonObject object;
        for (std::size_t field = 0; field < rows.names.size(); ++field) {
            object.add(rows.names[field], json(rows.rows[i][field]));
        }
        const auto key = used[i].id.value_or(used[i].name.value_or(""));
        const auto limit = limits.find(key);
        const auto own = months.find(key);
        object.add("retire_at", limit == limits.end() ? "null" : json(limit->second));
        object.add("retired", json_flag(limit != limits.end() && used[i].distance >= limit->second));
        object.add("months", own == months.end() ? "[]" : months_json(own->second));
        items.push_back(object.str());
    }
    return {.body = json_array(items) + "\n"};
}

Answer tiles(const Call& call) {
    const auto history =
        insight::find_tile_history(call.archive, call.athlete_id(), query_of(call), zoom_of(call));
    return {.body = insight::tile_json(history, call.choice("by", {"year", "month", "week", "activity"}))};
}

Answer tiles_geojson(const Call& call) {
    const auto history =
        insight::find_tile_history(call.archive, call.athlete_id(), query_of(call), zoom_of(call));
    return {.body = insight::tile_geojson(history), .type = "application/geo+json"};
}

Answer verify(const Call& call) {
    return {.body = insight::verification_json(
                sync::verify(call.archive, call.athlete_id(), [](std::int64_t, std::int64_t) {}))};
}

} // namespace harrier::web
