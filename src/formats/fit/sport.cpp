// SPDX-License-Identifier: MIT
#include "formats/fit/sport.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <span>

namespace harrier::formats::fit {

namespace {

struct SportName {
    int number;
    std::string_view name;
    std::string_view strava;
};

constexpr SportName sports[] = {
    {0, "generic", "Workout"},
    {1, "running", "Run"},
    {2, "cycling", "Ride"},
    {3, "transition", "Workout"},
    {4, "fitness_equipment", "Workout"},
    {5, "swimming", "Swim"},
    {6, "basketball", "Basketball"},
    {7, "soccer", "Soccer"},
    {8, "tennis", "Tennis"},
    {9, "american_football", "Workout"},
    {10, "training", "Workout"},
    {11, "walking", "Walk"},
    {12, "cross_country_skiing", "NordicSki"},
    {13, "alpine_skiing", "AlpineSki"},
    {14, "snowboarding", "Snowboard"},
    {15, "rowing", "Rowing"},
    {16, "mountaineering", "Hike"},
    {17, "hiking", "Hike"},
    {18, "multisport", "Workout"},
    {19, "paddling", "Canoeing"},
    {21, "e_biking", "EBikeRide"},
    {25, "golf", "Golf"},
    {30, "inline_skating", "InlineSkate"},
    {31, "rock_climbing", "RockClimbing"},
    {32, "sailing", "Sail"},
    {33, "ice_skating", "IceSkate"},
    {35, "snowshoeing", "Snowshoe"},
    {37, "stand_up_paddleboarding", "StandUpPaddling"},
    {38, "surfing", "Surfing"},
    {41, "kayaking", "Kayaking"},
    {43, "windsurfing", "Windsurf"},
    {44, "kitesurfing", "Kitesurf"},
    {48, "floor_climbing", "StairStepper"},
    {62, "hiit", "HighIntensityIntervalTraining"},
};

struct SubSportName {
    int number;
    std::string_view name;
    std::string_view strava; // "" = the sport decides
    bool indoor;
};

constexpr SubSportName sub_sports[] = {
    {1, "treadmill", "", true},
    {2, "street", "", false},
    {3, "trail", "TrailRun", false},
    {4, "track", "", false},
    {5, "spin", "Ride", true},
    {6, "indoor_cycling", "Ride", true},
    {7, "road", "", false},
    {8, "mountain", "MountainBikeRide", false},
    {9, "downhill", "", false},
    {10, "recumbent", "", false},
    {11, "cyclocross", "", false},
    {12, "hand_cycling", "Handcycle", false},
    {13, "track_cycling", "", false},
    {14, "indoor_rowing", "Rowing", true},
    {15, "elliptical", "Elliptical", true},
    {16, "stair_climbing", "StairStepper", true},
    {17, "lap_swimming", "Swim", true},
    {18, "open_water", "Swim", false},
    {19, "flexibility_training", "Workout", true},
    {20, "strength_training", "WeightTraining", true},
    {26, "cardio_training", "Workout", true},
    {37, "backcountry", "BackcountrySki", false},
    {43, "yoga", "Yoga", true},
    {44, "pilates", "Pilates", true},
    {45, "indoor_running", "Run", true},
    {46, "gravel_cycling", "GravelRide", false},
    {47, "e_bike_mountain", "EMountainBikeRide", false},
    {48, "commuting", "", false},
    {58, "virtual_activity", "", true},
};

// "trail" makes a TrailRun of running only, "mountain" a MountainBikeRide of cycling only.
bool fits(std::string_view strava, int sport) {
    constexpr int running = 1;
    constexpr int cycling = 2;
    constexpr int alpine_skiing = 13;
    if (strava == "TrailRun") {
        return sport == running;
    }
    if (strava == "MountainBikeRide" || strava == "GravelRide" || strava == "Handcycle") {
        return sport == cycling;
    }
    return strava != "BackcountrySki" || sport == alpine_skiing;
}

std::string_view virtual_sport(int sport, std::string_view otherwise) {
    switch (sport) {
    case 1:
        return "VirtualRun";
    case 2:
        return "VirtualRide";
    case 15:
        return "VirtualRow";
    default:
        return otherwise;
    }
}

// The number behind "trail", or behind "sub-sport 77" of a number that nobody knows.
template <typename Names>
std::optional<int> number_of_word(const Names& names, std::string_view word, std::string_view unknown) {
    const auto* found =
        std::find_if(std::begin(names), std::end(names), [&](auto& one) { return one.name == word; });
    if (found != std::end(names)) {
        return found->number;
    }
    int number = 0;
    if (!word.starts_with(unknown)) {
        return std::nullopt;
    }
    word.remove_prefix(unknown.size());
    const auto read = std::from_chars(word.data(), word.data() + word.size(), number);
    constexpr int most = 254;
    const bool is_number = read.ec == std::errc() && read.ptr == word.data() + word.size();
    return is_number && number >= 0 && number <= most ? std::optional(number) : std::nullopt;
}

// Sport types that need a sub-sport, or are not the first sport with that type, as devices write them.
struct PreferredNumbers {
    std::string_view sport_type;
    int sport;
    int sub_sport;
};
constexpr PreferredNumbers preferred_numbers[] = {
    {"Hike", 17, 0},
    {"TrailRun", 1, 3},
    {"VirtualRun", 1, 58},
    {"MountainBikeRide", 2, 8},
    {"GravelRide", 2, 46},
    {"EMountainBikeRide", 21, 47},
    {"VirtualRide", 2, 58},
    {"VirtualRow", 15, 58},
    {"Handcycle", 2, 12},
    {"BackcountrySki", 13, 37},
    {"Elliptical", 4, 15},
    {"StairStepper", 4, 16},
    {"WeightTraining", 10, 20},
    {"Yoga", 10, 43},
    {"Pilates", 10, 44},
};

} // namespace

SportNumbers find_sport_numbers(std::string_view original, std::string_view sport_type) {
    if (sport_type.empty()) {
        return {};
    }
    const auto slash = original.find('/');
    SportNumbers numbers;
    numbers.sport = number_of_word(sports, original.substr(0, slash), "sport ");
    if (slash != std::string_view::npos) {
        numbers.sub_sport = number_of_word(sub_sports, original.substr(slash + 1), "sub-sport ");
    }
    if (const auto sport = describe_sport(numbers.sport, numbers.sub_sport);
        sport.original == original && sport.sport_type == sport_type) {
        return numbers;
    }
    for (const auto& preferred : preferred_numbers) {
        if (preferred.sport_type == sport_type) {
            return {preferred.sport, preferred.sub_sport};
        }
    }
    const auto* found = std::find_if(std::begin(sports), std::end(sports),
                                     [&](auto& one) { return one.strava == sport_type; });
    return {found == std::end(sports) ? 0 : found->number, std::nullopt};
}

Sport describe_sport(std::optional<int> sport, std::optional<int> sub_sport) {
    if (!sport) {
        return {};
    }
    const auto* name =
        std::find_if(std::begin(sports), std::end(sports), [&](auto& one) { return one.number == *sport; });
    const bool known = name != std::end(sports);
    Sport described{known ? std::string(name->name) : fmt::format("sport {}", *sport),
                    known ? std::string(name->strava) : "Workout", false};
    if (!sub_sport || *sub_sport == 0) {
        return described;
    }
    const auto* sub = std::find_if(std::begin(sub_sports), std::end(sub_sports),
                                   [&](auto& one) { return one.number == *sub_sport; });
    if (sub == std::end(sub_sports)) {
        described.original += fmt::format("/sub-sport {}", *sub_sport);
        return described;
    }
    described.original += fmt::format("/{}", sub->name);
    described.indoor = sub->indoor;
    if (sub->name == "virtual_activity") {
        described.sport_type = virtual_sport(*sport, described.sport_type);
    } else if (!sub->strava.empty() && fits(sub->strava, *sport)) {
        described.sport_type = sub->strava;
    }
    return described;
}

} // namespace harrier::formats::fit
