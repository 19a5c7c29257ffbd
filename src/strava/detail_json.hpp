// SPDX-License-Identifier: MIT
#pragma once

// A DetailedActivity of Strava's, with its lists. What is absent, null or of the wrong type is left out; an
// effort or split without distance and time is no effort. Throws Error{data} with the byte offset.

#include "model/activity_detail.hpp"

#include <string>

namespace harrier::strava {

[[nodiscard]] model::ActivityDetail parse_detail(std::string json);

} // namespace harrier::strava
