// SPDX-License-Identifier: MIT
#include "net/rate_limit.hpp"

#include "base/text.hpp"

#include <charconv>

namespace harrier::net {

namespace {

std::optional<long> parse_count(std::string_view text) {
    text = trim(text);
    long value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0) {
        return std::nullopt;
    }
    return value;
}

struct Counts {
    long quarter_hour;
    long day;
};

std::optional<Counts> parse_counts(const std::vector<Header>& headers, std::string_view name) {
    const auto text = find_header(headers, name).value_or("");
    const auto comma = text.find(',');
    if (comma == std::string_view::npos) {
        return std::nullopt;
    }
    const auto quarter_hour = parse_count(text.substr(0, comma));
    const auto day = parse_count(text.substr(comma + 1));
    if (!quarter_hour || !day) {
        return std::nullopt;
    }
    return Counts{*quarter_hour, *day};
}

std::optional<RatePair> parse_pair(const std::vector<Header>& headers, std::string_view limit_name,
                                   std::string_view usage_name) {
    const auto limit = parse_counts(headers, limit_name);
    const auto usage = parse_counts(headers, usage_name);
    if (!limit || !usage) {
        return std::nullopt;
    }
    return RatePair{{limit->quarter_hour, usage->quarter_hour}, {limit->day, usage->day}};
}

// A limit of 0 has been seen where Strava does not count at all.
bool spent(const RateWindow& window) {
    return window.limit > 0 && window.usage >= window.limit;
}

bool day_spent(const std::optional<RatePair>& pair) {
    return pair && spent(pair->day);
}

} // namespace

RateUsage parse_rate_usage(const std::vector<Header>& headers) {
    return {parse_pair(headers, "X-RateLimit-Limit", "X-RateLimit-Usage"),
            parse_pair(headers, "X-ReadRateLimit-Limit", "X-ReadRateLimit-Usage")};
}

Instant next_reset(const RateUsage& usage, Instant now) {
    using std::chrono::days;
    using std::chrono::floor;
    using quarters_of_hour = std::chrono::duration<std::int64_t, std::ratio<900>>;
    if (day_spent(usage.overall) || day_spent(usage.read)) {
        return floor<days>(now) + days{1};
    }
    return floor<quarters_of_hour>(now) + quarters_of_hour{1};
}

} // namespace harrier::net
