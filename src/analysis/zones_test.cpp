// SPDX-License-Identifier: MIT
#include "analysis/zones.hpp"
#include "model/recording.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace harrier::analysis {
namespace {

void expect_bounds(const std::vector<Zone>& zones, const std::vector<double>& lows, double tolerance = 1e-9) {
    ASSERT_EQ(zones.size(), lows.size());
    for (std::size_t i = 0; i < lows.size(); ++i) {
        EXPECT_NEAR(zones[i].low, lows[i], tolerance) << i;
        if (i + 1 < zones.size()) {
            EXPECT_EQ(zones[i].high, zones[i + 1].low);
        } else {
            EXPECT_TRUE(std::isinf(zones[i].high));
        }
    }
}

TEST(Zones, EachModelHasItsBounds) {
    expect_bounds(max_heartrate_zones(200), {100, 120, 140, 160, 180});
    expect_bounds(karvonen_zones(50, 200), {125, 140, 155, 170, 185});
    expect_bounds(friel_run_zones(170), {0, 144.5, 153, 161.5, 170, 175.1, 180.2});
    expect_bounds(friel_ride_zones(100), {0, 81, 90, 94, 100, 103, 106});
    expect_bounds(coggan_zones(200), {0, 110, 150, 180, 210, 240, 300});
    expect_bounds(critical_speed_zones(4), {0, 3.2, 3.48, 3.8, 4.2, 4.76});
    expect_bounds(swim_speed_zones(1), {0, 0.93, 0.97, 0.99, 1.02, 1.09});
    expect_bounds(friel_pace_zones(4), {0, 4 / 1.29, 4 / 1.14, 4 / 1.06, 4 / 0.99, 4 / 0.97, 4 / 0.9});
}

// Paces of VDOT 50 at 59 % and 100 %: 351.9 and 230.1 s/km.
TEST(Zones, DanielsZonesAreSpeedsAtSharesOfVdot) {
    const auto zones = daniels_zones(50);
    ASSERT_EQ(zones.size(), 5U);
    EXPECT_NEAR(1000 / zones[0].low, 351.9, 0.05);
    EXPECT_NEAR(1000 / daniels_zones(50 / 0.59)[0].low, 230.1, 0.05);
    EXPECT_EQ(zones[0].name, "E");
    EXPECT_EQ(zones[4].name, "R");
}

TEST(Zones, NamesAreNumbersUnlessTheModelHasOwn) {
    EXPECT_EQ(max_heartrate_zones(200)[4].name, "5");
    EXPECT_EQ(friel_run_zones(170)[4].name, "5a");
}

TEST(Zones, TimeIsThatOfSamplesAndABorderBelongsToTheUpperZone) {
    const auto zones = max_heartrate_zones(200);
    const std::vector<double> heartrate{99, 100, 119.9, 120, model::missing, 250};
    const std::vector<double> seconds{1, 2, 3, 4, 5, 6};
    const auto times = time_in_zones(heartrate, seconds, zones);
    EXPECT_EQ(times.below, 1);
    EXPECT_EQ(times.seconds, (std::vector<double>{5, 4, 0, 0, 6}));
}

TEST(Zones, TimeOfAHistogramIsThatOfItsSamples) {
    model::Histogram histogram{1, 98, {1, 1, 2, 0, 4}};
    const auto times = time_in_zones(histogram, max_heartrate_zones(200));
    EXPECT_EQ(times.below, 2);
    EXPECT_EQ(times.seconds[0], 6);
    // A border within a bin shares it out.
    const model::Histogram watts{5, 20, {10, 10}}; // 100 to 110 W
    const auto power = time_in_zones(watts, make_zones(std::vector<double>{0, 101, 104, 108}));
    EXPECT_NEAR(power.seconds[0], 2, 1e-9);
    EXPECT_NEAR(power.seconds[1], 6, 1e-9);
    EXPECT_NEAR(power.seconds[2], 8, 1e-9);
    EXPECT_NEAR(power.seconds[3], 4, 1e-9);
    EXPECT_EQ(power.below, 0);
}

TEST(Zones, NoZonesHoldNoTime) {
    EXPECT_EQ(time_in_zones(model::Histogram{1, 98, {7}}, {}).below, 7);
    EXPECT_TRUE(make_zones({}).empty());
}

} // namespace
} // namespace harrier::analysis
