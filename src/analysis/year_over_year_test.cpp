// SPDX-License-Identifier: MIT
#include "analysis/year_over_year.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace harrier::analysis {
namespace {

using std::chrono::days;
using std::chrono::year;

TEST(PlaceInYear, IsTheSameForTheSameDate) {
    EXPECT_EQ(place_in_year(Day(year(2023) / 1 / 1)), 0U);
    EXPECT_EQ(place_in_year(Day(year(2023) / 2 / 28)), 58U);
    EXPECT_EQ(place_in_year(Day(year(2024) / 2 / 29)), 59U);
    for (const int any : {1970, 2023, 2024, 2100}) {
        EXPECT_EQ(place_in_year(Day(year(any) / 3 / 1)), 60U);
        EXPECT_EQ(place_in_year(Day(year(any) / 12 / 31)), 365U);
    }
}

TEST(YearOverYear, LaysTheYearsOverEachOther) {
    const std::vector<DatedValue> values{{Day(year(2024) / 2 / 29), 10},
                                         {Day(year(2024) / 12 / 31), 5},
                                         {Day(year(2022) / 3 / 1), 7},
                                         {Day(year(2022) / 1 / 1), 1},
                                         {Day(year(2022) / 1 / 2), NAN}};
    const auto lines = year_over_year(values);
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0].year, 2022);
    EXPECT_EQ(lines[0].by(Day(year(2026) / 2 / 28)), 1);
    EXPECT_EQ(lines[0].by(Day(year(2024) / 2 / 29)), 1) << "as on 28 February";
    EXPECT_EQ(lines[0].by(Day(year(2026) / 3 / 1)), 8);
    EXPECT_EQ(lines[1].by(Day(year(2026) / 2 / 28)), 0);
    EXPECT_EQ(lines[1].by(Day(year(2026) / 3 / 1)), 10);
    EXPECT_EQ(lines[1].total(), 15);
    EXPECT_TRUE(year_over_year({}).empty());
}

TEST(YearOverYear, LosesNothing) {
    std::mt19937 random(9);
    std::vector<DatedValue> values(500);
    double sum = 0;
    for (auto& [day, value] : values) {
        day = Day(year(2015) / 1 / 1) + days(random() % 4000);
        value = static_cast<double>(random() % 30);
        sum += value;
    }
    double total = 0;
    for (const auto& line : year_over_year(values)) {
        EXPECT_TRUE(std::is_sorted(line.sums.begin(), line.sums.end())) << line.year;
        total += line.total();
    }
    EXPECT_EQ(total, sum);
}

} // namespace
} // namespace harrier::analysis
