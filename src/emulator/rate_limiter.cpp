// SPDX-License-Identifier: MIT
#include "emulator/rate_limiter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace harrier::emulator {

namespace {

using QuarterHours = std::chrono::duration<long long, std::ratio<900>>;

std::string pair_text(long quarter_hour, long day) {
    return fmt::format("{},{}", quarter_hour, day);
}

} // namespace

RateLimiter::Taken RateLimiter::take(bool is_upload) {
    const std::lock_guard lock(m_mutex);
    roll();
    ++m_usage.overall_quarter_hour;
    ++m_usage.overall_day;
    if (!is_upload) {
        ++m_usage.read_quarter_hour;
        ++m_usage.read_day;
    }
    Taken taken{RateVerdict::allowed, m_usage};
    if (m_usage.overall_quarter_hour > m_limits.overall_quarter_hour ||
        m_usage.overall_day > m_limits.overall_day) {
        taken.verdict = RateVerdict::overall_exceeded;
    } else if (!is_upload && (m_usage.read_quarter_hour > m_limits.read_quarter_hour ||
                              m_usage.read_day > m_limits.read_day)) {
        taken.verdict = RateVerdict::read_exceeded;
    }
    return taken;
}

RateLimiter::Usage RateLimiter::usage() {
    const std::lock_guard lock(m_mutex);
    roll();
    return m_usage;
}

void RateLimiter::roll() {
    const auto now = m_clock.now();
    const auto quarter_hour = std::chrono::floor<QuarterHours>(now.time_since_epoch()).count();
    const auto day = std::chrono::floor<std::chrono::days>(now).time_since_epoch().count();
    if (quarter_hour != m_quarter_hour) {
        m_quarter_hour = quarter_hour;
        m_usage.overall_quarter_hour = 0;
        m_usage.read_quarter_hour = 0;
    }
    if (day != m_day) {
        m_day = day;
        m_usage.overall_day = 0;
        m_usage.read_day = 0;
    }
}

std::vector<net::Header> RateLimiter::headers(const Usage& usage) const {
    return {{"X-Ratelimit-Limit", pair_text(m_limits.overall_quarter_hour, m_limits.overall_day)},
            {"X-Ratelimit-Usage", pair_text(usage.overall_quarter_hour, usage.overall_day)},
            {"X-Readratelimit-Limit", pair_text(m_limits.read_quarter_hour, m_limits.read_day)},
            {"X-Readratelimit-Usage", pair_text(usage.read_quarter_hour, usage.read_day)}};
}

std::vector<net::Header> RateLimiter::spent_headers(Usage usage) const {
    usage.overall_quarter_hour = std::max(usage.overall_quarter_hour, m_limits.overall_quarter_hour);
    usage.read_quarter_hour = std::max(usage.read_quarter_hour, m_limits.read_quarter_hour);
    return headers(usage);
}

} // namespace harrier::emulator
