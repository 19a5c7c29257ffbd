// SPDX-License-Identifier: MIT
#pragma once

// What `show` tells beyond the summary: splits, laps, best efforts, zones and metrics of one activity, as
// values and as JSON. Pure but for reading the archive.

#include "analysis/activity_parts.hpp"
#include "analysis/zones.hpp"
#include "archive/archive.hpp"
#include "base/units.hpp"
#include "insight/athlete_profile.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::insight {

struct ActivityDetails {
    model::Activity activity;
    analysis::ActivityLines lines;
    double split_length = 1000; // m
    std::vector<analysis::Split> splits;
    std::vector<analysis::Split> laps; // empty where the device made one lap only
    std::optional<model::Metrics> metrics;
    std::vector<analysis::Zone> heartrate_zones;
};

// m; how long a split usually is: 1 km or mile on foot, 100 m or yards in the water, 5 km or miles on wheels
// and all else.
[[nodiscard]] double usual_split_length(std::string_view sport_type, Units units);

// Nothing when the activity has no samples.
[[nodiscard]] std::optional<ActivityDetails> find_details(archive::Archive& archive,
                                                          const model::Activity& activity,
                                                          double split_length, const AthleteProfile& profile,
                                                          HeartrateZones zones);

// One JSON object with all fields of the activity, splits, laps, best_efforts, zones and metrics, a field on
// each line; `more` are fields behind them: ",\n  "streams": …".
[[nodiscard]] std::string activity_json(const model::Activity& activity,
                                        const std::optional<ActivityDetails>& details,
                                        std::string_view more = "");

} // namespace harrier::insight
