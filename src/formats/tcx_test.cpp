// SPDX-License-Identifier: MIT
#include "formats/tcx.hpp"
#include "tests/support/xml_samples.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace harrier::formats::tcx {
namespace {

using namespace tests;
using model::missing;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::NanSensitiveDoubleEq;

model::DecodedFile decode_text(std::string_view text) {
    return decode(std::as_bytes(std::span(text)));
}

auto says(std::string_view words) {
    return Contains(Field(&model::Finding::what, HasSubstr(std::string(words))));
}

auto is(double value) {
    return NanSensitiveDoubleEq(value);
}

std::string activity(std::string_view laps, std::string_view sport = "Running") {
    std::string text = "<TrainingCenterDatabase><Activities><Activity Sport=\"";
    text.append(sport).append("\"><Id>2023-11-14T22:13:19Z</Id>").append(laps);
    return text.append("</Activity></Activities></TrainingCenterDatabase>");
}

TEST(Tcx, AWholeFileIsARecordingWithLaps) {
    const auto file = decode_text(tcx_sample());
    EXPECT_THAT(file.findings, IsEmpty());
    ASSERT_EQ(file.recordings.size(), 1U);
    const auto& one = file.recordings[0];
    EXPECT_EQ(one.sport_type, "Ride");
    EXPECT_EQ(one.original_sport, "Biking");
    EXPECT_EQ(one.description, "To the hill & back");
    EXPECT_EQ(one.start, model::Moment(std::chrono::milliseconds(1'700'000'000'000)));
    EXPECT_THAT(one.streams.time, ElementsAre(0, 1, 20, 30));
    EXPECT_THAT(one.streams.latitude, ElementsAre(is(46.5), is(46.5001), is(missing), is(46.5003)));
    EXPECT_THAT(one.streams.distance, ElementsAre(is(0), is(10.5), is(missing), is(130)));
    EXPECT_THAT(one.streams.heartrate, ElementsAre(is(120), is(missing), is(missing), is(130)));
    EXPECT_THAT(one.streams.velocity_smooth, ElementsAre(is(5.5), is(missing), is(missing), is(6)));
    EXPECT_THAT(one.streams.watts, ElementsAre(is(210), is(missing), is(missing), is(0)));
    EXPECT_THAT(one.streams.cadence, ElementsAre(is(80), is(missing), is(missing), is(missing)));
    EXPECT_THAT(one.breaks, ElementsAre(2)) << "a further Track of a lap, not the next lap";
    ASSERT_EQ(one.pauses.size(), 1U);
    EXPECT_EQ(one.pauses[0].from, *one.start + std::chrono::seconds(1));
    EXPECT_EQ(one.pauses[0].to, *one.start + std::chrono::seconds(20));
    EXPECT_EQ(one.devices.at(0).name, "Own computer");
    EXPECT_EQ(one.devices[0].product, 42);
    EXPECT_EQ(one.devices[0].software_version, 3.2);
}

TEST(Tcx, LapsKeepWhatTheDeviceWrote) {
    const auto file = decode_text(tcx_sample());
    const auto& one = file.recordings.at(0);
    ASSERT_EQ(one.laps.size(), 2U);
    const auto& lap = one.laps[0];
    EXPECT_EQ(lap.start, one.start) << "in spite of the space behind it";
    EXPECT_EQ(lap.end, *one.start + std::chrono::seconds(20));
    EXPECT_EQ(lap.trigger, "manual");
    EXPECT_EQ(lap.intensity, "active");
    EXPECT_EQ(lap.totals.timer_time, 21.5);
    EXPECT_EQ(lap.totals.distance, 120);
    EXPECT_EQ(lap.totals.max_speed, 7.5);
    EXPECT_EQ(lap.totals.calories, 9);
    EXPECT_EQ(lap.totals.average_heartrate, 122);
    EXPECT_EQ(lap.totals.max_heartrate, 131);
    EXPECT_EQ(lap.totals.average_cadence, 81);
    EXPECT_EQ(lap.totals.average_speed, 5.6);
    EXPECT_EQ(lap.totals.max_cadence, 95);
    EXPECT_EQ(lap.totals.average_watts, 180);
    EXPECT_EQ(lap.totals.max_watts, 320);
    EXPECT_EQ(one.totals.timer_time, 31.5);
    EXPECT_EQ(one.totals.distance, 130);
    EXPECT_EQ(one.totals.max_speed, 7.5);
    EXPECT_FALSE(one.totals.calories) << "one lap has none";
}

TEST(Tcx, RunCadenceOfTheExtensionWins) {
    const auto file = decode_text(activity(
        "<Lap StartTime=\"2023-11-14T22:13:20Z\"><Track><Trackpoint><Time>2023-11-14T22:13:20Z</Time>"
        "<Cadence>1</Cadence><Extensions><TPX xmlns=\"u\"><RunCadence>85</RunCadence></TPX></Extensions>"
        "</Trackpoint></Track></Lap>"));
    EXPECT_THAT(file.recordings.at(0).streams.cadence, ElementsAre(85));
}

TEST(Tcx, SeveralActivitiesAreSeveralRecordings) {
    const std::string lap = "<Lap StartTime=\"2023-11-14T22:13:20Z\"><Track><Trackpoint/></Track></Lap>";
    const auto file =
        decode_text("<TrainingCenterDatabase><Activities><Activity Sport=\"Running\">" + lap +
                    "</Activity><MultiSportSession><FirstSport><Activity Sport=\"Biking\">" + lap +
                    "</Activity></FirstSport><NextSport><Activity Sport=\"Other\">" + lap +
                    "</Activity></NextSport></MultiSportSession></Activities></TrainingCenterDatabase>");
    ASSERT_EQ(file.recordings.size(), 3U);
    EXPECT_EQ(file.recordings[0].sport_type, "Run");
    EXPECT_EQ(file.recordings[1].sport_type, "Ride");
    EXPECT_EQ(file.recordings[2].sport_type, "Workout");
}

TEST(Tcx, CoursesAreNoRecordings) {
    const auto file = decode_text("<TrainingCenterDatabase><Courses><Course/></Courses>"
                                  "</TrainingCenterDatabase>");
    EXPECT_THAT(file.recordings, IsEmpty());
    EXPECT_THAT(file.findings, says("courses are no recordings"));
    EXPECT_THAT(decode_text("<TrainingCenterDatabase/>").findings, says("no activity"));
    EXPECT_THAT(decode_text("<gpx/>").findings, says("not a TCX file"));
}

TEST(Tcx, ALapWithoutPointsKeepsItsTotals) {
    const auto file = decode_text(
        activity("<Lap StartTime=\"2023-11-14T22:13:20Z \"><TotalTimeSeconds>60</TotalTimeSeconds></Lap>"));
    const auto& one = file.recordings.at(0);
    EXPECT_EQ(one.start, model::Moment(std::chrono::milliseconds(1'700'000'000'000)));
    EXPECT_EQ(one.totals.timer_time, 60);
    EXPECT_EQ(one.streams.size(), 0U);
    EXPECT_FALSE(one.laps.at(0).end);
}

std::string lap_and_point(std::string_view start, std::string_view point) {
    return activity("<Lap StartTime=\"" + std::string(start) + "\"><Track><Trackpoint><Time>" +
                    std::string(point) + "</Time></Trackpoint></Track></Lap>");
}

TEST(Tcx, TheStartIsTheFirstLapsUnlessAPointContradictsIt) {
    const auto start = [](std::string_view lap, std::string_view point) {
        return decode_text(lap_and_point(lap, point)).recordings.at(0).start->time_since_epoch().count();
    };
    EXPECT_EQ(start("2023-11-14T22:13:20Z", "2023-11-14T22:13:25Z"), 1'700'000'000'000);
    EXPECT_EQ(start("2023-11-14T22:13:20Z", "2023-11-14T22:13:15Z"), 1'699'999'995'000);
    EXPECT_EQ(start("2021-11-14T22:13:20Z", "2023-11-14T22:13:25Z"), 1'700'000'005'000);
    EXPECT_EQ(start("never", "2023-11-14T22:13:25Z"), 1'699'999'999'000) << "that of the Id";
}

TEST(Tcx, TheOffsetOfTheStartIsKept) {
    const auto file = decode_text(lap_and_point("2023-11-14T23:13:20+01:00", "2023-11-14T22:13:25Z"));
    EXPECT_EQ(file.recordings.at(0).utc_offset, std::chrono::hours(1));
}

} // namespace
} // namespace harrier::formats::tcx
