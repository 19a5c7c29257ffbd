// SPDX-License-Identifier: MIT

// Golden climbs: the hysteresis rule, computed outside this project; lake and ramp are the two demands of
// osmandapp/OsmAnd#13224. The three climbs of real devices are in public_recordings_test.cpp.

#include "analysis/ascent.hpp"
#include "model/recording.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>

namespace harrier::analysis {
namespace {

using model::missing;

void expect_climb(std::vector<double> altitude, double ascent, double descent) {
    const auto climb = climb_with_hysteresis(altitude, 2);
    EXPECT_NEAR(climb.ascent, ascent, 1e-9);
    EXPECT_NEAR(climb.descent, descent, 1e-9);
}

std::vector<double> ramp() {
    std::vector<double> altitude;
    for (int height = 1000; height <= 1500; height += 10) {
        altitude.push_back(height);
    }
    return altitude;
}

std::vector<double> each_second(std::size_t count) {
    std::vector<double> time(count);
    std::iota(time.begin(), time.end(), 0.0);
    return time;
}

TEST(Ascent, TheHysteresisCountsWhatItShould) {
    expect_climb(std::vector<double>(50, 100.0), 0, 0);  // a flat lake
    expect_climb(ramp(), 500, 0);                        // from 1000 to 1500 m
    expect_climb({100, 101, 100, 101, 100, 101}, 0, 0);  // a saw-tooth below the threshold
    expect_climb({100, 103, 106, 105, 109, 112}, 12, 0); // a climb with a dip of 1 m
    expect_climb({0, 10, 5, 15}, 20, 5);                 // two climbs
}

TEST(Ascent, SlowClimbsAreNotLost) {
    std::vector<double> altitude; // 0.1 m a step: a threshold per step would count nothing
    for (int i = 0; i <= 1000; ++i) {
        altitude.push_back(i * 0.1);
    }
    EXPECT_NEAR(climb_with_hysteresis(altitude, 2).ascent, 100, 2);
    EXPECT_NEAR(climb_with_hysteresis(altitude, 0).ascent, 100, 1e-9);
}

TEST(Ascent, MissingHeightsAreSkipped) {
    expect_climb({missing, 0, missing, 10, missing, 5, 15, missing}, 20, 5);
    expect_climb({missing, missing}, 0, 0);
    expect_climb({}, 0, 0);
}

std::vector<double> noisy(double deviation, std::size_t count, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution noise(200.0, deviation);
    std::vector<double> altitude(count);
    for (auto& height : altitude) {
        height = noise(random);
    }
    return altitude;
}

TEST(Ascent, TwoHoursOfNoiseClimbLessThanTenMetres) {
    for (const unsigned seed : {1U, 2U, 3U}) {
        const auto altitude = noisy(1, 7200, seed);
        auto distance = each_second(7200);
        for (auto& metres : distance) {
            metres *= 3;
        }
        EXPECT_GT(climb_with_hysteresis(altitude, 0).ascent, 3000) << "what it would be without a rule";
        for (const auto& way : {distance, std::vector<double>(7200, 0.0), std::vector<double>{}}) {
            const auto measured = measure_ascent(each_second(7200), way, altitude, "Run");
            EXPECT_EQ(measured.method, AscentMethod::smoothed);
            EXPECT_LT(measured.climb.ascent, 10);
        }
    }
}

TEST(Ascent, NoiseIsMeasuredAndAHillIsNone) {
    const auto time = each_second(3600);
    EXPECT_NEAR(altitude_noise(time, noisy(1, 3600, 5)).value(), 1, 0.1);
    EXPECT_NEAR(altitude_noise(time, noisy(0.2, 3600, 5)).value(), 0.2, 0.02);
    std::vector<double> hills(3600);
    for (std::size_t i = 0; i < hills.size(); ++i) {
        hills[i] = 500 + 100 * std::sin(static_cast<double>(i) / 60);
    }
    EXPECT_LT(altitude_noise(time, hills).value(), 0.1);
    EXPECT_FALSE(altitude_noise(std::vector<double>(3600, 0.0), hills).has_value()) << "no time passes";
    auto sparse = time;
    for (auto& moment : sparse) {
        moment *= 10;
    }
    EXPECT_FALSE(altitude_noise(sparse, hills).has_value()) << "10 s apart a hill looks like noise";
}

TEST(Ascent, SmoothingKeepsAHill) {
    auto altitude = noisy(1, 7200, 9);
    std::vector<double> distance(7200);
    for (std::size_t i = 0; i < altitude.size(); ++i) {
        distance[i] = 3.0 * static_cast<double>(i);
        altitude[i] +=
            150 * (1 - std::cos(static_cast<double>(i) / 7200 * 4 * 3.14159265)); // two hills of 300 m
    }
    const auto measured = measure_ascent(each_second(7200), distance, altitude, "Run");
    EXPECT_EQ(measured.method, AscentMethod::smoothed);
    EXPECT_NEAR(measured.climb.ascent, 600, 40);
    EXPECT_NEAR(measured.climb.descent, 600, 40);
}

TEST(Ascent, SmoothingLeavesMissingHeightsMissing) {
    const auto smooth = smoothed_altitude(std::vector<double>{10, missing, 10, 90, 10, 10}, {});
    ASSERT_EQ(smooth.size(), 6U);
    EXPECT_TRUE(model::is_missing(smooth[1]));
    for (const std::size_t i : {0, 2, 3, 4, 5}) {
        EXPECT_NEAR(smooth[i], 10, 1e-9) << "a spike is no height";
    }
}

TEST(Ascent, TheSportAndTheSamplesChooseTheMethod) {
    EXPECT_EQ(measure_ascent({}, {}, {}, "Run").method, AscentMethod::none);
    EXPECT_EQ(measure_ascent(each_second(2), {}, std::vector<double>(2, missing), "Run").method,
              AscentMethod::none);
    const auto altitude = ramp();
    EXPECT_EQ(measure_ascent(each_second(altitude.size()), {}, altitude, "Run").method,
              AscentMethod::hysteresis);
    // What Strava shows of a ride on Zwift is the plain sum of its rises.
    const std::vector<double> waves{0, 1, 0, 1, 0, 1};
    const auto simulated = measure_ascent(each_second(6), {}, waves, "VirtualRide");
    EXPECT_EQ(simulated.method, AscentMethod::simulated);
    EXPECT_NEAR(simulated.climb.ascent, 3, 1e-9);
}

} // namespace
} // namespace harrier::analysis
