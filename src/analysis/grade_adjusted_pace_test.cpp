// SPDX-License-Identifier: MIT
#include "analysis/grade_adjusted_pace.hpp"
#include "model/recording.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace harrier::analysis {
namespace {

using Column = std::vector<double>;

Column even_way(std::size_t size, double step) {
    Column metres(size);
    for (std::size_t i = 0; i < size; ++i) {
        metres[i] = step * static_cast<double>(i);
    }
    return metres;
}

Column slope(const Column& metres, double grade) {
    Column altitude;
    for (const double way : metres) {
        altitude.push_back(400 + grade * way);
    }
    return altitude;
}

TEST(GradeAdjustedPace, FlatIsFlatInEveryModel) {
    for (const auto model :
         {GradeModel::strava_like, GradeModel::minetti, GradeModel::quartic, GradeModel::elevate}) {
        EXPECT_EQ(grade_factor(0, model), 1);
        EXPECT_EQ(grade_factor(model::missing, model), 1);
        EXPECT_GT(grade_factor(0.1, model), 1.4);
        EXPECT_LT(grade_factor(-0.05, model), 0.95);
        EXPECT_EQ(grade_factor(3, model), grade_factor(0.45, model)) << "the end of the range is held";
    }
    EXPECT_EQ(grade_factor(-0.6), grade_factor(-0.35));
    EXPECT_EQ(minetti_walking_cost(0.7), minetti_walking_cost(0.45));
}

TEST(GradeAdjustedPace, AnEvenSlopeHasOneGrade) {
    const auto metres = even_way(400, 3);
    for (const double grade : {-0.2, -0.03, 0.0, 0.08, 0.3}) {
        const auto grades = grades_of(metres, slope(metres, grade));
        for (std::size_t i = 10; i < 390; ++i) {
            ASSERT_NEAR(grades[i], grade, 0.004) << i;
        }
        const auto adjusted = grade_adjusted_metres(metres, grades);
        const double factor = (adjusted[390] - adjusted[10]) / (metres[390] - metres[10]);
        EXPECT_NEAR(factor, grade_factor(grade), 0.012);
    }
}

TEST(GradeAdjustedPace, CliffsAreHeldWithinTheRange) {
    const auto metres = even_way(100, 3);
    for (const double grade : grades_of(metres, slope(metres, 2))) {
        EXPECT_LE(grade, 0.45);
    }
}

TEST(GradeAdjustedPace, NoiseAndStepsOfABarometerHardlyAddWay) {
    std::mt19937 random(1);
    std::normal_distribution noise(0.0, 0.15);
    const auto metres = even_way(3600, 3);
    auto altitude = slope(metres, 0);
    for (double& height : altitude) {
        height = std::round((height + noise(random)) * 5) / 5;
    }
    const auto adjusted = grade_adjusted_metres(metres, grades_of(metres, altitude));
    EXPECT_NEAR(adjusted.back() / metres.back(), 1, 0.003);
}

TEST(GradeAdjustedPace, WithoutHeightsOrWayNothingIsAdjusted) {
    const auto metres = even_way(5, 3);
    EXPECT_EQ(grades_of(metres, {}), Column(5, 0));
    EXPECT_EQ(grades_of(metres, Column(5, model::missing)), Column(5, 0));
    EXPECT_EQ(grades_of(Column(5, 7), Column{1, 2, 3, 4, 5}), Column(5, 0)) << "a stair machine";
    EXPECT_EQ(grade_adjusted_metres(metres, {}), metres);
    EXPECT_TRUE(grades_of({}, {}).empty());
    EXPECT_TRUE(grade_adjusted_metres({}, {}).empty());
}

TEST(GradeAdjustedPace, MissingDistancesAreMadeUpForByTheNextOne) {
    const Column metres{0, 3, model::missing, 9, 12};
    EXPECT_EQ(grade_adjusted_metres(metres, Column(5, 0)), (Column{0, 3, 3, 9, 12}));
    auto holed = even_way(100, 3);
    const auto altitude = slope(holed, 0.1);
    holed[50] = model::missing;
    const auto grades = grades_of(holed, altitude);
    EXPECT_EQ(grades[50], 0);
    EXPECT_NEAR(grades[51], 0.1, 0.005);
}

} // namespace
} // namespace harrier::analysis
