// SPDX-License-Identifier: MIT
#include "formats/fit/decode.hpp"
#include "tests/support/fit_builder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace harrier::formats::fit {
namespace {

using namespace tests;
using namespace std::chrono_literals;
using testing::AllOf;
using testing::Contains;
using testing::DoubleEq;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::NanSensitiveDoubleEq;

constexpr std::int64_t start = 1'000'000'000; // 2021-09-08T01:46:40Z
const auto start_moment = model::Moment{std::chrono::seconds{631'065'600 + start}};
constexpr FitField time_field{253, 4, fit_type::u32};
constexpr std::int64_t none8 = 0xFF;
constexpr std::int64_t none16 = 0xFFFF;
constexpr std::int64_t none32 = 0x7FFFFFFF;

template <typename... Values>
auto columns(Values... values) {
    return ElementsAre(NanSensitiveDoubleEq(values)...);
}

FitDefinition of_session() {
    return {18,
            {time_field,
             {2, 4, fit_type::u32},
             {5, 1, fit_type::enumeration},
             {6, 1, fit_type::enumeration},
             {9, 4, fit_type::u32}},
            {}};
}

model::DecodedFile decode(const FitBuilder& builder) {
    return fit::decode(builder.finish());
}

model::Recording only(const FitBuilder& builder) {
    auto file = decode(builder);
    EXPECT_EQ(file.recordings.size(), 1U);
    return file.recordings.empty() ? model::Recording{} : std::move(file.recordings.front());
}

TEST(FitDecode, RecordsBecomeColumnsInSiUnits) {
    FitBuilder builder;
    builder.define(0, {20,
                       {time_field,
                        {0, 4, fit_type::s32},
                        {1, 4, fit_type::s32},
                        {2, 2, fit_type::u16},
                        {3, 1, fit_type::u8},
                        {4, 1, fit_type::u8},
                        {5, 4, fit_type::u32},
                        {6, 2, fit_type::u16},
                        {7, 2, fit_type::u16},
                        {9, 2, fit_type::s16},
                        {13, 1, fit_type::s8},
                        {53, 1, fit_type::u8}},
                       {}});
    builder.data(0, {start, 1'073'741'824, -1'073'741'824, 2600, 140, 85, 12'345, 3250, 210, -550, -3, 64});
    builder.data(0, {start + 1, none32, none32, none16, none8, none8, 0xFFFFFFFF, none16, none16, 0x7FFF,
                     0x7F, none8});
    const auto streams = only(builder).streams;
    constexpr double gone = model::missing;
    EXPECT_THAT(streams.time, columns(0.0, 1.0));
    EXPECT_THAT(streams.latitude, columns(90.0, gone));
    EXPECT_THAT(streams.longitude, columns(-90.0, gone));
    EXPECT_THAT(streams.altitude, columns(20.0, gone));
    EXPECT_THAT(streams.heartrate, columns(140.0, gone));
    EXPECT_THAT(streams.cadence, columns(85.5, gone));
    EXPECT_THAT(streams.distance, columns(123.45, gone));
    EXPECT_THAT(streams.velocity_smooth, columns(3.25, gone));
    EXPECT_THAT(streams.watts, columns(210.0, gone));
    EXPECT_THAT(streams.grade_smooth, columns(-5.5, gone));
    EXPECT_THAT(streams.temp, columns(-3.0, gone));
}

TEST(FitDecode, AColumnThatNoSampleHasIsEmptyAndHalfAPositionIsNone) {
    FitBuilder builder;
    builder.define(
        0, {20, {time_field, {0, 4, fit_type::s32}, {1, 4, fit_type::s32}, {3, 1, fit_type::u8}}, {}});
    builder.data(0, {start, 5, none32, none8}).data(0, {start + 1, none32, 5, none8});
    const auto streams = only(builder).streams;
    EXPECT_THAT(streams.latitude, IsEmpty());
    EXPECT_THAT(streams.longitude, IsEmpty());
    EXPECT_THAT(streams.heartrate, IsEmpty());
    EXPECT_EQ(streams.size(), 2U);
}

TEST(FitDecode, ColumnsStayAlignedWhenDefinitionsChange) {
    FitBuilder builder;
    builder.define(0, {20, {time_field}, {}}).data(0, {start});
    builder.define(1, {20, {time_field, {3, 1, fit_type::u8}}, {}, true}).data(1, {start + 1, 99});
    builder.define(0, {20, {time_field, {7, 2, fit_type::u16}}, {}}).data(0, {start + 2, 250});
    builder.data(1, {start + 3, 101});
    const auto streams = only(builder).streams;
    constexpr double gone = model::missing;
    EXPECT_THAT(streams.heartrate, columns(gone, 99.0, gone, 101.0));
    EXPECT_THAT(streams.watts, columns(gone, gone, 250.0, gone));
}

TEST(FitDecode, TheEnhancedFieldWinsWhereItIsValidWhateverTheOrder) {
    for (const bool enhanced_first : {true, false}) {
        FitBuilder builder;
        const FitField plain{6, 2, fit_type::u16};
        const FitField enhanced{73, 4, fit_type::u32};
        const std::int64_t gone = 0xFFFFFFFF;
        builder.define(0, {20,
                           enhanced_first ? std::vector{time_field, enhanced, plain}
                                          : std::vector{time_field, plain, enhanced},
                           {}});
        const auto add = [&](std::int64_t second, std::int64_t small, std::int64_t large) {
            enhanced_first ? builder.data(0, {start + second, large, small})
                           : builder.data(0, {start + second, small, large});
        };
        add(0, 1000, 2000);
        add(1, 1000, gone);
        add(2, none16, 2500);
        EXPECT_THAT(only(builder).streams.velocity_smooth, columns(2.0, 1.0, 2.5));
    }
}

TEST(FitDecode, OfADoubledFieldTheFirstValidOneCounts) {
    FitBuilder builder;
    builder.define(0, {20, {time_field, {3, 1, fit_type::u8}, {3, 1, fit_type::u8}}, {}});
    builder.data(0, {start, 90, 91}).data(0, {start + 1, none8, 92});
    EXPECT_THAT(only(builder).streams.heartrate, columns(90.0, 92.0));
}

TEST(FitDecode, PackedSpeedAndDistanceAreUnpackedAndAddedUp) {
    FitBuilder builder;
    builder.define(0, {20, {time_field, {8, 3, fit_type::bytes}}, {}, true});
    for (const std::int64_t distance : {4090, 4095, 3, 20}) { // 1/16 m, 12 bits; the bytes are never swapped
        const auto packed = static_cast<unsigned>(distance << 12 | 250);
        builder.raw({0}).raw({0x3B, 0x9A, 0xCA, 0x00}).raw({packed & 255, packed >> 8 & 255, packed >> 16});
    }
    builder.raw({0}).raw({0x3B, 0x9A, 0xCA, 0x04}).raw({255, 255, 255});
    const auto streams = only(builder).streams;
    EXPECT_THAT(streams.distance, columns(255.625, 255.9375, 256.1875, 257.25, model::missing));
    EXPECT_THAT(streams.velocity_smooth, columns(2.5, 2.5, 2.5, 2.5, model::missing));
}

TEST(FitDecode, TimesRelativeToTheDevicesStartGiveNoDate) {
    FitBuilder builder;
    builder.define(0, {20, {time_field}, {}}).data(0, {5000}).data(0, {5007});
    builder.define(1, of_session()).data(1, {5007, 4998, 1, 0, 1000});
    const auto recording = only(builder);
    EXPECT_EQ(recording.start, std::nullopt);
    EXPECT_THAT(recording.streams.time, columns(2.0, 9.0));
}

TEST(FitDecode, RelativeTimesAmongAbsoluteOnesAndRecordsWithoutATimeTakeTheTimeBefore) {
    FitBuilder builder;
    builder.define(0, {20, {time_field}, {}})
        .data(0, {77})
        .data(0, {start})
        .data(0, {0xFFFFFFFF})
        .data(0, {start + 9});
    const auto file = decode(builder);
    ASSERT_EQ(file.recordings.size(), 1U);
    EXPECT_THAT(file.recordings[0].streams.time, columns(0.0, 0.0, 0.0, 9.0));
    EXPECT_EQ(file.recordings[0].start, start_moment);
    EXPECT_THAT(file.findings,
                ElementsAre(Field(&model::Finding::what, HasSubstr("2 records without a time"))));
}

TEST(FitDecode, TheStartIsTheSessionsUnlessARecordComesBeforeOrADayLater) {
    const auto started = [](std::int64_t session_start) {
        FitBuilder builder;
        builder.define(0, {20, {time_field}, {}}).data(0, {start});
        builder.define(1, of_session()).data(1, {start, session_start, 1, 0, 0});
        return *only(builder).start;
    };
    EXPECT_EQ(started(start - 5), start_moment - 5s);
    EXPECT_EQ(started(start + 5), start_moment);
    EXPECT_EQ(started(start - 90'000), start_moment);
}

TEST(FitDecode, StopsAndStartsOfTheTimerArePauses) {
    FitBuilder builder;
    builder.define(0, {20, {time_field}, {}}).data(0, {start}).data(0, {start + 100});
    builder.define(1, {21, {time_field, {0, 1, fit_type::enumeration}, {1, 1, fit_type::enumeration}}, {}});
    builder.data(1, {start, 0, 0});
    builder.data(1, {start + 10, 0, 4}).data(1, {start + 15, 9, 1}).data(1, {start + 20, 0, 0});
    builder.data(1, {start + 30, 0, 1}).data(1, {start + 31, 0, 4}).data(1, {start + 40, 0, 0});
    builder.data(1, {start + 50, 0, 4}).data(1, {start + 50, 0, 0});
    builder.data(1, {start + 100, 0, 9});
    const auto pauses = only(builder).pauses;
    ASSERT_EQ(pauses.size(), 2U);
    EXPECT_EQ(pauses[0].from, start_moment + 10s);
    EXPECT_EQ(pauses[0].to, start_moment + 20s);
    EXPECT_EQ(pauses[1].from, start_moment + 30s) << "the first of two stops counts";
    EXPECT_EQ(pauses[1].to, start_moment + 40s);
}

TEST(FitDecode, AMultisportFileGivesOneRecordingPerSession) {
    FitBuilder builder;
    builder.define(0, {20, {time_field, {3, 1, fit_type::u8}, {7, 2, fit_type::u16}}, {}});
    for (const std::int64_t second : {0, 10, 20, 19, 30, 40}) {
        builder.data(0, {start + second, 100 + second, second < 19 ? 200 : none16});
    }
    builder.define(1, {19, {time_field, {2, 4, fit_type::u32}, {9, 4, fit_type::u32}}, {}});
    builder.data(1, {start + 20, start, 100})
        .data(1, {start + 30, start + 20, 200})
        .data(1, {start + 40, start + 30, 300});
    builder.define(2, of_session());
    builder.data(2, {start + 40, start + 30, 1, 3, 777})
        .data(2, {start + 20, start, 5, 18, 1000})
        .data(2, {start + 30, start + 20, 3, 0, 0});
    builder.define(3, {21, {time_field, {0, 1, fit_type::enumeration}, {1, 1, fit_type::enumeration}}, {}});
    builder.data(3, {start + 18, 0, 4})
        .data(3, {start + 20, 0, 0})
        .data(3, {start + 33, 0, 4})
        .data(3, {start + 35, 0, 0});
    const auto file = decode(builder);
    ASSERT_EQ(file.recordings.size(), 3U);
    EXPECT_EQ(file.recordings[0].sport_type, "Swim");
    EXPECT_EQ(file.recordings[1].original_sport, "transition");
    EXPECT_EQ(file.recordings[2].sport_type, "TrailRun");
    EXPECT_THAT(file.recordings[0].streams.heartrate, columns(100.0, 110.0));
    EXPECT_THAT(file.recordings[1].streams.heartrate, columns(120.0, 119.0)) << "a step back stays";
    EXPECT_THAT(file.recordings[1].streams.time, columns(0.0, -1.0));
    EXPECT_THAT(file.recordings[2].streams.heartrate, columns(130.0, 140.0));
    EXPECT_THAT(file.recordings[0].streams.watts, columns(200.0, 200.0));
    EXPECT_THAT(file.recordings[1].streams.watts, IsEmpty());
    for (const auto& recording : file.recordings) {
        EXPECT_EQ(recording.laps.size(), 1U);
    }
    EXPECT_THAT(file.recordings[0].pauses, IsEmpty()) << "the timer stood still after its end";
    EXPECT_EQ(file.recordings[2].pauses.size(), 1U);
    EXPECT_EQ(file.recordings[2].start, start_moment + 30s);
    EXPECT_EQ(file.recordings[2].totals.distance, 7.77);
}

TEST(FitDecode, WithoutASessionTheRecordsAreStillARecording) {
    FitBuilder builder;
    builder.define(0, {12, {{0, 1, fit_type::enumeration}, {1, 1, fit_type::enumeration}}, {}})
        .data(0, {2, 8});
    builder.define(1, {20, {time_field}, {}}).data(1, {start});
    const auto recording = only(builder);
    EXPECT_EQ(recording.sport_type, "MountainBikeRide");
    EXPECT_EQ(recording.original_sport, "cycling/mountain");
    EXPECT_EQ(recording.totals.distance, std::nullopt);
}

TEST(FitDecode, ACourseIsNoActivity) {
    FitBuilder builder;
    builder.define(0, {0, {{0, 1, fit_type::enumeration}}, {}}).data(0, {6});
    builder.define(1, {20, {time_field}, {}}).data(1, {start});
    const auto file = decode(builder);
    EXPECT_THAT(file.recordings, IsEmpty());
    EXPECT_THAT(file.findings, ElementsAre(Field(&model::Finding::what, "a course, not an activity")));
}

TEST(FitDecode, LocalTimeTellsTheOffsetOnlyWhereItIsOne) {
    const auto offset = [](std::int64_t local) {
        FitBuilder builder;
        builder.define(0, {20, {time_field}, {}}).data(0, {start});
        builder.define(1, {34, {time_field, {5, 4, fit_type::u32}}, {}}).data(1, {start, local});
        return only(builder).utc_offset;
    };
    EXPECT_EQ(offset(start + 7200), 2h);
    EXPECT_EQ(offset(start - 12'600 + 1), -3h - 30min) << "a second late";
    EXPECT_EQ(offset(start + 20'700), 5h + 45min);
    EXPECT_EQ(offset(start), 0s);
    EXPECT_EQ(offset(0), std::nullopt);
    EXPECT_EQ(offset(start + 7200 + 400), std::nullopt) << "of another moment";
    EXPECT_EQ(offset(start + 15 * 3600), std::nullopt);
}

TEST(FitDecode, HeartRateThatTravelsApartFillsTheRecordsThatHaveNone) {
    FitBuilder builder;
    builder.define(0, {20, {time_field, {3, 1, fit_type::u8}}, {}});
    for (const std::int64_t second : {0, 1, 2, 3, 20}) {
        builder.data(0, {start + second, second == 2 ? 150 : none8});
    }
    FitBuilder straps; // a later file of the chain; two messages, the second with two packed times
    straps.define(0, {132, {time_field, {9, 4, fit_type::u32}, {6, 1, fit_type::u8}}, {}});
    straps.data(0, {start, 4096 + 1000, 61});
    straps.define(1, {132, {{6, 2, fit_type::u8}, {10, 3, fit_type::bytes}}, {}});
    const unsigned first = (4096 + 1000 + 1024) & 0xFFF;
    const unsigned second = (4096 + 1000 + 3 * 1024) & 0xFFF;
    straps.raw({1, 62, 63, first & 255, first >> 8 | (second & 15) << 4, second >> 4});
    auto bytes = builder.finish();
    const auto more = straps.finish();
    bytes.insert(bytes.end(), more.begin(), more.end());
    const auto file = fit::decode(bytes);
    ASSERT_EQ(file.recordings.size(), 1U);
    EXPECT_THAT(file.recordings[0].streams.heartrate, columns(61.0, 62.0, 150.0, 63.0, model::missing));
}

TEST(FitDecode, TwoActivitiesInAChainAreTwoRecordings) {
    const auto activity = [](std::int64_t begin) {
        FitBuilder builder;
        builder.define(0, {20, {time_field}, {}}).data(0, {begin}).data(0, {begin + 1});
        builder.define(1, of_session()).data(1, {begin + 1, begin, 1, 0, 100});
        return builder.finish();
    };
    auto bytes = activity(start + 5000);
    const auto earlier = activity(start);
    bytes.insert(bytes.end(), earlier.begin(), earlier.end());
    const auto file = fit::decode(bytes);
    ASSERT_EQ(file.recordings.size(), 2U);
    EXPECT_EQ(file.recordings[0].start, start_moment + 5000s);
    EXPECT_EQ(file.recordings[1].start, start_moment);
    EXPECT_EQ(file.recordings[0].streams.size(), 2U);
    EXPECT_EQ(file.recordings[1].streams.size(), 2U);
}

TEST(FitDecode, LengthsHeartBeatsDeviceAndUserAreKept) {
    FitBuilder builder;
    builder.define(0, {20, {time_field}, {}}).data(0, {start});
    builder.define(1, {101,
                       {{2, 4, fit_type::u32},
                        {3, 4, fit_type::u32},
                        {5, 2, fit_type::u16},
                        {7, 1, fit_type::enumeration},
                        {12, 1, fit_type::enumeration}},
                       {}});
    builder.data(1, {start, 31'500, 14, 0, 1}).data(1, {start + 32, 10'000, none16, none8, 0});
    builder.define(2, {78, {{0, 4, fit_type::u16}}, {}}).raw({2, 0x20, 3, 0xFF, 0xFF});
    builder.define(
        3, {23,
            {{0, 1, fit_type::u8}, {2, 2, fit_type::u16}, {4, 2, fit_type::u16}, {5, 2, fit_type::u16}},
            {}});
    builder.data(3, {1, 1, 100, 250}).data(3, {0, 1, 200, 1230}).data(3, {1, 1, 100, 999});
    builder.define(
        4,
        {3,
         {{1, 1, fit_type::enumeration}, {2, 1, fit_type::u8}, {3, 1, fit_type::u8}, {4, 2, fit_type::u16}},
         {}});
    builder.data(4, {0, 41, 172, 645});
    const auto recording = only(builder);
    ASSERT_EQ(recording.lengths.size(), 2U);
    EXPECT_EQ(recording.lengths[0].strokes, 14);
    EXPECT_EQ(recording.lengths[0].stroke, "freestyle");
    EXPECT_TRUE(recording.lengths[0].active);
    EXPECT_FALSE(recording.lengths[1].active);
    EXPECT_EQ(recording.lengths[1].strokes, std::nullopt);
    EXPECT_THAT(recording.rr_intervals, columns(0.8));
    ASSERT_EQ(recording.devices.size(), 2U);
    EXPECT_EQ(recording.devices[0].product, 200) << "the recording device comes first";
    EXPECT_EQ(recording.devices[1].software_version, 2.5);
    EXPECT_EQ(recording.user.is_female, true);
    EXPECT_EQ(recording.user.height, 1.72);
    EXPECT_EQ(recording.user.weight, 64.5);
}

TEST(FitDecode, SessionAndLapTotalsComeFromTheirOwnFieldNumbers) {
    FitBuilder builder;
    builder.define(0, {18,
                       {{14, 2, fit_type::u16},
                        {124, 4, fit_type::u32},
                        {16, 1, fit_type::u8},
                        {18, 1, fit_type::u8},
                        {92, 1, fit_type::u8},
                        {20, 2, fit_type::u16},
                        {22, 2, fit_type::u16},
                        {34, 2, fit_type::u16},
                        {48, 4, fit_type::u32},
                        {5, 1, fit_type::enumeration}},
                       {}});
    builder.data(0, {3000, 3100, 150, 85, 64, 220, 333, 240, 1'000'000, 2});
    builder.define(1, {19,
                       {{13, 2, fit_type::u16},
                        {15, 1, fit_type::u8},
                        {17, 1, fit_type::u8},
                        {19, 2, fit_type::u16},
                        {21, 2, fit_type::u16},
                        {33, 2, fit_type::u16},
                        {41, 4, fit_type::u32},
                        {24, 1, fit_type::enumeration},
                        {23, 1, fit_type::enumeration}},
                       {}});
    builder.data(1, {2900, 140, 80, 200, 44, 230, 500'000, 2, 5});
    const auto recording = only(builder);
    EXPECT_EQ(recording.totals.average_speed, 3.1) << "the enhanced one";
    EXPECT_EQ(recording.totals.average_heartrate, 150);
    EXPECT_EQ(recording.totals.average_cadence, 85.5);
    EXPECT_EQ(recording.totals.average_watts, 220);
    EXPECT_EQ(recording.totals.ascent, 333);
    EXPECT_EQ(recording.totals.normalized_watts, 240);
    EXPECT_EQ(recording.totals.work, 1'000'000);
    ASSERT_EQ(recording.laps.size(), 1U);
    EXPECT_EQ(recording.laps[0].totals.average_speed, 2.9);
    EXPECT_EQ(recording.laps[0].totals.average_heartrate, 140);
    EXPECT_EQ(recording.laps[0].totals.average_cadence, 80);
    EXPECT_EQ(recording.laps[0].totals.average_watts, 200);
    EXPECT_EQ(recording.laps[0].totals.ascent, 44);
    EXPECT_EQ(recording.laps[0].totals.normalized_watts, 230);
    EXPECT_EQ(recording.laps[0].totals.work, 500'000);
    EXPECT_EQ(recording.laps[0].trigger, "distance");
    EXPECT_EQ(recording.laps[0].intensity, "interval");
}

TEST(FitDecode, ARecordWithAnImpossibleTimeBeforeDamageIsLeftOut) {
    FitBuilder builder;
    builder.define(0, {20, {time_field, {3, 1, fit_type::u8}}, {}})
        .data(0, {start, 100})
        .data(0, {start + 1, 101});
    const auto at = builder.offset();
    builder.data(0, {start + 2'000'000'000, 102}).raw({0x05});
    const auto file = decode(builder);
    ASSERT_EQ(file.recordings.size(), 1U);
    EXPECT_THAT(file.recordings[0].streams.heartrate, columns(100.0, 101.0));
    EXPECT_THAT(file.findings,
                Contains(AllOf(Field(&model::Finding::offset, at), Field(&model::Finding::message, 2U),
                               Field(&model::Finding::what, HasSubstr("impossible time")))));
}

} // namespace
} // namespace harrier::formats::fit
