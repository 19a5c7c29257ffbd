// SPDX-License-Identifier: MIT
#pragma once

// What a login says at its end: who logged in, what each scope allows, and what will be missing. Pure: values
// in, text out.

#include "strava/vault.hpp"

#include <string>

namespace harrier::cli {

// "Ada Runner (athlete 134815)", safe for a terminal.
[[nodiscard]] std::string athlete_label(const model::Athlete& athlete);

// For stdout: the athlete and the granted scopes, a line each.
[[nodiscard]] std::string describe_grant(const strava::Login& login);

// For stderr: what was not granted, what that costs, and the command that adds it; empty when all is there.
[[nodiscard]] std::string describe_missing(const strava::Login& login);

} // namespace harrier::cli
