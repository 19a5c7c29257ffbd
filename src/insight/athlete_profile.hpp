// SPDX-License-Identifier: MIT
#pragma once

// An athlete's thresholds: what they have set, else what the activities show, and which of the two it was.

#include "analysis/activity_load.hpp"
#include "archive/archive.hpp"
#include "insight/athlete_settings.hpp"

#include <optional>
#include <string>
#include <vector>

namespace harrier::insight {

enum class Origin { set, seen, assumed };

struct Threshold {
    double value = 0;
    Origin origin = Origin::seen;
    std::string basis{}; // for people: "highest held for 10 s", "95 % of the best 20 min"
};

struct AthleteProfile {
    std::optional<Threshold> max_heartrate{};       // bpm
    Threshold resting_heartrate{};                  // bpm
    std::optional<Threshold> threshold_heartrate{}; // bpm
    std::optional<Threshold> ftp{};                 // W
    std::optional<Threshold> threshold_speed{};     // m/s
    std::optional<bool> is_female{};

    [[nodiscard]] analysis::LoadThresholds load_thresholds() const;
};

// Everything that a history command reads, in one pass over the archive.
struct History {
    std::vector<archive::MeasuredActivity> activities; // oldest first
    AthleteProfile profile;
};

[[nodiscard]] History read_history(archive::Archive& archive, const model::Athlete& athlete,
                                   const AthleteSettings& settings);

} // namespace harrier::insight
