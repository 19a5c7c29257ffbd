// SPDX-License-Identifier: MIT
#include "archive/linking.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <utility>

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

TEST(Linking, TakesAnUnspecificSportForAny) {
    auto swim = outing();
    swim.sport_type = "Swim";
    for (const char* sport_type : {"Workout", ""}) {
        auto other = outing();
        other.sport_type = sport_type;
        EXPECT_TRUE(is_same_outing(swim, other));
        EXPECT_TRUE(is_same_outing(other, swim));
    }
    auto yoga = outing();
    yoga.sport_type = "Yoga";
    EXPECT_FALSE(is_same_outing(swim, yoga));
}

TEST(Linking, KnowsTheBeginningOfAnOuting) {
    auto part = outing();
    *part.start_date += 5s;
    part.elapsed_time = 600;
    part.distance = 1700.0;
    EXPECT_TRUE(is_beginning_of(part, outing()));
    EXPECT_FALSE(is_beginning_of(outing(), part));
    auto later = part;
    *later.start_date += 1s;
    EXPECT_FALSE(is_beginning_of(later, outing()));
    auto longer = part;
    longer.distance = 10'300.0;
    EXPECT_FALSE(is_beginning_of(longer, outing()));
    auto ride = part;
    ride.sport_type = "Ride";
    EXPECT_FALSE(is_beginning_of(ride, outing()));
}

LooseFile loose(std::string key, std::chrono::seconds later, std::int64_t quality = 1) {
    LooseFile file{.key = std::move(key), .said = outing(), .quality = quality, .is_cut = false};
    *file.said.start_date += later;
    return file;
}

TEST(Linking, PlacesAFileWithTheOnlyOutingThatFits) {
    auto second = outing();
    *second.start_date += 40s;
    const std::vector<ListedOuting> listed{{{outing()}}, {{second}}};
    // In front of both, between them, behind them: the second one fits two.
    const std::vector files{loose("a", -30s), loose("b", 20s), loose("c", 90s), loose("d", 25s)};
    EXPECT_EQ(place_files(listed, files), (std::vector<std::size_t>{0, 2, 1, 2}));
}

TEST(Linking, PlacesFilesOfAChainAlikeInWhateverOrder) {
    // "b" fits both others, which do not fit each other.
    std::vector files{loose("a", 0s, 3), loose("b", 50s, 1), loose("c", 100s, 2)};
    std::sort(files.begin(), files.end(), [](auto& left, auto& right) { return left.key < right.key; });
    do {
        const auto groups = place_files({}, files);
        EXPECT_EQ(std::set(groups.begin(), groups.end()).size(), 3U) << "the one in the middle is a doubt";
    } while (std::next_permutation(files.begin(), files.end(),
                                   [](auto& left, auto& right) { return left.key < right.key; }));
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
