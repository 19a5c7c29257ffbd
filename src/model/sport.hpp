// SPDX-License-Identifier: MIT
#pragma once

// Strava's sport types and the families that people think in. Unknown sport types belong to no family and are
// not an error: Strava adds some every year.
// Source of the names: SportType of Strava's API models, May 2026.

#include <array>
#include <string_view>

namespace harrier::model {

struct Sport {
    std::string_view sport_type;
    std::string_view family; // a word in lower case
};

// Grouped by family, the everyday ones first.
inline constexpr std::array sports{
    Sport{"Run", "run"},
    Sport{"TrailRun", "run"},
    Sport{"VirtualRun", "run"},
    Sport{"Ride", "ride"},
    Sport{"MountainBikeRide", "ride"},
    Sport{"GravelRide", "ride"},
    Sport{"EBikeRide", "ride"},
    Sport{"EMountainBikeRide", "ride"},
    Sport{"VirtualRide", "ride"},
    Sport{"Handcycle", "ride"},
    Sport{"Velomobile", "ride"},
    Sport{"Swim", "swim"},
    Sport{"Walk", "walk"},
    Sport{"Hike", "hike"},
    Sport{"Snowshoe", "hike"},
    Sport{"AlpineSki", "ski"},
    Sport{"BackcountrySki", "ski"},
    Sport{"NordicSki", "ski"},
    Sport{"RollerSki", "ski"},
    Sport{"Snowboard", "snowboard"},
    Sport{"Rowing", "row"},
    Sport{"VirtualRow", "row"},
    Sport{"Canoeing", "paddle"},
    Sport{"Kayaking", "paddle"},
    Sport{"StandUpPaddling", "paddle"},
    Sport{"Kitesurf", "sail"},
    Sport{"Sail", "sail"},
    Sport{"Windsurf", "sail"},
    Sport{"Surfing", "surf"},
    Sport{"IceSkate", "skate"},
    Sport{"InlineSkate", "skate"},
    Sport{"Skateboard", "skate"},
    Sport{"RockClimbing", "climb"},
    Sport{"Crossfit", "gym"},
    Sport{"Elliptical", "gym"},
    Sport{"HighIntensityIntervalTraining", "gym"},
    Sport{"PhysicalTherapy", "gym"},
    Sport{"Pilates", "gym"},
    Sport{"StairStepper", "gym"},
    Sport{"WeightTraining", "gym"},
    Sport{"Workout", "gym"},
    Sport{"Yoga", "gym"},
    Sport{"Badminton", "ball"},
    Sport{"Basketball", "ball"},
    Sport{"Cricket", "ball"},
    Sport{"Golf", "ball"},
    Sport{"Padel", "ball"},
    Sport{"Pickleball", "ball"},
    Sport{"Racquetball", "ball"},
    Sport{"Soccer", "ball"},
    Sport{"Squash", "ball"},
    Sport{"TableTennis", "ball"},
    Sport{"Tennis", "ball"},
    Sport{"Volleyball", "ball"},
    Sport{"Dance", "dance"},
    Sport{"Wheelchair", "wheelchair"},
};

// "" for a sport type that is not known.
[[nodiscard]] constexpr std::string_view family_of(std::string_view sport_type) {
    for (const auto& sport : sports) {
        if (sport.sport_type == sport_type) {
            return sport.family;
        }
    }
    return {};
}

// How the quickness of a sport is told.
enum class Measure {
    pace,      // time per km or mile: on foot
    swim_pace, // time per 100 m or yards
    speed,     // km/h or mph
};

[[nodiscard]] constexpr Measure measure_of(std::string_view sport_type) {
    const auto family = family_of(sport_type);
    if (family == "run" || family == "walk" || family == "hike") {
        return Measure::pace;
    }
    return family == "swim" ? Measure::swim_pace : Measure::speed;
}

} // namespace harrier::model
