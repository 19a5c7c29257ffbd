// SPDX-License-Identifier: MIT
#pragma once

// How long what Strava's API gave is kept (`config set retention`). What files and exports gave is the user's
// own and stays whatever is set.

#include "archive/archive.hpp"
#include "cli/command.hpp"

#include <optional>
#include <string_view>

namespace harrier::cli {

// What came from the API before that moment is to go; nothing when all is kept.
[[nodiscard]] std::optional<Instant> expiry(const Settings& settings, Clock& clock);

// Removes what has expired, and says how much that was.
void expire(const Invocation& invocation, archive::Archive& archive, AthleteId athlete);

// Fetches the activity that `reference` names, if nothing but its number is left: two requests. Nothing
// happens for any other.
void fetch_expired(Invocation& invocation, std::string_view reference);

} // namespace harrier::cli
