// SPDX-License-Identifier: MIT
#pragma once

// The athlete that a login belongs to, as `GET /athlete` says it.

#include "base/ids.hpp"

#include <optional>
#include <string>

namespace harrier::model {

struct Athlete {
    AthleteId athlete_id;
    std::optional<std::string> username;
    std::string firstname;
    std::string lastname;
    std::optional<std::string> city;
    std::optional<std::string> country;
    std::optional<std::string> sex;                    // "M", "F" or absent
    std::optional<std::string> measurement_preference; // "feet" or "meters"; only with profile:read_all
    std::optional<double> weight;                      // kg

    friend bool operator==(const Athlete&, const Athlete&) = default;
};

} // namespace harrier::model
