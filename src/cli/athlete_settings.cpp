// SPDX-License-Identifier: MIT
#include "cli/athlete_settings.hpp"

#include "cli/settings.hpp"
#include "report/format.hpp"

#include <fmt/format.h>

namespace harrier::cli {

using insight::AthleteProfile;
using insight::AthleteSettings;
using insight::Origin;
using insight::Threshold;

namespace {

analysis::LoadModel load_model(const Config& config) {
    analysis::LoadModel model;
    model.ctl_days = config.find_number("load.ctl_days").value_or(model.ctl_days);
    model.atl_days = config.find_number("load.atl_days").value_or(model.atl_days);
    const auto smoothing = config.find_text("load.smoothing").value_or("exp");
    model.smoothing = smoothing == "exp"       ? analysis::Smoothing::exponential
                      : smoothing == "inverse" ? analysis::Smoothing::inverse
                                               : analysis::Smoothing::ema;
    model.form =
        config.find_text("load.tsb") == "same_day" ? analysis::FormOf::same_day : analysis::FormOf::yesterday;
    return model;
}

std::string_view word_of(Origin origin) {
    return origin == Origin::set ? "set" : origin == Origin::seen ? "seen" : "assumed";
}

} // namespace

AthleteSettings athlete_settings(const Settings& settings) {
    const auto config = Config::load(settings.config_folder / "config.toml");
    const auto zones = config.find_text("zones.hr").value_or("max");
    const auto sex = config.find_text("athlete.sex");
    const auto birth_year = config.find_number("athlete.birth_year");
    return {.max_heartrate = config.find_number("athlete.max_heartrate"),
            .resting_heartrate = config.find_number("athlete.resting_heartrate"),
            .threshold_heartrate = config.find_number("athlete.threshold_heartrate"),
            .ftp = config.find_number("athlete.ftp"),
            .threshold_speed = config.find_number("athlete.threshold_speed"),
            .is_female = sex ? std::optional(*sex == "female") : std::nullopt,
            .birth_year = birth_year ? std::optional(static_cast<int>(*birth_year)) : std::nullopt,
            .load = load_model(config),
            .heartrate_zones = zones == "karvonen" ? insight::HeartrateZones::karvonen
                               : zones == "friel"  ? insight::HeartrateZones::friel
                                                   : insight::HeartrateZones::max};
}

std::string describe_profile(const AthleteProfile& profile, Units units, const ShownThresholds& shown) {
    std::string text;
    const auto add = [&](std::string_view title, const std::optional<Threshold>& threshold,
                         const std::string& value, std::string_view key) {
        if (threshold) {
            text += fmt::format("{:<22}{} ({}: {})\n", title, value, word_of(threshold->origin),
                                threshold->basis);
        } else {
            text += fmt::format("{:<22}not known; harrier config set {} …\n", title, key);
        }
    };
    const auto whole = [](const std::optional<Threshold>& threshold, std::string_view unit) {
        return threshold ? fmt::format("{:.0f} {}", threshold->value, unit) : std::string();
    };
    if (shown.heartrate) {
        add("Highest heart rate", profile.max_heartrate, whole(profile.max_heartrate, "bpm"),
            "athlete.max_heartrate");
        add("Resting heart rate", profile.resting_heartrate, whole(profile.resting_heartrate, "bpm"),
            "athlete.resting_heartrate");
        add("Threshold heart rate", profile.threshold_heartrate, whole(profile.threshold_heartrate, "bpm"),
            "athlete.threshold_heartrate");
    }
    if (shown.speed) {
        const auto& speed = profile.threshold_speed;
        add("Threshold pace", speed, speed ? report::format_pace(speed->value, units) : "",
            "athlete.threshold_speed");
    }
    if (shown.power) {
        add("FTP", profile.ftp, whole(profile.ftp, "W"), "athlete.ftp");
    }
    return text;
}

} // namespace harrier::cli
