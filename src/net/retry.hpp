// SPDX-License-Identifier: MIT
#pragma once

// Retries with full jitter: the n-th pause is uniform in [0, min(cap, base * 2^n)]. Only GET is ever sent
// twice. Source: "Exponential Backoff And Jitter", AWS Architecture Blog.

#include "base/clock.hpp"
#include "net/http.hpp"

#include <chrono>
#include <functional>

namespace harrier::net {

struct RetryPolicy {
    int attempts = 5;
    std::chrono::milliseconds base{500};
    std::chrono::milliseconds cap{30'000};
};

// The longest the n-th pause may be; n = 0 is the pause before the second attempt.
[[nodiscard]] std::chrono::milliseconds longest_pause(const RetryPolicy& policy, int n);

// Sends through another transport and repeats a GET that met a network error or a 5xx. Every other method,
// and every other status, is passed through after one attempt. `uniform(bound)` gives a number in [0, bound]
// (injected for tests).
class RetryingTransport final : public HttpTransport {
public:
    RetryingTransport(HttpTransport& inner, Clock& clock, RetryPolicy policy,
                      std::function<std::chrono::milliseconds(std::chrono::milliseconds)> uniform);

    [[nodiscard]] Response send(const Request& request, std::stop_token stop = {}) override;

private:
    HttpTransport& m_inner;
    Clock& m_clock;
    RetryPolicy m_policy;
    std::function<std::chrono::milliseconds(std::chrono::milliseconds)> m_uniform;
};

} // namespace harrier::net
