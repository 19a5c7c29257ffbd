// SPDX-License-Identifier: MIT
#include "emulator/rate_limiter.hpp"
#include "tests/support/fake_clock.hpp"

#include <gtest/gtest.h>

namespace harrier::emulator {
namespace {

using namespace std::chrono_literals;

constexpr RateLimits small{
    .overall_quarter_hour = 4, .overall_day = 10, .read_quarter_hour = 2, .read_day = 8};

std::string header(const std::vector<net::Header>& headers, std::string_view name) {
    return std::string(net::find_header(headers, name).value_or(""));
}

TEST(RateLimiter, CountsBothPairsAndPrintsThemAsStravaDoes) {
    test::FakeClock clock;
    RateLimiter limiter(small, clock);
    static_cast<void>(limiter.take(false));
    const auto headers = limiter.headers(limiter.take(true).usage);
    EXPECT_EQ(header(headers, "X-Ratelimit-Limit"), "4,10");
    EXPECT_EQ(header(headers, "X-Ratelimit-Usage"), "2,2");
    EXPECT_EQ(header(headers, "X-Readratelimit-Limit"), "2,8");
    EXPECT_EQ(header(headers, "X-Readratelimit-Usage"), "1,1");
}

TEST(RateLimiter, RefusesReadsBeforeUploads) {
    test::FakeClock clock;
    RateLimiter limiter(small, clock);
    EXPECT_EQ(limiter.take(false).verdict, RateVerdict::allowed);
    EXPECT_EQ(limiter.take(false).verdict, RateVerdict::allowed);
    EXPECT_EQ(limiter.take(false).verdict, RateVerdict::read_exceeded);
    EXPECT_EQ(limiter.take(true).verdict, RateVerdict::allowed);
    EXPECT_EQ(limiter.take(true).verdict, RateVerdict::overall_exceeded);
}

TEST(RateLimiter, ResetsAtTheNaturalQuarterOfTheHour) {
    test::FakeClock clock;
    clock.advance(14min + 59s);
    RateLimiter limiter(small, clock);
    for (int i = 0; i < 3; ++i) {
        static_cast<void>(limiter.take(false));
    }
    EXPECT_EQ(limiter.usage().read_quarter_hour, 3);
    clock.advance(1s);
    EXPECT_EQ(limiter.usage().read_quarter_hour, 0);
    EXPECT_EQ(limiter.usage().read_day, 3);
    EXPECT_EQ(limiter.take(false).verdict, RateVerdict::allowed);
}

TEST(RateLimiter, CountsRefusedRequestsForTheDayAndResetsAtMidnightUtc) {
    test::FakeClock clock;
    RateLimiter limiter(small, clock);
    for (int i = 0; i < 9; ++i) {
        static_cast<void>(limiter.take(false));
    }
    clock.advance(15min);
    EXPECT_EQ(limiter.take(false).verdict, RateVerdict::read_exceeded); // the day is spent
    clock.advance(23h + 44min + 59s);
    EXPECT_EQ(limiter.take(false).verdict, RateVerdict::overall_exceeded);
    clock.advance(1s);
    EXPECT_EQ(limiter.take(false).verdict, RateVerdict::allowed);
    EXPECT_EQ(limiter.usage().overall_day, 1);
}

} // namespace
} // namespace harrier::emulator
