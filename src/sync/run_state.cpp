// SPDX-License-Identifier: MIT
#include "sync/run_state.hpp"

#include "base/error.hpp"

#include <fmt/format.h>

namespace harrier::sync {

namespace {

bool is_used_up(const std::optional<net::RatePair>& pair) {
    const auto used_up = [](const net::RateWindow& window) {
        return window.limit > 0 && window.usage >= window.limit;
    };
    return pair && (used_up(pair->quarter_hour) || used_up(pair->day));
}

} // namespace

bool Run::may_ask() {
    if (stop.stop_requested() || (options.max_requests && progress.requests >= *options.max_requests)) {
        return false;
    }
    // A request over the limit is refused, and still counts towards the day.
    if (is_used_up(progress.rate.overall) || is_used_up(progress.rate.read)) {
        const auto reset = net::next_reset(progress.rate, rate_seen_at);
        if (now() < reset) {
            throw Error(ErrorKind::rate_limited,
                        fmt::format("Strava's rate limit is used up until {} UTC",
                                    format_instant(reset).substr(11, 5)),
                        "What is stored stays. Go on then with:  harrier sync");
        }
    }
    return true;
}

void Run::note_request() {
    ++progress.requests;
    progress.rate = remote.rate();
    rate_seen_at = now();
}

} // namespace harrier::sync
