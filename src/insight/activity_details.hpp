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

// Nothing when the activity has no samples.
[[nodiscard]] std::optional<ActivityDetails> find_details(archive::Archive& archive,
                                                          const model::Activity& activity,
                                                          double split_length, const AthleteProfile& profile,
                                                          HeartrateZones zones);

// The fields that come behind those of the activity: ",\n  "splits": [...], …" without the closing brace.
[[nodiscard]] std::string details_json(const std::optional<ActivityDetails>& details);

} // namespace harrier::insight
