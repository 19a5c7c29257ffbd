// SPDX-License-Identifier: MIT
#include "analysis/distance.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace harrier::analysis {
namespace {

using model::missing;
using testing::DoubleNear;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::NanSensitiveDoubleEq;

constexpr double step = 0.0001;    // degrees of latitude
constexpr double step_m = 11.1151; // at 46°
constexpr double anything = 1000;  // m/s

std::vector<double> one_a_second(std::size_t count) {
    std::vector<double> time(count);
    std::iota(time.begin(), time.end(), 0.0);
    return time;
}

TEST(Distance, AddsUpTheWayBetweenPositions) {
    const std::vector<double> latitude{46, 46 + step, missing, 46 + 3 * step};
    const std::vector<double> longitude{7, 7, missing, 7};
    EXPECT_THAT(distances_along(one_a_second(4), latitude, longitude, {}, anything),
                ElementsAre(0, DoubleNear(step_m, 1e-3), NanSensitiveDoubleEq(missing),
                            DoubleNear(3 * step_m, 1e-3)));
}

TEST(Distance, ASegmentDoesNotBeginWhereTheOtherEnded) {
    const std::vector<double> latitude{46, 46 + step, missing, 46.5, 46.5 + step};
    const std::vector<double> longitude{7, 7, missing, 7, 7};
    const std::size_t breaks[] = {2}; // its first sample has no position
    const auto metres = distances_along(one_a_second(5), latitude, longitude, breaks, 1e9);
    EXPECT_NEAR(metres.back(), 2 * step_m, 2e-2);
    EXPECT_EQ(metres[3], metres[1]);
}

TEST(Distance, AJumpOfTheReceiverIsNoWay) {
    const std::vector<double> latitude{46, 46 + step, 46.5, 46.5 + step};
    const auto metres = distances_along(one_a_second(4), latitude, std::vector<double>(4, 7), {}, 20);
    EXPECT_NEAR(metres.back(), 2 * step_m, 2e-2);
}

TEST(Distance, TakesTheBestThatSamplesHave) {
    model::Streams streams;
    streams.time = one_a_second(3);
    streams.velocity_smooth = {3, 3, 4};
    EXPECT_EQ(distance_line(streams, {}, "Run").source, DistanceSource::speed);
    EXPECT_THAT(distance_line(streams, {}, "Run").metres, ElementsAre(0, 3, 7));
    streams.latitude = {46, 46 + step / 10, 46 + step / 5};
    streams.longitude = {7, 7, 7};
    EXPECT_EQ(distance_line(streams, {}, "Run").source, DistanceSource::positions);
    streams.distance = {0, 0, 0}; // a column of zeros is no distance
    EXPECT_EQ(distance_line(streams, {}, "Run").source, DistanceSource::positions);
    streams.distance = {0, 2, 5};
    EXPECT_EQ(distance_line(streams, {}, "Run").source, DistanceSource::file);
    EXPECT_EQ(distance_line({}, {}, "Run").source, DistanceSource::none);
    EXPECT_THAT(distance_line({}, {}, "Run").metres, IsEmpty());
}

TEST(Distance, ALineKnowsWhatItCovers) {
    EXPECT_EQ((DistanceLine{{missing, 3, 8, missing}, DistanceSource::file}).covered(), 5);
    EXPECT_EQ((DistanceLine{{missing, 3, 8, missing}, DistanceSource::file}).total(), 8);
    EXPECT_EQ((DistanceLine{{42'000, 43'000}, DistanceSource::file}).total(), 1000)
        << "the third part of a triathlon";
    EXPECT_EQ(DistanceLine{}.covered(), 0);
    EXPECT_EQ(DistanceLine{}.total(), 0);
}

TEST(Distance, TheHighestSpeedIsHeldForAWhile) {
    const std::vector<double> time{0, 1, 2, 3, 4, 5, 6, 20};
    const std::vector<double> metres{0, 3, 6, 16, 19, 22, missing, 36};
    EXPECT_NEAR(highest_speed(time, metres, 5, anything).value(), 22.0 / 5, 1e-12);
    EXPECT_NEAR(highest_speed(time, metres, 1, anything).value(), 10, 1e-12);
    EXPECT_NEAR(highest_speed(time, metres, 1, 9).value(), 3, 1e-12) << "10 m/s are not believed";
    EXPECT_FALSE(highest_speed(time, metres, 21, anything).has_value());
    EXPECT_FALSE(highest_speed({}, {}, 5, anything).has_value());
}

// Circles of latitude and of longitude through places where degrees jump, in steps of so many degrees.
TEST(Distance, AWayOverTheAntimeridianIsAsLongAsAnywhereElse) {
    for (const double latitude : {0.0, 52.0, -77.0}) {
        const auto length = [&](double first_longitude) {
            std::vector<double> time;
            std::vector<double> lat;
            std::vector<double> lng;
            for (int i = 0; i <= 200; ++i) {
                time.push_back(i * 10);
                lat.push_back(latitude);
                const double east = first_longitude + i * 1e-4;
                lng.push_back(east >= 180 ? east - 360 : east);
            }
            return distances_along(time, lat, lng, {}, 300).back();
        };
        EXPECT_NEAR(length(179.99), length(8), 1e-4) << latitude;
        EXPECT_GT(length(179.99), 100);
    }
}

TEST(Distance, AWayOverAPoleIsNoWayAroundIt) {
    for (const double side : {1.0, -1.0}) {
        std::vector<double> time;
        std::vector<double> lat;
        std::vector<double> lng;
        for (int i = -100; i <= 100; ++i) {
            time.push_back(i * 10);
            lat.push_back(side * (90 - std::abs(i) * 1e-4));
            lng.push_back(i < 0 ? 10 : -170); // on the other side the opposite meridian
        }
        // A degree of latitude at the poles has 111,693.9 m.
        EXPECT_NEAR(distances_along(time, lat, lng, {}, 300).back(), 200e-4 * 111'693.9, 0.05);
    }
}

} // namespace
} // namespace harrier::analysis
