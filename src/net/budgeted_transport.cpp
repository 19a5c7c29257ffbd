// SPDX-License-Identifier: MIT
#include "net/budgeted_transport.hpp"

#include "base/error.hpp"

#include <fmt/format.h>

namespace harrier::net {

namespace {

// Strava counts the posts that bring an activity apart from everything else.
RequestKind kind_of(const Request& request) {
    const auto path = std::string_view(request.url).substr(0, request.url.find('?'));
    const bool brings_one =
        request.method == "POST" && (path.ends_with("/uploads") || path.ends_with("/activities"));
    return brings_one ? RequestKind::upload : RequestKind::read;
}

} // namespace

std::string describe(const Denial& denial) {
    const auto time = format_instant(denial.until);
    constexpr std::chrono::hours far{20};
    return fmt::format("Strava's rate limit is used up until {}{} UTC",
                       denial.wait > far ? time.substr(0, 10) + " " : "", time.substr(11, 5));
}

BudgetedTransport::BudgetedTransport(HttpTransport& inner, RateAccount& account)
    : m_inner(inner), m_account(account) {}

Response BudgetedTransport::send(const Request& request, std::stop_token stop) {
    const auto kind = kind_of(request);
    for (;;) {
        while (const auto denial = m_account.take(kind, m_reserve)) {
            if (!m_wait) {
                throw Error(ErrorKind::rate_limited, describe(*denial),
                            "Try again then; what is left shows:  harrier status");
            }
            if (!m_wait(*denial, stop)) {
                throw Error(ErrorKind::interrupted, "stopped");
            }
        }
        try {
            auto response = m_inner.send(request, stop);
            m_account.settle(response);
            if (response.status != 429 || !m_wait || request.method != "GET") {
                return response;
            }
        } catch (const Error&) {
            m_account.settle_unanswered();
            throw;
        }
    }
}

} // namespace harrier::net
