// SPDX-License-Identifier: MIT
#include "base/ordered_work.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <numeric>
#include <thread>

namespace harrier {
namespace {

using Numbers = OrderedWork<std::size_t>;

std::vector<Numbers::Work> workers(std::size_t count, const Numbers::Work& work) {
    return std::vector<Numbers::Work>(count, work);
}

TEST(OrderedWork, GivesResultsInTheOrderOfTheItems) {
    constexpr std::size_t count = 2000;
    // Items of very different length, so that later ones are often ready first.
    Numbers work(count,
                 workers(4,
                         [](std::size_t item, auto&) {
                             volatile std::size_t busy = 0;
                             for (std::size_t i = 0; i < (item * 7919) % 5000; ++i) {
                                 busy = busy + i;
                             }
                             return item * item;
                         }),
                 {.ahead = 6});
    for (std::size_t i = 0; i < count; ++i) {
        ASSERT_EQ(work.next({}), i * i);
    }
    EXPECT_EQ(work.next({}), std::nullopt);
}

TEST(OrderedWork, NeverRunsFurtherAheadThanAllowed) {
    std::atomic<std::size_t> begun{0};
    Numbers work(100,
                 workers(3,
                         [&](std::size_t item, auto&) {
                             ++begun;
                             return item;
                         }),
                 {.ahead = 5});
    for (std::size_t given = 1; given <= 100; ++given) {
        (void)work.next({});
        EXPECT_LE(begun.load(), given + 5);
    }
}

TEST(OrderedWork, EndsWhenItIsAskedToStop) {
    std::stop_source stop;
    Numbers work(1'000'000, workers(2, [](std::size_t item, auto&) { return item; }), {.ahead = 4});
    EXPECT_EQ(work.next(stop.get_token()), 0U);
    stop.request_stop();
    EXPECT_EQ(work.next(stop.get_token()), std::nullopt);
}

TEST(OrderedWork, DoesNothingForNoItems) {
    Numbers work(0, workers(2, [](std::size_t item, auto&) { return item; }), {.ahead = 4});
    EXPECT_EQ(work.next({}), std::nullopt);
}

TEST(OrderedWork, ItemsUnderWayHoldNoMoreThanTheLimitButForTheOneThatIsDue) {
    constexpr std::uint64_t limit = 100;
    constexpr std::uint64_t large = 1000; // every tenth item
    std::mutex mutex;
    std::uint64_t busy = 0;
    std::uint64_t most = 0;
    const auto work_on = [&](std::size_t item, auto& room) {
        const std::uint64_t bytes = item % 10 == 9 ? large : 30;
        EXPECT_TRUE(room.take(bytes / 10));
        EXPECT_TRUE(room.take(bytes));
        {
            const std::scoped_lock lock(mutex);
            busy += bytes;
            most = std::max(most, busy);
            EXPECT_TRUE(busy <= limit || busy == large) << busy;
        }
        std::this_thread::yield();
        const std::scoped_lock lock(mutex);
        busy -= bytes;
        room.keep(bytes / 3);
        return item;
    };
    Numbers work(300, workers(6, work_on), {.ahead = 20, .bytes = limit});
    for (std::size_t i = 0; i < 300; ++i) {
        ASSERT_EQ(work.next({}), i);
    }
    EXPECT_EQ(most, large);
}

TEST(OrderedWork, AnItemThatWaitsForRoomEndsWithTheWork) {
    std::stop_source stop;
    std::atomic<int> refused{0};
    {
        Numbers work(10,
                     workers(3,
                             [&](std::size_t item, auto& room) {
                                 refused += room.take(item == 0 ? 1 : 1000) ? 0 : 1;
                                 room.keep(1);
                                 return item;
                             }),
                     {.ahead = 5, .bytes = 10});
        EXPECT_EQ(work.next(stop.get_token()), 0U);
        stop.request_stop();
        EXPECT_EQ(work.next(stop.get_token()), std::nullopt);
    }
    EXPECT_LE(refused.load(), 3);
}

} // namespace
} // namespace harrier
