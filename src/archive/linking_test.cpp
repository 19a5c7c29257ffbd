// SPDX-License-Identifier: MIT
#include "archive/linking.hpp"

#include <gtest/gtest.h>

namespace harrier::archive {
namespace {

using namespace std::chrono_literals;

model::Activity outing() {
    model::Activity activity;
    activity.sport_type = "Run";
    activity.start_date = parse_instant("2026-01-01T07:00:00Z");
    activity.elapsed_time = 3600;
    activity.distance = 10'000.0;
    return activity;
}

TEST(Linking, TakesSmallDifferencesForTheSameOuting) {
    auto other = outing();
    other.sport_type = "TrailRun";
    *other.start_date += 60s;
    other.elapsed_time = 3528;
    other.distance = 10'200.0;
    EXPECT_TRUE(is_same_outing(outing(), other));
    EXPECT_TRUE(is_same_outing(other, outing()));
}

TEST(Linking, WantsAllFourToAgree) {
    const auto differs = [](auto&& change) {
        auto other = outing();
        change(other);
        return !is_same_outing(outing(), other) && !is_same_outing(other, outing());
    };
    EXPECT_TRUE(differs([](auto& other) { *other.start_date += 61s; }));
    EXPECT_TRUE(differs([](auto& other) { other.sport_type = "Ride"; }));
    EXPECT_TRUE(differs([](auto& other) { other.elapsed_time = 3527; }));
    EXPECT_TRUE(differs([](auto& other) { other.distance = 9'799.0; }));
    EXPECT_TRUE(differs([](auto& other) { other.distance.reset(); }));
    EXPECT_TRUE(differs([](auto& other) { other.elapsed_time.reset(); }));
    EXPECT_TRUE(differs([](auto& other) { other.start_date.reset(); }));
}

TEST(Linking, TakesNoDistanceOnBothSidesForTheSame) {
    auto gym = outing();
    gym.sport_type = "WeightTraining";
    gym.distance.reset();
    auto other = gym;
    other.distance = 0.0;
    EXPECT_TRUE(is_same_outing(gym, other));
}

TEST(Linking, KeepsSportsOfNoFamilyApart) {
    auto left = outing();
    left.sport_type = "Quidditch";
    auto right = outing();
    right.sport_type = "Parkour";
    EXPECT_FALSE(is_same_outing(left, right));
    EXPECT_TRUE(is_same_outing(left, left));
}

} // namespace
} // namespace harrier::archive
