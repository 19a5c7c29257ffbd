// SPDX-License-Identifier: MIT
#pragma once

// Strava's stream sets to samples (simdjson), in both shapes: an object by key (key_by_type=true) and an
// array of streams with their `type`. Pure; any thread.

#include "model/recording.hpp"

#include <string_view>

namespace harrier::strava {

// The keys to ask for: all that an activity can have.
constexpr std::string_view all_stream_keys =
    "time,distance,latlng,altitude,velocity_smooth,heartrate,cadence,watts,temp,moving,grade_smooth";

// The samples: what a sensor did not give is an absent column, a null sample is missing. `moving` becomes a
// column of its own (0, 1). Empty when the set is. Throws Error{data} with the place when the text is not
// JSON or not a stream set, when the arrays differ in length (a truncated answer), when a sample is of the
// wrong kind, and when there are samples without times.
[[nodiscard]] model::Recording parse_streams(std::string_view json);

} // namespace harrier::strava
