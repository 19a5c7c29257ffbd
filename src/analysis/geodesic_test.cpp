// SPDX-License-Identifier: MIT

// Golden distances: WGS84, mid-latitude formula, Vincenty 1975 and haversine, computed outside this project
// from their formulas; Flinders Peak to Buninyong is Geoscience Australia's test line.

#include "analysis/geodesic.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <random>

namespace harrier::analysis {
namespace {

using model::LatLng;

struct Golden {
    LatLng from;
    LatLng to;
    double metres;
};

constexpr Golden short_steps[] = {
    {{0, 0}, {0, 0.001}, 111.319490794},           {{0, 0}, {0.001, 0}, 110.574275822},
    {{45, 0}, {45, 0.001}, 78.8468350944},         {{45, 0}, {45.001, 0}, 111.131787185},
    {{60, 0}, {60, 0.001}, 55.8000015727},         {{60, 0}, {60.001, 0}, 111.412295955},
    {{45, 7}, {45.00002, 7.00003}, 3.24580466425}, {{0, 179.9995}, {0, -179.9995}, 111.319490791},
    {{85, 0}, {85.001, 0}, 111.685404719},
};

TEST(Geodesic, ShortStepsAreThoseOfTheFormula) {
    for (const auto& [from, to, metres] : short_steps) {
        SCOPED_TRACE(metres);
        EXPECT_NEAR(mid_latitude_distance(from, to), metres, 1e-6);
        EXPECT_NEAR(vincenty_distance(from, to).value(), metres, 1e-6);
        EXPECT_NEAR(distance_between(from, to), metres, 1e-6);
        EXPECT_DOUBLE_EQ(distance_between(to, from), distance_between(from, to));
    }
}

TEST(Geodesic, LongLinesAreThoseOfVincenty) {
    const LatLng berlin{52.52, 13.405};
    const LatLng paris{48.8566, 2.3522};
    const LatLng flinders{-37.95103341666667, 144.42486788888888};
    const LatLng buninyong{-37.65282113888889, 143.92649552777777};
    EXPECT_NEAR(vincenty_distance(berlin, paris).value(), 879699.316131, 1e-3);
    EXPECT_NEAR(vincenty_distance(flinders, buninyong).value(), 54972.2711393, 1e-3);
    EXPECT_NEAR(distance_between(berlin, paris), 879699.316131, 1e-3) << "beyond 20 km Vincenty is taken";
    EXPECT_NEAR(distance_between(flinders, buninyong), 54972.2711393, 1e-3);
    EXPECT_NEAR(haversine_distance(berlin, paris), 877464.537922, 1e-3);
}

TEST(Geodesic, TheSphereIsWrongByLatitudeAndBearing) {
    const struct {
        LatLng from;
        LatLng to;
        double percent;
    } errors[] = {
        {{0, 0}, {0.001, 0}, 0.561436561273},    {{0, 0}, {0, 0.001}, -0.111759907755},
        {{60, 0}, {60.001, 0}, -0.194965663869}, {{60, 0}, {60, 0.001}, -0.362834140656},
        {{85, 0}, {85.001, 0}, -0.439022883429},
    };
    for (const auto& [from, to, percent] : errors) {
        const double geodesic = vincenty_distance(from, to).value();
        EXPECT_NEAR((haversine_distance(from, to) / geodesic - 1) * 100, percent, 0.0005);
    }
}

// A point about `metres` away in a random direction.
LatLng near(LatLng from, double metres, std::mt19937& random) {
    const double direction = std::uniform_real_distribution(0.0, 2 * std::numbers::pi)(random);
    const auto scale = metres_per_degree(from.lat);
    return {from.lat + metres * std::cos(direction) / scale.lat,
            wrapped_degrees(from.lng + metres * std::sin(direction) / scale.lng)};
}

TEST(Geodesic, TheMidLatitudeStepIsExactEnough) {
    const struct {
        double step;
        double bound;
    } bounds[] = {{10, 1e-9}, {100, 1e-9}, {1000, 5e-8}, {10'000, 5e-6}};
    std::mt19937 random(7);
    std::uniform_real_distribution latitude(-79.9, 79.9);
    std::uniform_real_distribution longitude(-180.0, 180.0);
    for (const auto& [step, bound] : bounds) {
        double worst = 0;
        for (int i = 0; i < 4000; ++i) {
            const LatLng from{latitude(random), longitude(random)};
            const auto to = near(from, step, random);
            const double geodesic = vincenty_distance(from, to).value();
            worst = std::max(worst, std::abs(mid_latitude_distance(from, to) / geodesic - 1));
        }
        EXPECT_LT(worst, bound) << step << " m";
        EXPECT_GT(worst, 0) << "they are two formulas";
    }
}

TEST(Geodesic, TheWayOverAPoleIsShort) {
    const double to_the_pole = distance_between({89.9995, 20}, {90, 0});
    EXPECT_NEAR(to_the_pole, 55.847, 1e-3); // 0.0005° at the polar radius of curvature, 6399593.626 m
    EXPECT_NEAR(distance_between({89.9995, 20}, {89.9995, -160}), 2 * to_the_pole, 1e-6);
    EXPECT_NEAR(distance_between({-89.9995, 20}, {-89.9995, -160}), 2 * to_the_pole, 1e-6);
    EXPECT_NEAR(distance_between({90, 0}, {90, 135}), 0, 1e-6);
}

TEST(Geodesic, TheAntimeridianIsNoWay) {
    EXPECT_DOUBLE_EQ(distance_between({-17, 180}, {-17, -180}), 0);
    EXPECT_NEAR(distance_between({-17, 179.9}, {-17, -179.9}), distance_between({-17, 0}, {-17, 0.2}), 1e-6);
    EXPECT_NEAR(distance_between({85, 179.9}, {85, -179.9}), distance_between({85, 0}, {85, 0.2}), 1e-6);
}

TEST(Geodesic, EveryPairOfPointsHasADistance) {
    const double half_the_earth = distance_between({0, 0}, {0.2, 179.9}); // Vincenty does not converge
    EXPECT_GT(half_the_earth, 19.9e6);
    EXPECT_LT(half_the_earth, 20.1e6);
    EXPECT_FALSE(vincenty_distance({0, 0}, {0.2, 179.9}).has_value());
    EXPECT_EQ(distance_between({10, 20}, {10, 20}), 0);
    const double nothing = std::numeric_limits<double>::quiet_NaN();
    EXPECT_TRUE(std::isnan(distance_between({nothing, 0}, {1, 1})));
    EXPECT_TRUE(std::isnan(distance_between({1, 1}, {85, nothing})));
}

} // namespace
} // namespace harrier::analysis
