// SPDX-License-Identifier: MIT
#include "analysis/geodesic.hpp"
#include "analysis/track.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <random>

namespace harrier::analysis {
namespace {

using model::LatLng;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr double north_m = 111'132; // per degree, at 45°
constexpr double east_m = 78'847;

LatLng at(double east, double north) {
    return {45 + north / north_m, 7 + east / east_m};
}

std::vector<LatLng> wander(std::size_t count, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution turn(0.0, 0.15);
    std::vector<LatLng> points;
    double heading = 0;
    double east = 0;
    double north = 0;
    for (std::size_t i = 0; i < count; ++i) {
        heading += turn(random);
        east += 3 * std::cos(heading);
        north += 3 * std::sin(heading);
        points.push_back(at(east, north));
    }
    return points;
}

double distance_to_stretch(LatLng point, LatLng a, LatLng b) {
    const double ax = (a.lng - point.lng) * east_m;
    const double ay = (a.lat - point.lat) * north_m;
    const double dx = (b.lng - a.lng) * east_m;
    const double dy = (b.lat - a.lat) * north_m;
    const double length = dx * dx + dy * dy;
    const double part = length > 0 ? std::clamp(-(ax * dx + ay * dy) / length, 0.0, 1.0) : 0;
    return std::hypot(ax + part * dx, ay + part * dy);
}

// How far the points are from the stretch of the line that stands for them; the line is a part of them.
double furthest(const std::vector<LatLng>& points, const std::vector<LatLng>& line) {
    double worst = 0;
    std::size_t next = 1;
    for (std::size_t i = 0; i < points.size() && next < line.size(); ++i) {
        worst = std::max(worst, distance_to_stretch(points[i], line[next - 1], line[next]));
        if (points[i] == line[next]) {
            ++next;
        }
    }
    EXPECT_EQ(next, line.size()) << "each point of the line is one of the track, in its order";
    return worst;
}

TEST(Track, KeepsCornersAndDropsWhatIsStraight) {
    std::vector<LatLng> points;
    for (int i = 0; i <= 100; ++i) {
        points.push_back(at(10 * i, i % 2)); // 1 m to the side
    }
    for (int i = 1; i <= 100; ++i) {
        points.push_back(at(1000, 10 * i));
    }
    EXPECT_THAT(simplify_track(points), ElementsAre(points[0], points[100], points[200]));
}

TEST(Track, ALineOfAFewPointsStays) {
    EXPECT_THAT(simplify_track({}), IsEmpty());
    EXPECT_THAT(simplify_track(std::vector{at(0, 0)}), ElementsAre(at(0, 0)));
    EXPECT_THAT(simplify_track(std::vector{at(0, 0), at(0, 0)}), ElementsAre(at(0, 0), at(0, 0)));
}

TEST(Track, NothingIsFurtherOffThanTheTolerance) {
    for (const unsigned seed : {1U, 2U, 3U}) {
        const auto points = wander(5000, seed);
        for (const double tolerance : {1.0, 5.0, 25.0}) {
            const auto line = simplify_track(points, {}, {tolerance, 5000});
            EXPECT_LT(line.size(), points.size() / 3);
            EXPECT_LE(furthest(points, line), tolerance * 1.01); // drawn flat here and there differently
            EXPECT_GT(furthest(points, line), tolerance / 2) << "no more points than it takes";
        }
    }
}

TEST(Track, ALoopIsNotFolded) {
    std::vector<LatLng> points;
    for (int i = 0; i <= 360; ++i) {
        points.push_back(at(500 * std::cos(i * 3.14159265 / 180), 500 * std::sin(i * 3.14159265 / 180)));
    }
    points.back() = points.front();
    const auto line = simplify_track(points);
    EXPECT_LE(furthest(points, line), 5.05);
    EXPECT_GE(line.size(), 16U);
    EXPECT_LE(line.size(), 40U);
}

TEST(Track, TheMostImportantPointsStayWhenThereAreTooMany) {
    const auto points = wander(20'000, 4);
    const auto all = simplify_track(points, {}, {1, 20'000});
    const auto some = simplify_track(points, {}, {1, 100});
    EXPECT_GT(all.size(), 1000U);
    EXPECT_EQ(some.size(), 100U);
    EXPECT_EQ(some.front(), points.front());
    EXPECT_EQ(some.back(), points.back());
    EXPECT_LT(furthest(points, some), 300) << "of a wander some kilometres wide";
    EXPECT_EQ(simplify_track(points, {}, {1, 0}).size(), 2U);
}

// Too many points are not just thinned out: the line is that of a greater tolerance.
TEST(Track, FewerPointsAreThoseOfAGreaterTolerance) {
    for (const unsigned seed : {5U, 6U, 7U}) {
        const auto points = wander(5000, seed);
        for (const double tolerance : {10.0, 40.0, 160.0}) {
            const auto line = simplify_track(points, {}, {tolerance, 5000});
            EXPECT_EQ(simplify_track(points, {}, {1, line.size()}), line);
        }
    }
}

TEST(Track, BothSidesOfABreakStay) {
    std::vector<LatLng> points;
    for (int i = 0; i < 200; ++i) {
        points.push_back(at(10 * i, i < 100 ? 0 : 2)); // straight over the break, too
    }
    const std::size_t breaks[] = {100};
    EXPECT_THAT(simplify_track(points, breaks), ElementsAre(points[0], points[99], points[100], points[199]));
    std::vector<std::size_t> everywhere(199);
    for (std::size_t i = 0; i < everywhere.size(); ++i) {
        everywhere[i] = i + 1;
    }
    const auto line = simplify_track(points, everywhere, {5, 50});
    EXPECT_EQ(line.size(), 50U);
    EXPECT_EQ(line.back(), points.back());
    const std::size_t nonsense[] = {0, 100, 100, 5000};
    EXPECT_EQ(simplify_track(points, nonsense).size(), 4U);
}

TEST(Track, TheAntimeridianIsCrossedOnce) {
    std::vector<LatLng> points;
    for (int i = 0; i <= 100; ++i) {
        points.push_back({-17, wrapped_degrees(179.99 + i * 0.0002)});
    }
    EXPECT_THAT(simplify_track(points), ElementsAre(points.front(), points.back()));
}

// A line whose furthest point is always the next one. Without the guard it takes n² / 2 = 8 billion steps,
// half a minute; with it a few hundred times n.
TEST(Track, ASpiralTakesNoQuadraticTime) {
    constexpr int count = 128'000;
    std::vector<LatLng> points;
    for (int i = 0; i < count; ++i) {
        const double radius = 100'000.0 * (count - i) / count;
        const double side = i % 2 == 0 ? 1 : -1;
        points.push_back(at(side * radius, radius));
    }
    const auto line = simplify_track(points, {}, {5, 300});
    EXPECT_EQ(line.size(), 300U);
    EXPECT_EQ(line.front(), points.front());
    EXPECT_EQ(line.back(), points.back());
}

} // namespace
} // namespace harrier::analysis
