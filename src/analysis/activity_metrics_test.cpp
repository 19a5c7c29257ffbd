// SPDX-License-Identifier: MIT
#include "analysis/activity_metrics.hpp"
#include "analysis/summary.hpp"
#include "analysis/tiles.hpp"
#include "tests/support/fit_recordings.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace harrier::analysis {
namespace {

using model::Metrics;

// A run with every sensor, a sample each second, over gentle hills.
model::Recording make_run(int seconds) {
    model::Recording run;
    run.sport_type = "Run";
    run.start = model::Moment(std::chrono::seconds(1'700'000'000));
    auto& streams = run.streams;
    double way = 0;
    for (int i = 0; i <= seconds; ++i) {
        streams.time.push_back(i);
        streams.distance.push_back(way);
        streams.latitude.push_back(47 + way / 111'000);
        streams.longitude.push_back(8);
        streams.altitude.push_back(400 + 20 * std::sin(way / 500));
        streams.heartrate.push_back(140 + i / 600 % 20);
        streams.cadence.push_back(85);
        streams.watts.push_back(240 + i % 7);
        way += 3 + 0.5 * std::sin(i / 90.0);
    }
    return run;
}

const model::BestEffort* find_effort(const Metrics& metrics, model::EffortMode mode, double distance) {
    const auto found =
        std::find_if(metrics.best_efforts.begin(), metrics.best_efforts.end(), [&](const auto& effort) {
            return effort.mode == mode && std::abs(effort.distance - distance) < 5;
        });
    return found == metrics.best_efforts.end() ? nullptr : &*found;
}

double sum_of(const model::Histogram& histogram) {
    return std::accumulate(histogram.seconds.begin(), histogram.seconds.end(), 0.0);
}

TEST(ActivityMetrics, ARunHasAllOfThem) {
    const auto run = make_run(3600);
    const auto metrics = measure(run);
    EXPECT_NEAR(metrics.grade_adjusted_speed.value(), run.streams.distance.back() / 3600, 0.05);
    EXPECT_NEAR(metrics.normalized_graded_speed.value(), 3.1, 0.15);
    EXPECT_NEAR(metrics.normalized_power.value(), 243, 0.1);
    EXPECT_NEAR(metrics.xpower.value(), 243, 0.1);
    EXPECT_NEAR(metrics.efficiency_factor.value(), *metrics.normalized_graded_speed * 60 / 142.5, 0.01);
    EXPECT_NEAR(metrics.decoupling.value(), 0, 0.01);
    EXPECT_NEAR(metrics.step_length.value(), run.streams.distance.back() / (170.0 / 60 * 3600), 1e-6);
    EXPECT_NEAR(sum_of(metrics.heartrate), 3601, 1e-3);
    EXPECT_EQ(metrics.heartrate.first, 140U);
    EXPECT_EQ(metrics.heartrate.seconds.size(), 7U);
    EXPECT_NEAR(sum_of(metrics.watts), 3601, 1e-3);
    EXPECT_EQ(metrics.watts.step, 5);
    EXPECT_NEAR(sum_of(metrics.speed), 3600, 1e-3);
    EXPECT_EQ(metrics.best_efforts.size(), 14U) << "400 m to 10K, in both modes";
    for (const auto mode : {model::EffortMode::exact, model::EffortMode::strava}) {
        const auto* five = find_effort(metrics, mode, 5000);
        ASSERT_NE(five, nullptr);
        EXPECT_NEAR(five->elapsed_time, 5000 / 3.0, 60);
        EXPECT_EQ(five->refused, "");
        EXPECT_EQ(five->largest_gap, 1);
        EXPECT_LT(five->start_index, five->end_index);
    }
}

TEST(ActivityMetrics, CurvesHaveAPlaceForEachDuration) {
    const auto metrics = measure(make_run(1000));
    for (const auto* curve : {&metrics.speed_curve, &metrics.power_curve, &metrics.heartrate_curve}) {
        ASSERT_EQ(curve->size(), curve_durations().size());
        for (std::size_t i = 0; i < curve->size(); ++i) {
            EXPECT_EQ(std::isfinite((*curve)[i]), curve_durations()[i] <= 1000) << curve_durations()[i];
        }
    }
    EXPECT_NEAR(metrics.speed_curve[0], 3.5, 1e-3);
    EXPECT_EQ(metrics.power_curve[0], 246);
    EXPECT_TRUE(std::is_sorted(curve_durations().begin(), curve_durations().end()));
}

TEST(ActivityMetrics, NothingIsMadeOfNothing) {
    EXPECT_EQ(measure({}), Metrics{});
    model::Recording run;
    run.sport_type = "Run";
    run.streams.time = {0, 1, 2};
    EXPECT_EQ(measure(run), Metrics{});
    run.streams.heartrate = {0, 0, 0};
    run.streams.watts = {0, 0, 0};
    run.streams.distance = {5, 5, 5};
    EXPECT_EQ(measure(run), Metrics{});
}

TEST(ActivityMetrics, ARideHasPowerAndNoBestEfforts) {
    auto ride = make_run(2000);
    ride.sport_type = "Ride";
    const auto metrics = measure(ride);
    EXPECT_TRUE(metrics.best_efforts.empty());
    EXPECT_FALSE(metrics.grade_adjusted_speed.has_value());
    EXPECT_FALSE(metrics.step_length.has_value());
    EXPECT_NEAR(metrics.efficiency_factor.value(), 243 / 141.2, 0.01);
    EXPECT_TRUE(metrics.decoupling.has_value());
    EXPECT_NEAR(sum_of(metrics.speed), 2000, 1e-3);
    // The athlete called it a ride only later: what the athlete says counts.
    const auto renamed = measure(make_run(2000), {.sport_type = "Ride"});
    EXPECT_EQ(renamed.best_efforts, metrics.best_efforts);
    EXPECT_EQ(renamed.efficiency_factor, metrics.efficiency_factor);
    EXPECT_EQ(renamed.speed, metrics.speed);
}

TEST(ActivityMetrics, AShiftInTimeChangesNothingButTheStarts) {
    const auto run = make_run(2400);
    auto later = run;
    for (double& moment : later.streams.time) {
        moment += 512;
    }
    auto a = measure(run);
    auto b = measure(later);
    for (auto& effort : b.best_efforts) {
        effort.start_time -= 512;
    }
    for (auto* one : {&a, &b}) {
        for (auto& effort : one->best_efforts) {
            effort.elapsed_time = std::round(effort.elapsed_time * 1e6) / 1e6;
            effort.start_time = std::round(effort.start_time * 1e6) / 1e6;
        }
    }
    EXPECT_EQ(a.best_efforts, b.best_efforts);
    EXPECT_NEAR(a.normalized_graded_speed.value(), b.normalized_graded_speed.value(), 1e-9);
    EXPECT_NEAR(a.decoupling.value(), b.decoupling.value(), 1e-9);
    for (std::size_t i = 0; i < 27; ++i) { // to 40 min
        EXPECT_EQ(a.power_curve[i], b.power_curve[i]);
        EXPECT_EQ(a.heartrate_curve[i], b.heartrate_curve[i]);
        EXPECT_NEAR(a.speed_curve[i], b.speed_curve[i], 1e-6);
    }
    EXPECT_EQ(a.heartrate, b.heartrate);
    EXPECT_EQ(a.normalized_power, b.normalized_power);
}

TEST(ActivityMetrics, OneSecondAndSmartRecordingTellTheSame) {
    const auto run = make_run(3600);
    auto smart = run;
    std::mt19937 random(2);
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < run.streams.time.size(); i += 1 + random() % 4) {
        rows.push_back(i);
    }
    for (auto column : {&model::Streams::time, &model::Streams::distance, &model::Streams::altitude,
                        &model::Streams::heartrate, &model::Streams::cadence, &model::Streams::watts,
                        &model::Streams::latitude, &model::Streams::longitude}) {
        auto& values = smart.streams.*column;
        values.clear();
        for (const auto row : rows) {
            values.push_back((run.streams.*column)[row]);
        }
    }
    const auto a = measure(run);
    const auto b = measure(smart);
    EXPECT_NEAR(find_effort(a, model::EffortMode::exact, 5000)->elapsed_time,
                find_effort(b, model::EffortMode::exact, 5000)->elapsed_time, 0.1);
    EXPECT_NEAR(a.normalized_power.value(), b.normalized_power.value(), 0.2);
    EXPECT_NEAR(a.normalized_graded_speed.value(), b.normalized_graded_speed.value(), 0.01);
    EXPECT_NEAR(sum_of(a.heartrate), sum_of(b.heartrate), 5);
}

TEST(ActivityMetrics, APauseIsNoPowerOfZero) {
    auto ride = make_run(2000);
    ride.sport_type = "Ride";
    const auto whole = measure(ride);
    for (std::size_t i = 1000; i < ride.streams.time.size(); ++i) {
        ride.streams.time[i] += 1800;
    }
    const auto paused = measure(ride);
    EXPECT_NEAR(paused.normalized_power.value(), whole.normalized_power.value(), 0.1);
    ASSERT_EQ(curve_durations()[29], 3600U);
    EXPECT_NEAR(paused.power_curve[29], 243.0 * 1800 / 3600, 1) << "but an hour of it holds the pause";
    EXPECT_TRUE(std::isnan(whole.power_curve[29]));
}

TEST(ActivityMetrics, RestDoesNotSlowTheGradeAdjustedSpeed) {
    auto run = make_run(1500);
    const double before = measure(run).grade_adjusted_speed.value();
    auto& streams = run.streams;
    for (auto column : {&model::Streams::distance, &model::Streams::altitude, &model::Streams::heartrate,
                        &model::Streams::cadence, &model::Streams::watts, &model::Streams::latitude,
                        &model::Streams::longitude}) {
        const double value = (streams.*column)[700];
        (streams.*column).insert((streams.*column).begin() + 700, 300, value);
    }
    streams.time.resize(streams.distance.size());
    std::iota(streams.time.begin(), streams.time.end(), 0.0);
    EXPECT_NEAR(measure(run).grade_adjusted_speed.value(), before, 0.02);
}

// The distance in the treadmill's file, what the athlete says of it, and what comes of a kilometre of 4:00.
TEST(ActivityMetrics, ATreadmillGivesNoRecordUntilItsDistanceIsConfirmed) {
    auto run = make_run(2400);
    run.streams.latitude.clear();
    run.streams.longitude.clear();
    const auto kilometre = [&](const ActivityContext& context) {
        const auto metrics = measure(run, context);
        const auto* effort = find_effort(metrics, model::EffortMode::exact, 1000);
        EXPECT_NE(effort, nullptr);
        return *effort;
    };
    const double outdoors = kilometre({}).elapsed_time;
    EXPECT_EQ(kilometre({}).refused, "") << "without positions, but nobody says indoors";
    EXPECT_NE(kilometre({.trainer = true}).refused, "");
    EXPECT_EQ(kilometre({.trainer = true}).elapsed_time, outdoors) << "told all the same";
    const double recorded = run.streams.distance.back();
    EXPECT_NE(kilometre({.trainer = true, .distance = recorded}).refused, "");
    const auto corrected = kilometre({.trainer = true, .distance = recorded * 0.85});
    EXPECT_EQ(corrected.refused, "");
    EXPECT_NEAR(corrected.elapsed_time, outdoors / 0.85, 15);
    const auto scaled = kilometre({.trainer = true, .treadmill_scale = 0.85});
    EXPECT_EQ(scaled.refused, "");
    EXPECT_NEAR(scaled.elapsed_time, corrected.elapsed_time, 0.01);
    EXPECT_NE(kilometre({.trainer = true, .treadmill_scale = 40}).refused, "") << "nobody believes that";
    run.original_sport = "running/treadmill";
    EXPECT_NE(kilometre({}).refused, "");
}

TEST(ActivityMetrics, SamplesThatHoldMoreThanTheActivityAreScaledDown) {
    const auto run = make_run(2400);
    const double recorded = run.streams.distance.back();
    const DistanceLine line{run.streams.distance, DistanceSource::file};
    EXPECT_EQ(trust_distance(run, line, {.distance = recorded * 0.99}).scale, 1);
    EXPECT_NEAR(trust_distance(run, line, {.distance = recorded * 0.8}).scale, 0.8, 1e-9);
    EXPECT_EQ(trust_distance(run, line, {.distance = recorded * 1.3}).scale, 1) << "never up";
    EXPECT_EQ(trust_distance(run, line, {.distance = recorded * 0.1}).scale, 1) << "another activity";
    const auto metrics = measure(run, {.distance = 4900});
    EXPECT_EQ(find_effort(metrics, model::EffortMode::exact, 5000), nullptr)
        << "4.9 km hold no 5 km, however long the stream is";
}

TEST(ActivityMetrics, PausesOfTheTimerAndJumpsAreToldAsReasons) {
    auto run = make_run(2000);
    auto& streams = run.streams;
    for (std::size_t i = 900; i < streams.time.size(); ++i) {
        streams.time[i] += 300;
        streams.distance[i] += 4500; // by train
    }
    run.pauses.push_back({*run.start + std::chrono::seconds(900), *run.start + std::chrono::seconds(1199)});
    const auto metrics = measure(run);
    const auto* ten = find_effort(metrics, model::EffortMode::exact, 10'000);
    ASSERT_NE(ten, nullptr);
    EXPECT_EQ(ten->refused, "4503 m of it are a jump of the receiver") << "15 m/s";
    const auto course = course_of(run);
    EXPECT_NEAR(course.recorded_length() - course.length(), 4503, 3);
}

TEST(ActivityMetrics, EveryRefusalHasAReason) {
    BestEffort effort;
    EXPECT_EQ(reason_of(effort), "");
    effort.left_out = 411.6;
    effort.refused = Refusal::jump;
    EXPECT_EQ(reason_of(effort), "412 m of it are a jump of the receiver");
    for (const auto refusal :
         {Refusal::vehicle, Refusal::pause, Refusal::gap, Refusal::world_record, Refusal::treadmill}) {
        effort.refused = refusal;
        EXPECT_FALSE(reason_of(effort).empty());
    }
}

// 10.8 km northward in Switzerland, with one sample in Berlin.
TEST(ActivityMetrics, TilesAreThoseOfTheWayAndNotOfAJump) {
    auto run = make_run(3600);
    run.streams.latitude[1800] = 52.5;
    run.streams.longitude[1800] = 13.4;
    const auto metrics = measure(run);
    ASSERT_EQ(metrics.explored.size(), 2U);
    EXPECT_EQ(metrics.explored[0].zoom, 14);
    EXPECT_EQ(metrics.explored[1].zoom, 17);
    const auto last = tile_at({run.streams.latitude.back(), 8}, 14);
    const auto& tiles = metrics.explored[0].tiles;
    EXPECT_EQ(tiles.front(), tile_at({47, 8}, 14));
    EXPECT_EQ(tiles.back(), last);
    EXPECT_EQ(tiles.size(), tiles.front().y - last.y + 1);
    EXPECT_GE(metrics.explored[1].tiles.size(), (tiles.size() - 2) * 8);
    run.streams.latitude.clear();
    run.streams.longitude.clear();
    EXPECT_TRUE(measure(run).explored.empty());
}

TEST(ActivityMetrics, OddRecordingsAreMeasuredWithoutHarm) {
    std::mt19937 random(11);
    std::uniform_int_distribution pick(0, 9);
    const double odd[] = {0, -1,   1e300, -1e300, model::missing, std::numeric_limits<double>::infinity(),
                          1, 3600, 9000,  0.001};
    for (int round = 0; round < 60; ++round) {
        model::Recording run;
        run.sport_type = round % 3 == 0 ? "Ride" : "Run";
        for (auto column :
             {&model::Streams::time, &model::Streams::distance, &model::Streams::altitude,
              &model::Streams::heartrate, &model::Streams::cadence, &model::Streams::watts,
              &model::Streams::latitude, &model::Streams::longitude, &model::Streams::grade_smooth}) {
            if (column != &model::Streams::time && pick(random) < 2) {
                continue;
            }
            for (int i = 0; i < 40; ++i) {
                const double value = pick(random) < 3 ? odd[pick(random)] : i * 3.0;
                (run.streams.*column).push_back(value);
            }
        }
        run.breaks = {5, 20};
        const auto metrics = measure(run, {.distance = odd[pick(random)]});
        for (const auto& effort : metrics.best_efforts) {
            EXPECT_GT(effort.elapsed_time, 0);
            EXPECT_LE(effort.start_index, effort.end_index);
        }
    }
}

using tests::FitCorpus;

TEST_F(FitCorpus, BestEffortsOfRealRunsLieWithinTheRun) {
    std::size_t runs = 0;
    std::size_t efforts = 0;
    std::size_t refused = 0;
    for (const auto& one : tests::decode_all(*cases)) {
        SCOPED_TRACE(one.name);
        const auto metrics = measure(one.recording);
        const auto activity = summarize(one.recording);
        runs += metrics.best_efforts.empty() ? 0 : 1;
        for (const auto& effort : metrics.best_efforts) {
            ++efforts;
            refused += effort.refused.empty() ? 0 : 1;
            EXPECT_LE(effort.elapsed_time, static_cast<double>(activity.elapsed_time.value()) + 1.5);
            EXPECT_LE(effort.distance, activity.distance.value() * 1.02 + 20);
            EXPECT_LT(effort.end_index, one.recording.streams.size());
            if (effort.mode == model::EffortMode::exact) {
                const auto* other = find_effort(metrics, model::EffortMode::strava, effort.distance);
                ASSERT_NE(other, nullptr);
                EXPECT_NEAR(other->elapsed_time, effort.elapsed_time, 0.03 * effort.elapsed_time + 20);
            }
        }
    }
    std::cout << runs << " real runs, " << efforts << " efforts, " << refused << " refused\n";
    EXPECT_GT(runs, 5U);
}

} // namespace
} // namespace harrier::analysis
