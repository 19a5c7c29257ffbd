// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "strava/stream_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace harrier::strava {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view small_set =
    R"({"time":{"data":[0,1,3],"series_type":"distance","original_size":3,"resolution":"high"},)"
    R"("latlng":{"data":[[40.5,-74.25],[40.5001,-74.25],[40.5002,-74.25]],"series_type":"distance"},)"
    R"("distance":{"data":[0.0,2.5,8]},"heartrate":{"data":[120,121,122]},"moving":{"data":[false,true,true]}})";

std::string cause_of(std::string_view json) {
    try {
        (void)parse_streams(json);
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::data);
        return error.message();
    }
    return "nothing was thrown";
}

TEST(StreamJson, ReadsASetByKey) {
    const auto recording = parse_streams(small_set);
    const auto& streams = recording.streams;
    EXPECT_THAT(streams.time, ElementsAre(0, 1, 3));
    EXPECT_THAT(streams.latitude, ElementsAre(40.5, 40.5001, 40.5002));
    EXPECT_THAT(streams.longitude, ElementsAre(-74.25, -74.25, -74.25));
    EXPECT_THAT(streams.distance, ElementsAre(0, 2.5, 8));
    EXPECT_THAT(streams.heartrate, ElementsAre(120, 121, 122));
    EXPECT_THAT(streams.cadence, IsEmpty()) << "a sensor that was not there";
    ASSERT_EQ(recording.extra.size(), 1U);
    EXPECT_EQ(recording.extra[0].name, "moving");
    EXPECT_THAT(recording.extra[0].values, ElementsAre(0, 1, 1));
}

TEST(StreamJson, ReadsTheListOfStreamsToo) {
    const auto recording = parse_streams(
        R"([{"type":"distance","data":[0.0,9.0]},{"type":"time","data":[0,4]},{"type":"watts","data":[null,200]}])");
    EXPECT_THAT(recording.streams.time, ElementsAre(0, 4));
    EXPECT_THAT(recording.streams.distance, ElementsAre(0, 9));
    EXPECT_TRUE(model::is_missing(recording.streams.watts.at(0)));
    EXPECT_EQ(recording.streams.watts.at(1), 200);
}

TEST(StreamJson, InventsNothingWhereASampleIsMissing) {
    const auto streams =
        parse_streams(R"({"time":{"data":[0,1,2]},"latlng":{"data":[null,[1.5,2.5],[]]},)"
                      R"("heartrate":{"data":[null,null,null]},"temp":{"data":[20,null,21]}})")
            .streams;
    EXPECT_TRUE(model::is_missing(streams.latitude.at(0)));
    EXPECT_EQ(streams.latitude.at(1), 1.5);
    EXPECT_TRUE(model::is_missing(streams.longitude.at(2)));
    EXPECT_THAT(streams.heartrate, IsEmpty()) << "no sample has one";
    EXPECT_TRUE(model::is_missing(streams.temp.at(1)));
}

TEST(StreamJson, AnEmptySetHasNoSamples) {
    for (const char* json : {"{}", "[]", R"({"time":{"data":[]},"distance":{"data":[]}})"}) {
        EXPECT_EQ(parse_streams(json).streams.size(), 0U) << json;
    }
}

TEST(StreamJson, ArraysOfUnequalLengthAreATruncatedAnswer) {
    EXPECT_THAT(cause_of(R"({"time":{"data":[0,1,2]},"heartrate":{"data":[120,121]}})"),
                HasSubstr("time has 3 samples, heartrate has 2"));
    EXPECT_THAT(cause_of(R"({"time":{"data":[0,1,2]},"latlng":{"data":[]}})"), HasSubstr("latlng has 0"));
    EXPECT_THAT(cause_of(R"({"time":{"data":[0,1,2]},"unheard_of":{"data":[1]}})"),
                HasSubstr("unheard_of has 1"));
}

TEST(StreamJson, LeavesAStreamThatItDoesNotKnow) {
    EXPECT_EQ(parse_streams(R"({"time":{"data":[0,1]},"unheard_of":{"data":["a",{}]}})").streams.size(), 2U);
}

TEST(StreamJson, RefusesWhatIsNotAStreamSet) {
    EXPECT_THAT(cause_of("17"), HasSubstr("byte 0 does not begin"));
    EXPECT_THAT(cause_of(R"({"time":[0,1]})"), HasSubstr("time has no data"));
    EXPECT_THAT(cause_of(R"([{"data":[0,1]}])"), HasSubstr("has no type"));
    EXPECT_THAT(cause_of(R"([17])"), HasSubstr("has no type"));
    EXPECT_THAT(cause_of(R"({"time":{"data":[0,"1"]}})"), HasSubstr("sample 1 of time is not a number"));
    EXPECT_THAT(cause_of(R"({"time":{"data":[0,null]}})"), HasSubstr("sample 1 has no time"));
    EXPECT_THAT(cause_of(R"({"time":{"data":[0]},"moving":{"data":[1]}})"), HasSubstr("not true or false"));
    EXPECT_THAT(cause_of(R"({"time":{"data":[0]},"latlng":{"data":[[1]]}})"), HasSubstr("is not a pair"));
    EXPECT_THAT(cause_of(R"({"distance":{"data":[0]}})"), HasSubstr("no times"));
}

TEST(StreamJson, CutAtAnyByteIsNeverTakenForAnAnswer) {
    for (std::size_t length = 0; length < small_set.size(); ++length) {
        EXPECT_NE(cause_of(small_set.substr(0, length)), "nothing was thrown") << length;
    }
}

TEST(StreamJson, ReadsWhatStravaSent) {
    const std::filesystem::path file(HARRIER_SHARED "/captures/activity-streams-run-marathon.json");
    if (!std::filesystem::exists(file)) {
        GTEST_SKIP() << "the recorded answers are not here";
    }
    std::ifstream stream(file, std::ios::binary);
    const std::string json(std::istreambuf_iterator<char>(stream), {});
    // It was asked for without keys, so only the distances came.
    EXPECT_THAT(cause_of(json), HasSubstr("it has samples, but no times"));
}

} // namespace
} // namespace harrier::strava
