// SPDX-License-Identifier: MIT
#include "analysis/activity_load.hpp"

#include <gtest/gtest.h>

namespace harrier::analysis {
namespace {

constexpr HeartRange a_range{50, 190};
constexpr double one_hour = 3600;

model::Histogram pulse(double bpm, double seconds) {
    return {.step = 1, .first = static_cast<std::size_t>(bpm), .seconds = {static_cast<float>(seconds)}};
}

LoadObstacle obstacle_of(const ActivityLoad& load, LoadBasis basis) {
    for (const auto& candidate : load.candidates) {
        if (candidate.basis == basis) {
            return candidate.obstacle;
        }
    }
    ADD_FAILURE() << "no candidate " << word_of(basis);
    return LoadObstacle::none;
}

TEST(ActivityLoad, AnHourAtTheThresholdIsAHundredOnEveryBasis) {
    const auto heartrate = pulse(169, one_hour);
    const LoadThresholds athlete{
        .heart = a_range, .heartrate = 169, .ftp = 250, .speed = 4, .weights = trimp_men};
    const LoadFigures run{.sport_type = "Run",
                          .moving_time = one_hour,
                          .heartrate = &heartrate,
                          .mean_heartrate = 169,
                          .normalized_power = 300,
                          .normalized_graded_speed = 4};
    auto ride = run;
    ride.sport_type = "GravelRide";
    ride.normalized_power = 250;
    const auto of_run = activity_load(run, athlete);
    EXPECT_EQ(of_run.basis, LoadBasis::heartrate);
    EXPECT_NEAR(of_run.load, 100, 1e-9);
    EXPECT_FALSE(of_run.is_threshold_estimated);
    EXPECT_EQ(obstacle_of(of_run, LoadBasis::power), LoadObstacle::sport) << "FTP is of the bike";
    for (const auto& candidate : of_run.candidates) {
        EXPECT_NEAR(candidate.load.value_or(100), 100, 1e-9);
    }
    const auto of_ride = activity_load(ride, athlete);
    EXPECT_EQ(of_ride.basis, LoadBasis::power);
    EXPECT_NEAR(of_ride.load, 100, 1e-9);
    EXPECT_EQ(obstacle_of(of_ride, LoadBasis::pace), LoadObstacle::sport);
}

TEST(ActivityLoad, ThePulseOfTheSecondsIsTakenBeforeTheirMean) {
    model::Histogram intervals = pulse(110, 1800);
    intervals.seconds.resize(71);
    intervals.seconds[70] = 1800; // at 180
    const LoadFigures figures{
        .sport_type = "Run", .moving_time = one_hour, .heartrate = &intervals, .mean_heartrate = 145};
    const auto load = activity_load(figures, {.heart = a_range, .weights = trimp_men});
    EXPECT_EQ(load.basis, LoadBasis::heartrate);
    EXPECT_TRUE(load.is_threshold_estimated);
    ASSERT_EQ(load.candidates[3].basis, LoadBasis::mean_heartrate);
    EXPECT_GT(load.load, 1.1 * load.candidates[3].load.value());
    EXPECT_DOUBLE_EQ(load.trimp.value(), banister_trimp(intervals, a_range, trimp_men));
}

TEST(ActivityLoad, AStrapThatSleptMostOfTheRunLeavesTheMean) {
    const auto heartrate = pulse(150, 1000);
    const LoadFigures figures{
        .sport_type = "Run", .moving_time = one_hour, .heartrate = &heartrate, .mean_heartrate = 150};
    const auto load = activity_load(figures, {.heart = a_range});
    EXPECT_EQ(load.basis, LoadBasis::mean_heartrate);
    EXPECT_EQ(obstacle_of(load, LoadBasis::heartrate), LoadObstacle::coverage);
    EXPECT_DOUBLE_EQ(load.trimp.value(), banister_trimp(one_hour, 150, a_range, trimp_unknown));
}

TEST(ActivityLoad, SaysWhatIsMissing) {
    const auto heartrate = pulse(150, one_hour);
    const LoadFigures run{.sport_type = "TrailRun", .moving_time = one_hour, .heartrate = &heartrate};
    const auto unknown = activity_load(run, {});
    EXPECT_EQ(unknown.basis, LoadBasis::none);
    EXPECT_EQ(unknown.load, 0);
    EXPECT_FALSE(unknown.trimp.has_value());
    EXPECT_EQ(obstacle_of(unknown, LoadBasis::heartrate), LoadObstacle::threshold);
    EXPECT_EQ(obstacle_of(unknown, LoadBasis::pace), LoadObstacle::samples);
    EXPECT_EQ(obstacle_of(unknown, LoadBasis::mean_heartrate), LoadObstacle::samples);
    const LoadFigures paced{.sport_type = "Run", .moving_time = one_hour, .normalized_graded_speed = 3};
    EXPECT_EQ(obstacle_of(activity_load(paced, {}), LoadBasis::pace), LoadObstacle::threshold);
    EXPECT_EQ(activity_load(paced, {.speed = 3}).basis, LoadBasis::pace);
}

TEST(ActivityLoad, ThresholdsThatMakeNoSenseGiveNoLoad) {
    const auto heartrate = pulse(150, one_hour);
    const LoadFigures run{
        .sport_type = "Run", .moving_time = one_hour, .heartrate = &heartrate, .mean_heartrate = 150};
    for (const HeartRange range : {HeartRange{190, 50}, HeartRange{60, 60}, HeartRange{0, 190}}) {
        EXPECT_EQ(activity_load(run, {.heart = range}).basis, LoadBasis::none);
    }
    const auto below_rest = activity_load(run, {.heart = a_range, .heartrate = 50});
    EXPECT_EQ(below_rest.basis, LoadBasis::none);
    EXPECT_EQ(obstacle_of(below_rest, LoadBasis::heartrate), LoadObstacle::threshold);
}

TEST(ActivityLoad, TheOrderIsTheCallers) {
    const auto heartrate = pulse(150, one_hour);
    const LoadFigures run{.sport_type = "Run",
                          .moving_time = one_hour,
                          .heartrate = &heartrate,
                          .normalized_graded_speed = 3.6};
    const LoadThresholds athlete{.heart = a_range, .speed = 4};
    EXPECT_EQ(activity_load(run, athlete).basis, LoadBasis::heartrate);
    const auto by_pace = activity_load(
        run, athlete, {LoadBasis::pace, LoadBasis::power, LoadBasis::heartrate, LoadBasis::mean_heartrate});
    EXPECT_EQ(by_pace.basis, LoadBasis::pace);
    EXPECT_NEAR(by_pace.load, 81, 1e-9);
}

TEST(ActivityLoad, EveryBasisAndObstacleHasItsWords) {
    for (const auto basis : usual_load_order) {
        EXPECT_NE(word_of(basis), word_of(LoadBasis::none));
    }
    for (const auto obstacle :
         {LoadObstacle::sport, LoadObstacle::samples, LoadObstacle::coverage, LoadObstacle::threshold}) {
        EXPECT_FALSE(word_of(obstacle).empty());
    }
    EXPECT_EQ(word_of(LoadObstacle::none), "");
}

} // namespace
} // namespace harrier::analysis
