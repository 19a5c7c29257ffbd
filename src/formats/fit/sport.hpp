// SPDX-License-Identifier: MIT
#pragma once

// FIT's numbers for sports, as words of its own and as Strava's sport types. Pure.

#include <optional>
#include <string>
#include <string_view>

namespace harrier::formats::fit {

struct Sport {
    std::string original;   // "running/trail"; "sport 99" for a number nobody knows
    std::string sport_type; // Strava's: "TrailRun"; "Workout" when Strava has none
    bool indoor = false;    // treadmill, trainer, pool
};

[[nodiscard]] Sport describe_sport(std::optional<int> sport, std::optional<int> sub_sport);

} // namespace harrier::formats::fit
