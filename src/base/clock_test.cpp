// SPDX-License-Identifier: MIT
#include "base/clock.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace harrier {
namespace {

using namespace std::chrono_literals;

TEST(SystemClock, SleepsForAsLongAsItWasTold) {
    SystemClock clock;
    const auto start = clock.steady();
    EXPECT_TRUE(clock.sleep(20ms, {}));
    EXPECT_GE(clock.steady() - start, 19ms);
}

TEST(SystemClock, WakesWhenAskedToStop) {
    SystemClock clock;
    std::stop_source source;
    std::jthread stopper([&] { source.request_stop(); });
    EXPECT_FALSE(clock.sleep(1h, source.get_token()));
    EXPECT_FALSE(clock.sleep(1h, source.get_token())); // and does not even begin
}

TEST(SystemClock, ShowsTheSystemsTime) {
    SystemClock clock;
    const auto before = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    const auto now = clock.now();
    EXPECT_GE(now, before);
    EXPECT_LE(now, std::chrono::system_clock::now());
}

} // namespace
} // namespace harrier
