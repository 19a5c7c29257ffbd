// SPDX-License-Identifier: MIT

// GPX and TCX files of real devices against the figures of other parsers.

#include "formats/gpx.hpp"
#include "formats/tcx.hpp"
#include "formats/xml_values.hpp"
#include "tests/support/xml_corpus.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace harrier::formats {
namespace {

using namespace tests;
using nlohmann::json;

const std::vector<double>& extra_column(const model::Recording& recording, const std::string& name) {
    static const std::vector<double> none;
    for (const auto& extra : recording.extra) {
        if (extra.name == name) {
            return extra.values;
        }
    }
    return none;
}

void expect_gpx_points(const json& truth, const model::DecodedFile& file) {
    const auto& recording = file.recordings.at(0);
    const auto& streams = recording.streams;
    EXPECT_EQ(streams.size(), truth.at("points").get<std::size_t>());
    EXPECT_EQ(count_in_finding(file, "points? with an invalid position"),
              truth.value("points_with_bad_position", std::size_t{0}));
    expect_bounds(truth, streams);
    EXPECT_NEAR(length_of(recording), truth.at("length_2d_m").get<double>(), 0.00051);
    expect_column(truth, "ele", streams.altitude);
    expect_column(truth, "hr", streams.heartrate);
    expect_column(truth, "cad", streams.cadence);
    expect_column(truth, "atemp", streams.temp);
    expect_column(truth, "power", streams.watts);
    expect_column(truth, "speed", streams.velocity_smooth);
    expect_column(truth, "course", extra_column(recording, "course"));
    std::vector<std::size_t> breaks;
    std::size_t points = 0;
    for (const std::size_t size : truth.at("segment_points")) {
        if (points > 0 && size > 0) {
            breaks.push_back(points);
        }
        points += size;
    }
    EXPECT_EQ(recording.breaks, breaks);
}

TEST(XmlCorpus, GpxFilesGiveTheFiguresOfOtherParsers) {
    const auto cases = load_xml_cases("gpx");
    if (cases.empty()) {
        GTEST_SKIP() << "no recordings at " << HARRIER_SHARED << "/corpus";
    }
    for (const auto& one : cases) {
        SCOPED_TRACE(one.name);
        const auto file = gpx::decode(as_file(one.text));
        if (!one.truth.contains("points")) {
            EXPECT_TRUE(has_finding(file, "line 39: mismatched tag"));
            continue;
        }
        EXPECT_EQ(one.truth.at("well_formed").get<bool>(), !has_finding(file, "unbound prefix"));
        if (one.truth.at("points") == 0) {
            EXPECT_TRUE(file.recordings.empty());
            EXPECT_TRUE(has_finding(file, "no track with points"));
            continue;
        }
        ASSERT_EQ(file.recordings.size(), 1U);
        expect_gpx_points(one.truth, file);
        const auto& time = one.truth.at("time");
        if (time.at("count") > 0 && !is_plausible(moment_of(time.at("first")))) {
            EXPECT_TRUE(has_finding(file, "implausible time (first: year 1901); the recording has no date"));
            EXPECT_FALSE(file.recordings[0].start);
        } else {
            expect_times(time, file.recordings[0], file);
        }
    }
}

void expect_tcx_laps(const json& truth, const model::Recording& recording) {
    EXPECT_EQ(recording.laps.size(), truth.at("laps").get<std::size_t>());
    const auto column = [&](auto figure) {
        std::vector<double> values;
        for (const auto& lap : recording.laps) {
            values.push_back((lap.totals.*figure).value_or(model::missing));
        }
        return values;
    };
    using model::Totals;
    expect_column(truth, "lap_total_time_s", column(&Totals::timer_time));
    expect_column(truth, "lap_distance_m", column(&Totals::distance));
    expect_column(truth, "lap_calories", column(&Totals::calories));
    expect_column(truth, "lap_max_speed", column(&Totals::max_speed));
    expect_column(truth, "lap_avg_hr", column(&Totals::average_heartrate));
    expect_column(truth, "lap_max_hr", column(&Totals::max_heartrate));
    EXPECT_EQ(recording.laps.front().start, moment_of(truth.at("lap_start_times").at(0)));
    EXPECT_EQ(recording.laps.back().start, moment_of(truth.at("lap_start_times").at(1)));
}

void expect_tcx_activity(const json& truth, const model::Recording& recording,
                         const model::DecodedFile& file) {
    const auto& streams = recording.streams;
    EXPECT_EQ(recording.original_sport, truth.at("sport").get<std::string>());
    EXPECT_EQ(streams.size(), truth.at("points").get<std::size_t>());
    EXPECT_EQ(figures_of(streams.latitude).count, truth.at("positions").get<std::size_t>());
    expect_bounds(truth, streams);
    expect_times(truth.at("time"), recording, file);
    expect_column(truth, "altitude", streams.altitude);
    expect_column(truth, "distance", streams.distance);
    expect_column(truth, "heart_rate", streams.heartrate);
    expect_column(truth, truth.contains("run_cadence") ? "run_cadence" : "cadence", streams.cadence);
    expect_column(truth, "speed", streams.velocity_smooth);
    expect_column(truth, "watts", streams.watts);
    expect_tcx_laps(truth, recording);
}

TEST(XmlCorpus, TcxFilesGiveTheFiguresOfOtherParsers) {
    const auto cases = load_xml_cases("tcx");
    if (cases.empty()) {
        GTEST_SKIP() << "no recordings at " << HARRIER_SHARED << "/corpus";
    }
    for (const auto& one : cases) {
        SCOPED_TRACE(one.name);
        const auto file = tcx::decode(as_file(one.text));
        const auto& activities = one.truth.at("activity");
        ASSERT_EQ(file.recordings.size(), activities.size());
        for (std::size_t i = 0; i < activities.size(); ++i) {
            expect_tcx_activity(activities[i], file.recordings[i], file);
        }
    }
}

} // namespace
} // namespace harrier::formats
