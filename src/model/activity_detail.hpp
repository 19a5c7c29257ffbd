// SPDX-License-Identifier: MIT
#pragma once

// What Strava says of one activity beyond its entry in the list: laps, and the efforts and splits that Strava
// itself has computed. Units are SI, names are Strava's.

#include "base/time.hpp"
#include "model/activity.hpp"
#include "model/recording.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace harrier::model {

// Strava's own best effort over one distance.
struct StravaEffort {
    std::string name;        // "400m", "1/2 mile", "Half-Marathon"
    double distance = 0;     // m
    double elapsed_time = 0; // s
    std::optional<double> moving_time{};
    std::optional<Instant> start{};
    std::optional<std::int64_t> start_index{}; // of Strava's samples
    std::optional<std::int64_t> end_index{};
    std::optional<std::int64_t> pr_rank{}; // 1 to 3 when it was one of the athlete's best on that day

    friend bool operator==(const StravaEffort&, const StravaEffort&) = default;
};

// Strava's own split; the last one is shorter.
struct StravaSplit {
    bool is_mile = false;    // else a kilometre
    std::int64_t number = 0; // 1, 2, 3 …
    double distance = 0;     // m
    double elapsed_time = 0; // s
    std::optional<double> moving_time{};
    std::optional<double> elevation_difference{};         // m
    std::optional<double> average_speed{};                // m/s
    std::optional<double> average_grade_adjusted_speed{}; // m/s
    std::optional<double> average_heartrate{};            // bpm

    friend bool operator==(const StravaSplit&, const StravaSplit&) = default;
};

struct ActivityDetail {
    ActivityRecord record; // with description, gear and the exact bytes of the whole answer
    std::vector<Lap> laps{};
    std::vector<StravaEffort> efforts{}; // the shortest distance first
    std::vector<StravaSplit> splits{};   // kilometres, then miles
};

} // namespace harrier::model
