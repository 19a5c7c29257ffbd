// SPDX-License-Identifier: MIT
#pragma once

// Strava's two pairs of limits, per application: all requests, and all but uploads ("read"). Windows are the
// natural quarters of the hour and the UTC day, by the emulator's clock. Refused requests are counted, too.
// Source: https://developers.strava.com/docs/rate-limits/. Any thread.

#include "base/clock.hpp"
#include "emulator/emulator.hpp"
#include "net/http.hpp"

#include <mutex>
#include <vector>

namespace harrier::emulator {

enum class RateVerdict { allowed, overall_exceeded, read_exceeded };

class RateLimiter {
public:
    RateLimiter(RateLimits limits, Clock& clock) : m_limits(limits), m_clock(clock) {}

    struct Usage {
        long overall_quarter_hour = 0;
        long overall_day = 0;
        long read_quarter_hour = 0;
        long read_day = 0;
    };
    struct Taken {
        RateVerdict verdict = RateVerdict::allowed;
        Usage usage; // after this request
    };

    // Counts one request. Uploads are the only ones that do not count as read.
    [[nodiscard]] Taken take(bool is_upload);
    [[nodiscard]] Usage usage();

    [[nodiscard]] std::vector<net::Header> headers(const Usage& usage) const;
    // The headers of a refusal that a `--fault` asked for: the quarter hour is shown as spent.
    [[nodiscard]] std::vector<net::Header> spent_headers(Usage usage) const;

private:
    void roll();

    RateLimits m_limits;
    Clock& m_clock;
    std::mutex m_mutex;
    Usage m_usage;
    long long m_quarter_hour = 0; // quarter hours since 1970
    long long m_day = 0;
};

} // namespace harrier::emulator
