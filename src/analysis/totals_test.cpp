// SPDX-License-Identifier: MIT
#include "analysis/totals.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace harrier::analysis {
namespace {

using std::chrono::seconds;

const model::Moment start_moment{seconds(1'600'000'000)};

// Half an hour at 3 m/s, a sample each second, with a device's totals that fit.
model::Recording half_an_hour() {
    model::Recording recording;
    recording.sport_type = "Run";
    recording.start = start_moment;
    for (int i = 0; i <= 1800; ++i) {
        recording.streams.time.push_back(i);
        recording.streams.distance.push_back(3 * i);
    }
    recording.totals.elapsed_time = 1800.4;
    recording.totals.timer_time = 1800.4;
    recording.totals.distance = 5401.2;
    return recording;
}

MeasuredTotals measure(const model::Recording& recording) {
    const auto line = distance_line(recording.streams, recording.breaks, recording.sport_type);
    return measure_totals(recording, recording.streams, recording.breaks, line);
}

TEST(Totals, ADeviceIsBelieved) {
    const auto totals = measure(half_an_hour());
    EXPECT_EQ(totals.elapsed_time, 1800.4);
    EXPECT_EQ(totals.elapsed_source, TotalSource::device);
    EXPECT_EQ(totals.distance, 5401.2);
    EXPECT_EQ(totals.distance_source, TotalSource::device);
    EXPECT_EQ(totals.moving_time, 1800.4);
    EXPECT_TRUE(totals.samples_are_whole);
    EXPECT_EQ(totals.begin, 0);
}

TEST(Totals, SamplesTellWhereTheDeviceDoesNot) {
    auto recording = half_an_hour();
    recording.totals = {};
    const auto totals = measure(recording);
    EXPECT_EQ(totals.elapsed_time, 1800);
    EXPECT_EQ(totals.elapsed_source, TotalSource::samples);
    EXPECT_EQ(totals.distance, 5400);
    EXPECT_EQ(totals.distance_source, TotalSource::samples);
}

TEST(Totals, ATimeShorterThanTheSamplesIsWrong) {
    auto recording = half_an_hour();
    recording.totals.elapsed_time = 900;
    EXPECT_EQ(measure(recording).elapsed_time, 1800);
    recording.totals.elapsed_time = 1790; // within 1 %
    EXPECT_EQ(measure(recording).elapsed_time, 1790);
}

TEST(Totals, ATimerThatRanOnWithoutSamplesIsWrongWhereTheDistanceIsWhole) {
    auto recording = half_an_hour();
    recording.totals.elapsed_time = 36'000;
    recording.totals.timer_time = 36'000;
    EXPECT_EQ(measure(recording).elapsed_time, 1800);
    EXPECT_EQ(measure(recording).moving_time, 1800);
    recording.totals.timer_time = 1800; // it was stopped and saved late
    EXPECT_EQ(measure(recording).elapsed_time, 36'000);
    EXPECT_EQ(measure(recording).moving_time, 1800);
}

TEST(Totals, ADamagedFileKeepsTheTotalsOfTheWhole) {
    auto recording = half_an_hour();
    recording.streams.time.resize(300);
    recording.streams.distance.resize(300);
    const auto totals = measure(recording);
    EXPECT_EQ(totals.elapsed_time, 1800.4);
    EXPECT_EQ(totals.distance, 5401.2);
    EXPECT_FALSE(totals.samples_are_whole);
}

TEST(Totals, ADistanceThatSamplesDisproveIsWrong) {
    auto recording = half_an_hour();
    recording.totals.distance = 0; // an app measured it, the device did not
    EXPECT_EQ(measure(recording).distance, 5400);
    recording.totals.distance = 5200;
    EXPECT_EQ(measure(recording).distance, 5400);
    recording.totals.distance = 5300; // within 2 %
    EXPECT_EQ(measure(recording).distance, 5300);
    recording.totals.distance = 540'000; // nobody runs 300 m/s
    EXPECT_EQ(measure(recording).distance, 5400);
}

TEST(Totals, AStoppedTimerTellsTheMovingTime) {
    auto recording = half_an_hour();
    recording.totals.timer_time = 1700;
    EXPECT_EQ(measure(recording).moving_time, 1700);
    EXPECT_EQ(measure(recording).moving_source, MovingSource::timer);
    recording.totals.timer_time.reset();
    recording.pauses = {{start_moment + seconds(100), start_moment + seconds(150)},
                        {start_moment + seconds(140), start_moment + seconds(200)}, // overlaps
                        {start_moment + seconds(1790), start_moment + seconds(9999)}};
    EXPECT_NEAR(measure(recording).moving_time.value(), 1800.4 - 100 - 10.4, 1e-6);
    EXPECT_EQ(measure(recording).moving_source, MovingSource::timer);
}

TEST(Totals, ATimerThatNobodyKeepsUpWithIsWrong) {
    auto recording = half_an_hour();
    recording.totals.timer_time = 1.8; // thousandths taken for seconds
    EXPECT_EQ(measure(recording).moving_time, 1800.4);
}

TEST(Totals, SpeedTellsRestWhereTheTimerNeverStopped) {
    auto recording = half_an_hour();
    for (std::size_t i = 600; i < recording.streams.size(); ++i) { // five minutes at the same place
        recording.streams.distance[i] = i < 900 ? 1800 : 1800 + 3.0 * static_cast<double>(i - 900);
    }
    recording.totals.distance = 4500;
    const auto totals = measure(recording);
    EXPECT_EQ(totals.moving_source, MovingSource::speed);
    EXPECT_NEAR(totals.moving_time.value(), 1500.4, 3);
    recording.sport_type = "Yoga";
    EXPECT_EQ(measure(recording).moving_source, MovingSource::elapsed);
    EXPECT_EQ(measure(recording).moving_time, 1800.4);
}

TEST(Totals, SegmentsOfAFileAreRestBetween) {
    auto recording = half_an_hour();
    recording.totals = {};
    for (std::size_t i = 900; i < recording.streams.size(); ++i) {
        recording.streams.time[i] += 600;
    }
    recording.breaks = {900};
    recording.pauses = {{start_moment + seconds(899), start_moment + seconds(1500)}};
    const auto totals = measure(recording);
    EXPECT_EQ(totals.elapsed_time, 2400);
    EXPECT_NEAR(totals.moving_time.value(), 2400 - 601, 1e-6) << "told twice, counted once";
}

TEST(Totals, AStartHoursBeforeTheSamplesNeedsATimeThatReachesBack) {
    auto recording = half_an_hour();
    for (auto& time : recording.streams.time) {
        time += 7200;
    }
    recording.totals.elapsed_time = 1800;
    EXPECT_EQ(measure(recording).begin, 7200);
    EXPECT_EQ(measure(recording).elapsed_time, 1800);
    recording.totals.elapsed_time = 9000;
    EXPECT_EQ(measure(recording).begin, 0);
    EXPECT_EQ(measure(recording).elapsed_time, 9000);
}

TEST(Totals, TheDevicesClimbComesFirst) {
    auto recording = half_an_hour();
    EXPECT_EQ(measure(recording).ascent.method, AscentMethod::none);
    for (const double time : recording.streams.time) {
        recording.streams.altitude.push_back(500 + time / 10);
    }
    EXPECT_EQ(measure(recording).ascent.method, AscentMethod::hysteresis);
    EXPECT_NEAR(measure(recording).ascent.climb.ascent, 180, 2);
    recording.totals.ascent = 171;
    recording.totals.descent = 3;
    EXPECT_EQ(measure(recording).ascent.method, AscentMethod::device);
    EXPECT_EQ(measure(recording).ascent.climb.ascent, 171);
    EXPECT_EQ(measure(recording).ascent.climb.descent, 3);
}

TEST(Totals, ARecordingWithoutSamplesHasThoseOfTheDevice) {
    auto recording = half_an_hour();
    recording.streams = {};
    const auto totals = measure(recording);
    EXPECT_EQ(totals.elapsed_time, 1800.4);
    EXPECT_EQ(totals.moving_time, 1800.4);
    EXPECT_EQ(totals.distance, 5401.2);
    recording.totals = {};
    EXPECT_FALSE(measure(recording).elapsed_time.has_value());
    EXPECT_FALSE(measure(recording).moving_time.has_value());
    EXPECT_FALSE(measure(recording).distance.has_value());
}

} // namespace
} // namespace harrier::analysis
