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

struct SportNumbers {
    std::optional<int> sport;
    std::optional<int> sub_sport;
};

// The other way: the numbers that `describe_sport` words so, or at least gives that sport type. For one that
// FIT has no number for, those of "generic"; none for "".
[[nodiscard]] SportNumbers find_sport_numbers(std::string_view original, std::string_view sport_type);

} // namespace harrier::formats::fit
