// SPDX-License-Identifier: MIT
#include "formats/fit/decode.hpp"
#include "formats/fit/encode.hpp"
#include "formats/fit/reader.hpp"
#include "formats/fit/sport.hpp"
#include "formats/fit/value.hpp"
#include "formats/fit/writer.hpp"
#include "formats/fit/written_times.hpp"
#include "model/sport.hpp"
#include "tests/support/fit_samples.hpp"
#include "tests/support/round_trip.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <span>
#include <string>

namespace harrier::formats::fit {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr model::Moment fit_start{seconds(1'700'000'000)};

std::span<const std::byte> bytes_of(const std::string& file) {
    return std::as_bytes(std::span(file));
}

model::DecodedFile read_fit_back(const model::Recording& recording) {
    return decode(bytes_of(encode(recording)));
}

model::Recording seconds_of_time(std::size_t samples) {
    model::Recording recording;
    recording.start = fit_start;
    recording.sport_type = "Run";
    for (std::size_t i = 0; i < samples; ++i) {
        recording.streams.time.push_back(static_cast<double>(i));
    }
    return recording;
}

// How often each message is in a file.
std::map<int, int> messages_in(const std::string& file) {
    std::map<int, int> count;
    Reader reader(bytes_of(file));
    while (const auto* message = reader.next()) {
        ++count[message->definition->global];
    }
    EXPECT_TRUE(reader.findings().empty());
    return count;
}

TEST(FitEncode, WritesAContainerWithoutAFault) {
    auto recording = seconds_of_time(700);
    recording.laps.resize(2);
    recording.lengths.resize(3);
    recording.rr_intervals.assign(11, 0.8);
    recording.pauses = {{fit_start + seconds(100), fit_start + seconds(200)}};
    recording.extra = {{"Form", "W", std::vector<double>(700, 7)}};
    recording.user.weight = 70;
    const auto file = encode(recording);
    const std::map<int, int> expected{{0, 1},    {49, 1}, {3, 1},   {207, 1}, {206, 1}, {21, 4},
                                      {20, 700}, {78, 3}, {101, 3}, {19, 2},  {18, 1},  {34, 1}};
    EXPECT_EQ(messages_in(file), expected);
    Reader reader(bytes_of(file));
    while (reader.next() != nullptr) {
    }
    const auto& segment = reader.segments().at(0);
    EXPECT_EQ(segment.header_size, 14);
    EXPECT_EQ(segment.protocol, 0x20);
    EXPECT_EQ(segment.data_size, file.size() - 16);
    EXPECT_EQ(segment.header_checksum, Checksum::ok);
    EXPECT_EQ(segment.file_checksum, Checksum::ok);
}

TEST(FitEncode, HasOnlyTheColumnsThatTheRecordingHas) {
    auto recording = seconds_of_time(2);
    recording.streams.heartrate = {120, model::missing};
    const auto file = encode(recording);
    Reader records(bytes_of(file));
    while (const auto* message = records.next()) {
        if (message->definition->global == 20) {
            ASSERT_EQ(message->definition->fields.size(), 2U);
            EXPECT_EQ(message->definition->fields[0].number, 253);
            EXPECT_EQ(message->definition->fields[1].number, 3);
        }
    }
}

TEST(FitEncode, GivesAFileBackAsItWasRead) {
    const auto sample = tests::chained_fit_sample();
    const auto before = decode(sample).recordings.at(0);
    const auto file = read_fit_back(before);
    EXPECT_TRUE(file.findings.empty());
    ASSERT_EQ(file.recordings.size(), 1U);
    const auto& after = file.recordings[0];
    EXPECT_EQ(after.start, before.start);
    EXPECT_EQ(after.streams.time, before.streams.time);
    tests::expect_same_columns(tests::Format::fit, before, tests::rows_held(tests::Format::fit, before),
                               after);
    ASSERT_EQ(after.pauses.size(), before.pauses.size());
    EXPECT_EQ(after.pauses.at(0).from, before.pauses[0].from);
    ASSERT_EQ(after.extra.size(), 1U);
    EXPECT_EQ(after.extra[0].name, "Flow");
    EXPECT_EQ(after.extra[0].values[0], before.extra[0].values[0]);
    EXPECT_EQ(after.totals.distance, before.totals.distance);
    EXPECT_EQ(after.original_sport, "running");
    ASSERT_EQ(after.devices.size(), before.devices.size());
    EXPECT_EQ(after.devices.at(0).manufacturer, 1);
}

TEST(FitEncode, RoundsEachMomentToTheNearestSecond) {
    auto recording = seconds_of_time(4);
    recording.start = fit_start + milliseconds(600);
    recording.streams.time = {0, 0.899, 0.9, 2};
    const auto after = read_fit_back(recording).recordings.at(0);
    EXPECT_EQ(after.start, fit_start + seconds(1));
    EXPECT_EQ(after.streams.time, (std::vector<double>{0, 0, 1, 2}));
}

TEST(FitEncode, LeavesOutWhatDoesNotFit) {
    auto recording = seconds_of_time(3);
    recording.streams.latitude = {91, 46, -90};
    recording.streams.longitude = {7, NAN, 180};
    recording.streams.altitude = {1e9, -500.2, -500};
    recording.streams.heartrate = {255, 300, 254};
    recording.streams.cadence = {255, -1, 254.5};
    recording.streams.watts = {65'535, 1e12, 65'534};
    recording.streams.temp = {127, -129, -128};
    recording.streams.distance = {-1, INFINITY, 42'949'672.94};
    recording.streams.velocity_smooth = {-0.01, -INFINITY, 0};
    recording.totals.average_heartrate = 256;
    recording.totals.ascent = 70'000;
    recording.totals.descent = 65'534;
    const auto file = read_fit_back(recording);
    EXPECT_TRUE(file.findings.empty());
    const auto& after = file.recordings.at(0);
    const auto& s = after.streams;
    for (const auto* column : {&s.latitude, &s.longitude, &s.altitude, &s.heartrate, &s.cadence, &s.watts,
                               &s.temp, &s.distance, &s.velocity_smooth}) {
        ASSERT_EQ(column->size(), 3U);
        EXPECT_TRUE(std::isnan((*column)[0]) && std::isnan((*column)[1]));
    }
    EXPECT_EQ(s.latitude[2], -90);
    EXPECT_NEAR(s.longitude[2], 180, 2e-7);
    EXPECT_EQ(s.altitude[2], -500);
    EXPECT_EQ(s.heartrate[2], 254);
    EXPECT_EQ(s.cadence[2], 254.5);
    EXPECT_EQ(s.watts[2], 65'534);
    EXPECT_EQ(s.temp[2], -128);
    EXPECT_EQ(s.distance[2], 42'949'672.94);
    EXPECT_EQ(s.velocity_smooth[2], 0);
    EXPECT_FALSE(after.totals.average_heartrate || after.totals.ascent);
    EXPECT_EQ(after.totals.descent, 65'534);
}

TEST(FitEncode, KeepsColumnsOfAppsAsTheyAre) {
    auto recording = seconds_of_time(3);
    recording.extra = {{"Form Power", "W", {61.5, model::missing, 0}},
                       {"Ωmega", "°C", {0.1, 1e-300, -INFINITY}},
                       {"nothing", "", {NAN, NAN, NAN}}};
    const auto after = read_fit_back(recording).recordings.at(0);
    ASSERT_EQ(after.extra.size(), 2U);
    EXPECT_EQ(after.extra[0].name, "Form Power");
    EXPECT_EQ(after.extra[0].units, "W");
    EXPECT_EQ(after.extra[0].values[0], 61.5);
    EXPECT_TRUE(std::isnan(after.extra[0].values[1]));
    EXPECT_EQ(after.extra[0].values[2], 0);
    EXPECT_EQ(after.extra[1].name, "Ωmega");
    EXPECT_EQ(after.extra[1].values[0], 0.1);
    EXPECT_EQ(after.extra[1].values[1], 1e-300);
    EXPECT_TRUE(std::isnan(after.extra[1].values[2]));
}

TEST(FitEncode, WritesNoMoreColumnsOfAppsThanTheReaderTakes) {
    auto recording = seconds_of_time(1);
    recording.extra.assign(200, {"many", "", {1}});
    const auto file = read_fit_back(recording);
    EXPECT_TRUE(file.findings.empty());
    EXPECT_EQ(file.recordings.at(0).extra.size(), 128U);
}

TEST(FitEncode, CutsTextsBetweenTwoCharacters) {
    auto recording = seconds_of_time(1);
    const std::string full(253, 'x');
    recording.extra = {{full + "\xC3\xA4", std::string("a\0b\xFF", 4), {1}}};
    const auto after = read_fit_back(recording).recordings.at(0);
    EXPECT_EQ(after.extra.at(0).name, full);
    EXPECT_EQ(after.extra[0].units, "a\xEF\xBF\xBD"
                                    "b\xEF\xBF\xBD");
}

TEST(FitEncode, KeepsPausesLapsLengthsBeatsAndTheUser) {
    auto recording = seconds_of_time(100);
    recording.utc_offset = std::chrono::minutes(-210);
    recording.pauses = {{fit_start + seconds(10), fit_start + seconds(20)},
                        {fit_start + seconds(20), fit_start + seconds(25)},
                        {fit_start + seconds(120), fit_start + seconds(130)}};
    model::Lap lap;
    lap.start = fit_start;
    lap.end = fit_start + seconds(50);
    lap.trigger = "position_lap";
    lap.intensity = "cooldown";
    lap.totals.max_cadence = 91.5;
    lap.totals.average_temp = -4;
    recording.laps = {lap, {}};
    recording.pool_length = 33.33;
    recording.lengths = {{fit_start, 31.25, 17, true, "butterfly"}, {{}, {}, {}, false, ""}};
    recording.rr_intervals = {0.8, 70, 0.75, NAN, 0.7, 0.65, 0.6, 0.55};
    recording.user = {true, 44, 1.71, 63.5, 48, 188, 171, 290};
    recording.devices = {{32, 31, "Own bolt", 1.25}, {{}, 7, "Strap", {}}};
    const auto file = read_fit_back(recording);
    EXPECT_TRUE(file.findings.empty());
    const auto& after = file.recordings.at(0);
    EXPECT_EQ(after.utc_offset, recording.utc_offset);
    ASSERT_EQ(after.pauses.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(after.pauses[i].from, recording.pauses[i].from);
        EXPECT_EQ(after.pauses[i].to, recording.pauses[i].to);
    }
    ASSERT_EQ(after.laps.size(), 2U);
    EXPECT_EQ(after.laps[0].end, lap.end);
    EXPECT_EQ(after.laps[0].trigger, "position_lap");
    EXPECT_EQ(after.laps[0].intensity, "cooldown");
    tests::expect_same_totals(tests::Format::fit, lap.totals, after.laps[0].totals);
    EXPECT_FALSE(after.laps[1].start || after.laps[1].end);
    EXPECT_EQ(after.pool_length, 33.33);
    ASSERT_EQ(after.lengths.size(), 2U);
    EXPECT_EQ(after.lengths[0].elapsed_time, 31.25);
    EXPECT_EQ(after.lengths[0].strokes, 17);
    EXPECT_EQ(after.lengths[0].stroke, "butterfly");
    EXPECT_FALSE(after.lengths[1].active || after.lengths[1].start);
    EXPECT_EQ(after.rr_intervals, (std::vector<double>{0.8, 0.75, 0.7, 0.65, 0.6, 0.55}));
    EXPECT_EQ(after.user.is_female, true);
    EXPECT_EQ(after.user.height, 1.71);
    EXPECT_EQ(after.user.weight, 63.5);
    EXPECT_EQ(after.user.max_heartrate, 188);
    EXPECT_EQ(after.user.threshold_power, 290);
    ASSERT_EQ(after.devices.size(), 2U);
    EXPECT_EQ(after.devices[0].name, "Own bolt");
    EXPECT_EQ(after.devices[0].software_version, 1.25);
    EXPECT_EQ(after.devices[1].name, "Strap");
}

TEST(FitEncode, TellsOfNoDeviceWhereThereIsNone) {
    EXPECT_TRUE(read_fit_back(seconds_of_time(1)).recordings.at(0).devices.empty());
}

TEST(FitEncode, KeepsTheTimesOfARecordingWithoutADate) {
    auto recording = seconds_of_time(3);
    recording.start.reset();
    recording.streams.time = {5, 3, 9};
    auto after = read_fit_back(recording).recordings.at(0);
    EXPECT_FALSE(after.start);
    EXPECT_EQ(after.streams.time, recording.streams.time);
    recording.start = model::Moment(seconds(500'000'000)); // 1985
    after = read_fit_back(recording).recordings.at(0);
    EXPECT_FALSE(after.start);
    EXPECT_EQ(after.streams.time, recording.streams.time);
    recording.streams.time = {-5, 1e300, NAN};
    EXPECT_EQ(read_fit_back(recording).recordings.at(0).streams.size(), 3U);
}

TEST(FitEncode, FindsANumberForEachSportThatFitHas) {
    int generic = 0;
    for (const auto& one : model::sports) {
        const auto numbers = find_sport_numbers("", one.sport_type);
        const auto sport = describe_sport(numbers.sport, numbers.sub_sport);
        generic += sport.original == "generic" ? 1 : 0;
        if (sport.original != "generic") {
            EXPECT_EQ(sport.sport_type, one.sport_type);
        }
    }
    EXPECT_EQ(generic, 16);
    EXPECT_EQ(find_sport_numbers("running/sub-sport 99", "Run").sub_sport, 99);
    EXPECT_EQ(find_sport_numbers("sport 99", "Workout").sport, 99);
    EXPECT_EQ(find_sport_numbers("sport 999", "Workout").sport, 0);
    EXPECT_EQ(find_sport_numbers("swimming/lap_swimming", "Swim").sub_sport, 17);
    EXPECT_EQ(find_sport_numbers("swimming/lap_swimming", "Run").sport, 1); // corrected by hand
    EXPECT_FALSE(find_sport_numbers("", "").sport);
}

TEST(FitEncode, WritesARecordingOfNothing) {
    const auto file = read_fit_back({});
    EXPECT_TRUE(file.findings.empty());
    ASSERT_EQ(file.recordings.size(), 1U);
    EXPECT_EQ(file.recordings[0].sport_type, "");
}

TEST(FitWriter, KnowsWhatATypeHolds) {
    EXPECT_EQ(to_raw(-128.4, BaseType::int8), -128);
    EXPECT_FALSE(to_raw(127, BaseType::int8));
    EXPECT_EQ(to_raw(4294967294.0, BaseType::uint32), 4294967294);
    EXPECT_FALSE(to_raw(4294967295.0, BaseType::uint32));
    EXPECT_FALSE(to_raw(NAN, BaseType::uint16));
    EXPECT_EQ(to_raw(-490, BaseType::uint32, {5, 500}), 50);
    EXPECT_EQ(type_code(BaseType::uint32), 0x86);
    EXPECT_EQ(type_code(BaseType::bytes), 0x0D);
    EXPECT_EQ(type_code(BaseType::string), 0x07);
}

TEST(FitTimes, AreWholeSecondsFromJuly1998On) {
    EXPECT_EQ(to_fit_time(model::Moment(seconds(631'065'600 + 0x10000000LL))), 0x10000000U);
    EXPECT_FALSE(to_fit_time(model::Moment(seconds(631'065'600 + 0x10000000LL) - milliseconds(501))));
    EXPECT_EQ(to_fit_time(model::Moment(seconds(631'065'600 + 0xFFFFFFFELL))), 0xFFFFFFFEU);
    EXPECT_FALSE(to_fit_time(model::Moment(seconds(631'065'600 + 0xFFFFFFFFLL))));
    EXPECT_FALSE(to_fit_time(model::Moment::max()));
    EXPECT_FALSE(to_fit_time(model::Moment::min()));
    EXPECT_FALSE(to_fit_time(std::nullopt));
}

} // namespace
} // namespace harrier::formats::fit
