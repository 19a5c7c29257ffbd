// SPDX-License-Identifier: MIT

// Activities that other projects publish together with what Strava made of them. Their licences keep them out
// of this repository: HARRIER_SPORTS_LIB names a checkout of sports-alliance/sports-lib, HARRIER_ELEVATE one
// of thomaschampagne/elevate; without them these tests skip. The expected numbers were computed outside this
// project from the same files.

#include "analysis/ascent.hpp"
#include "analysis/average.hpp"
#include "analysis/grade_adjusted_pace.hpp"
#include "analysis/moving_time.hpp"
#include "analysis/summary.hpp"
#include "tests/support/fit_recordings.hpp"
#include "tests/support/golden_numbers.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

namespace harrier::analysis {
namespace {

using tests::json;

std::optional<std::filesystem::path> sports_lib() {
    return tests::checkout("HARRIER_SPORTS_LIB", "src/specs/fixtures");
}

json read_json(const std::filesystem::path& path) {
    std::ifstream file(path);
    return json::parse(file);
}

struct Climbed {
    const char* file;
    double ascent[4]; // with thresholds of 0, 1, 2 and 3 m
    double device;
};

constexpr Climbed climbed[] = {
    {"rides/fit/7432332116.fit", {881.6, 659.6, 615.2, 591.8}, 626},
    {"runs/fit/6782987395.fit", {430.6, 366.8, 342.2, 316.6}, 347},
    {"rides/fit/828989227.fit", {2764.2, 2199.2, 2043.6, 1993.4}, 2052},
};

TEST(PublicRecordings, TheHysteresisIsCloseToTheDevices) {
    const auto folder = sports_lib();
    if (!folder) {
        GTEST_SKIP() << "HARRIER_SPORTS_LIB is not set";
    }
    for (const auto& one : climbed) {
        SCOPED_TRACE(one.file);
        const auto file = formats::fit::decode(tests::read_bytes(*folder / one.file));
        ASSERT_EQ(file.recordings.size(), 1U);
        const auto& altitude = file.recordings[0].streams.altitude;
        for (const int threshold : {0, 1, 2, 3}) {
            EXPECT_NEAR(climb_with_hysteresis(altitude, threshold).ascent, one.ascent[threshold], 0.1);
        }
        EXPECT_EQ(summarize(file.recordings[0]).total_elevation_gain, one.device);
        auto without_total = file.recordings[0];
        without_total.totals.ascent.reset();
        EXPECT_NEAR(summarize(without_total).total_elevation_gain.value(), one.device, one.device * 0.018);
    }
}

// 67 of 4988 samples differ by the plain 3-sample mean that the rule was found with.
TEST(PublicRecordings, RestIsWhereStravaSeesIt) {
    const auto folder = sports_lib();
    if (!folder) {
        GTEST_SKIP() << "HARRIER_SPORTS_LIB is not set";
    }
    const auto streams = read_json(*folder / "streams/strava/runs/2451375851.json");
    const auto time = streams.at("time").get<std::vector<double>>();
    const auto distance = streams.at("distance").get<std::vector<double>>();
    const auto theirs = streams.at("resting").get<std::vector<bool>>();
    ASSERT_EQ(time.size(), 4988U);
    const auto ours = resting_steps(time, distance, {}, resting_speed("Run"));
    std::size_t differing = 0;
    for (std::size_t i = 0; i < time.size(); ++i) {
        differing += ours[i] != theirs[i] ? 1 : 0;
    }
    EXPECT_LE(differing, 67U);
    const double rested = time.back() - moving_seconds(time, ours);
    EXPECT_NEAR(rested, 244, 60) << "1.2 % of the run";
}

// Grades of our own, from heights, in place of Strava's.
TEST(PublicRecordings, TheGradeAdjustedWayIsCloseToStravas) {
    const auto folder = sports_lib();
    if (!folder) {
        GTEST_SKIP() << "HARRIER_SPORTS_LIB is not set";
    }
    const auto streams = read_json(*folder / "streams/strava/runs/2451375851.json");
    const auto distance = streams.at("distance").get<std::vector<double>>();
    const auto theirs = streams.at("grade_adjusted_distance").get<std::vector<double>>();
    const auto ours = grade_adjusted_metres(
        distance, grades_of(distance, streams.at("altitude").get<std::vector<double>>()));
    std::cout << "way " << distance.back() << " m, as on the flat: Strava " << theirs.back() << ", ours "
              << ours.back() << '\n';
    EXPECT_NEAR(ours.back() / theirs.back(), 1, 0.02);
}

// Activity 6271393008, a ride on Zwift: what Strava shows, and what it has samples of.
TEST(PublicRecordings, ARideLooksAsItDoesAtStrava) {
    const auto folder = tests::checkout("HARRIER_ELEVATE", "desktop/src/specs/integration/strava/fixtures");
    if (!folder) {
        GTEST_SKIP() << "HARRIER_ELEVATE is not set";
    }
    const auto file = read_json(*folder / "6271393008.json");
    const auto& samples = file.at("streams");
    const auto column = [&](const char* name) { return samples.at(name).get<std::vector<double>>(); };
    model::Recording recording;
    recording.sport_type = "VirtualRide";
    recording.streams.time = column("time");
    recording.streams.distance = column("distance");
    recording.streams.altitude = column("altitude");
    recording.streams.velocity_smooth = column("velocity_smooth");
    recording.streams.heartrate = column("heartrate");
    recording.streams.cadence = column("cadence");
    recording.streams.watts = column("watts");
    const auto ours = summarize(recording);
    const auto& theirs = file.at("activity");
    const auto number = [&](const char* name) { return theirs.at(name).get<double>(); };
    EXPECT_NEAR(ours.distance.value(), number("distance"), 0.5);
    EXPECT_EQ(ours.elapsed_time, number("elapsed_time"));
    EXPECT_NEAR(static_cast<double>(ours.moving_time.value()), number("moving_time"), 10);
    EXPECT_NEAR(ours.total_elevation_gain.value(), 425, 0.1) << "Strava shows 426";
    EXPECT_NEAR(ours.average_heartrate.value(), number("average_heartrate"), 0.05);
    EXPECT_EQ(ours.max_heartrate, number("max_heartrate"));
    EXPECT_NEAR(ours.average_cadence.value(), number("average_cadence"), 0.5) << "zeros left out";
    EXPECT_NEAR(ours.average_watts.value(), number("average_watts"), 0.5) << "zeros counted";
    EXPECT_EQ(ours.max_watts, number("max_watts"));
    EXPECT_NEAR(ours.kilojoules.value(), number("kilojoules"), 1);
    EXPECT_EQ(ours.max_speed, number("max_speed"));
    EXPECT_NEAR(ours.elev_high.value(), number("elev_high"), 1e-9);
    EXPECT_NEAR(ours.elev_low.value(), number("elev_low"), 1e-9);
}

} // namespace
} // namespace harrier::analysis
