// SPDX-License-Identifier: MIT
#pragma once

// What an athlete has chosen: thresholds, how load is averaged, which zones. Whatever keeps the settings (a
// file, a table) makes this value of them; what is empty is found out from the activities.

#include "analysis/training_load.hpp"

#include <optional>

namespace harrier::insight {

enum class HeartrateZones { max, karvonen, friel };

struct AthleteSettings {
    std::optional<double> max_heartrate{};       // bpm
    std::optional<double> resting_heartrate{};   // bpm
    std::optional<double> threshold_heartrate{}; // bpm
    std::optional<double> ftp{};                 // W
    std::optional<double> threshold_speed{};     // m/s
    std::optional<bool> is_female{};
    std::optional<int> birth_year{};
    analysis::LoadModel load{};
    HeartrateZones heartrate_zones = HeartrateZones::max;
};

} // namespace harrier::insight
