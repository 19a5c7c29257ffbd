// SPDX-License-Identifier: MIT
#include "formats/gpx.hpp"
#include "formats/gpx_writer.hpp"
#include "tests/support/xml_samples.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <span>
#include <string>

namespace harrier::formats {
namespace {

constexpr model::Moment gpx_start{std::chrono::seconds(1'700'000'000)}; // 2023-11-14T22:13:20Z

model::DecodedFile read_back(const model::Recording& recording) {
    const auto text = write_gpx(recording);
    return gpx::decode(std::as_bytes(std::span(text)));
}

model::Recording line_of(std::size_t points) {
    model::Recording recording;
    recording.start = gpx_start;
    for (std::size_t i = 0; i < points; ++i) {
        recording.streams.time.push_back(static_cast<double>(i));
        recording.streams.latitude.push_back(46.5);
        recording.streams.longitude.push_back(7.25 + static_cast<double>(i) * 1e-4);
    }
    return recording;
}

TEST(GpxWriter, WritesPointsAsTheSchemaHasThem) {
    auto recording = line_of(2);
    recording.name = "Round & round";
    recording.sport_type = "TrailRun";
    recording.original_sport = "running/trail";
    recording.streams.altitude = {500.25, model::missing};
    recording.streams.heartrate = {120, model::missing};
    recording.streams.cadence = {84.6, model::missing};
    recording.streams.watts = {210, 0};
    recording.streams.temp = {-1.5, model::missing};
    recording.streams.time[1] = 1.5;
    const auto text = write_gpx(recording);
    EXPECT_NE(text.find("<gpx version=\"1.1\" creator=\"harrier\" "), std::string::npos);
    EXPECT_EQ(text.substr(text.find("<metadata>")), R"(<metadata><time>2023-11-14T22:13:20Z</time></metadata>
<trk>
<name>Round &amp; round</name><type>TrailRun</type>
<trkseg>
<trkpt lat="46.5" lon="7.25"><ele>500.25</ele><time>2023-11-14T22:13:20Z</time><extensions><power>210</power><gpxtpx:TrackPointExtension><gpxtpx:atemp>-1.5</gpxtpx:atemp><gpxtpx:hr>120</gpxtpx:hr><gpxtpx:cad>85</gpxtpx:cad></gpxtpx:TrackPointExtension></extensions></trkpt>
<trkpt lat="46.5" lon="7.2501"><time>2023-11-14T22:13:21.500Z</time><extensions><power>0</power></extensions></trkpt>
</trkseg>
</trk>
</gpx>
)");
}

TEST(GpxWriter, GivesAFileBackAsItWasRead) {
    const auto text = tests::gpx_sample();
    const auto before = gpx::decode(std::as_bytes(std::span(text))).recordings.at(0);
    const auto file = read_back(before);
    EXPECT_TRUE(file.findings.empty());
    const auto& after = file.recordings.at(0);
    EXPECT_EQ(after.name, "Round the lake & back");
    EXPECT_EQ(after.description, before.description);
    EXPECT_EQ(after.sport_type, "TrailRun");
    EXPECT_EQ(after.original_sport, "trail_running");
    EXPECT_EQ(after.start, before.start);
    EXPECT_EQ(after.breaks, std::vector<std::size_t>{3});
    ASSERT_EQ(after.pauses.size(), 1U);
    EXPECT_EQ(after.pauses[0].from, before.pauses[0].from);
    EXPECT_EQ(after.pauses[0].to, before.pauses[0].to);
    EXPECT_EQ(after.streams.time, before.streams.time);
    EXPECT_EQ(after.streams.latitude, before.streams.latitude);
    EXPECT_TRUE(std::isnan(after.streams.altitude.at(2)));
    EXPECT_TRUE(after.devices.empty());
}

TEST(GpxWriter, LeavesOutSamplesWithoutAPositionAndHandsTheirBreakOn) {
    auto recording = line_of(6);
    recording.streams.heartrate = {100, 101, 102, 103, 104, 105};
    recording.streams.latitude[0] = 91;
    recording.streams.latitude[3] = model::missing;
    recording.streams.longitude[5] = INFINITY;
    recording.breaks = {3};
    EXPECT_EQ(count_gpx_points(recording), 3U);
    const auto file = read_back(recording);
    EXPECT_TRUE(file.findings.empty());
    const auto& after = file.recordings.at(0);
    EXPECT_EQ(after.streams.heartrate, (std::vector<double>{101, 102, 104}));
    EXPECT_EQ(after.breaks, std::vector<std::size_t>{2});
    EXPECT_EQ(after.start, gpx_start + std::chrono::seconds(1));
}

TEST(GpxWriter, BeginsASegmentBehindAPause) {
    auto recording = line_of(4);
    recording.streams.time = {0, 10, 60, 61};
    recording.pauses = {{gpx_start + std::chrono::seconds(12), gpx_start + std::chrono::seconds(58)}};
    const auto after = read_back(recording).recordings.at(0);
    EXPECT_EQ(after.breaks, std::vector<std::size_t>{2});
    ASSERT_EQ(after.pauses.size(), 1U);
    EXPECT_EQ(after.pauses[0].from, gpx_start + std::chrono::seconds(10));
    EXPECT_EQ(after.pauses[0].to, gpx_start + std::chrono::seconds(60));
}

TEST(GpxWriter, LeavesOutValuesThatNobodyCanBelieve) {
    auto recording = line_of(3);
    recording.streams.altitude = {1e9, INFINITY, 3};
    recording.streams.heartrate = {300, -5, 90};
    recording.streams.watts = {-1, 65'536, 1.5};
    recording.streams.velocity_smooth = {model::missing, -INFINITY, 2.5};
    const auto file = read_back(recording);
    EXPECT_TRUE(file.findings.empty());
    const auto& streams = file.recordings.at(0).streams;
    for (const auto* column :
         {&streams.altitude, &streams.heartrate, &streams.watts, &streams.velocity_smooth}) {
        EXPECT_TRUE(std::isnan(column->at(0)) && std::isnan(column->at(1)));
    }
    EXPECT_EQ(streams.altitude[2] + streams.heartrate[2] + streams.watts[2] + streams.velocity_smooth[2], 97);
}

TEST(GpxWriter, KeepsTheTimesOfARecordingWithoutADate) {
    auto recording = line_of(3);
    recording.start.reset();
    recording.streams.time = {0, 2.5, 10};
    const auto file = read_back(recording);
    EXPECT_EQ(file.recordings.at(0).streams.time, recording.streams.time);
    EXPECT_FALSE(file.recordings[0].start);
    recording.streams.time = {0, 400'000'000, 400'000'001}; // from 1970 on they would be real dates
    EXPECT_EQ(write_gpx(recording).find("<time>"), std::string::npos);
    recording.streams.time = {0, 0, 0};
    EXPECT_EQ(write_gpx(recording).find("<time>"), std::string::npos);
}

TEST(GpxWriter, StaysWellFormedWhateverTheWords) {
    auto recording = line_of(1);
    recording.name = std::string("]]><trk>\x01\xFF\0\"&'", 14);
    recording.description = "\xE2\x80\xAE<!--";
    recording.original_sport = "</gpx>";
    recording.sport_type = "Workout";
    const auto file = read_back(recording);
    EXPECT_TRUE(file.findings.empty());
    const auto& after = file.recordings.at(0);
    EXPECT_EQ(after.name, "]]><trk>\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"&'");
    EXPECT_EQ(after.description, recording.description);
    EXPECT_EQ(after.original_sport, "</gpx>");
}

TEST(GpxWriter, WritesColumnsThatTheExtensionKnows) {
    auto recording = line_of(1);
    recording.extra = {{"course", "°", {271.5}}, {"water_temperature", "°C", {18}}, {"Power", "W", {7}}};
    const auto after = read_back(recording).recordings.at(0);
    ASSERT_EQ(after.extra.size(), 2U);
    EXPECT_EQ(after.extra[0].values, std::vector<double>{18});
    EXPECT_EQ(after.extra[1].values, std::vector<double>{271.5});
    EXPECT_TRUE(after.streams.watts.empty());
}

TEST(GpxWriter, WritesARecordingOfNothing) {
    EXPECT_NE(write_gpx({}).find("<trkseg>\n</trkseg>"), std::string::npos);
}

} // namespace
} // namespace harrier::formats
