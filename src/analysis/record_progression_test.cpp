// SPDX-License-Identifier: MIT
#include "analysis/record_progression.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace harrier::analysis {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;

WallTime hour(int hours) {
    return WallTime(std::chrono::hours(hours));
}

std::vector<std::size_t> indices_of(const std::vector<RecordStep>& steps) {
    std::vector<std::size_t> indices;
    for (const auto& step : steps) {
        indices.push_back(step.index);
    }
    return indices;
}

TEST(RecordProgression, KeepsWhatWasBetterThanAllBefore) {
    const std::vector<DatedEffort> efforts{
        {hour(50), 1180}, {hour(10), 1200}, {hour(30), 1250}, {hour(40), 1200}, {hour(60), 1150.5}};
    const auto steps = record_progression(efforts);
    EXPECT_THAT(indices_of(steps), ElementsAre(1, 0, 4)) << "equalling a record is none";
    EXPECT_FALSE(steps[0].gain.has_value());
    EXPECT_EQ(steps[0].held_for, seconds(40 * 3600));
    EXPECT_EQ(steps[1].gain, 20);
    EXPECT_EQ(steps[2].gain, 29.5);
    EXPECT_FALSE(steps[2].held_for.has_value());
}

TEST(RecordProgression, HigherIsBetterForPower) {
    const std::vector<DatedEffort> efforts{{hour(1), 280}, {hour(2), 270}, {hour(3), 301}};
    const auto steps = record_progression(efforts, Better::higher);
    EXPECT_THAT(indices_of(steps), ElementsAre(0, 2));
    EXPECT_EQ(steps[1].gain, 21);
}

TEST(RecordProgression, OfOneMomentTheBestCounts) {
    const std::vector<DatedEffort> efforts{{hour(1), 300}, {hour(1), 290}, {hour(1), 290}, {hour(1), NAN}};
    EXPECT_THAT(indices_of(record_progression(efforts)), ElementsAre(1));
    EXPECT_TRUE(record_progression({}).empty());
}

TEST(RecordProgression, DoesNotDependOnTheOrderAndEndsWithTheBest) {
    std::mt19937 random(3);
    for (int round = 0; round < 200; ++round) {
        std::vector<DatedEffort> efforts(1 + random() % 40);
        for (std::size_t i = 0; i < efforts.size(); ++i) {
            efforts[i] = {hour(static_cast<int>(i)), static_cast<double>(1000 + random() % 50)};
        }
        std::vector<double> expected;
        for (const auto& effort : efforts) {
            if (expected.empty() || effort.value < expected.back()) {
                expected.push_back(effort.value);
            }
        }
        std::shuffle(efforts.begin(), efforts.end(), random);
        std::vector<double> actual;
        for (const auto& step : record_progression(efforts)) {
            actual.push_back(efforts[step.index].value);
        }
        ASSERT_EQ(actual, expected);
    }
}

} // namespace
} // namespace harrier::analysis
