// SPDX-License-Identifier: MIT

// Power, efficiency and load; their golden numbers are in golden_load_test.cpp.

#include "analysis/efficiency.hpp"
#include "analysis/normalized_power.hpp"
#include "analysis/running_power.hpp"
#include "analysis/trimp.hpp"
#include "analysis/w_balance.hpp"
#include "model/recording.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace harrier::analysis {
namespace {

using Column = std::vector<double>;

TEST(NormalizedPower, EvenPowerIsItself) {
    const Column watts(1000, 250);
    for (const auto start : {RollingStart::drop, RollingStart::growing}) {
        EXPECT_NEAR(normalized_power(watts, start).value(), 250, 1e-9);
    }
    EXPECT_NEAR(xpower(watts).value(), 250, 1e-9);
    EXPECT_LT(normalized_power(watts, RollingStart::zero_ramp).value(), 250);
}

TEST(NormalizedPower, ShortOnesHaveNone) {
    EXPECT_FALSE(normalized_power(Column(29, 250)).has_value());
    EXPECT_TRUE(normalized_power(Column(30, 250)).has_value());
    EXPECT_FALSE(xpower({}).has_value());
    EXPECT_FALSE(xpower(Column(49, 200), XPowerSeed::sauce).has_value());
    EXPECT_TRUE(xpower(Column(50, 200), XPowerSeed::sauce).has_value());
}

TEST(RunningPower, EvenRunningNormalizesToItself) {
    const Runner runner{70, 1.75};
    const auto power = lactate_normalized_power(runner, Column(600, 3.5), Column(600, 0));
    EXPECT_NEAR(power.value(), skiba_running_power(runner, 3.5, 0), 1e-6);
    EXPECT_GT(lactate_normalized_power(runner, Column(600, 3.5), Column(600, 0.03)).value(), *power);
    EXPECT_FALSE(lactate_normalized_power(runner, Column(119, 3.5), Column(119, 0)).has_value());
    EXPECT_FALSE(lactate_normalized_power(runner, Column(300, 3.5), {}).has_value());
    EXPECT_GT(skiba_running_power(runner, 3.5, 0, 0.1), skiba_running_power(runner, 3.5, 0));
    EXPECT_GT(skiba_running_power(runner, 30, 0), 0) << "no efficiency below 0";
}

TEST(RunningPower, StrydLikePowerIsInProportion) {
    EXPECT_NEAR(stryd_like_power(70, 3), 218.4, 1e-9);
}

TEST(Efficiency, IsWhatABeatGives) {
    EXPECT_NEAR(metres_per_beat(3, 150).value(), 1.2, 1e-12);
    EXPECT_NEAR(watts_per_bpm(240, 150).value(), 1.6, 1e-12);
    EXPECT_FALSE(metres_per_beat(3, 0).has_value());
    EXPECT_FALSE(watts_per_bpm(240, model::missing).has_value());
}

TEST(Efficiency, DecouplingComparesHalvesOfTheMovingTime) {
    const Column speed(2000, 3);
    Column heartrate(2000, 150);
    std::fill(heartrate.begin() + 1000, heartrate.end(), 160);
    EXPECT_NEAR(aerobic_decoupling(speed, heartrate, Column(2000, 1)).value(), 1 - 150.0 / 160, 1e-12);
    // A rest in the first half moves the border behind it.
    Column moving(2400, 1);
    std::fill(moving.begin() + 500, moving.begin() + 900, 0);
    Column longer(2400, 150);
    std::fill(longer.begin() + 1400, longer.end(), 160);
    EXPECT_NEAR(aerobic_decoupling(Column(2400, 3), longer, moving).value(), 1 - 150.0 / 160, 1e-12);
}

TEST(Efficiency, SecondsWithoutAPulseDoNotCountAndTwentyMinutesAreNeeded) {
    Column heartrate(1300, 150);
    EXPECT_NEAR(aerobic_decoupling(Column(1300, 3), heartrate, Column(1300, 1)).value(), 0, 1e-12);
    std::fill(heartrate.begin(), heartrate.begin() + 101, model::missing);
    EXPECT_FALSE(aerobic_decoupling(Column(1300, 3), heartrate, Column(1300, 1)).has_value());
    EXPECT_FALSE(aerobic_decoupling(Column(1300, 0), Column(1300, 150), Column(1300, 1)).has_value());
    EXPECT_FALSE(aerobic_decoupling({}, {}, {}).has_value());
}

TEST(Efficiency, AStepIsOneOfBothFeet) {
    EXPECT_EQ(steps_per_minute(90), 180);
    const Column time{0, 1, 2, 3, 30, 31};
    const Column metres{0, 3, 6, 9, 9, 12};
    const Column cadence{90, 90, 90, 90, 90, 0};
    EXPECT_NEAR(mean_step_length(time, metres, cadence).value(), 1, 1e-12);
    EXPECT_FALSE(mean_step_length(time, metres, Column(6, 0)).has_value());
    EXPECT_FALSE(mean_step_length(time, metres, {}).has_value());
}

model::Histogram minutes_at(std::initializer_list<std::size_t> bpm) {
    model::Histogram histogram{1, *bpm.begin(), {}};
    for (const auto one : bpm) {
        histogram.seconds.resize(std::max(histogram.seconds.size(), one - histogram.first + 1));
        histogram.seconds[one - histogram.first] += 60;
    }
    return histogram;
}

TEST(Trimp, BelowRestIsRestAndAboveTheMaximumTheMaximum) {
    EXPECT_EQ(banister_trimp(600, 40, {50, 190}, trimp_men), 0);
    EXPECT_EQ(banister_trimp(600, 220, {50, 190}, trimp_men), banister_trimp(600, 190, {50, 190}, trimp_men));
    EXPECT_EQ(banister_trimp(600, 150, {190, 190}, trimp_men), 0);
    EXPECT_EQ(banister_trimp(model::Histogram{}, {50, 190}, trimp_men), 0);
}

TEST(Trimp, IntervalsWeighMoreThanTheirMean) {
    const HeartRange range{50, 190};
    EXPECT_GT(banister_trimp(minutes_at({110, 180}), range, trimp_men),
              banister_trimp(minutes_at({145, 145}), range, trimp_men));
}

TEST(Trimp, EdwardsCountsMinutesOneToFive) {
    EXPECT_EQ(edwards_trimp(minutes_at({90}), 200), 0);
    EXPECT_EQ(edwards_trimp(minutes_at({100, 120, 140, 160, 180}), 200), 15);
    EXPECT_EQ(edwards_trimp(minutes_at({119, 210}), 200), 6);
}

TEST(Trimp, LuciaCountsMinutesOneToThree) {
    EXPECT_EQ(lucia_trimp(minutes_at({139, 140, 159, 160}), 140, 160), 1 + 2 + 2 + 3);
}

TEST(Trimp, AnHourAtTheThresholdIsAHundred) {
    const HeartRange range{50, 190};
    EXPECT_NEAR(estimated_threshold(range), 169, 1e-9);
    const double hour = banister_trimp(3600, 170, range, trimp_women);
    EXPECT_NEAR(heartrate_stress_score(hour, 170, range, trimp_women), 100, 1e-9);
    EXPECT_EQ(heartrate_stress_score(50, 40, range, trimp_women), 0);
}

TEST(Trimp, TheOldSufferScoreCountsPointsPerHour) {
    EXPECT_NEAR(legacy_suffer_score(std::array{3600.0, 3600.0, 3600.0, 3600.0, 3600.0}), 750, 1e-9);
    EXPECT_NEAR(legacy_suffer_score(std::array{0.0, 0.0, 1800.0, 0.0, 0.0}), 57.5, 1e-9);
}

TEST(WBalance, ItGoesBelowZeroWhenTheAthleteIsStrongerThanTold) {
    for (const auto model : {WBalanceModel::differential, WBalanceModel::euler, WBalanceModel::integral}) {
        const auto balance = w_balance(Column(600, 350), {250, 20'000}, model);
        EXPECT_LT(balance.back(), 0);
        EXPECT_TRUE(std::is_sorted(balance.rbegin(), balance.rend()));
    }
    EXPECT_TRUE(w_balance({}, {250, 20'000}).empty());
}

TEST(WBalance, RestFillsItUpAndNeverBeyond) {
    Column power(60, 350);
    power.insert(power.end(), 36'000, 0);
    for (const auto model : {WBalanceModel::differential, WBalanceModel::euler, WBalanceModel::integral}) {
        const auto balance = w_balance(power, {250, 20'000}, model);
        EXPECT_NEAR(balance.back(), 20'000, 1e-3);
        EXPECT_LE(*std::max_element(balance.begin(), balance.end()), 20'000 + 1e-9);
    }
}

} // namespace
} // namespace harrier::analysis
