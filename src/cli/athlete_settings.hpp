// SPDX-License-Identifier: MIT
#pragma once

// The athlete's settings out of config.toml, and their thresholds told to people.

#include "base/units.hpp"
#include "cli/config_file.hpp"
#include "insight/athlete_profile.hpp"

#include <string>

namespace harrier::cli {

struct Settings;

// Reads config.toml. Throws as Config::load.
[[nodiscard]] insight::AthleteSettings athlete_settings(const Settings& settings);

struct ShownThresholds {
    bool heartrate = true;
    bool speed = true;
    bool power = true;
};

// One line for each threshold: value, where it is from, how to set it.
[[nodiscard]] std::string describe_profile(const insight::AthleteProfile& profile, Units units,
                                           const ShownThresholds& shown = {});

} // namespace harrier::cli
