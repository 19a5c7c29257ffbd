// SPDX-License-Identifier: MIT

// Recordings of real devices: our totals beside those of their sessions, as other decoders read them. Where
// ours differ, docs/metrics.md says why.

#include "analysis/summary.hpp"
#include "tests/support/fit_recordings.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

namespace harrier::analysis {
namespace {

using tests::FitCorpus;
using tests::json;
using tests::RealRecording;

struct Expected {
    double elapsed_time;
    double distance;
};

// By a part of the file's name, and the number of the session.
const std::map<std::string, Expected> differing{
    {"20170518-191602", {1707.308, 6163}},        // the session says 0 m; an app on the watch measured
    {"tormoder-fit__0134902991", {740, 7123.39}}, // 720 s, but the samples last 740
    {"2020-06-01-16-52-40", {126, 668.19}},       // 113 s, but the samples last 126
};

const Expected* difference(const RealRecording& one) {
    for (const auto& [name, expected] : differing) {
        if (one.name.find(name) != std::string::npos) {
            return &expected;
        }
    }
    return nullptr;
}

std::string row(const RealRecording& one, const model::Activity& activity) {
    const auto told = [&](const char* name) { return one.session.value(name, -1.0); };
    return fmt::format("{:60.60}  distance {:9.1f} {:9.1f}  elapsed {:6} {:8.1f}  moving {:6} {:8.1f}  "
                       "climb {:6.1f} {:6.1f}",
                       one.name, activity.distance.value_or(-1), told("total_distance"),
                       activity.elapsed_time.value_or(-1), told("total_elapsed_time"),
                       activity.moving_time.value_or(-1), told("total_timer_time"),
                       activity.total_elevation_gain.value_or(-1), told("total_ascent"));
}

TEST_F(FitCorpus, TotalsAreThoseOfTheDeviceUnlessTheSamplesDisproveThem) {
    std::string table = "\nours, then the device's:\n";
    for (const auto& one : tests::decode_all(*cases)) {
        if (one.session.is_null()) {
            continue;
        }
        SCOPED_TRACE(one.name);
        const auto activity = summarize(one.recording);
        table += row(one, activity) + '\n';
        const auto* other = difference(one);
        const double elapsed =
            other != nullptr ? other->elapsed_time : one.session.value("total_elapsed_time", -1.0);
        const double distance =
            other != nullptr ? other->distance : one.session.value("total_distance", -1.0);
        EXPECT_NEAR(static_cast<double>(activity.elapsed_time.value()), elapsed, 0.5);
        EXPECT_NEAR(activity.distance.value_or(-1), distance, 0.05);
        // The timer is an upper bound of the moving time; where it stopped it is the moving time.
        const double timer = one.session.value("total_timer_time", elapsed);
        EXPECT_LE(static_cast<double>(activity.moving_time.value()), std::min(timer, elapsed) + 0.5);
        if (timer < elapsed - 1) {
            EXPECT_NEAR(static_cast<double>(*activity.moving_time), timer, 0.5);
        }
        if (one.session.contains("total_ascent")) {
            EXPECT_EQ(activity.total_elevation_gain, one.session.at("total_ascent").get<double>());
        }
    }
    if (HasFailure()) {
        ADD_FAILURE() << table;
    }
}

// A device rounds its means to whole numbers and counts samples; 2 beats are a lot.
TEST_F(FitCorpus, MeansAreCloseToThoseOfTheDevice) {
    std::size_t compared = 0;
    for (const auto& one : tests::decode_all(*cases)) {
        const bool few = one.recording.streams.size() < 60;
        const bool from_other_messages = one.name.find("event_timestamp") != std::string::npos;
        if (one.session.is_null() || few || from_other_messages) {
            continue;
        }
        SCOPED_TRACE(one.name);
        const auto activity = summarize(one.recording);
        const double pulse = one.session.value("avg_heart_rate", 0.0);
        if (pulse > 0) {
            EXPECT_NEAR(activity.average_heartrate.value(), pulse, 2);
            EXPECT_NEAR(activity.max_heartrate.value(), one.session.at("max_heart_rate").get<double>(), 1);
            ++compared;
        }
        EXPECT_EQ(activity.has_heartrate, activity.average_heartrate.has_value());
    }
    EXPECT_GT(compared, 15U);
}

TEST_F(FitCorpus, AFileWithoutASessionIsMeasuredFromItsSamples) {
    for (const auto& one : tests::decode_all(*cases)) {
        if (one.name.find("nick.fit") == std::string::npos) {
            continue;
        }
        const auto activity = summarize(one.recording);
        EXPECT_EQ(activity.elapsed_time, 16'723);
        EXPECT_NEAR(activity.distance.value(), 113'550.87, 0.05);
        EXPECT_LT(*activity.moving_time, 14'500) << "its timer stopped eight times";
        EXPECT_GT(*activity.moving_time, 14'300);
    }
}

TEST_F(FitCorpus, SummaryLinesAreShort) {
    for (const auto& one : tests::decode_all(*cases)) {
        SCOPED_TRACE(one.name);
        const auto line = summary_track(one.recording);
        EXPECT_LE(line.size(), 350U);
        const auto activity = summarize(one.recording);
        ASSERT_EQ(line.empty(), !activity.start_latlng.has_value());
        if (!line.empty()) {
            EXPECT_EQ(line.front(), activity.start_latlng);
            EXPECT_EQ(line.back(), activity.end_latlng);
        }
    }
}

} // namespace
} // namespace harrier::analysis
