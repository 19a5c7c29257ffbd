// SPDX-License-Identifier: MIT
#include "sync/allowance.hpp"

#include <gtest/gtest.h>

namespace harrier::sync {
namespace {

Instant at(const char* text) {
    return parse_instant(text).value();
}

net::RateUsage used(long quarter_hour, long day) {
    return {.overall = net::RatePair{{200, quarter_hour}, {2000, day}},
            .read = net::RatePair{{100, quarter_hour}, {1000, day}}};
}

TEST(Allowance, KeepsAReserveOfEachLimit) {
    EXPECT_EQ(allowance(used(12, 240)), (Allowance{90, 900, 78, 660}));
    EXPECT_EQ(allowance(used(12, 240), 0), (Allowance{100, 1000, 88, 760}));
    EXPECT_EQ(allowance(used(95, 1000)), (Allowance{90, 900, 0, 0}));
    EXPECT_EQ(net::usable(5, 10), 5);
    EXPECT_EQ(net::usable(1, 100), 1);
}

TEST(Allowance, IsTheUsualOneUntilSomethingIsKnown) {
    EXPECT_EQ(allowance({}), (Allowance{90, 900, 90, 900}));
}

TEST(Allowance, TheStricterPairCounts) {
    const net::RateUsage usage{.overall = net::RatePair{{200, 175}, {2000, 175}},
                               .read = net::RatePair{{100, 10}, {1000, 10}}};
    EXPECT_EQ(allowance(usage), (Allowance{90, 900, 5, 890}));
}

TEST(Completion, IsNowForWhatFitsIntoTheWindow) {
    const auto now = at("2026-11-23T10:07:00Z");
    EXPECT_EQ(completion(0, allowance(used(90, 90)), now), now);
    EXPECT_EQ(completion(78, allowance(used(12, 240)), now), now);
}

TEST(Completion, WaitsForTheNextQuartersOfAnHour) {
    const auto now = at("2026-11-23T10:07:00Z");
    EXPECT_EQ(completion(79, allowance(used(12, 240)), now), at("2026-11-23T10:15:00Z"));
    EXPECT_EQ(completion(78 + 90, allowance(used(12, 240)), now), at("2026-11-23T10:15:00Z"));
    EXPECT_EQ(completion(78 + 91, allowance(used(12, 240)), now), at("2026-11-23T10:30:00Z"));
}

TEST(Completion, WaitsForTheNextDays) {
    const auto now = at("2026-11-23T10:07:00Z");
    EXPECT_EQ(completion(661, allowance(used(12, 240)), now), at("2026-11-24T00:00:00Z"));
    // 5,000 activities of a new app: 5 days of 900, and 500 on the sixth, in its sixth quarter of an hour.
    EXPECT_EQ(completion(5000, allowance({}), at("2026-11-23T00:00:00Z")), at("2026-11-28T01:15:00Z"));
}

TEST(Completion, SpendsTheRestOfALateDay) {
    // 23:50: 90 now, 90 a quarter of an hour after midnight at the earliest.
    EXPECT_EQ(completion(91, allowance(used(0, 0)), at("2026-11-23T23:50:00Z")), at("2026-11-24T00:00:00Z"));
}

} // namespace
} // namespace harrier::sync
