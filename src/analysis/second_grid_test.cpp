// SPDX-License-Identifier: MIT
#include "analysis/second_grid.hpp"
#include "model/recording.hpp"

#include <gtest/gtest.h>

namespace harrier::analysis {
namespace {

using Column = std::vector<double>;

TEST(SecondGrid, ASampleEachSecondIsTheGridItself) {
    EXPECT_EQ(second_grid(Column{0, 1, 2}, Column{100, 0, 300}, Zeros::count), (Column{100, 0, 300}));
    EXPECT_EQ(second_grid(Column{7.5, 8.5, 9.5}, Column{100, 0, 300}, Zeros::count), (Column{100, 0, 300}));
    EXPECT_TRUE(second_grid({}, {}, Zeros::count).empty());
}

TEST(SecondGrid, ASampleHoldsUntilTheNextAndASecondIsAMean) {
    EXPECT_EQ(second_grid(Column{0, 3, 6}, Column{100, 200, 300}, Zeros::count),
              (Column{100, 100, 100, 200, 200, 200, 300, 300, 300}));
    EXPECT_EQ(second_grid(Column{0, 0.5, 1, 1.5}, Column{100, 200, 300, 500}, Zeros::count),
              (Column{150, 400}));
}

TEST(SecondGrid, AGapIsNoPowerAndNoPulse) {
    const Column time{0, 1, 2, 12, 13};
    const auto power = second_grid(time, Column{100, 100, 100, 200, 200}, Zeros::count);
    ASSERT_EQ(power.size(), 14U);
    EXPECT_EQ(power[2], 100);
    EXPECT_EQ(power[3], 0);
    EXPECT_EQ(power[11], 0);
    EXPECT_EQ(power[12], 200);
    const auto pulse = second_grid(time, Column{100, 0, 100, 200, model::missing}, Zeros::skip);
    EXPECT_EQ(pulse[0], 100);
    EXPECT_TRUE(model::is_missing(pulse[1]));
    EXPECT_TRUE(model::is_missing(pulse[3]));
    EXPECT_EQ(pulse[12], 200);
    EXPECT_TRUE(model::is_missing(pulse[13]));
}

TEST(SecondGrid, TenDaysAreEnough) {
    EXPECT_EQ(second_grid(Column{0, 1, 5e6}, Column{1, 1, 1}, Zeros::count).size(), longest_grid);
    EXPECT_EQ(metres_per_second(Column{0, 1, 5e6}, Column{0, 1, 1}).size(), longest_grid);
}

TEST(SecondGrid, SpeedIsReadOffTheLine) {
    EXPECT_EQ(metres_per_second(Column{0, 2, 3}, Column{10, 14, 20}), (Column{2, 2, 6}));
    EXPECT_EQ(metres_per_second(Column{0, 0.5, 2}, Column{0, 2, 5}), (Column{3, 2}));
    EXPECT_TRUE(metres_per_second({}, {}).empty());
    EXPECT_TRUE(metres_per_second(Column{5}, Column{3}).empty());
}

} // namespace
} // namespace harrier::analysis
