// SPDX-License-Identifier: MIT
#pragma once

// Strava's JSON to model values (simdjson). Absent, null and empty are the same; numbers may be int or float;
// enums stay strings; unknown keys are ignored; ids are read as 64-bit integers. Throws Error{data} with the
// byte offset.

#include "model/activity.hpp"
#include "model/athlete.hpp"
#include "strava/oauth.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace harrier::strava {

// A JSON array of SummaryActivity. Each record's `raw` is the exact text of its object.
[[nodiscard]] std::vector<model::ActivityRecord> parse_activities(std::string_view json);
// A DetailedActivity; `raw` is the whole text.
[[nodiscard]] model::ActivityRecord parse_activity(std::string json);
[[nodiscard]] model::Athlete parse_athlete(std::string_view json);
// The answer of the token endpoint. The refresh token is empty when the answer names none.
[[nodiscard]] TokenGrant parse_token_grant(std::string_view json, Instant received_at);

} // namespace harrier::strava
