// SPDX-License-Identifier: MIT
#include "analysis/activity_parts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace harrier::analysis {
namespace {

using testing::Each;
using testing::IsEmpty;
using testing::SizeIs;

// 2.5 km at 4 m/s, uphill by 2 %, with a stop of a minute after the first kilometre.
model::Recording climbing_run() {
    model::Recording run;
    run.sport_type = "Run";
    double metres = 0;
    for (int i = 0; i <= 685; ++i) {
        const bool stands = i > 250 && i <= 310;
        metres += i == 0 || stands ? 0 : 4;
        run.streams.time.push_back(i);
        run.streams.distance.push_back(metres);
        run.streams.altitude.push_back(100 + 0.02 * metres);
        run.streams.heartrate.push_back(150);
    }
    return run;
}

TEST(ActivityParts, SplitsByKilometreAddUp) {
    const auto splitter = splitter_of(climbing_run());
    const auto splits = splitter.by_length(1000, EffortMode::exact);
    ASSERT_THAT(splits, SizeIs(3));
    EXPECT_NEAR(splits[0].elapsed(), 250, 1e-6);
    EXPECT_NEAR(splits[1].elapsed(), 310, 1e-6);
    EXPECT_NEAR(splits[1].moving, 250, 3);
    EXPECT_NEAR(splits[2].metres, 500, 1e-6);
    EXPECT_NEAR(splits[0].ascent, 20, 2.1);
    EXPECT_NEAR(splits[0].average_heartrate.value(), 150, 1e-9);
    EXPECT_GT(splits[0].grade_adjusted_speed().value(), splits[0].speed().value());
    double elapsed = 0;
    for (const auto& split : splits) {
        elapsed += split.elapsed();
    }
    EXPECT_NEAR(elapsed, splitter.whole().value().elapsed(), 1e-6);
}

TEST(ActivityParts, LinesHoldTheSpeedAroundEachSample) {
    const auto lines = lines_of(climbing_run());
    ASSERT_THAT(lines.speed, SizeIs(686));
    EXPECT_NEAR(lines.speed[100], 4, 1e-9);
    EXPECT_NEAR(lines.speed[280], 0, 1e-9);
    EXPECT_NEAR(lines.speed.front(), 4, 1e-9);
    EXPECT_THAT(lines.cadence, IsEmpty());
}

TEST(ActivityParts, TakesAnEmptyRecordingAndOneWithoutAWay) {
    EXPECT_FALSE(splitter_of({}).whole().has_value());
    EXPECT_THAT(lines_of({}).time, IsEmpty());
    model::Recording gym;
    gym.sport_type = "Workout";
    gym.streams.time = {0, 1, 2};
    gym.streams.heartrate = {100, 110, 120};
    EXPECT_THAT(splitter_of(gym).by_length(1000, EffortMode::exact), IsEmpty());
    EXPECT_THAT(lines_of(gym).speed, IsEmpty());
    EXPECT_THAT(lines_of(gym).heartrate, SizeIs(3));
}

} // namespace
} // namespace harrier::analysis
