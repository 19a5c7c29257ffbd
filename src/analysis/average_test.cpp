// SPDX-License-Identifier: MIT
#include "analysis/average.hpp"
#include "model/recording.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace harrier::analysis {
namespace {

using model::missing;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(Average, AValueHoldsUntilTheNextButNotOverAGap) {
    EXPECT_THAT(held_seconds(std::vector<double>{0, 1, 2, 6, 7, 60, 61}), ElementsAre(1, 1, 4, 1, 1, 1, 1));
    EXPECT_THAT(held_seconds(std::vector<double>{0, 5, 10, 30, 51, 56}), ElementsAre(5, 5, 20, 5, 5, 5));
}

TEST(Average, TheLastOfAMomentCounts) {
    EXPECT_THAT(held_seconds(std::vector<double>{0, 0, 1, 2}), ElementsAre(0, 1, 1, 1));
}

TEST(Average, WithoutTimesEachSampleCountsTheSame) {
    EXPECT_THAT(held_seconds(std::vector<double>{5, 5, 5}), ElementsAre(1, 1, 1));
    EXPECT_THAT(held_seconds(std::vector<double>{5}), ElementsAre(1));
    EXPECT_THAT(held_seconds({}), IsEmpty());
}

TEST(Average, IsOverTimeNotOverSamples) {
    // A minute of rest in three samples, ten seconds of work in ten.
    std::vector<double> time{0, 20, 40};
    std::vector<double> watts{0, 0, 0};
    for (int second = 60; second < 70; ++second) {
        time.push_back(second);
        watts.push_back(280);
    }
    std::vector<double> seconds(13, 1);
    seconds[0] = seconds[1] = seconds[2] = 20;
    EXPECT_NEAR(integrate(watts, seconds, Zeros::count).mean().value(), 280 * 10 / 70.0, 1e-9);
    EXPECT_NEAR(integrate(watts, seconds, Zeros::count).sum, 2800, 1e-9);
    EXPECT_NEAR(integrate(watts, seconds, Zeros::skip).mean().value(), 280, 1e-9);
}

TEST(Average, MissingValuesHaveNoTime) {
    const std::vector<double> pulse{150, missing, 170, 0};
    const std::vector<double> seconds{1, 1, 3, 1};
    const auto counted = integrate(pulse, seconds, Zeros::skip);
    EXPECT_EQ(counted.seconds, 4);
    EXPECT_NEAR(counted.mean().value(), 165, 1e-9);
    EXPECT_FALSE(integrate(std::vector<double>{missing}, seconds, Zeros::count).mean().has_value());
    EXPECT_FALSE(integrate({}, {}, Zeros::count).mean().has_value());
}

TEST(Average, ExtremesSkipWhatIsMissing) {
    const std::vector<double> values{missing, 3, -2, missing};
    EXPECT_EQ(greatest(values), 3);
    EXPECT_EQ(least(values), -2);
    EXPECT_FALSE(greatest(std::vector<double>{missing}).has_value());
    EXPECT_FALSE(least({}).has_value());
}

} // namespace
} // namespace harrier::analysis
