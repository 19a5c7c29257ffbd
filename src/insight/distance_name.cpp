// SPDX-License-Identifier: MIT
#include "insight/distance_name.hpp"

#include "analysis/best_effort.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace harrier::insight {

namespace {

// "Half-Marathon", "half marathon" and "half" are one word; so are "10 miles" and "10mile", "5 km" and "5k".
std::string bare_distance(std::string_view word) {
    std::string letters = to_lower(word);
    std::erase_if(letters, [](char c) { return c == ' ' || c == '-' || c == '_'; });
    const auto replace_end = [&](std::string_view end, std::string_view by) {
        if (letters.ends_with(end)) {
            letters.replace(letters.size() - end.size(), end.size(), by);
        }
    };
    replace_end("miles", "mile");
    replace_end("km", "k");
    if (letters == "half") {
        return "halfmarathon";
    }
    return letters == "mile" ? "1mile" : letters;
}

std::optional<double> metres_of(std::string_view word) {
    std::string letters = to_lower(word);
    if (letters.ends_with('m')) {
        letters.pop_back();
    }
    double metres = 0;
    const auto [end, error] = std::from_chars(letters.data(), letters.data() + letters.size(), metres);
    return error == std::errc{} && end == letters.data() + letters.size() ? std::optional(metres)
                                                                          : std::nullopt;
}

} // namespace

std::vector<EffortDistanceName> effort_distance_names(model::EffortMode mode) {
    std::vector<EffortDistanceName> names;
    for (const auto& distance : analysis::effort_distances) {
        names.push_back({std::string(distance.name),
                         mode == model::EffortMode::exact ? distance.metres : distance.strava_metres});
    }
    return names;
}

const EffortDistanceName& find_effort_distance(std::string_view word,
                                               const std::vector<EffortDistanceName>& distances) {
    const auto wanted = bare_distance(word);
    const auto metres = metres_of(word);
    std::vector<std::string> known;
    for (const auto& distance : distances) {
        if (bare_distance(distance.name) == wanted || (metres && std::abs(*metres - distance.metres) < 1)) {
            return distance;
        }
        known.push_back(distance.name);
    }
    throw Error(ErrorKind::usage,
                fmt::format("there is no distance \"{}\" among best efforts", escape_terminal(word)),
                fmt::format("They are: {}", join(known, ", ")));
}

} // namespace harrier::insight
