// SPDX-License-Identifier: MIT
#pragma once

// Sends through another transport what the app's account has left, and nothing else. Belongs below a
// RetryingTransport, so that every attempt is counted.

#include "net/http.hpp"
#include "net/rate_account.hpp"

#include <functional>

namespace harrier::net {

class BudgetedTransport final : public HttpTransport {
public:
    // Waits until the denial has passed, or throws; false when `stop` ended it.
    using Wait = std::function<bool(const Denial& denial, const std::stop_token& stop)>;

    BudgetedTransport(HttpTransport& inner, RateAccount& account);

    // How much of each limit is left to others, in per cent. 0 until it is set.
    void keep_reserve(int percent) { m_reserve = percent; }
    // What to do where nothing is left. Unless it is set: Error{rate_limited} with the time of day.
    void wait_with(Wait wait) { m_wait = std::move(wait); }

    // A GET that Strava refuses with 429 is sent again after the wait, if there is one to wait with;
    // otherwise the refusal is returned. Throws what the other transport throws.
    [[nodiscard]] Response send(const Request& request, std::stop_token stop = {}) override;

private:
    HttpTransport& m_inner;
    RateAccount& m_account;
    int m_reserve = 0;
    Wait m_wait;
};

// "Strava's rate limit is used up until 14:15 UTC"
[[nodiscard]] std::string describe(const Denial& denial);

} // namespace harrier::net
