// SPDX-License-Identifier: MIT
#pragma once

// What Strava's two pairs of rate-limit headers say, each value "15-minute,daily":
// X-RateLimit-Limit/-Usage (all requests) and X-ReadRateLimit-Limit/-Usage (everything but uploads).
// Source: https://developers.strava.com/docs/rate-limits/

#include "base/time.hpp"
#include "net/http.hpp"

#include <optional>

namespace harrier::net {

struct RateWindow {
    long limit = 0;
    long usage = 0;
};

struct RatePair {
    RateWindow quarter_hour; // natural quarters of the hour
    RateWindow day;          // the UTC day
};

struct RateUsage {
    std::optional<RatePair> overall;
    std::optional<RatePair> read;
};

// A pair that is absent, or garbled (a bare "," has been seen), is empty; nothing here throws.
[[nodiscard]] RateUsage parse_rate_usage(const std::vector<Header>& headers);

// When the window that is used up resets: the next quarter hour, or the next UTC midnight when a daily limit
// is spent.
[[nodiscard]] Instant next_reset(const RateUsage& usage, Instant now);

} // namespace harrier::net
