// SPDX-License-Identifier: MIT
#include "analysis/cleaning.hpp"
#include "analysis/geodesic.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace harrier::analysis {
namespace {

using model::missing;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::NanSensitiveDoubleEq;

model::Streams with_times(std::vector<double> time) {
    model::Streams streams;
    streams.heartrate.resize(time.size());
    for (std::size_t i = 0; i < time.size(); ++i) {
        streams.heartrate[i] = 100 + static_cast<double>(i);
    }
    streams.time = std::move(time);
    return streams;
}

TEST(Cleaning, LeavesSamplesInOrderAlone) {
    EXPECT_FALSE(mend(with_times({0, 1, 1, 5, 3605}), {}).has_value()) << "a repeated time is in order";
    EXPECT_FALSE(mend(with_times({}), {}).has_value());
    EXPECT_FALSE(mend(with_times({-3}), {}).has_value());
}

TEST(Cleaning, PutsSamplesThatStepBackWhereTheyBelong) {
    const auto mended = mend(with_times({0, 2, 1, 3, 3, 2}), {});
    ASSERT_TRUE(mended.has_value());
    EXPECT_THAT(mended->streams.time, ElementsAre(0, 1, 2, 2, 3, 3));
    EXPECT_THAT(mended->streams.heartrate, ElementsAre(100, 102, 101, 105, 103, 104));
    EXPECT_THAT(mended->breaks, IsEmpty());
}

TEST(Cleaning, SegmentsOutOfOrderKeepTheirBeginnings) {
    const std::size_t breaks[] = {2, 4};
    const auto mended = mend(with_times({100, 101, 0, 1, 50, 51}), breaks);
    ASSERT_TRUE(mended.has_value());
    EXPECT_THAT(mended->streams.heartrate, ElementsAre(102, 103, 104, 105, 100, 101));
    EXPECT_THAT(mended->breaks, ElementsAre(2, 4)) << "the file's first segment has come last";
}

TEST(Cleaning, LeavesOutWhatHasNoTimeThatCanBe) {
    const double infinite = std::numeric_limits<double>::infinity();
    const auto mended = mend(with_times({missing, 0, infinite, 1, -1e300}), {});
    ASSERT_TRUE(mended.has_value());
    EXPECT_THAT(mended->streams.heartrate, ElementsAre(101, 103));
}

TEST(Cleaning, LeavesOutAFewSamplesOfAnotherYear) {
    std::vector<double> time(301);
    for (std::size_t i = 0; i < 300; ++i) {
        time[i] = static_cast<double>(i);
    }
    time[300] = 2e9; // a clock that was wrong for a moment
    EXPECT_EQ(mend(with_times(time), {}).value().streams.size(), 300U);
    time[300] = time[0];
    time[0] = -1e9;
    EXPECT_EQ(mend(with_times(time), {}).value().streams.size(), 300U);
}

TEST(Cleaning, KeepsATourOfSeveralDays) {
    const auto mended = mend(with_times({0, 10, 200'000, 200'010}), {});
    EXPECT_TRUE(!mended || mended->streams.size() == 4);
}

TEST(Cleaning, DropsAColumnOfAnotherLength) {
    auto streams = with_times({0, 1, 2});
    streams.watts = {1, 2};
    const auto mended = mend(streams, {});
    ASSERT_TRUE(mended.has_value());
    EXPECT_THAT(mended->streams.watts, IsEmpty());
    EXPECT_EQ(mended->streams.heartrate.size(), 3U);
}

TEST(Cleaning, KnowsPlacesThatAreNone) {
    EXPECT_TRUE(is_position(-90, 180));
    EXPECT_TRUE(is_position(0, 7)); // on the equator
    EXPECT_FALSE(is_position(0, 0));
    EXPECT_FALSE(is_position(90.001, 7));
    EXPECT_FALSE(is_position(47, -180.001));
    EXPECT_FALSE(is_position(missing, 7));
    EXPECT_FALSE(is_position(47, missing));
    EXPECT_FALSE(is_position(2147483647.0, 2147483647.0)); // FIT's "invalid", undivided
}

TEST(Cleaning, ASpikeIsReachedAndLeftTooFast) {
    const std::vector<double> time{0, 1, 2, 3, 4};
    const std::vector<double> longitude(5, 7);
    std::vector<double> latitude{47, 47.00002, 47.01, 47.00006, 47.00008}; // 2 m a second, then 1 km off
    EXPECT_THAT(believable_positions(time, latitude, longitude, 10), ElementsAre(0, 1, 3, 4));
    EXPECT_THAT(believable_positions(time, latitude, longitude, 2000), ElementsAre(0, 1, 2, 3, 4));
    latitude = {47, 47.00002, 47.01, 47.01002, 47.01004}; // it stays there: no spike but a jump
    EXPECT_THAT(believable_positions(time, latitude, longitude, 10), ElementsAre(0, 1, 2, 3, 4));
}

TEST(Cleaning, SpeedIsNotJudgedWithinAMoment) {
    const std::vector<double> longitude(3, 7);
    const std::vector<double> latitude{47, 47.01, 47.02};
    EXPECT_THAT(believable_positions(std::vector<double>(3, 0.0), latitude, longitude, 10),
                ElementsAre(0, 1, 2));
    // Within less than a second the device's clock is too coarse: 5 m are no spike.
    EXPECT_THAT(believable_positions(std::vector<double>{0, 0.1, 0.2}, std::vector<double>{47, 47.00005, 47},
                                     longitude, 10),
                ElementsAre(0, 1, 2));
}

TEST(Cleaning, SportsHaveTheirLimits) {
    EXPECT_NEAR(fastest_speed("TrailRun") * 3.6, 34, 1e-9);
    EXPECT_NEAR(fastest_speed("Swim") * 3.6, 12, 1e-9);
    EXPECT_GT(fastest_speed("GravelRide"), 30);
    EXPECT_GT(fastest_speed(""), fastest_speed("Ride"));
}

TEST(Cleaning, DistancesNeverFall) {
    EXPECT_THAT(never_falling(std::vector<double>{1, 5, missing, 3, 6, 1e12}),
                ElementsAre(1, 5, NanSensitiveDoubleEq(missing), 5, 6, NanSensitiveDoubleEq(missing)));
}

} // namespace
} // namespace harrier::analysis
