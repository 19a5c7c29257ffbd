// SPDX-License-Identifier: MIT
#include "analysis/moving_time.hpp"
#include "model/recording.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace harrier::analysis {
namespace {

using model::missing;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr double threshold = 0.4;

struct Way {
    std::vector<double> time;
    std::vector<double> distance;

    // Goes on for a while, one sample every `step` seconds.
    Way& go(double seconds, double speed, double step = 1) {
        for (double done = 0; done < seconds; done += step) {
            add(step, speed);
        }
        return *this;
    }
    void add(double step, double speed) {
        time.push_back(time.empty() ? 0 : time.back() + step);
        distance.push_back(distance.empty() ? 0 : distance.back() + speed * step);
    }
    [[nodiscard]] double moving(double slowest = threshold) const {
        return moving_seconds(time, resting_steps(time, distance, {}, slowest));
    }
};

Way start() {
    Way way;
    way.add(0, 0);
    return way;
}

TEST(MovingTime, AStopIsNoMovement) {
    const auto way = start().go(100, 3).go(60, 0).go(100, 3);
    EXPECT_NEAR(way.moving(), 200, 2.1) << "the 3 s means reach over the edges";
    EXPECT_NEAR(start().go(100, 3).moving(), 100, 1e-9);
    EXPECT_NEAR(start().go(100, 0.39).moving(), 0, 1e-9);
    EXPECT_NEAR(start().go(100, 0.41).moving(), 100, 1e-9);
}

TEST(MovingTime, ADropOfASampleOrTwoIsNoRest) {
    EXPECT_NEAR(start().go(50, 3).go(2, 0).go(50, 3).moving(), 102, 1e-9);
    // The mean hides the first and the last second of a stop; what is left must last 3 s.
    EXPECT_NEAR(start().go(50, 3).go(4, 0).go(50, 3).moving(), 104, 1e-9);
    EXPECT_NEAR(start().go(50, 3).go(5, 0).go(50, 3).moving(), 102, 1e-9);
}

TEST(MovingTime, AGapIsRestWhereItsEndsAreClose) {
    EXPECT_NEAR(start().go(100, 3).go(300, 0.1, 300).go(100, 3).moving(), 200, 1e-9);
    EXPECT_NEAR(start().go(100, 3).go(300, 2, 300).go(100, 3).moving(), 500, 1e-9) << "a tunnel";
}

TEST(MovingTime, SmartRecordingHasTheSameRest) {
    const double dense = start().go(120, 3).go(60, 0).go(120, 3).moving();
    const double sparse = start().go(120, 3, 6).go(60, 0, 20).go(120, 3, 6).moving();
    EXPECT_NEAR(dense, sparse, 2.1);
    const double fine = start().go(120, 3, 0.1).go(60, 0, 0.1).go(120, 3, 0.1).moving();
    EXPECT_NEAR(dense, fine, 2.1);
}

TEST(MovingTime, ASegmentBeginsAfterRest) {
    const auto way = start().go(100, 3);
    const std::size_t breaks[] = {50, 1000};
    EXPECT_NEAR(moving_seconds(way.time, resting_steps(way.time, way.distance, breaks, threshold)), 99, 1e-9);
    EXPECT_NEAR(moving_seconds(way.time, resting_steps(way.time, {}, breaks, 0)), 99, 1e-9)
        << "also where no speed is known";
}

TEST(MovingTime, UnknownDistanceIsNoRest) {
    auto way = start().go(100, 0);
    for (std::size_t i = 0; i < 10; ++i) {
        way.distance[i] = missing;
        way.distance[100 - i] = missing;
    }
    way.distance[50] = missing; // between two that are known
    EXPECT_NEAR(way.moving(), 20, 1e-9);
    EXPECT_NEAR(moving_seconds(way.time, resting_steps(way.time, {}, {}, threshold)), 100, 1e-9);
}

TEST(MovingTime, SurvivesEmptyAndSingle) {
    EXPECT_THAT(resting_steps({}, {}, {}, threshold), IsEmpty());
    EXPECT_THAT(resting_steps(std::vector<double>{5.0}, std::vector<double>{1.0}, {}, threshold),
                ElementsAre(false));
    EXPECT_EQ(moving_seconds({}, {}), 0);
    const std::vector<double> same(4, 7.0);
    EXPECT_EQ(moving_seconds(same, resting_steps(same, same, {}, threshold)), 0);
}

TEST(MovingTime, SportsRestBelowDifferentSpeeds) {
    EXPECT_EQ(resting_speed("Run"), 0.4);
    EXPECT_EQ(resting_speed("MountainBikeRide"), 0.6);
    EXPECT_EQ(resting_speed("Workout"), 0.4) << "a device's word for what it does not know";
    EXPECT_EQ(resting_speed(""), 0.4);
    EXPECT_EQ(resting_speed("WeightTraining"), 0);
    EXPECT_EQ(resting_speed("Tennis"), 0);
}

} // namespace
} // namespace harrier::analysis
