// SPDX-License-Identifier: MIT
#include "formats/gpx.hpp"
#include "formats/sport_words.hpp"
#include "tests/support/xml_samples.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace harrier::formats::gpx {
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

// One segment with these points.
std::string track(std::string_view points, std::string_view attributes = "version=\"1.1\"") {
    std::string text = "<gpx ";
    text.append(attributes).append("><trk><trkseg>").append(points);
    return text.append("</trkseg></trk></gpx>");
}

auto says(std::string_view words) {
    return Contains(Field(&model::Finding::what, HasSubstr(std::string(words))));
}

auto is(double value) {
    return NanSensitiveDoubleEq(value);
}

TEST(Gpx, AWholeFileIsOneRecording) {
    const auto file = decode_text(gpx_sample());
    EXPECT_THAT(file.findings, IsEmpty());
    ASSERT_EQ(file.recordings.size(), 1U);
    const auto& one = file.recordings[0];
    EXPECT_EQ(one.name, "Round the lake & back");
    EXPECT_EQ(one.description, "With \xC3\x84nne");
    EXPECT_EQ(one.sport_type, "TrailRun");
    EXPECT_EQ(one.original_sport, "trail_running");
    EXPECT_EQ(one.devices.at(0).name, "Own watch");
    EXPECT_EQ(one.start, model::Moment(std::chrono::milliseconds(1'700'000'000'000)));
    EXPECT_THAT(one.streams.time, ElementsAre(0, 1, 2.5, 10, 11));
    EXPECT_THAT(one.streams.latitude, ElementsAre(46.5, 46.5001, 46.5002, 46.5003, 46.5004));
    EXPECT_THAT(one.streams.longitude, ElementsAre(7.25, 7.2501, 7.2502, 7.2503, 7.2504));
    EXPECT_THAT(one.streams.altitude, ElementsAre(is(0), is(500.5), is(missing), is(501), is(502)));
    EXPECT_THAT(one.streams.heartrate, ElementsAre(is(120), is(121), is(missing), is(123), is(124)));
    EXPECT_THAT(one.streams.cadence, ElementsAre(is(80), is(missing), is(missing), is(missing), is(missing)));
    EXPECT_THAT(one.streams.distance, IsEmpty());
    EXPECT_THAT(one.breaks, ElementsAre(3));
    ASSERT_EQ(one.pauses.size(), 1U);
    EXPECT_EQ(one.pauses[0].from, *one.start + std::chrono::milliseconds(2500));
    EXPECT_EQ(one.pauses[0].to, *one.start + std::chrono::milliseconds(10'000));
}

TEST(Gpx, SensorsAreFoundUnderEveryNameAndCase) {
    for (const auto* point :
         {"<extensions><a:TrackPointExtension><a:hr>99</a:hr><a:cad>80</a:cad><a:atemp>20</a:atemp>"
          "<a:speed>3</a:speed></a:TrackPointExtension><power>200</power></extensions>",
          "<extensions><ns3:hr>99</ns3:hr><b:cadence>80</b:cadence><b:temp>20</b:temp><Speed>3</Speed>"
          "<PowerInWatts>200</PowerInWatts></extensions>",
          "<HeartRate>99</HeartRate><Cadence>80</Cadence><temperature>20</temperature><speed>3</speed>"
          "<Watts>200</Watts>"}) {
        const auto file = decode_text(track("<trkpt lat=\"1\" lon=\"2\">" + std::string(point) + "</trkpt>"));
        const auto& streams = file.recordings.at(0).streams;
        EXPECT_THAT(streams.heartrate, ElementsAre(99)) << point;
        EXPECT_THAT(streams.cadence, ElementsAre(80)) << point;
        EXPECT_THAT(streams.temp, ElementsAre(20)) << point;
        EXPECT_THAT(streams.velocity_smooth, ElementsAre(3)) << point;
        EXPECT_THAT(streams.watts, ElementsAre(200)) << point;
    }
}

TEST(Gpx, AValueGivenTwiceCountsOnceAndTheExtensionWins) {
    const auto file =
        decode_text(track("<trkpt lat=\"1\" lon=\"2\"><hr>50</hr><extensions><x><hr>100</hr></x>"
                          "<hr>120</hr></extensions></trkpt>"));
    EXPECT_THAT(file.recordings.at(0).streams.heartrate, ElementsAre(100));
}

TEST(Gpx, WaterTemperatureAndCourseAreKeptBeside) {
    const auto file = decode_text(track("<trkpt lat=\"1\" lon=\"2\"><extensions><x><wtemp>14</wtemp>"
                                        "<course>270</course></x></extensions></trkpt>"));
    const auto& extra = file.recordings.at(0).extra;
    ASSERT_EQ(extra.size(), 2U);
    EXPECT_EQ(extra[0].name, "water_temperature");
    EXPECT_THAT(extra[0].values, ElementsAre(14));
    EXPECT_EQ(extra[1].name, "course");
    EXPECT_THAT(file.recordings[0].streams.temp, IsEmpty());
}

TEST(Gpx, ElementsAreToldByLocalName) {
    const auto file =
        decode_text("<ns2:gpx xmlns:ns2=\"u\" version=\"1.0\"><ns2:trk><ns2:trkseg><ns2:trkpt "
                    "lat=\"1\" lon=\"2\"><ns2:ele>7</ns2:ele></ns2:trkpt></ns2:trkseg></ns2:trk>"
                    "</ns2:gpx>");
    EXPECT_THAT(file.recordings.at(0).streams.altitude, ElementsAre(7));
}

TEST(Gpx, AnUnboundPrefixIsToldAndRead) {
    const auto file =
        decode_text(track("<trkpt lat=\"1\" lon=\"2\"><extensions>\n<q:hr>99</q:hr></extensions>"
                          "</trkpt>"));
    EXPECT_THAT(file.recordings.at(0).streams.heartrate, ElementsAre(99));
    EXPECT_THAT(file.findings, says("line 2: unbound prefix q"));
}

TEST(Gpx, AnEmptyElementIsMissingAndZeroIsAValue) {
    const auto file = decode_text(track("<trkpt lat=\"1\" lon=\"2\"><ele/></trkpt>"
                                        "<trkpt lat=\"1\" lon=\"2\"><ele>0</ele></trkpt>"
                                        "<trkpt lat=\"0\" lon=\"0\"><ele> </ele></trkpt>"
                                        "<trkpt lat=\"1\" lon=\"2\"><ele>high</ele></trkpt>"));
    const auto& streams = file.recordings.at(0).streams;
    EXPECT_THAT(streams.altitude, ElementsAre(is(missing), is(0), is(missing), is(missing)));
    EXPECT_EQ(streams.latitude[2], 0);
    EXPECT_THAT(file.findings, says("1 value that is no number"));
}

TEST(Gpx, PointsWithoutAGoodPositionKeepTheRest) {
    const auto file = decode_text(track(
        "<trkpt lat=\"1\" lon=\"2\"><time>2024-05-01T10:00:00Z</time></trkpt>"
        "<trkpt lat=\"100\" lon=\"2\"><time>2024-05-01T10:00:01Z</time><hr>99</hr></trkpt>"
        "<trkpt lat=\"nan\" lon=\"2\"/><trkpt lon=\"2\"/><trkpt lat=\"1\" lon=\"181\"/><trkpt lat=\"\"/>"));
    const auto& streams = file.recordings.at(0).streams;
    EXPECT_THAT(streams.latitude,
                ElementsAre(is(1), is(missing), is(missing), is(missing), is(missing), is(missing)));
    EXPECT_THAT(streams.longitude,
                ElementsAre(is(2), is(missing), is(missing), is(missing), is(missing), is(missing)));
    EXPECT_THAT(streams.time, ElementsAre(0, 1, 1, 1, 1, 1));
    EXPECT_EQ(streams.heartrate[1], 99);
    EXPECT_THAT(file.findings, says("5 points with an invalid position"));
    EXPECT_THAT(file.findings, says("4 points without a time"));
    EXPECT_EQ(file.findings[0].message, 1U) << "the first one's number";
}

std::string timed(std::string_view times) {
    std::string points;
    for (std::size_t at = 0; at < times.size();) {
        const auto end = std::min(times.find('|', at), times.size());
        points +=
            "<trkpt lat=\"1\" lon=\"2\"><time>" + std::string(times.substr(at, end - at)) + "</time></trkpt>";
        at = end + 1;
    }
    return track(points);
}

TEST(Gpx, TimesWithoutAZoneAreUtc) {
    const auto file = decode_text(timed("2024-05-01T10:00:00|2024-05-01T10:00:01"));
    EXPECT_EQ(file.recordings.at(0).start, model::Moment(std::chrono::seconds(1'714'557'600)));
    EXPECT_THAT(file.findings, says("2 times without a zone: read as UTC"));
    EXPECT_FALSE(file.recordings[0].utc_offset);
}

TEST(Gpx, AnOffsetIsKept) {
    const auto file = decode_text(timed("2024-05-01T12:00:00+02:00|2024-05-01T12:00:01.5+02:00"));
    EXPECT_EQ(file.recordings.at(0).start, model::Moment(std::chrono::seconds(1'714'557'600)));
    EXPECT_EQ(file.recordings[0].utc_offset, std::chrono::hours(2));
    EXPECT_THAT(file.recordings[0].streams.time, ElementsAre(0, 1.5));
}

TEST(Gpx, ImplausibleTimesGiveNoDate) {
    const auto file = decode_text(timed("1901-12-13T20:45:52Z|1901-12-13T20:45:53Z"));
    EXPECT_FALSE(file.recordings.at(0).start);
    EXPECT_THAT(file.recordings[0].streams.time, ElementsAre(0, 1));
    EXPECT_THAT(file.findings, says("2 points with an implausible time (first: year 1901)"));
}

TEST(Gpx, ImplausibleTimesAmongGoodOnesCountAsNone) {
    const auto file = decode_text(timed("1970-01-01T00:00:00Z|2024-05-01T10:00:00Z|2106-02-07T00:00:00Z|"
                                        "2024-05-01T10:00:05Z"));
    EXPECT_THAT(file.recordings.at(0).streams.time, ElementsAre(0, 0, 0, 5));
    EXPECT_THAT(file.findings, says("2 points with an implausible time (first: year 1970); they count as"));
}

TEST(Gpx, TimesThatStepBackAreKeptAndStartAtTheEarliest) {
    const auto file = decode_text(timed("2024-05-01T10:00:05Z|2024-05-01T10:00:00Z|2024-05-01T10:00:09Z"));
    EXPECT_THAT(file.recordings.at(0).streams.time, ElementsAre(5, 0, 9));
    EXPECT_THAT(file.findings, says("1 time steps back"));
}

TEST(Gpx, WithoutTimesThereIsNoDate) {
    const auto file = decode_text(track("<trkpt lat=\"1\" lon=\"2\"/><trkpt lat=\"1\" lon=\"2.1\"/>"));
    EXPECT_FALSE(file.recordings.at(0).start);
    EXPECT_THAT(file.recordings[0].streams.time, ElementsAre(0, 0));
    EXPECT_THAT(file.findings, says("none has one"));
}

TEST(Gpx, AllTracksAreOneRecordingNamedByTheFirst) {
    const auto file = decode_text(
        "<gpx><trk><name>A</name><type>cycling</type><trkseg/><trkseg><trkpt lat=\"1\" "
        "lon=\"2\"/></trkseg></trk>"
        "<trk><name>B</name><trkseg><trkpt lat=\"1\" lon=\"3\"/><trkpt lat=\"1\" lon=\"4\"/></trkseg>"
        "<trkseg/><trkseg><trkpt lat=\"1\" lon=\"5\"/></trkseg></trk></gpx>");
    ASSERT_EQ(file.recordings.size(), 1U);
    EXPECT_EQ(file.recordings[0].name, "A");
    EXPECT_EQ(file.recordings[0].sport_type, "Ride");
    EXPECT_THAT(file.recordings[0].streams.longitude, ElementsAre(2, 3, 4, 5));
    EXPECT_THAT(file.recordings[0].breaks, ElementsAre(1, 3));
    EXPECT_THAT(file.recordings[0].pauses, IsEmpty());
}

TEST(Gpx, RoutesAndWaypointsAreNoRecordings) {
    for (const auto* text :
         {"<gpx><rte><rtept lat=\"1\" lon=\"2\"/></rte></gpx>", "<gpx><wpt lat=\"1\" lon=\"2\"/></gpx>",
          "<gpx><trk><trkseg/></trk></gpx>", "<gpx/>"}) {
        const auto file = decode_text(text);
        EXPECT_THAT(file.recordings, IsEmpty()) << text;
        EXPECT_THAT(file.findings, says("no track with points")) << text;
    }
}

TEST(Gpx, AnotherRootIsNoGpx) {
    EXPECT_THAT(decode_text("<html/>").findings, says("not a GPX file: its root is html"));
    EXPECT_THAT(decode_text("hello").findings, says("not an XML file"));
    EXPECT_THAT(decode_text("").findings, says("an empty file"));
    EXPECT_THAT(decode_text("  \n ").findings, says("an empty file"));
}

TEST(Gpx, AnUnknownVersionIsToldAndRead) {
    const std::string point = "<trkpt lat=\"1\" lon=\"2\"><time>2024-05-01T10:00:00Z</time></trkpt>";
    const auto file = decode_text(track(point, "version=\"7.7.5-play\""));
    EXPECT_EQ(file.recordings.size(), 1U);
    EXPECT_THAT(file.findings, says("version \"7.7.5-play\""));
    EXPECT_THAT(decode_text(track(point, "")).findings, IsEmpty());
}

TEST(Gpx, CommentsAndCdataDoNotInterruptAText) {
    const auto file = decode_text("<gpx><trk><name>A<!-- x --> &lt; <![CDATA[<B>]]></name><trkseg><trkpt "
                                  "lat=\"1\" lon=\"2\"><ele>1<!-- y -->2.<![CDATA[5]]></ele></trkpt></trkseg>"
                                  "</trk></gpx>");
    EXPECT_EQ(file.recordings.at(0).name, "A < <B>");
    EXPECT_THAT(file.recordings[0].streams.altitude, ElementsAre(12.5));
}

TEST(Gpx, StravasOwnNumbersAreSports) {
    const auto sport = [](std::string_view creator, std::string_view type) {
        const auto file =
            decode_text("<gpx creator=\"" + std::string(creator) + "\"><trk><type>" + std::string(type) +
                        "</type><trkseg><trkpt lat=\"1\" lon=\"2\"/></trkseg></trk></gpx>");
        return file.recordings.at(0).sport_type;
    };
    EXPECT_EQ(sport("StravaGPX Android", "9"), "Run");
    EXPECT_EQ(sport("StravaGPX", "1"), "Ride");
    EXPECT_EQ(sport("StravaGPX", "running"), "Run");
    EXPECT_EQ(sport("Another", "9"), "Workout");
    EXPECT_EQ(sport("Another", ""), "");
}

TEST(Gpx, StravasAppIsNoDeviceButItsPhoneIs) {
    const auto phone = decode_text(track("<trkpt lat=\"1\" lon=\"2\"/>", "creator=\"StravaGPX Android\""));
    EXPECT_EQ(phone.recordings.at(0).devices.at(0).name, "Android");
    const auto none = decode_text(track("<trkpt lat=\"1\" lon=\"2\"/>", "creator=\"StravaGPX\""));
    EXPECT_THAT(none.recordings.at(0).devices, IsEmpty());
}

TEST(SportWords, KnowTheWordsOfDevicesAndOfStrava) {
    EXPECT_EQ(sport_type_of_word("Biking"), "Ride");
    EXPECT_EQ(sport_type_of_word("mountain biking"), "MountainBikeRide");
    EXPECT_EQ(sport_type_of_word("trail_running"), "TrailRun");
    EXPECT_EQ(sport_type_of_word("EBikeRide"), "EBikeRide");
    EXPECT_EQ(sport_type_of_word("e_bike_ride"), "EBikeRide");
    EXPECT_EQ(sport_type_of_word("Other"), "Workout");
    EXPECT_EQ(sport_type_of_word(" "), "");
}

} // namespace
} // namespace harrier::formats::gpx
