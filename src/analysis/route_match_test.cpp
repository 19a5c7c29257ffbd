// SPDX-License-Identifier: MIT
#include "analysis/geodesic.hpp"
#include "analysis/route_match.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <random>

namespace harrier::analysis {
namespace {

using Path = std::vector<model::LatLng>;

constexpr model::LatLng zurich{47.37, 8.54};

model::LatLng placed(model::LatLng origin, double east, double north) {
    const auto scale = metres_per_degree(origin.lat);
    return {origin.lat + north / scale.lat, wrapped_degrees(origin.lng + east / scale.lng)};
}

// A loop that no other loop looks like: a circle of a radius (m) with dents, begun at an angle.
Path loop(model::LatLng origin, double radius, unsigned shape = 1, double begin = 0) {
    Path way;
    for (int i = 0; i <= 600; ++i) {
        const double angle = begin + 2 * std::numbers::pi * i / 600;
        const double r =
            radius * (1 + 0.15 * std::sin(3 * angle + shape) + 0.1 * std::cos(5 * angle + shape * shape));
        way.push_back(placed(origin, r * std::cos(angle), r * std::sin(angle)));
    }
    return way;
}

// As another watch records it on another day.
Path run_again(const Path& way, std::mt19937& random, double noise = 8) {
    std::normal_distribution error(0.0, noise);
    Path again;
    for (std::size_t i = random() % 6; i < way.size(); i += 1 + random() % 5) {
        again.push_back(placed(way[i], error(random), error(random)));
    }
    return again;
}

RouteRelation relation_of(const Path& left, const Path& right) {
    return match_routes(make_route_shape(left), make_route_shape(right)).relation;
}

Path reversed(Path way) {
    std::reverse(way.begin(), way.end());
    return way;
}

TEST(RouteShape, HasAPointEveryFiftyMetresAndTheLengthOfTheWay) {
    const Path straight{zurich, placed(zurich, 400, 0), placed(zurich, 1000, 0)};
    const auto shape = make_route_shape(straight);
    EXPECT_NEAR(shape.length, 1000, 1);
    EXPECT_NEAR(static_cast<double>(shape.way.size()), 21, 1);
    for (std::size_t i = 1; i + 1 < shape.way.size(); ++i) {
        EXPECT_NEAR(distance_between(shape.way[i - 1], shape.way[i]), 50, 0.1);
    }
    EXPECT_TRUE(std::includes(shape.near.begin(), shape.near.end(), shape.cells.begin(), shape.cells.end()));
    EXPECT_NEAR(static_cast<double>(shape.cells.size()), 5.5, 1);
}

TEST(RouteShape, LongWaysHaveLongerSteps) {
    Path way{zurich};
    for (int i = 0; i < 1600; ++i) {
        way.push_back(placed(way.back(), 100, 0));
    }
    const auto shape = make_route_shape(way);
    EXPECT_LE(shape.way.size(), 1001U);
    EXPECT_EQ(shape.step, 200);
}

TEST(RouteShape, BreaksAddNoLengthAndNonsenseIsLeftOut) {
    const Path way{zurich,  placed(zurich, 300, 0),  {NAN, 8},
                   {91, 8}, placed(zurich, 5300, 0), placed(zurich, 5600, 0)};
    const std::vector<std::size_t> breaks{3};
    EXPECT_NEAR(make_route_shape(way, breaks).length, 600, 1);
    EXPECT_NEAR(make_route_shape(way).length, 5600, 5);
    EXPECT_TRUE(make_route_shape({}).way.empty());
    EXPECT_FALSE(make_route_shape({}).is_route());
}

// By its definition: every pair of steps.
double distance_by_definition(const Path& left, const Path& right) {
    std::vector<double> known(left.size() * right.size(), -1);
    std::function<double(std::size_t, std::size_t)> up_to = [&](std::size_t i, std::size_t j) {
        auto& value = known[i * right.size() + j];
        if (value < 0) {
            const auto scale = metres_per_degree(left.front().lat);
            const double here = std::hypot((left[i].lat - right[j].lat) * scale.lat,
                                           wrapped_degrees(left[i].lng - right[j].lng) * scale.lng);
            double before = i + j == 0 ? 0 : std::numeric_limits<double>::infinity();
            if (i > 0) {
                before = std::min(before, up_to(i - 1, j));
            }
            if (j > 0) {
                before = std::min(before, up_to(i, j - 1));
            }
            if (i > 0 && j > 0) {
                before = std::min(before, up_to(i - 1, j - 1));
            }
            value = std::max(here, before);
        }
        return value;
    };
    return up_to(left.size() - 1, right.size() - 1);
}

Path random_way(std::mt19937& random, std::size_t size) {
    std::normal_distribution step(0.0, 60.0);
    Path way{zurich};
    while (way.size() < size) {
        way.push_back(placed(way.back(), 40 + step(random), step(random)));
    }
    return way;
}

TEST(FrechetDistance, IsThatOfTheDefinition) {
    std::mt19937 random(1);
    for (int round = 0; round < 300; ++round) {
        const auto left = random_way(random, 1 + random() % 20);
        const auto right = random_way(random, 1 + random() % 20);
        ASSERT_NEAR(frechet_distance(left, right), distance_by_definition(left, right), 1e-6);
    }
    const auto way = random_way(random, 20);
    Path beside;
    for (const auto& point : way) {
        beside.push_back(placed(point, 0, 80));
    }
    EXPECT_NEAR(frechet_distance(way, beside, {.furthest = 81}), 80, 0.1);
    EXPECT_EQ(frechet_distance(way, beside, {.furthest = 79}), std::numeric_limits<double>::infinity());
    EXPECT_EQ(frechet_distance({}, way), std::numeric_limits<double>::infinity());
}

TEST(FrechetDistance, FreeEndsAreTheBestOfAllShorterWays) {
    std::mt19937 random(2);
    for (int round = 0; round < 100; ++round) {
        const auto left = random_way(random, 6 + random() % 10);
        const auto right = random_way(random, 6 + random() % 10);
        const auto part = [](const Path& way, std::size_t begin, std::size_t end) {
            return Path(way.begin() + static_cast<std::ptrdiff_t>(begin),
                        way.end() - static_cast<std::ptrdiff_t>(end));
        };
        // Only one of the two ways has to leave anything out at an end.
        double best = std::numeric_limits<double>::infinity();
        for (std::size_t begin = 0; begin < 5; ++begin) {
            for (std::size_t end = 0; end < 5; ++end) {
                const std::size_t left_begin = begin < 3 ? begin : 0;
                const std::size_t right_begin = begin < 3 ? 0 : begin - 2;
                const std::size_t left_end = end < 3 ? end : 0;
                const std::size_t right_end = end < 3 ? 0 : end - 2;
                const auto one = part(left, left_begin, left_end);
                const auto other = part(right, right_begin, right_end);
                best = std::min(best, frechet_distance(one, other));
            }
        }
        // Each part is drawn flat around its own first point: a difference of millimetres.
        ASSERT_NEAR(frechet_distance(left, right, {.free_left = 2, .free_right = 2}), best, 0.1);
    }
}

TEST(RouteMatch, TheSameRouteIsTheSameOnAnyDayAnywhere) {
    std::mt19937 random(3);
    for (const auto origin :
         {zurich, model::LatLng{-16.8, 179.995}, model::LatLng{0, 0}, model::LatLng{69.6, 18.9}}) {
        for (unsigned shape = 1; shape <= 20; ++shape) {
            const auto way = loop(placed(origin, 37.0 * shape, 61.0 * shape), 700 + 60 * shape, shape);
            const auto one = run_again(way, random);
            const auto other = run_again(way, random);
            ASSERT_EQ(relation_of(one, other), RouteRelation::same) << origin.lat << " " << shape;
            ASSERT_EQ(relation_of(one, reversed(other)), RouteRelation::reverse);
            ASSERT_EQ(relation_of(other, one), RouteRelation::same);
        }
    }
}

TEST(RouteMatch, ALaterStartOfTheWatchDoesNotMatter) {
    const auto way = loop(zurich, 1500);
    EXPECT_EQ(relation_of(way, Path(way.begin() + 25, way.end())), RouteRelation::same);
    EXPECT_EQ(relation_of(way, Path(way.begin() + 15, way.end() - 15)), RouteRelation::same);
    EXPECT_EQ(relation_of(way, Path(way.begin() + 80, way.end())), RouteRelation::different);
}

TEST(RouteMatch, AnotherWayIsAnother) {
    const auto way = loop(zurich, 1500);
    Path beside;
    for (const auto& point : way) {
        beside.push_back(placed(point, 150, 0));
    }
    EXPECT_EQ(relation_of(way, beside), RouteRelation::different) << "150 m further east";
    EXPECT_EQ(relation_of(way, loop(zurich, 1500, 1, 2.5)), RouteRelation::different) << "begun elsewhere";
    EXPECT_EQ(relation_of(way, loop(zurich, 1500, 2)), RouteRelation::different);
    auto twice = way;
    twice.insert(twice.end(), way.begin(), way.end());
    EXPECT_EQ(relation_of(way, twice), RouteRelation::different) << "two rounds";
    Path detour(way.begin(), way.begin() + 300);
    detour.push_back(placed(way[299], -300, 0));
    detour.insert(detour.end(), way.begin() + 300, way.end());
    EXPECT_EQ(relation_of(way, detour), RouteRelation::different) << "300 m aside and back";
}

TEST(RouteMatch, WhereTheCellsLieDoesNotMatter) {
    std::mt19937 random(9);
    std::uniform_real_distribution<double> anywhere(-20'000, 20'000);
    for (int round = 0; round < 200; ++round) {
        const auto way = loop(placed(zurich, anywhere(random), anywhere(random)), 900,
                              1 + static_cast<unsigned>(round) % 5);
        const double aside = 50 + static_cast<double>(random() % 80);
        Path beside;
        for (const auto& point : way) {
            beside.push_back(placed(point, aside * 0.6, aside * 0.8));
        }
        const auto left = make_route_shape(way);
        const auto right = make_route_shape(beside);
        const double apart = frechet_distance(left.way, right.way, {.free_left = 5, .free_right = 5});
        const auto match = match_routes(left, right);
        ASSERT_EQ(match.relation == RouteRelation::same, apart <= 100) << apart;
    }
}

// So many rounds of a pond that nowhere is further from anywhere than the tolerance.
Path rounds(int count) {
    Path way;
    for (int i = 0; i <= 36 * count; ++i) {
        way.push_back(placed(zurich, 35 * std::sin(i * std::numbers::pi / 18),
                             35 * std::cos(i * std::numbers::pi / 18)));
    }
    return way;
}

TEST(RouteMatch, MoreRoundsAreAnotherRoute) {
    EXPECT_EQ(relation_of(rounds(10), rounds(10)), RouteRelation::same);
    EXPECT_EQ(relation_of(rounds(10), rounds(15)), RouteRelation::different);
    EXPECT_LT(frechet_distance(rounds(10), rounds(15)), 100) << "the length tells them apart";
}

TEST(RouteMatch, WhatIsElsewhereIsNoFreeEnd) {
    const auto pond = rounds(60);
    auto and_home = pond;
    for (int i = 1; i <= 12; ++i) {
        and_home.push_back(placed(pond.back(), 0, 50.0 * i));
    }
    const auto left = make_route_shape(pond);
    const auto right = make_route_shape(and_home);
    ASSERT_LT(right.length, left.length * 1.05) << "which a free end would leave out";
    EXPECT_EQ(match_routes(left, right).relation, RouteRelation::different);
    EXPECT_EQ(match_routes(right, left).relation, RouteRelation::different);
}

TEST(RouteMatch, OutAndBackIsTheSameEitherWay) {
    Path out{zurich};
    for (int i = 0; i < 100; ++i) {
        out.push_back(placed(out.back(), 20, 10));
    }
    const auto back = reversed(out);
    auto both = out;
    both.insert(both.end(), back.begin(), back.end());
    EXPECT_EQ(relation_of(both, reversed(both)), RouteRelation::same);
    EXPECT_EQ(relation_of(out, back), RouteRelation::reverse);
}

TEST(RouteMatch, AShortWayIsNoRoute) {
    const Path way{zurich, placed(zurich, 400, 0)};
    EXPECT_EQ(relation_of(way, way), RouteRelation::different);
}

TEST(RouteGroups, GatherTheRunsOfEachRoute) {
    std::mt19937 random(5);
    std::vector<Path> routes;
    for (unsigned shape = 1; shape <= 6; ++shape) {
        routes.push_back(loop(zurich, 900 + 150.0 * shape, shape)); // all over the same ground
    }
    RouteGroups groups;
    RouteGroups both_ways(RouteDirection::ignore);
    std::vector<std::size_t> group_of(2 * routes.size(), 99);
    for (int run = 0; run < 120; ++run) {
        const std::size_t route = random() % routes.size();
        const bool is_reverse = random() % 3 == 0;
        const auto way = run_again(is_reverse ? reversed(routes[route]) : routes[route], random);
        const auto group = groups.add(make_route_shape(way));
        auto& expected = group_of[2 * route + (is_reverse ? 1 : 0)];
        expected = expected == 99 ? group : expected;
        ASSERT_EQ(group, expected);
        both_ways.add(make_route_shape(way));
    }
    EXPECT_EQ(groups.size(), 2 * routes.size());
    EXPECT_EQ(both_ways.size(), routes.size());
}

TEST(RouteGroups, WhatIsNoRouteIsAlone) {
    RouteGroups groups;
    EXPECT_EQ(groups.add(make_route_shape({})), 0U);
    EXPECT_EQ(groups.add(make_route_shape({})), 1U);
    EXPECT_EQ(groups.add(make_route_shape(loop(zurich, 500))), 2U);
    EXPECT_EQ(groups.add(make_route_shape(loop(zurich, 500))), 2U);
}

} // namespace
} // namespace harrier::analysis
