// SPDX-License-Identifier: MIT
#pragma once

// Sports as the export words them, which follows the language of the account, as Strava's sport types. Pure.

#include <string>
#include <string_view>

namespace harrier::formats {

// "Weight Training" is WeightTraining, "E-Bike Ride" EBikeRide, "Radfahrt" and "Vélo" Ride. German and French
// words are those seen in exports, and Strava's usual ones. An unknown word is kept as it is, without its
// spaces.
[[nodiscard]] std::string sport_type_of_export(std::string_view word);

} // namespace harrier::formats
