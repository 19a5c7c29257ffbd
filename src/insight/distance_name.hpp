// SPDX-License-Identifier: MIT
#pragma once

// The distances of best efforts, by the names that people give them.

#include "model/metrics.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace harrier::insight {

struct EffortDistanceName {
    std::string name; // "5K", "Half-Marathon"
    double metres = 0;
};

// All of them, ascending; the metres are the mode's.
[[nodiscard]] std::vector<EffortDistanceName> effort_distance_names(model::EffortMode mode);

// The one that a user means: "5k", "5 km", "5000", "half", "10 miles". Throws Error{usage} that lists them.
[[nodiscard]] const EffortDistanceName&
find_effort_distance(std::string_view word, const std::vector<EffortDistanceName>& distances);

} // namespace harrier::insight
