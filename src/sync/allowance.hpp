// SPDX-License-Identifier: MIT
#pragma once

// How many requests Strava's limits leave to a sync, and when it will have made them all. Pure.

#include "base/time.hpp"
#include "net/rate_account.hpp"

#include <cstdint>

namespace harrier::sync {

// The part of every limit that a sync leaves for the user's own calls, in per cent.
constexpr int usual_reserve = 10;

struct Allowance {
    std::int64_t quarter_hour = 0; // requests in a fresh window
    std::int64_t day = 0;
    std::int64_t quarter_hour_left = 0; // of the window that runs
    std::int64_t day_left = 0;

    friend bool operator==(const Allowance&, const Allowance&) = default;
};

// The stricter of both pairs, as seen in windows that still run; the usual limits where nothing is known. A
// limit of 0 is none.
[[nodiscard]] Allowance allowance(const net::RateUsage& usage, int reserve = usual_reserve);

// When the last of so many requests can be made, if they take no time: `now` when all fit into what is left,
// else the begin of the quarter of an hour in which it goes out.
[[nodiscard]] Instant completion(std::int64_t requests, const Allowance& allowance, Instant now);

} // namespace harrier::sync
