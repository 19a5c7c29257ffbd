// SPDX-License-Identifier: MIT
#pragma once

// Sports as GPX and TCX files word them, as Strava's sport types. Pure.

#include <string_view>

namespace harrier::formats {

// "Biking", "trail_running", "mountain biking", or a sport type of Strava's in any case: "Ride", "TrailRun",
// "MountainBikeRide". "Workout" for a word that Strava has none for; "" for none at all.
[[nodiscard]] std::string_view sport_type_of_word(std::string_view word);

// The numbers that Strava itself writes into the GPX of a phone: "1" is a Ride, "9" a Run. "" = none of them.
// Only the common ones are listed. "1" was seen in real files; 4, 9, 10 and 16 are from memory, not
// documented.
[[nodiscard]] std::string_view sport_type_of_strava_number(std::string_view number);

} // namespace harrier::formats
