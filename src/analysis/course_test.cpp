// SPDX-License-Identifier: MIT
#include "analysis/course.hpp"
#include "model/recording.hpp"

#include <gtest/gtest.h>

namespace harrier::analysis {
namespace {

using Column = std::vector<double>;

TEST(Course, CleanSamplesAreItsKnots) {
    const Column time{0, 1, 2, 4};
    const Column metres{0, 3, 6, 12};
    const auto course = make_course(time, metres, {});
    EXPECT_EQ(course.time, time);
    EXPECT_EQ(course.metres, metres);
    EXPECT_EQ(course.recorded, metres);
    EXPECT_EQ(course.sample, (std::vector<std::size_t>{0, 1, 2, 3}));
    EXPECT_TRUE(course.doubts.empty());
    EXPECT_EQ(course.length(), 12);
}

TEST(Course, SamplesWithoutADistanceAndOfOneMomentAreOneKnot) {
    const auto course = make_course(Column{0, 1, 1, 2, 3}, Column{0, 2, 4, model::missing, 9}, {});
    EXPECT_EQ(course.time, (Column{0, 1, 3}));
    EXPECT_EQ(course.metres, (Column{0, 4, 9}));
    EXPECT_EQ(course.sample, (std::vector<std::size_t>{0, 2, 4}));
    EXPECT_EQ(make_course({}, {}, {}).length(), 0);
}

TEST(Course, AStepThatNobodyRunsDoesNotCount) {
    const auto course = make_course(Column{0, 1, 2, 3}, Column{0, 4, 104, 108}, {});
    EXPECT_EQ(course.metres, (Column{0, 4, 4, 8}));
    EXPECT_EQ(course.recorded_length(), 108);
    ASSERT_EQ(course.doubts.size(), 1U);
    EXPECT_EQ(word_of(course.doubts[0].doubt), "jump");
    EXPECT_EQ(course.doubts[0].begin, 1);
    EXPECT_EQ(course.doubts[0].end, 2);
    EXPECT_EQ(course.doubts[0].metres, 100);
}

TEST(Course, ADistanceThatCatchesUpRisesEvenly) {
    const auto course = make_course(Column{0, 1, 2, 3, 4, 5}, Column{0, 4, 4, 4, 16, 20}, {});
    EXPECT_TRUE(course.doubts.empty());
    EXPECT_EQ(course.time, (Column{0, 1, 4, 5}));
    EXPECT_EQ(course.metres, (Column{0, 4, 16, 20}));
    // A leap after a long rest is none.
    const auto leap = make_course(Column{0, 1, 2, 3, 4, 5, 6, 7, 8}, Column{0, 4, 4, 4, 4, 4, 4, 4, 54}, {});
    EXPECT_EQ(leap.length(), 4);
    EXPECT_EQ(leap.doubts.size(), 1U);
}

TEST(Course, AShortWayInAPauseCountsAndALongOneDoesNot) {
    const std::vector<TimeSpan> pauses{{1, 31}};
    EXPECT_EQ(make_course(Column{0, 1, 31, 32}, Column{0, 4, 19, 23}, {}, {}, pauses).length(), 23);
    const auto course = make_course(Column{0, 1, 31, 32}, Column{0, 4, 104, 108}, {}, {}, pauses);
    EXPECT_EQ(course.length(), 8);
    EXPECT_EQ(word_of(course.doubts.at(0).doubt), "pause");
    const std::vector<std::size_t> breaks{2};
    EXPECT_EQ(make_course(Column{0, 1, 31, 32}, Column{0, 4, 104, 108}, {}, breaks).length(), 8);
    EXPECT_EQ(make_course(Column{0, 1, 31, 32}, Column{0, 4, 104, 108}, {}).length(), 108);
}

TEST(Course, AGapOfMoreThanAMinuteProvesNothingUnlessAllStepsAreLong) {
    const auto course = make_course(Column{0, 1, 2, 3, 4, 104}, Column{0, 4, 8, 12, 16, 316}, {});
    EXPECT_EQ(course.length(), 16);
    EXPECT_EQ(word_of(course.doubts.at(0).doubt), "gap");
    EXPECT_EQ(make_course(Column{0, 1, 2, 3, 4, 64}, Column{0, 4, 8, 12, 16, 196}, {}).length(), 196);
    const auto sparse = make_course(Column{0, 100, 200, 300}, Column{0, 300, 600, 900}, {});
    EXPECT_EQ(sparse.length(), 900);
}

TEST(Course, ADriveTakesTheMinuteAroundItAlong) {
    Column time;
    Column metres;
    double way = 0;
    for (int i = 0; i <= 600; ++i) {
        way += i > 300 && i <= 330 ? 15 : 3;
        time.push_back(i);
        metres.push_back(way);
    }
    const auto course = make_course(time, metres, {});
    ASSERT_EQ(course.doubts.size(), 1U);
    EXPECT_EQ(word_of(course.doubts[0].doubt), "vehicle");
    EXPECT_EQ(course.doubts[0].begin, 240);
    EXPECT_EQ(course.doubts[0].end, 390);
    EXPECT_NEAR(course.length(), 3 * 450, 1e-9);
}

} // namespace
} // namespace harrier::analysis
