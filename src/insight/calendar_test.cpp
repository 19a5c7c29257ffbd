// SPDX-License-Identifier: MIT
#include "insight/calendar.hpp"

#include <gtest/gtest.h>

namespace harrier::insight {
namespace {

using archive::Grouping;
using std::chrono::local_days;
using std::chrono::year;

local_days day(int y, unsigned m, unsigned d) {
    return local_days{year{y} / m / d};
}

TEST(Calendar, IsoWeeksBelongToTheYearOfTheirThursday) {
    // Source: ISO 8601; the examples are those of its Wikipedia page, "ISO week date".
    EXPECT_EQ(period_key(Grouping::week, day(2005, 1, 1)), "2004-W53");
    EXPECT_EQ(period_key(Grouping::week, day(2005, 1, 2)), "2004-W53");
    EXPECT_EQ(period_key(Grouping::week, day(2005, 12, 31)), "2005-W52");
    EXPECT_EQ(period_key(Grouping::week, day(2007, 1, 1)), "2007-W01");
    EXPECT_EQ(period_key(Grouping::week, day(2008, 12, 30)), "2009-W01");
    EXPECT_EQ(period_key(Grouping::week, day(2010, 1, 3)), "2009-W53");
}

TEST(Calendar, FirstDaysAreTheInverseOfKeys) {
    for (auto one = day(2003, 12, 20); one < day(2012, 1, 20); one += std::chrono::days{1}) {
        for (const auto grouping : {Grouping::week, Grouping::month, Grouping::year}) {
            const auto key = period_key(grouping, one);
            const auto first = first_day(grouping, key);
            ASSERT_TRUE(first.has_value()) << key;
            EXPECT_LE(*first, one);
            EXPECT_EQ(period_key(grouping, *first), key);
            EXPECT_NE(period_key(grouping, *first - std::chrono::days{1}), key);
        }
    }
}

TEST(Calendar, RefusesKeysOfAnotherKind) {
    EXPECT_FALSE(first_day(Grouping::week, "2026-47").has_value());
    EXPECT_FALSE(first_day(Grouping::week, "2026-W54").has_value());
    EXPECT_FALSE(first_day(Grouping::month, "2026-13").has_value());
    EXPECT_FALSE(first_day(Grouping::month, "2026").has_value());
    EXPECT_FALSE(first_day(Grouping::year, "").has_value());
    EXPECT_FALSE(first_day(Grouping::year, "20x6").has_value());
}

std::vector<std::string> keys(const std::vector<archive::Totals>& totals) {
    std::vector<std::string> found;
    for (const auto& total : totals) {
        found.push_back(total.key);
    }
    return found;
}

TEST(Calendar, FillsTheMonthsInBetweenWithEmptyOnes) {
    const auto filled = fill_gaps(Grouping::month, {{"2026-02", 3}, {"2025-11", 5}});
    EXPECT_EQ(keys(filled), (std::vector<std::string>{"2026-02", "2026-01", "2025-12", "2025-11"}));
    EXPECT_EQ(filled[0].count, 3);
    EXPECT_EQ(filled[1].count, 0);
    EXPECT_EQ(filled[3].count, 5);
}

TEST(Calendar, FillsWeeksAcrossALongYear) {
    const auto filled = fill_gaps(Grouping::week, {{"2010-W01", 1}, {"2009-W52", 1}});
    EXPECT_EQ(keys(filled), (std::vector<std::string>{"2010-W01", "2009-W53", "2009-W52"}));
}

TEST(Calendar, LeavesOtherGroupingsAndOddKeysAlone) {
    EXPECT_EQ(keys(fill_gaps(Grouping::sport, {{"Run", 1}, {"Ride", 1}})),
              (std::vector<std::string>{"Run", "Ride"}));
    EXPECT_EQ(keys(fill_gaps(Grouping::month, {{"2026-02", 1}, {"", 1}})),
              (std::vector<std::string>{"2026-02", ""}));
    EXPECT_TRUE(fill_gaps(Grouping::month, {}).empty());
}

} // namespace
} // namespace harrier::insight
