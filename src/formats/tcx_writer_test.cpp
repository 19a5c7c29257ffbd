// SPDX-License-Identifier: MIT
#include "formats/tcx.hpp"
#include "formats/tcx_writer.hpp"
#include "tests/support/round_trip.hpp"
#include "tests/support/xml_samples.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <span>
#include <string>

namespace harrier::formats {
namespace {

using std::chrono::seconds;

constexpr model::Moment tcx_start{seconds(1'700'000'000)}; // 2023-11-14T22:13:20Z

model::DecodedFile read_tcx_back(const model::Recording& recording) {
    const auto text = write_tcx(recording);
    return tcx::decode(std::as_bytes(std::span(text)));
}

model::Recording indoor(std::size_t samples) {
    model::Recording recording;
    recording.start = tcx_start;
    recording.sport_type = "Run";
    for (std::size_t i = 0; i < samples; ++i) {
        recording.streams.time.push_back(static_cast<double>(i));
        recording.streams.distance.push_back(static_cast<double>(i) * 3);
    }
    return recording;
}

model::Lap lap_from(int from, int to) {
    model::Lap lap;
    lap.start = tcx_start + seconds(from);
    lap.end = tcx_start + seconds(to);
    lap.trigger = "distance";
    lap.intensity = "active";
    return lap;
}

TEST(TcxWriter, WritesTrackpointsAsTheSchemaHasThem) {
    auto recording = indoor(1);
    recording.streams.latitude = {46.5};
    recording.streams.longitude = {-7.25};
    recording.streams.altitude = {500.2};
    recording.streams.heartrate = {120};
    recording.streams.cadence = {85};
    recording.streams.velocity_smooth = {3.125};
    recording.streams.watts = {240};
    recording.description = "R & D";
    recording.totals.timer_time = 1.5;
    recording.totals.calories = 9;
    const auto text = write_tcx(recording);
    const auto begin = text.find("<Activity ");
    EXPECT_EQ(text.substr(begin, text.find("</Activities>") - begin), R"(<Activity Sport="Running">
<Id>2023-11-14T22:13:20Z</Id>
<Lap StartTime="2023-11-14T22:13:20Z">
<TotalTimeSeconds>1.5</TotalTimeSeconds><Calories>9</Calories><Intensity>Active</Intensity><TriggerMethod>Manual</TriggerMethod>
<Track>
<Trackpoint><Time>2023-11-14T22:13:20Z</Time><Position><LatitudeDegrees>46.5</LatitudeDegrees><LongitudeDegrees>-7.25</LongitudeDegrees></Position><AltitudeMeters>500.2</AltitudeMeters><DistanceMeters>0</DistanceMeters><HeartRateBpm><Value>120</Value></HeartRateBpm><Extensions><ns3:TPX><ns3:Speed>3.125</ns3:Speed><ns3:RunCadence>85</ns3:RunCadence><ns3:Watts>240</ns3:Watts></ns3:TPX></Extensions></Trackpoint>
</Track>
</Lap>
<Notes>R &amp; D</Notes></Activity>
)");
    recording.sport_type = "GravelRide";
    EXPECT_NE(write_tcx(recording).find("</HeartRateBpm><Cadence>85</Cadence><Extensions>"),
              std::string::npos);
}

TEST(TcxWriter, GivesAFileBackAsItWasRead) {
    const auto text = tests::tcx_sample();
    const auto before = tcx::decode(std::as_bytes(std::span(text))).recordings.at(0);
    const auto file = read_tcx_back(before);
    EXPECT_TRUE(file.findings.empty());
    const auto& after = file.recordings.at(0);
    EXPECT_EQ(after.start, before.start);
    EXPECT_EQ(after.description, before.description);
    EXPECT_EQ(after.sport_type, before.sport_type);
    EXPECT_EQ(after.breaks, before.breaks);
    ASSERT_EQ(after.pauses.size(), 1U);
    EXPECT_EQ(after.pauses[0].from, before.pauses[0].from);
    EXPECT_EQ(after.pauses[0].to, before.pauses[0].to);
    EXPECT_EQ(after.streams.time, before.streams.time);
    EXPECT_EQ(after.streams.distance[1], 10.5);
    EXPECT_TRUE(std::isnan(after.streams.heartrate.at(1)));
    ASSERT_EQ(after.laps.size(), 2U);
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_EQ(after.laps[i].start, before.laps[i].start);
        EXPECT_EQ(after.laps[i].end, before.laps[i].end);
        tests::expect_same_totals(tests::Format::tcx, before.laps[i].totals, after.laps[i].totals);
    }
    tests::expect_same_totals(tests::Format::tcx, before.totals, after.totals);
    ASSERT_EQ(after.devices.size(), 1U);
    EXPECT_EQ(after.devices[0].name, "Own computer");
    EXPECT_EQ(after.devices[0].product, 42);
    EXPECT_EQ(after.devices[0].software_version, 3.2);
}

TEST(TcxWriter, PutsSamplesIntoTheLapThatRan) {
    auto recording = indoor(10);
    recording.laps = {lap_from(0, 3), lap_from(4, 4), lap_from(5, 9)};
    recording.laps[1].start.reset();
    const auto file = read_tcx_back(recording);
    EXPECT_TRUE(file.findings.empty());
    const auto& after = file.recordings.at(0);
    ASSERT_EQ(after.laps.size(), 3U);
    EXPECT_EQ(after.laps[0].end, tcx_start + seconds(4));
    EXPECT_FALSE(after.laps[1].start || after.laps[1].end);
    EXPECT_EQ(after.laps[2].end, tcx_start + seconds(9));
    EXPECT_EQ(after.laps[2].trigger, "distance");
    EXPECT_EQ(after.streams.distance, recording.streams.distance);
    EXPECT_TRUE(after.breaks.empty());
}

TEST(TcxWriter, GivesTheSampleOnABorderToTheLapThatEndsThere) {
    auto recording = indoor(5);
    recording.streams.time = {0, 1, 2, 2, 3};
    recording.laps = {lap_from(0, 2), lap_from(2, 3)};
    auto after = read_tcx_back(recording).recordings.at(0);
    EXPECT_EQ(after.laps[0].end, tcx_start + seconds(2));
    EXPECT_EQ(after.laps[1].end, tcx_start + seconds(3));
    const auto text = write_tcx(recording);
    const auto second_lap = text.find("<Lap", text.find("<Lap") + 1);
    EXPECT_NE(text.find("22:13:22Z</Time>", second_lap), std::string::npos); // one of the two
    EXPECT_LT(text.find("22:13:22Z</Time>"), second_lap);                    // and the other
}

TEST(TcxWriter, TellsOfAPauseOnTheBorderOfTwoLaps) {
    auto recording = indoor(4);
    recording.streams.time = {0, 1, 60, 61};
    recording.laps = {lap_from(0, 1), lap_from(60, 61)};
    EXPECT_TRUE(read_tcx_back(recording).recordings.at(0).pauses.empty());
    recording.pauses = {{tcx_start + seconds(1), tcx_start + seconds(60)}};
    const auto after = read_tcx_back(recording).recordings.at(0);
    EXPECT_EQ(after.breaks, std::vector<std::size_t>{2});
    ASSERT_EQ(after.pauses.size(), 1U);
    EXPECT_EQ(after.pauses[0].from, tcx_start + seconds(1));
    EXPECT_EQ(after.pauses[0].to, tcx_start + seconds(60));
}

TEST(TcxWriter, MakesOneLapOfARecordingWithoutLaps) {
    auto recording = indoor(3);
    recording.start = tcx_start - seconds(5);
    recording.totals.distance = 6;
    recording.totals.average_watts = 210.4;
    recording.totals.average_cadence = 88;
    const auto after = read_tcx_back(recording).recordings.at(0);
    EXPECT_EQ(after.start, recording.start);
    ASSERT_EQ(after.laps.size(), 1U);
    EXPECT_EQ(after.totals.distance, 6);
    EXPECT_EQ(after.laps[0].totals.average_watts, 210);
    EXPECT_EQ(after.laps[0].totals.average_cadence, 88);
    EXPECT_FALSE(after.totals.timer_time || after.totals.calories);
}

TEST(TcxWriter, LeavesOutValuesThatNobodyCanBelieve) {
    auto recording = indoor(2);
    recording.streams.latitude = {91, 46};
    recording.streams.longitude = {7, -180.5};
    recording.streams.heartrate = {300, 0};
    recording.streams.altitude = {1e9, -INFINITY};
    recording.streams.watts = {70'000, -3};
    recording.totals.calories = 1e6;
    const auto file = read_tcx_back(recording);
    EXPECT_TRUE(file.findings.empty());
    const auto& after = file.recordings.at(0);
    EXPECT_TRUE(after.streams.latitude.empty() && after.streams.heartrate.empty());
    EXPECT_TRUE(after.streams.altitude.empty() && after.streams.watts.empty());
    EXPECT_FALSE(after.totals.calories);
}

TEST(TcxWriter, KeepsTheTimesOfARecordingWithoutADate) {
    auto recording = indoor(3);
    recording.start.reset();
    recording.streams.time = {0, 2.5, 10};
    const auto after = read_tcx_back(recording).recordings.at(0);
    EXPECT_FALSE(after.start);
    EXPECT_EQ(after.streams.time, recording.streams.time);
}

TEST(TcxWriter, StaysWellFormedWhateverTheWords) {
    auto recording = indoor(1);
    recording.description = "]]></Notes>\x02\xC3";
    recording.devices.push_back({{}, {}, "<&>\x1F", {}});
    const auto file = read_tcx_back(recording);
    EXPECT_TRUE(file.findings.empty());
    EXPECT_EQ(file.recordings.at(0).description, "]]></Notes>\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(file.recordings[0].devices.at(0).name, "<&>\xEF\xBF\xBD");
}

TEST(TcxWriter, WritesARecordingOfNothing) {
    const auto file = read_tcx_back({});
    EXPECT_TRUE(file.findings.empty());
    EXPECT_EQ(file.recordings.size(), 1U);
}

} // namespace
} // namespace harrier::formats
