// SPDX-License-Identifier: MIT
#include "analysis/summary.hpp"
#include "base/time.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace harrier::analysis {
namespace {

using model::missing;
using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::IsEmpty;
using testing::SizeIs;

// An hour due north at 2.5 m/s, a sample every 2 s, from a file that tells all but totals.
model::Recording an_hour() {
    model::Recording recording;
    recording.sport_type = "Run";
    recording.original_sport = "running/street";
    recording.start = model::Moment(milliseconds(1'600'000'000'900));
    auto& streams = recording.streams;
    for (int i = 0; i <= 1800; ++i) {
        const double time = 2.0 * i;
        streams.time.push_back(time);
        streams.distance.push_back(2.5 * time);
        streams.latitude.push_back(47 + 2.5 * time / 111'172);
        streams.longitude.push_back(8);
        streams.altitude.push_back(400 + (i <= 900 ? i : 1800 - i) * 0.1);
        streams.heartrate.push_back(i < 900 ? 140 : 160);
        streams.cadence.push_back(i % 10 == 0 ? 0 : 85);
        streams.watts.push_back(i < 900 ? 0 : 300);
        streams.temp.push_back(0);
    }
    return recording;
}

TEST(Summary, TellsWhatAndWhen) {
    auto recording = an_hour();
    recording.name = "Lunch";
    recording.description = "windy";
    recording.devices = {{1, 2, "Watch 3", 1.5}, {1, 4, "Strap", {}}};
    recording.utc_offset = seconds(-18'000);
    const auto activity = summarize(recording);
    EXPECT_EQ(activity.sport_type, "Run");
    EXPECT_EQ(activity.name, "Lunch");
    EXPECT_EQ(activity.description, "windy");
    EXPECT_EQ(activity.device_name, "Watch 3");
    EXPECT_EQ(format_instant(activity.start_date.value()), "2020-09-13T12:26:40Z") << "the second it is in";
    EXPECT_EQ(format_wall_time(activity.start_date_local.value()), "2020-09-13T07:26:40Z");
    EXPECT_EQ(activity.utc_offset, -18'000);
}

TEST(Summary, MeasuresTheWay) {
    const auto activity = summarize(an_hour());
    EXPECT_EQ(activity.elapsed_time, 3600);
    EXPECT_EQ(activity.moving_time, 3600);
    EXPECT_NEAR(activity.distance.value(), 9000, 1e-6);
    EXPECT_NEAR(activity.average_speed.value(), 2.5, 1e-9);
    EXPECT_NEAR(activity.max_speed.value(), 2.5, 1e-9);
    EXPECT_NEAR(activity.total_elevation_gain.value(), 90, 2);
    EXPECT_NEAR(activity.elev_high.value(), 490, 1e-9);
    EXPECT_NEAR(activity.elev_low.value(), 400, 1e-9);
    EXPECT_NEAR(activity.start_latlng.value().lat, 47, 1e-9);
    EXPECT_NEAR(activity.end_latlng.value().lat, 47 + 9000 / 111'172.0, 1e-9);
    EXPECT_EQ(activity.trainer, false);
    EXPECT_FALSE(activity.summary_polyline.has_value());
}

TEST(Summary, MeasuresTheSensors) {
    const auto activity = summarize(an_hour());
    EXPECT_EQ(activity.has_heartrate, true);
    EXPECT_NEAR(activity.average_heartrate.value(), 150, 0.1);
    EXPECT_EQ(activity.max_heartrate, 160);
    EXPECT_NEAR(activity.average_cadence.value(), 85, 1e-9) << "legs that rest have no cadence";
    EXPECT_NEAR(activity.average_watts.value(), 150, 0.2) << "but no pedalling is 0 W";
    EXPECT_EQ(activity.max_watts, 300);
    EXPECT_EQ(activity.device_watts, true);
    EXPECT_NEAR(activity.kilojoules.value(), 540, 1);
    EXPECT_EQ(activity.average_temp, 0) << "0 °C is a temperature";
    EXPECT_FALSE(activity.weighted_average_watts.has_value()) << "only the device says it";
    EXPECT_FALSE(activity.calories.has_value());
}

TEST(Summary, AColumnOfZerosIsNoSensor) {
    auto recording = an_hour();
    for (auto* column :
         {&recording.streams.heartrate, &recording.streams.cadence, &recording.streams.watts}) {
        column->assign(column->size(), 0);
    }
    const auto activity = summarize(recording);
    EXPECT_EQ(activity.has_heartrate, false);
    EXPECT_FALSE(activity.average_heartrate.has_value());
    EXPECT_FALSE(activity.max_heartrate.has_value());
    EXPECT_FALSE(activity.average_cadence.has_value());
    EXPECT_FALSE(activity.average_watts.has_value());
    EXPECT_FALSE(activity.device_watts.has_value());
    EXPECT_FALSE(activity.kilojoules.has_value());
}

TEST(Summary, SaysWhatOnlyTheDeviceKnows) {
    auto recording = an_hour();
    recording.totals.calories = 512;
    recording.totals.normalized_watts = 244;
    recording.totals.max_speed = 4.2;
    recording.totals.ascent = 85;
    const auto activity = summarize(recording);
    EXPECT_EQ(activity.calories, 512);
    EXPECT_EQ(activity.weighted_average_watts, 244);
    EXPECT_EQ(activity.max_speed, 4.2);
    EXPECT_EQ(activity.total_elevation_gain, 85);
    recording.totals.max_speed = 38.9; // no runner
    EXPECT_NEAR(summarize(recording).max_speed.value(), 2.5, 1e-9);
}

TEST(Summary, TakesMeansOfTheDeviceWhereSamplesAreCut) {
    auto recording = an_hour();
    recording.totals.elapsed_time = 36'000;
    recording.totals.timer_time = 36'000;
    recording.totals.distance = 90'000;
    recording.totals.average_heartrate = 133;
    recording.totals.max_heartrate = 177;
    const auto activity = summarize(recording);
    EXPECT_EQ(activity.average_heartrate, 133);
    EXPECT_EQ(activity.max_heartrate, 177);
    EXPECT_NEAR(activity.average_cadence.value(), 85, 1e-9) << "the samples', where the device says nothing";
}

TEST(Summary, KnowsATrainer) {
    for (const auto* words :
         {"running/treadmill", "cycling/indoor_cycling", "cycling/spin", "Indoor cycling"}) {
        auto recording = an_hour();
        recording.original_sport = words;
        EXPECT_EQ(summarize(recording).trainer, words[0] != 'I') << words;
    }
    model::Recording without_positions;
    EXPECT_FALSE(summarize(without_positions).trainer.has_value()) << "nobody said so";
}

TEST(Summary, AnEmptyRecordingIsAWorkoutOfWhichNothingIsKnown) {
    model::Activity nothing;
    nothing.sport_type = "Workout";
    nothing.has_heartrate = false;
    EXPECT_EQ(summarize({}), nothing);
    EXPECT_THAT(summary_track({}), IsEmpty());
}

TEST(Summary, OneSampleIsAnActivityOfNoLength) {
    auto recording = an_hour();
    for (auto* column :
         {&recording.streams.time, &recording.streams.distance, &recording.streams.latitude,
          &recording.streams.longitude, &recording.streams.altitude, &recording.streams.heartrate,
          &recording.streams.cadence, &recording.streams.watts, &recording.streams.temp}) {
        column->resize(1);
    }
    const auto activity = summarize(recording);
    EXPECT_EQ(activity.elapsed_time, 0);
    EXPECT_EQ(activity.moving_time, 0);
    EXPECT_EQ(activity.average_heartrate, 140);
    EXPECT_FALSE(activity.average_speed.has_value());
    EXPECT_THAT(summary_track(recording), SizeIs(1));
}

TEST(Summary, ALineWithoutTimesHasALengthOnly) {
    auto recording = an_hour();
    recording.start.reset();
    recording.streams.distance.clear();
    recording.streams.time.assign(recording.streams.time.size(), 0);
    const auto activity = summarize(recording);
    EXPECT_NEAR(activity.distance.value(), 9000, 1);
    EXPECT_FALSE(activity.elapsed_time.has_value());
    EXPECT_FALSE(activity.moving_time.has_value());
    EXPECT_FALSE(activity.start_date.has_value());
}

TEST(Summary, TheTrackKeepsBothSidesOfABreak) {
    auto recording = an_hour();
    recording.breaks = {900};
    EXPECT_THAT(summary_track(recording), SizeIs(4));
    recording.streams.latitude[900] = missing; // the segment begins with the next position
    EXPECT_THAT(summary_track(recording), SizeIs(4));
    recording.breaks.clear();
    EXPECT_THAT(summary_track(recording), SizeIs(2));
}

} // namespace
} // namespace harrier::analysis
