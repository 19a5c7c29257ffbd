// SPDX-License-Identifier: MIT
#include "formats/export_sports.hpp"

#include "base/text.hpp"
#include "formats/utf8.hpp"
#include "model/sport.hpp"

#include <algorithm>
#include <iterator>

namespace harrier::formats {

namespace {

struct ExportWord {
    std::string_view word; // lower case, without spaces and hyphens
    std::string_view sport_type;
};

// Strava's own names need no line.
constexpr ExportWord export_words[] = {
    {"canoe", "Canoeing"},
    {"kayak", "Kayaking"},
    {"surf", "Surfing"},
    {"sailing", "Sail"},
    {"standuppaddle", "StandUpPaddling"},
    {"rockclimb", "RockClimbing"},
    {"hiit", "HighIntensityIntervalTraining"},
    {"rowingmachine", "Rowing"},
    // German
    {"lauf", "Run"},
    {"laufen", "Run"},
    {"traillauf", "TrailRun"},
    {"trailrunning", "TrailRun"},
    {"virtuellerlauf", "VirtualRun"},
    {"radfahrt", "Ride"},
    {"radfahren", "Ride"},
    {"mountainbikefahrt", "MountainBikeRide"},
    {"mountainbiken", "MountainBikeRide"},
    {"gravelfahrt", "GravelRide"},
    {"gravelbikefahrt", "GravelRide"},
    {"ebikefahrt", "EBikeRide"},
    {"emountainbikefahrt", "EMountainBikeRide"},
    {"virtuelleradfahrt", "VirtualRide"},
    {"virtuellesradfahren", "VirtualRide"},
    {"schwimmen", "Swim"},
    {"spaziergang", "Walk"},
    {"gehen", "Walk"},
    {"wanderung", "Hike"},
    {"wandern", "Hike"},
    {"schneeschuhwandern", "Snowshoe"},
    {"skilanglauf", "NordicSki"},
    {"langlauf", "NordicSki"},
    {"skitour", "BackcountrySki"},
    {"skifahren", "AlpineSki"},
    {"skialpin", "AlpineSki"},
    {"rollski", "RollerSki"},
    {"rudern", "Rowing"},
    {"virtuellesrudern", "VirtualRow"},
    {"kajakfahren", "Kayaking"},
    {"kanufahren", "Canoeing"},
    {"segeln", "Sail"},
    {"windsurfen", "Windsurf"},
    {"kitesurfen", "Kitesurf"},
    {"klettern", "RockClimbing"},
    {"krafttraining", "WeightTraining"},
    {"gewichtstraining", "WeightTraining"},
    {"training", "Workout"},
    {"crosstrainer", "Elliptical"},
    {"stepper", "StairStepper"},
    {"inlineskaten", "InlineSkate"},
    {"eislaufen", "IceSkate"},
    {"tanzen", "Dance"},
    {"fußball", "Soccer"},
    {"tischtennis", "TableTennis"},
    {"rollstuhl", "Wheelchair"},
    // French
    {"courseàpied", "Run"},
    {"trail", "TrailRun"},
    {"courseàpiedvirtuelle", "VirtualRun"},
    {"vélo", "Ride"},
    {"sortieàvélo", "Ride"},
    {"sortievélo", "Ride"},
    {"vtt", "MountainBikeRide"},
    {"sortievtt", "MountainBikeRide"},
    {"sortiegravel", "GravelRide"},
    {"vélogravel", "GravelRide"},
    {"vélovirtuel", "VirtualRide"},
    {"sortieàvélovirtuelle", "VirtualRide"},
    {"véloélectrique", "EBikeRide"},
    {"natation", "Swim"},
    {"marche", "Walk"},
    {"randonnée", "Hike"},
    {"raquettes", "Snowshoe"},
    {"skidefond", "NordicSki"},
    {"skiderandonnée", "BackcountrySki"},
    {"skinordique", "NordicSki"},
    {"aviron", "Rowing"},
    {"canoë", "Canoeing"},
    {"voile", "Sail"},
    {"escalade", "RockClimbing"},
    {"musculation", "WeightTraining"},
    {"entraînement", "Workout"},
    {"véloelliptique", "Elliptical"},
    {"danse", "Dance"},
    {"football", "Soccer"},
    {"tennisdetable", "TableTennis"},
    {"patinàglace", "IceSkate"},
    {"roller", "InlineSkate"},
};

// Lower case (ASCII, and É), without what only separates.
std::string simple_word(std::string_view text) {
    std::string simple;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t size = std::max<std::size_t>(1, utf8_size(text.substr(at)));
        const auto character = text.substr(at, size);
        if (character == "É") {
            simple += "é";
        } else if (character != " " && character != "-" && character != "\u00A0" && character != "\u202F") {
            simple += to_lower(character);
        }
        at += size;
    }
    return simple;
}

} // namespace

std::string sport_type_of_export(std::string_view word) {
    const auto simple = simple_word(trim(word));
    for (const auto& sport : model::sports) {
        if (equal_ignoring_case(sport.sport_type, simple)) {
            return std::string(sport.sport_type);
        }
    }
    const auto* found = std::find_if(std::begin(export_words), std::end(export_words),
                                     [&](const ExportWord& one) { return one.word == simple; });
    if (found != std::end(export_words)) {
        return std::string(found->sport_type);
    }
    std::string unknown = mend_utf8(trim(word));
    std::erase(unknown, ' ');
    return unknown;
}

} // namespace harrier::formats
