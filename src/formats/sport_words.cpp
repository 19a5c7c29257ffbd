// SPDX-License-Identifier: MIT
#include "formats/sport_words.hpp"

#include "formats/xml_values.hpp"
#include "model/sport.hpp"

#include <algorithm>
#include <iterator>
#include <string>

namespace harrier::formats {

namespace {

struct Word {
    std::string_view word; // lower case, letters and digits only
    std::string_view sport_type;
};

// Strava's own names need no line.
constexpr Word words[] = {
    {"running", "Run"},
    {"jogging", "Run"},
    {"streetrunning", "Run"},
    {"roadrunning", "Run"},
    {"trackrunning", "Run"},
    {"treadmillrunning", "Run"},
    {"treadmill", "Run"},
    {"indoorrunning", "Run"},
    {"trailrunning", "TrailRun"},
    {"virtualrunning", "VirtualRun"},
    {"biking", "Ride"},
    {"bike", "Ride"},
    {"bicycle", "Ride"},
    {"cycling", "Ride"},
    {"roadbiking", "Ride"},
    {"roadcycling", "Ride"},
    {"indoorcycling", "Ride"},
    {"cyclocross", "Ride"},
    {"trackcycling", "Ride"},
    {"commuting", "Ride"},
    {"mountainbiking", "MountainBikeRide"},
    {"mtb", "MountainBikeRide"},
    {"gravelcycling", "GravelRide"},
    {"gravelunpavedcycling", "GravelRide"},
    {"gravelbiking", "GravelRide"},
    {"ebiking", "EBikeRide"},
    {"ebikefitness", "EBikeRide"},
    {"ebikemountain", "EMountainBikeRide"},
    {"virtualcycling", "VirtualRide"},
    {"handcycling", "Handcycle"},
    {"swimming", "Swim"},
    {"lapswimming", "Swim"},
    {"openwaterswimming", "Swim"},
    {"openwater", "Swim"},
    {"walking", "Walk"},
    {"casualwalking", "Walk"},
    {"speedwalking", "Walk"},
    {"hiking", "Hike"},
    {"mountaineering", "Hike"},
    {"snowshoeing", "Snowshoe"},
    {"alpineskiing", "AlpineSki"},
    {"downhillskiing", "AlpineSki"},
    {"resortskiing", "AlpineSki"},
    {"resortskiingsnowboarding", "AlpineSki"},
    {"backcountryskiing", "BackcountrySki"},
    {"skitouring", "BackcountrySki"},
    {"crosscountryskiing", "NordicSki"},
    {"nordicskiing", "NordicSki"},
    {"rollerskiing", "RollerSki"},
    {"snowboarding", "Snowboard"},
    {"indoorrowing", "Rowing"},
    {"paddling", "Canoeing"},
    {"canoe", "Canoeing"},
    {"kayak", "Kayaking"},
    {"standuppaddleboarding", "StandUpPaddling"},
    {"kitesurfing", "Kitesurf"},
    {"kiteboarding", "Kitesurf"},
    {"sailing", "Sail"},
    {"windsurfing", "Windsurf"},
    {"iceskating", "IceSkate"},
    {"skating", "IceSkate"},
    {"inlineskating", "InlineSkate"},
    {"skateboarding", "Skateboard"},
    {"climbing", "RockClimbing"},
    {"bouldering", "RockClimbing"},
    {"indoorclimbing", "RockClimbing"},
    {"hiit", "HighIntensityIntervalTraining"},
    {"stairclimbing", "StairStepper"},
    {"strengthtraining", "WeightTraining"},
};

constexpr Word numbers[] = {
    {"1", "Ride"}, {"4", "Hike"}, {"9", "Run"}, {"10", "Walk"}, {"16", "Swim"},
};

std::string simplified(std::string_view text) {
    std::string simple;
    for (const char c : text) {
        if (c >= 'A' && c <= 'Z') {
            simple += static_cast<char>(c - 'A' + 'a');
        } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            simple += c;
        }
    }
    return simple;
}

} // namespace

std::string_view sport_type_of_word(std::string_view text) {
    if (trim(text).empty()) {
        return {};
    }
    const auto simple = simplified(text);
    for (const auto& sport : model::sports) {
        if (simplified(sport.sport_type) == simple) {
            return sport.sport_type;
        }
    }
    const auto* found =
        std::find_if(std::begin(words), std::end(words), [&](const Word& one) { return one.word == simple; });
    return found == std::end(words) ? "Workout" : found->sport_type;
}

std::string_view sport_type_of_strava_number(std::string_view number) {
    const auto* found = std::find_if(std::begin(numbers), std::end(numbers),
                                     [&](const Word& one) { return one.word == trim(number); });
    return found == std::end(numbers) ? std::string_view() : found->sport_type;
}

} // namespace harrier::formats
