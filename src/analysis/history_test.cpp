// SPDX-License-Identifier: MIT

// What must hold for any history, tried on made-up ones.

#include "analysis/critical_power.hpp"
#include "analysis/eddington.hpp"
#include "analysis/prediction.hpp"
#include "analysis/training_load.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace harrier::analysis {
namespace {

using testing::ElementsAre;

TEST(EddingtonNumber, AgreesWithCounting) {
    std::mt19937 random(1);
    for (int round = 0; round < 300; ++round) {
        std::vector<double> daily(random() % 60);
        for (auto& units : daily) {
            units = static_cast<double>(random() % 800) / 10;
        }
        const auto days_with = [&](int units) {
            return static_cast<int>(
                std::count_if(daily.begin(), daily.end(), [&](double one) { return one >= units; }));
        };
        const auto result = eddington(daily, 5);
        EXPECT_GE(days_with(result.number), result.number);
        EXPECT_LT(days_with(result.number + 1), result.number + 1);
        for (int i = 0; i < 5; ++i) {
            const int next = result.number + 1 + i;
            EXPECT_EQ(result.missing.at(static_cast<std::size_t>(i)), next - days_with(next));
        }
    }
}

TEST(EddingtonNumber, AWholeDistanceInPartsIsWhole) {
    const double ten_parts = 0.7 + 0.1 + 0.1 + 0.1; // 0.9999999999999999
    ASSERT_LT(ten_parts, 1);
    EXPECT_EQ(eddington(std::vector<double>{ten_parts}).number, 1);
    EXPECT_EQ(eddington(std::vector<double>{0.9999}).number, 0);
}

TEST(EddingtonNumber, IsNoneWithoutDaysAndSurvivesNonsense) {
    EXPECT_EQ(eddington({}).number, 0);
    EXPECT_THAT(eddington({}, 2).missing, ElementsAre(1, 2));
    EXPECT_EQ(eddington(std::vector<double>{NAN, -5, 1e300, INFINITY}).number, 1);
}

TEST(TrainingLoad, SettlesAtAConstantLoad) {
    for (const auto smoothing : {Smoothing::exponential, Smoothing::inverse, Smoothing::ema}) {
        const auto days = training_load(std::vector<double>(1000, 80), {.smoothing = smoothing});
        EXPECT_NEAR(days.back().ctl, 80, 1e-6);
        EXPECT_NEAR(days.back().atl, 80, 1e-6);
        EXPECT_NEAR(days.back().tsb, 0, 1e-6);
        EXPECT_NEAR(days.back().ramp.value(), 0, 1e-6);
    }
}

TEST(TrainingLoad, FormIsOfYesterdayAndRampsNeedAWeek) {
    const auto days = training_load(std::vector<double>{70, 0, 0, 0, 0, 0, 0, 0});
    EXPECT_EQ(days[0].tsb, 0);
    EXPECT_EQ(days[1].tsb, days[0].ctl - days[0].atl);
    EXPECT_FALSE(days[6].ramp.has_value());
    EXPECT_EQ(days[7].ramp, days[7].ctl - days[0].ctl);
}

TEST(Monotony, IsUndefinedWhereAllDaysAreEqual) {
    EXPECT_FALSE(monotony(std::vector<double>(7, 1.0 / 3)).has_value());
    EXPECT_FALSE(strain(std::vector<double>(7, 0)).has_value());
    EXPECT_FALSE(monotony(std::vector<double>(6, 1)).has_value());
}

TEST(WorkloadRatioTest, IsOneForAnEvenLoadAndNeedsFourWeeks) {
    const std::vector<double> even(200, 50);
    EXPECT_NEAR(workload_ratio(even).value(), 1, 1e-12);
    EXPECT_NEAR(workload_ratio(even, WorkloadRatio::uncoupled).value(), 1, 1e-12);
    EXPECT_NEAR(workload_ratio(even, WorkloadRatio::ewma).value(), 1, 1e-5);
    EXPECT_FALSE(workload_ratio(std::vector<double>(27, 50)).has_value());
    EXPECT_FALSE(workload_ratio(std::vector<double>(28, 0)).has_value());
    std::vector<double> week_more(28, 10);
    std::fill(week_more.begin() + 21, week_more.end(), 20);
    EXPECT_NEAR(workload_ratio(week_more).value(), 20 / 12.5, 1e-12);
    EXPECT_NEAR(workload_ratio(week_more, WorkloadRatio::uncoupled).value(), 2, 1e-12);
}

TEST(Vdot, IsTheInverseOfItsTimes) {
    for (double wanted = 20; wanted <= 90; wanted += 3.7) {
        for (const double metres : {800.0, 5000.0, 42195.0, 100'000.0}) {
            EXPECT_NEAR(vdot(metres, time_at_vdot(wanted, metres)), wanted, 1e-5) << wanted << " " << metres;
        }
    }
}

TEST(Riegel, GoesThereAndBack) {
    const double there = riegel_time(5000, 1200, 21097.5);
    EXPECT_NEAR(riegel_time(21097.5, there, 5000), 1200, 1e-9);
    EXPECT_NEAR(personal_exponent(5000, 1200, 21097.5, there).value(), riegel_exponent, 1e-12);
    EXPECT_FALSE(
        personal_exponent(5000, 1200, 10000, 2300).has_value()); // faster over more: not one's exponent
    EXPECT_FALSE(personal_exponent(5000, 1200, 5000, 1200).has_value());
}

TEST(Riegel, AFittedExponentIsThatOfThePerformances) {
    std::mt19937 random(10);
    std::uniform_real_distribution<double> uniform(1.01, 1.2);
    for (int round = 0; round < 100; ++round) {
        const double exponent = uniform(random);
        std::vector<Performance> races{{400, 40}, {200'000, 90'000}}; // too short, too long
        for (const double metres : {1609.344, 5000.0, 10'000.0, 21'097.5}) {
            races.push_back({metres, riegel_time(5000, 1230, metres, exponent)});
        }
        const auto fit = fit_exponent(races).value();
        EXPECT_NEAR(fit.exponent, exponent, 1e-9);
        EXPECT_NEAR(fit.r_squared, 1, 1e-9);
        EXPECT_EQ(fit.points, 4U);
        EXPECT_EQ(fit.shortest, 1609.344);
        EXPECT_EQ(fit.longest, 21'097.5);
        const std::vector<Performance> two{races[2], races[5]};
        EXPECT_NEAR(
            fit_exponent(two)->exponent,
            personal_exponent(races[2].metres, races[2].seconds, races[5].metres, races[5].seconds).value(),
            1e-9);
    }
}

TEST(Riegel, AnExponentNeedsDistancesThatLieApartAndBounds) {
    EXPECT_FALSE(fit_exponent({}).has_value());
    EXPECT_FALSE(fit_exponent(std::vector<Performance>{{5000, 1200}, {8000, 2000}}).has_value());
    EXPECT_FALSE(fit_exponent(std::vector<Performance>{{5000, 1200}, {10'000, 2300}}).has_value());
    EXPECT_FALSE(fit_exponent(std::vector<Performance>{{5000, 1200}, {10'000, 5000}}).has_value());
}

TEST(CriticalPower, WantsThreeEffortsThatLieApart) {
    const std::vector<MeanEffort> two{{180, 360}, {720, 280}};
    EXPECT_FALSE(fit_critical(two).has_value());
    const std::vector<MeanEffort> close{{600, 290}, {660, 287}, {720, 285}};
    EXPECT_FALSE(fit_critical(close).has_value());
    const std::vector<MeanEffort> sprints{{10, 900}, {30, 700}, {60, 500}, {2400, 240}};
    EXPECT_FALSE(fit_critical(sprints).has_value());
}

TEST(CriticalPower, RefusesAFitThatMakesNoSense) {
    // More power for longer: W' would be negative.
    const std::vector<MeanEffort> rising{{180, 200}, {400, 250}, {900, 300}};
    for (const auto model :
         {CriticalModel::work_time, CriticalModel::inverse_time, CriticalModel::hyperbolic}) {
        EXPECT_FALSE(fit_critical(rising, model).has_value());
    }
}

TEST(CriticalPower, FindsWhatMadeTheEffortsInEveryForm) {
    std::mt19937 random(2);
    std::uniform_real_distribution<double> uniform(0, 1);
    for (int round = 0; round < 100; ++round) {
        const double critical = 2 + 3 * uniform(random);
        const double capacity = 80 + 300 * uniform(random);
        std::vector<MeanEffort> efforts;
        for (const double seconds : {130.0, 240.0, 500.0, 1100.0}) {
            efforts.push_back({seconds, critical + capacity / seconds});
        }
        for (const auto model :
             {CriticalModel::work_time, CriticalModel::inverse_time, CriticalModel::hyperbolic}) {
            const auto fit = fit_critical(efforts, model).value();
            EXPECT_NEAR(fit.critical, critical, 1e-5);
            EXPECT_NEAR(fit.capacity, capacity, 1e-2);
            EXPECT_EQ(fit.points, 4U);
        }
    }
}

TEST(CriticalPower, MortonFindsTheGreatestPowerToo) {
    std::mt19937 random(6);
    std::uniform_real_distribution<double> uniform(0, 1);
    for (int round = 0; round < 100; ++round) {
        const CriticalFit athlete{.critical = 180 + 150 * uniform(random),
                                  .capacity = 10'000 + 15'000 * uniform(random),
                                  .offset = 5 + 40 * uniform(random)};
        std::vector<MeanEffort> efforts;
        for (const double seconds : {15.0, 60.0, 180.0, 420.0, 1200.0}) {
            efforts.push_back({seconds, mean_at(athlete, seconds)});
        }
        const auto fit = fit_critical(efforts, CriticalModel::morton3).value();
        EXPECT_NEAR(fit.critical, athlete.critical, 0.01);
        EXPECT_NEAR(fit.capacity, athlete.capacity, 5);
        EXPECT_NEAR(fit.offset, athlete.offset, 0.01);
        EXPECT_NEAR(fit.maximum.value(), athlete.critical + athlete.capacity / athlete.offset, 2);
        EXPECT_EQ(fit.points, 5U);
    }
}

TEST(CriticalPower, MortonWithoutAGreatestPowerIsTheStraightLine) {
    const std::vector<MeanEffort> efforts{{60, 250 + 20'000 / 60.0},
                                          {180, 250 + 20'000 / 180.0},
                                          {600, 250 + 20'000 / 600.0},
                                          {1200, 250 + 20'000 / 1200.0}};
    const auto fit = fit_critical(efforts, CriticalModel::morton3).value();
    EXPECT_NEAR(fit.critical, 250, 1e-3);
    EXPECT_NEAR(fit.capacity, 20'000, 1);
    EXPECT_FALSE(fit.maximum.has_value());
    EXPECT_FALSE(fit_critical(std::span(efforts).first(3), CriticalModel::morton3).has_value());
}

TEST(CriticalPower, MortonRefusesEffortsThatShowNoCurve) {
    std::vector<MeanEffort> straight;
    for (const double seconds : {60.0, 300.0, 700.0, 1200.0}) {
        straight.push_back({seconds, 400 - 0.1 * seconds});
    }
    EXPECT_FALSE(fit_critical(straight, CriticalModel::morton3).has_value());
}

TEST(CriticalPower, NoiseMovesTheFitsALittleAndSquaredErrorsTell) {
    std::mt19937 random(12);
    std::normal_distribution noise(1.0, 0.01);
    for (int round = 0; round < 50; ++round) {
        std::vector<MeanEffort> efforts;
        for (const double seconds : {125.0, 200.0, 350.0, 600.0, 1190.0}) {
            efforts.push_back({seconds, (4.2 + 180 / seconds) * noise(random)});
        }
        for (const auto model :
             {CriticalModel::work_time, CriticalModel::inverse_time, CriticalModel::hyperbolic}) {
            const auto fit = fit_critical(efforts, model).value();
            EXPECT_NEAR(fit.critical, 4.2, 0.25);
            EXPECT_GT(fit.r_squared, model == CriticalModel::work_time ? 0.999 : 0.8);
            EXPECT_LE(fit.r_squared, 1);
        }
    }
}

TEST(CriticalSpeed, IsTheSameWayThereAndBackInTime) {
    for (const double offset : {0.0, 20.0}) {
        const CriticalFit fit{.critical = 4.5, .capacity = 200, .offset = offset};
        for (const double seconds : {130.0, 900.0, 5000.0}) {
            EXPECT_NEAR(time_over(fit, mean_at(fit, seconds) * seconds).value(), seconds, 1e-6);
        }
    }
}

TEST(CriticalSpeed, GivesTheTimeOverADistance) {
    const CriticalFit fit{.critical = 4.5, .capacity = 200};
    EXPECT_NEAR(time_over(fit, 5600).value(), 1200, 1e-9);
    EXPECT_FALSE(time_over(fit, 150).has_value());
}

} // namespace
} // namespace harrier::analysis
