// SPDX-License-Identifier: MIT
#include "sync/allowance.hpp"

#include <algorithm>
#include <chrono>
#include <limits>

namespace harrier::sync {

namespace {

using std::chrono::days;
using std::chrono::floor;
using quarters = std::chrono::duration<std::int64_t, std::ratio<900>>;

constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();

struct Window {
    std::int64_t whole;
    std::int64_t left;
};

Window window_of(const net::RateWindow& window, int reserve) {
    if (window.limit <= 0) {
        return {no_limit, no_limit};
    }
    const std::int64_t whole = net::usable(window.limit, reserve);
    return {whole, std::max<std::int64_t>(whole - window.usage, 0)};
}

void tighten(Allowance& allowance, const net::RatePair& pair, int reserve) {
    const auto quarter_hour = window_of(pair.quarter_hour, reserve);
    const auto day = window_of(pair.day, reserve);
    allowance.quarter_hour = std::min(allowance.quarter_hour, quarter_hour.whole);
    allowance.quarter_hour_left = std::min(allowance.quarter_hour_left, quarter_hour.left);
    allowance.day = std::min(allowance.day, day.whole);
    allowance.day_left = std::min(allowance.day_left, day.left);
}

} // namespace

Allowance allowance(const net::RateUsage& usage, int reserve) {
    Allowance result{no_limit, no_limit, no_limit, no_limit};
    if (!usage.read && !usage.overall) {
        tighten(result, net::usual_read_limits, reserve);
    }
    for (const auto& pair : {usage.read, usage.overall}) {
        if (pair) {
            tighten(result, *pair, reserve);
        }
    }
    return result;
}

Instant completion(std::int64_t requests, const Allowance& allowance, Instant now) {
    std::int64_t in_quarter = allowance.quarter_hour_left;
    std::int64_t in_day = allowance.day_left;
    Instant at = now;
    while (requests > std::min(in_quarter, in_day)) {
        const auto made = std::min(in_quarter, in_day);
        requests -= made;
        in_day -= made;
        const auto next_day = floor<days>(at) + days{1};
        const Instant next_quarter = floor<quarters>(at) + quarters{1};
        at = in_day == 0 ? Instant{next_day} : next_quarter;
        if (at >= next_day) {
            in_day = allowance.day;
        }
        in_quarter = allowance.quarter_hour;
    }
    return at;
}

} // namespace harrier::sync
