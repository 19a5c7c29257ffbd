// SPDX-License-Identifier: MIT
#include "formats/geojson_writer.hpp"
#include "formats/sample_writer.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace harrier::formats {
namespace {

using model::missing;
using nlohmann::json;

model::Recording recording_of(std::vector<double> latitude, std::vector<double> longitude) {
    model::Recording recording;
    recording.start = model::Moment(std::chrono::milliseconds(1'700'000'000'500));
    for (std::size_t i = 0; i < latitude.size(); ++i) {
        recording.streams.time.push_back(static_cast<double>(i) * 10);
    }
    recording.streams.latitude = std::move(latitude);
    recording.streams.longitude = std::move(longitude);
    return recording;
}

model::Recording with_sensors() {
    auto recording = recording_of({46.5, missing, 46.5002}, {7.25, missing, 7.2502});
    recording.streams.heartrate = {120, 121.5, missing};
    recording.streams.watts = {missing, missing, missing};
    return recording;
}

TEST(SampleWriter, CsvHasALineForEachSampleAndNoEmptyColumn) {
    EXPECT_EQ(write_samples_csv(with_sensors()), "time,lat,lng,heartrate\r\n"
                                                 "0,46.5,7.25,120\r\n"
                                                 "10,,,121.5\r\n"
                                                 "20,46.5002,7.2502,\r\n");
}

TEST(SampleWriter, StreamsAreShapedAsStravas) {
    const auto streams = json::parse(write_stream_set(with_sensors()));
    EXPECT_EQ(streams.size(), 3U);
    EXPECT_EQ(streams["time"]["data"], json({0, 10, 20}));
    EXPECT_TRUE(streams["time"]["data"][1].is_number_integer());
    EXPECT_EQ(streams["latlng"]["data"], json::parse("[[46.5,7.25],null,[46.5002,7.2502]]"));
    EXPECT_EQ(streams["heartrate"]["data"], json::parse("[120,121.5,null]"));
    EXPECT_EQ(streams["heartrate"]["original_size"], 3);
    EXPECT_EQ(streams["heartrate"]["resolution"], "high");
    EXPECT_EQ(json::parse(write_stream_set({})), json::object());
}

json geometry_of(const model::Recording& recording) {
    return json::parse(write_geojson_track(recording).value().geometry);
}

TEST(GeojsonWriter, ATrackIsALineOfLongitudesAndLatitudes) {
    auto recording = with_sensors();
    recording.streams.altitude = {500.5, 501, missing};
    EXPECT_EQ(geometry_of(recording),
              json::parse(R"({"type":"LineString","coordinates":[[7.25,46.5,500.5],[7.2502,46.5002]]})"));
    EXPECT_EQ(json::parse(write_geojson_track(recording)->times),
              json({"2023-11-14T22:13:20.500Z", "2023-11-14T22:13:40.500Z"}));
}

TEST(GeojsonWriter, ASegmentBeginsALine) {
    auto recording = recording_of({46, 46.1, missing, 46.3, 46.4, 46.5}, {7, 7, missing, 7, 7, 7});
    recording.breaks = {2, 5};
    EXPECT_EQ(geometry_of(recording), json::parse(R"({"type":"MultiLineString","coordinates":
                  [[[7,46],[7,46.1]],[[7,46.3],[7,46.4]],[[7,46.5],[7,46.5]]]})"));
}

TEST(GeojsonWriter, TheWayOverTheAntimeridianIsCutThere) {
    const auto east = recording_of({-17, -17.3}, {179.9, -179.8});
    EXPECT_EQ(write_geojson_track(east)->times,
              R"([["2023-11-14T22:13:20.500Z","2023-11-14T22:13:23.833Z"],)"
              R"(["2023-11-14T22:13:23.833Z","2023-11-14T22:13:30.500Z"]])");
    for (const auto& recording : {east, recording_of({-17.3, -17}, {-179.8, 179.9})}) {
        const auto geometry = geometry_of(recording);
        EXPECT_EQ(geometry["type"], "MultiLineString");
        const auto& ends = geometry["coordinates"];
        ASSERT_EQ(ends.size(), 2U);
        EXPECT_EQ(ends[0][1][0], -ends[1][0][0].get<double>());
        EXPECT_EQ(std::abs(ends[0][1][0].get<double>()), 180);
        EXPECT_GT(ends[0][0][0].get<double>() * ends[0][1][0].get<double>(), 0) << "on the same side";
        EXPECT_NEAR(ends[0][1][1], -17.1, 1e-9);
        EXPECT_EQ(ends[0][1][1], ends[1][0][1]);
    }
}

TEST(GeojsonWriter, WithoutPositionsThereIsNothing) {
    EXPECT_FALSE(write_geojson_track({}));
    EXPECT_FALSE(write_geojson_track(recording_of({missing}, {missing})));
    EXPECT_EQ(geometry_of(recording_of({46}, {7}))["coordinates"].size(), 2U) << "a line has two ends";
}

} // namespace
} // namespace harrier::formats
