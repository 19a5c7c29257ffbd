// SPDX-License-Identifier: MIT
#include "base/ordered_work.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <numeric>

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
                         [](std::size_t item) {
                             volatile std::size_t busy = 0;
                             for (std::size_t i = 0; i < (item * 7919) % 5000; ++i) {
                                 busy = busy + i;
                             }
                             return item * item;
                         }),
                 6);
    for (std::size_t i = 0; i < count; ++i) {
        ASSERT_EQ(work.next({}), i * i);
    }
    EXPECT_EQ(work.next({}), std::nullopt);
}

TEST(OrderedWork, NeverRunsFurtherAheadThanAllowed) {
    std::atomic<std::size_t> begun{0};
    Numbers work(100,
                 workers(3,
                         [&](std::size_t item) {
                             ++begun;
                             return item;
                         }),
                 5);
    for (std::size_t given = 1; given <= 100; ++given) {
        (void)work.next({});
        EXPECT_LE(begun.load(), given + 5);
    }
}

TEST(OrderedWork, EndsWhenItIsAskedToStop) {
    std::stop_source stop;
    Numbers work(1'000'000, workers(2, [](std::size_t item) { return item; }), 4);
    EXPECT_EQ(work.next(stop.get_token()), 0U);
    stop.request_stop();
    EXPECT_EQ(work.next(stop.get_token()), std::nullopt);
}

TEST(OrderedWork, DoesNothingForNoItems) {
    Numbers work(0, workers(2, [](std::size_t item) { return item; }), 4);
    EXPECT_EQ(work.next({}), std::nullopt);
}

} // namespace
} // namespace harrier
