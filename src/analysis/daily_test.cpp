// SPDX-License-Identifier: MIT
#include "analysis/daily.hpp"
#include "analysis/training_load.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace harrier::analysis {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using testing::ElementsAre;

constexpr Day a_day(int year, unsigned month, unsigned day) {
    return Day(std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(day));
}

TEST(DailySums, HaveAZeroForEveryDayOfRest) {
    const Day monday = a_day(2026, 11, 2);
    const std::vector<DatedValue> values{{monday + days(3), 7},  {monday, 10},
                                         {monday + days(3), 5},  {monday - days(1), 99},
                                         {monday + days(5), 99}, {monday + days(1), NAN}};
    EXPECT_THAT(daily_sums(values, monday, monday + days(4)), ElementsAre(10, 0, 0, 12, 0));
    EXPECT_THAT(daily_sums({}, monday, monday), ElementsAre(0));
    EXPECT_TRUE(daily_sums(values, monday, monday - days(1)).empty());
}

TEST(DailySums, CountTheDaysOfLeapYears) {
    EXPECT_EQ(daily_sums({}, a_day(2024, 2, 28), a_day(2024, 3, 1)).size(), 3U);
    EXPECT_EQ(daily_sums({}, a_day(2023, 2, 28), a_day(2023, 3, 1)).size(), 2U);
}

TEST(DailySums, ADayInPartsTrainsAsADayInOne) {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> part(0, 1);
    for (int round = 0; round < 100; ++round) {
        const Day first = a_day(2026, 1, 1);
        const Day last = first + days(random() % 120);
        std::vector<DatedValue> whole;
        std::vector<DatedValue> parts;
        for (Day day = first; day <= last; day += days(1 + random() % 3)) {
            const double load = std::floor(200 * part(random));
            const double morning = std::floor(load * part(random));
            whole.push_back({day, load});
            parts.push_back({day, morning});
            parts.push_back({day, load - morning});
        }
        std::shuffle(parts.begin(), parts.end(), random);
        const auto of_whole = training_load(daily_sums(whole, first, last));
        const auto of_parts = training_load(daily_sums(parts, first, last));
        ASSERT_EQ(of_whole.size(), of_parts.size());
        for (std::size_t i = 0; i < of_whole.size(); ++i) {
            ASSERT_EQ(of_whole[i].ctl, of_parts[i].ctl);
            ASSERT_EQ(of_whole[i].atl, of_parts[i].atl);
            ASSERT_EQ(of_whole[i].tsb, of_parts[i].tsb);
        }
    }
}

TEST(Monday, BeginsTheWeekOverTheTurnOfTheYear) {
    EXPECT_EQ(monday_of(a_day(2026, 11, 2)), a_day(2026, 11, 2));
    EXPECT_EQ(monday_of(a_day(2026, 11, 8)), a_day(2026, 11, 2));
    EXPECT_EQ(monday_of(a_day(2027, 1, 3)), a_day(2026, 12, 28)) << "2026-W53";
    EXPECT_EQ(monday_of(a_day(1969, 12, 31)), a_day(1969, 12, 29)) << "before the epoch";
}

} // namespace
} // namespace harrier::analysis
