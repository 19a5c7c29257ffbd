// SPDX-License-Identifier: MIT
#include "analysis/streaks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <vector>

namespace harrier::analysis {
namespace {

using std::chrono::days;
using std::chrono::weeks;

// 2026-11-02, a Monday.
constexpr Day a_monday = Day(std::chrono::year(2026) / 11 / 2);

std::vector<Day> run_on(std::initializer_list<int> offsets) {
    std::vector<Day> result;
    for (const int offset : offsets) {
        result.push_back(a_monday + days(offset));
    }
    return result;
}

TEST(DayStreaks, ADayThatIsNotOverBreaksNothing) {
    const auto run = run_on({2, 0, 1, 1, -5, -6, -7, -8});
    const auto streaks = day_streaks(run, a_monday + days(3));
    EXPECT_EQ(streaks.current, (Streak{a_monday, a_monday + days(2), 3}));
    EXPECT_EQ(streaks.longest, (Streak{a_monday - days(8), a_monday - days(5), 4}));
    EXPECT_EQ(day_streaks(run, a_monday + days(2)).current->length, 3) << "run today";
    EXPECT_FALSE(day_streaks(run, a_monday + days(4)).current.has_value()) << "a whole day without";
}

TEST(DayStreaks, TomorrowIsTodayFurtherEast) {
    EXPECT_EQ(day_streaks(run_on({0, 1}), a_monday).current->length, 2);
    EXPECT_FALSE(day_streaks(run_on({0, 1000}), a_monday + days(20)).current.has_value())
        << "a clock that was years ahead";
}

TEST(DayStreaks, WithoutDaysThereIsNone) {
    EXPECT_FALSE(day_streaks({}, a_monday).current.has_value());
    EXPECT_FALSE(day_streaks({}, a_monday).longest.has_value());
}

TEST(WeekStreaks, GoOverTheTurnOfTheYear) {
    const std::vector<Day> run{Day(std::chrono::year(2026) / 12 / 22), Day(std::chrono::year(2027) / 1 / 3),
                               Day(std::chrono::year(2027) / 1 / 4)};
    const auto streaks = week_streaks(run, Day(std::chrono::year(2027) / 1 / 10));
    ASSERT_TRUE(streaks.current.has_value());
    EXPECT_EQ(streaks.current->length, 3) << "W52, W53 and W01";
    EXPECT_EQ(streaks.current->first, Day(std::chrono::year(2026) / 12 / 21));
}

TEST(WeekStreaks, CountDifferentDaysAndLetThisWeekGoOn) {
    const auto run = run_on({0, 0, 0, 7, 8, 14, 16, 21});
    EXPECT_EQ(week_streaks(run, a_monday + days(22), 2).current->length, 2) << "twice on Monday is one day";
    EXPECT_EQ(week_streaks(run, a_monday + days(22)).current->length, 4);
    EXPECT_FALSE(week_streaks(run, a_monday + days(28), 2).current.has_value());
}

TEST(Consistency, IsTheShareOfWeeksWithEnough) {
    const auto run = run_on({0, 2, 7, 21, 23, 28});
    const auto before = weekly_consistency(run, a_monday + days(29), 2);
    EXPECT_EQ(before.weeks, 4) << "this week has not enough yet";
    EXPECT_EQ(before.weeks_enough, 2);
    EXPECT_DOUBLE_EQ(before.share(), 0.5);
    auto more = run;
    more.push_back(a_monday + days(29));
    EXPECT_EQ(weekly_consistency(more, a_monday + days(29), 2).weeks, 5);
    EXPECT_EQ(weekly_consistency(more, a_monday + days(29), 2).weeks_enough, 3);
    EXPECT_EQ(weekly_consistency({}, a_monday).share(), 0);
}

TEST(Streaks, AgreeWithCountingBackDayByDay) {
    std::mt19937 random(5);
    for (int round = 0; round < 300; ++round) {
        std::vector<Day> run;
        std::set<Day> known;
        for (int day = 0; day < 60; ++day) {
            if (random() % 4 != 0) {
                run.push_back(a_monday + days(day));
                known.insert(run.back());
            }
        }
        const Day today = a_monday + days(59);
        int current = 0;
        for (Day day = known.count(today) > 0 ? today : today - days(1); known.count(day) > 0;
             day -= days(1)) {
            ++current;
        }
        int longest = 0;
        int length = 0;
        for (Day day = a_monday; day <= today; day += days(1)) {
            length = known.count(day) > 0 ? length + 1 : 0;
            longest = std::max(longest, length);
        }
        std::shuffle(run.begin(), run.end(), random);
        const auto streaks = day_streaks(run, today);
        ASSERT_EQ(streaks.current.value_or(Streak{}).length, current);
        ASSERT_EQ(streaks.longest.value_or(Streak{}).length, longest);
    }
}

} // namespace
} // namespace harrier::analysis
