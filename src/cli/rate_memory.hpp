// SPDX-License-Identifier: MIT
#pragma once

// The rate usage that the last answer of Strava's told, kept in the state folder so that `harrier status`
// knows it without a request. A convenience: what cannot be written is forgotten.

#include "base/time.hpp"
#include "cli/settings.hpp"
#include "net/rate_limit.hpp"

#include <optional>

namespace harrier::cli {

struct SeenRate {
    net::RateUsage usage;
    Instant seen_at;
};

// Does nothing when `usage` is empty.
void remember_rate(const Settings& settings, const net::RateUsage& usage, Instant now);

// What was last remembered, with windows that have ended since set back to 0; nothing when nothing is known.
[[nodiscard]] std::optional<SeenRate> recall_rate(const Settings& settings, Instant now);

} // namespace harrier::cli
