// SPDX-License-Identifier: MIT
#include "net/retry.hpp"

#include "base/error.hpp"

#include <algorithm>

namespace harrier::net {

namespace {

// The fault is the server's own, and may be gone in a moment.
bool worth_another_attempt(const Response& response) {
    return response.status >= 500;
}

} // namespace

std::chrono::milliseconds longest_pause(const RetryPolicy& policy, int n) {
    auto pause = std::min(policy.base, policy.cap);
    for (int i = 0; i < n && pause < policy.cap && pause.count() > 0; ++i) {
        pause = std::min(pause * 2, policy.cap);
    }
    return pause;
}

RetryingTransport::RetryingTransport(
    HttpTransport& inner, Clock& clock, RetryPolicy policy,
    std::function<std::chrono::milliseconds(std::chrono::milliseconds)> uniform)
    : m_inner(inner), m_clock(clock), m_policy(policy), m_uniform(std::move(uniform)) {}

Response RetryingTransport::send(const Request& request, std::stop_token stop) {
    const int attempts = request.method == "GET" ? std::max(1, m_policy.attempts) : 1;
    for (int n = 0;; ++n) {
        const bool last = n + 1 >= attempts;
        try {
            Response response = m_inner.send(request, stop);
            if (last || !worth_another_attempt(response)) {
                return response;
            }
        } catch (const Error& error) {
            if (last || error.kind() != ErrorKind::network) {
                throw;
            }
        }
        if (!m_clock.sleep(m_uniform(longest_pause(m_policy, n)), stop)) {
            throw Error(ErrorKind::interrupted, "stopped");
        }
    }
}

} // namespace harrier::net
