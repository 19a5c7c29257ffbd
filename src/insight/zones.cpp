// SPDX-License-Identifier: MIT
#include "insight/zones.hpp"

#include "archive/totals.hpp"
#include "model/sport.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace harrier::insight {

using analysis::Zone;
using archive::MeasuredActivity;
using report::Rows;
using report::Value;

namespace {

std::string_view word_of(ZonesBy by) {
    switch (by) {
    case ZonesBy::week:
        return "week";
    case ZonesBy::month:
        return "month";
    case ZonesBy::year:
        return "year";
    case ZonesBy::activity:
        break;
    }
    return "activity";
}

void add_times(const ZonePlan& plan, const MeasuredActivity& one, GroupTimes& group) {
    const auto times = analysis::time_in_zones((*one.metrics).*plan.histogram, plan.zones);
    group.seconds.resize(plan.zones.size() + 1);
    group.seconds[0] += times.below;
    for (std::size_t i = 0; i < times.seconds.size(); ++i) {
        group.seconds[i + 1] += times.seconds[i];
    }
}

std::string key_of(const MeasuredActivity& one, ZonesBy by) {
    if (by == ZonesBy::activity) {
        return fmt::to_string(one.activity.value);
    }
    if (!one.start_date_local) {
        return "";
    }
    const auto day = std::chrono::floor<std::chrono::days>(*one.start_date_local);
    return by == ZonesBy::week ? archive::iso_week(day)
                               : format_day(day).substr(0, by == ZonesBy::month ? 7 : 4);
}

bool is_within(const MeasuredActivity& one, const archive::ActivityQuery& query) {
    if (!query.since && !query.until) {
        return true;
    }
    if (!one.start_date_local) {
        return false;
    }
    const auto day = std::chrono::floor<std::chrono::days>(*one.start_date_local);
    return (!query.since || day >= *query.since) && (!query.until || day <= *query.until);
}

} // namespace

std::vector<Zone> heartrate_zones(const AthleteProfile& profile, HeartrateZones model) {
    if (!profile.max_heartrate) {
        return {};
    }
    if (model == HeartrateZones::karvonen) {
        return analysis::karvonen_zones(profile.resting_heartrate.value, profile.max_heartrate->value);
    }
    return model == HeartrateZones::friel ? analysis::friel_run_zones(profile.threshold_heartrate->value)
                                          : analysis::max_heartrate_zones(profile.max_heartrate->value);
}

ZonePlan make_zone_plan(ZonesOf of, const AthleteProfile& profile, HeartrateZones model) {
    if (of == ZonesOf::power) {
        return {.zones = profile.ftp ? analysis::coggan_zones(profile.ftp->value) : std::vector<Zone>{},
                .histogram = &model::Metrics::watts,
                .family = "ride",
                .unit = "W"};
    }
    if (of == ZonesOf::pace) {
        return {.zones = profile.threshold_speed
                             ? analysis::critical_speed_zones(profile.threshold_speed->value)
                             : std::vector<Zone>{},
                .histogram = &model::Metrics::speed,
                .family = "run",
                .unit = "m/s"};
    }
    return {.zones = heartrate_zones(profile, model),
            .histogram = &model::Metrics::heartrate,
            .family = "",
            .unit = "bpm"};
}

std::vector<GroupTimes> times_by_group(const History& history, const ZonePlan& plan, ZonesBy by,
                                       const archive::ActivityQuery& query) {
    const std::set<std::string> sports(query.sport_types.begin(), query.sport_types.end());
    std::vector<GroupTimes> groups;
    for (auto one = history.activities.rbegin(); one != history.activities.rend(); ++one) {
        const bool is_of_family = plan.family.empty() || model::family_of(one->sport_type) == plan.family;
        if (!one->metrics || !is_of_family || ((*one->metrics).*plan.histogram).seconds.empty() ||
            (!sports.empty() && !sports.contains(one->sport_type)) || !is_within(*one, query)) {
            continue;
        }
        const auto key = key_of(*one, by);
        const auto found = std::find_if(groups.begin(), groups.end(),
                                        [&](const GroupTimes& group) { return group.key == key; });
        auto& group = found == groups.end() ? groups.emplace_back(GroupTimes{key, one->name, {}}) : *found;
        add_times(plan, *one, group);
    }
    return groups;
}

Rows zone_rows(const std::vector<GroupTimes>& groups, const ZonePlan& plan, ZonesBy by) {
    Rows rows{{by == ZonesBy::activity ? "activity_id" : std::string(word_of(by)), "zone", "low", "high",
               "seconds"},
              {}};
    for (const auto& group : groups) {
        const Value key = by == ZonesBy::activity ? Value{static_cast<std::int64_t>(std::stoll(group.key))}
                                                  : Value{group.key};
        rows.rows.push_back({key, std::string("below"), 0.0, plan.zones.front().low, group.seconds[0]});
        for (std::size_t i = 0; i < plan.zones.size(); ++i) {
            const auto& zone = plan.zones[i];
            rows.rows.push_back({key, zone.name, zone.low, zone.high, group.seconds[i + 1]});
        }
    }
    return rows;
}

} // namespace harrier::insight
