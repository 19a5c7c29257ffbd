// SPDX-License-Identifier: MIT
#pragma once

// An athlete's zones of heart rate, pace or power, and the time spent in them.

#include "analysis/zones.hpp"
#include "insight/athlete_profile.hpp"
#include "report/rows.hpp"

#include <string>
#include <vector>

namespace harrier::insight {

enum class ZonesOf { heartrate, pace, power };
enum class ZonesBy { activity, week, month, year };

struct ZonePlan {
    std::vector<analysis::Zone> zones;
    const model::Histogram model::Metrics::*histogram = nullptr;
    std::string family; // that it is for; "" = every sport
    std::string unit;   // bpm, m/s or W
};

// The time of one group in each zone, and below the first.
struct GroupTimes {
    std::string key;
    std::string name; // of a single activity
    std::vector<double> seconds;
};

// bpm; empty when no highest heart rate is known.
[[nodiscard]] std::vector<analysis::Zone> heartrate_zones(const AthleteProfile& profile,
                                                          HeartrateZones model);

// Without zones when the threshold is not known.
[[nodiscard]] ZonePlan make_zone_plan(ZonesOf of, const AthleteProfile& profile, HeartrateZones model);

// The sums of each group of the activities that match, newest first.
[[nodiscard]] std::vector<GroupTimes> times_by_group(const History& history, const ZonePlan& plan, ZonesBy by,
                                                     const archive::ActivityQuery& query);

// A row for each group and zone: the group's key, zone, low, high, seconds.
[[nodiscard]] report::Rows zone_rows(const std::vector<GroupTimes>& groups, const ZonePlan& plan, ZonesBy by);

} // namespace harrier::insight
