// SPDX-License-Identifier: MIT
#include "net/rate_limit.hpp"

#include <gtest/gtest.h>

namespace harrier::net {
namespace {

std::vector<Header> headers(std::string limit, std::string usage) {
    return {{"X-RateLimit-Limit", std::move(limit)}, {"X-RateLimit-Usage", std::move(usage)}};
}

Instant at(std::string_view text) {
    return parse_instant(text).value();
}

TEST(RateLimit, ReadsBothPairsWhateverTheCase) {
    const auto usage = parse_rate_usage({{"X-Ratelimit-Limit", "200,2000"},
                                         {"x-ratelimit-usage", "66,209"},
                                         {"X-Readratelimit-Limit", "100,1000"},
                                         {"X-READRATELIMIT-USAGE", " 65 , 208 "}});
    ASSERT_TRUE(usage.overall && usage.read);
    EXPECT_EQ(usage.overall->quarter_hour.limit, 200);
    EXPECT_EQ(usage.overall->quarter_hour.usage, 66);
    EXPECT_EQ(usage.overall->day.limit, 2000);
    EXPECT_EQ(usage.overall->day.usage, 209);
    EXPECT_EQ(usage.read->quarter_hour.limit, 100);
    EXPECT_EQ(usage.read->quarter_hour.usage, 65);
    EXPECT_EQ(usage.read->day.limit, 1000);
    EXPECT_EQ(usage.read->day.usage, 208);
}

TEST(RateLimit, FindsNothingWithoutHeaders) {
    const auto usage = parse_rate_usage({});
    EXPECT_FALSE(usage.overall);
    EXPECT_FALSE(usage.read);
}

TEST(RateLimit, TakesAGarbledPairForAbsent) {
    for (const char* garbled : {",", "", "1", "1,", ",1", "a,b", "1,2,3", "-1,2", "1.5,2", "1,2x", "\",\"",
                                "99999999999999999999999,1"}) {
        EXPECT_FALSE(parse_rate_usage(headers("200,2000", garbled)).overall) << garbled;
        EXPECT_FALSE(parse_rate_usage(headers(garbled, "1,2")).overall) << garbled;
    }
}

TEST(RateLimit, KeepsThePairThatIsNotGarbled) {
    auto mixed = headers("200,2000", "1,2");
    mixed.push_back({"X-ReadRateLimit-Limit", "100,1000"});
    mixed.push_back({"X-ReadRateLimit-Usage", ","});
    const auto usage = parse_rate_usage(mixed);
    EXPECT_TRUE(usage.overall);
    EXPECT_FALSE(usage.read);
}

TEST(RateLimit, ResetsAtTheNextQuarterHour) {
    const auto usage = parse_rate_usage(headers("200,2000", "200,300"));
    EXPECT_EQ(next_reset(usage, at("2026-11-23T10:00:00Z")), at("2026-11-23T10:15:00Z"));
    EXPECT_EQ(next_reset(usage, at("2026-11-23T10:14:59Z")), at("2026-11-23T10:15:00Z"));
    EXPECT_EQ(next_reset(usage, at("2026-11-23T23:50:00Z")), at("2026-11-24T00:00:00Z"));
    EXPECT_EQ(next_reset({}, at("2026-11-23T10:44:00Z")), at("2026-11-23T10:45:00Z"));
}

TEST(RateLimit, ResetsAtMidnightWhenADayIsSpent) {
    EXPECT_EQ(next_reset(parse_rate_usage(headers("200,2000", "3,2000")), at("2026-12-31T10:00:00Z")),
              at("2027-01-01T00:00:00Z"));
    RateUsage read_only;
    read_only.read = RatePair{{100, 1}, {1000, 1001}};
    EXPECT_EQ(next_reset(read_only, at("2026-11-23T00:00:00Z")), at("2026-11-24T00:00:00Z"));
}

TEST(RateLimit, NeverTakesALimitOfZeroForSpent) {
    EXPECT_EQ(next_reset(parse_rate_usage(headers("0,0", "0,0")), at("2026-11-23T10:00:00Z")),
              at("2026-11-23T10:15:00Z"));
}

} // namespace
} // namespace harrier::net
