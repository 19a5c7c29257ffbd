// SPDX-License-Identifier: MIT

// Files that are cut, or made to hurt: the good prefix is kept, and time and memory stay within bounds.

#include "formats/fit/decode.hpp"
#include "formats/fit/records.hpp"
#include "tests/support/fit_builder.hpp"
#include "tests/support/fit_samples.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace harrier::formats::fit {
namespace {

using namespace tests;
using testing::Contains;
using testing::Field;
using testing::HasSubstr;

constexpr std::int64_t start = 1'000'000'000;
constexpr FitField time_field{253, 4, fit_type::u32};

std::size_t records_in(const model::DecodedFile& file) {
    std::size_t records = 0;
    for (const auto& recording : file.recordings) {
        records += recording.streams.size();
    }
    return records;
}

TEST(FitDamage, AFileCutAtAnyByteGivesItsPrefixAndAFinding) {
    const auto whole = chained_fit_sample();
    const auto expected = decode(whole);
    ASSERT_EQ(expected.findings.size(), 0U) << expected.findings[0].what;
    ASSERT_EQ(expected.recordings.size(), 2U);
    ASSERT_EQ(records_in(expected), 16U);
    const std::size_t first_file = (whole.size() + 2) / 2;
    std::size_t records = 0;
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        const auto file = decode(cut);
        EXPECT_EQ(file.findings.empty(), size == first_file) << size;
        EXPECT_GE(records_in(file), records) << size << ": what was there before is kept";
        records = records_in(file);
        for (const auto& finding : file.findings) {
            EXPECT_LE(finding.offset, size);
        }
        for (std::size_t i = 0; i < file.recordings.size(); ++i) {
            const auto& times = file.recordings[i].streams.time;
            EXPECT_TRUE(std::equal(times.begin(), times.end(), expected.recordings[i].streams.time.begin()));
        }
    }
}

TEST(FitDamage, AnyFlippedByteIsSurvived) {
    const auto whole = chained_fit_sample();
    for (std::size_t at = 0; at < whole.size(); ++at) {
        for (const auto flip : {0x01, 0x80, 0xFF}) {
            auto damaged = whole;
            damaged[at] ^= static_cast<std::byte>(flip);
            EXPECT_FALSE(decode(damaged).findings.empty()) << "byte " << at;
        }
    }
}

constexpr std::size_t hostile_size = 10'000'000;

// What a decoded file weighs, in values of 8 bytes.
std::size_t cells_in(const model::DecodedFile& file) {
    std::size_t cells = 0;
    for (const auto& recording : file.recordings) {
        const auto& s = recording.streams;
        for (const auto* column :
             {&s.time, &s.latitude, &s.longitude, &s.distance, &s.altitude, &s.velocity_smooth, &s.heartrate,
              &s.cadence, &s.watts, &s.temp, &s.grade_smooth, &recording.rr_intervals}) {
            cells += column->size();
        }
        for (const auto& extra : recording.extra) {
            cells += extra.values.size();
        }
        cells += recording.laps.size() * sizeof(model::Lap) / 8;
    }
    return cells;
}

FitBuilder all_columns() {
    FitBuilder builder;
    builder.define(1, {20,
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
                        {13, 1, fit_type::s8}},
                       {}});
    builder.data(1, {start, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1});
    return builder;
}

TEST(FitDamage, MessagesOfNoSizeGiveNothing) {
    auto builder = all_columns();
    builder.define(0, {20, {}, {}}).raw(std::string(hostile_size, '\0'));
    const auto file = decode(builder.finish());
    EXPECT_EQ(records_in(file), 1U);
    for (const int global : {18, 19, 21, 23, 78, 101, 132, 206}) {
        FitBuilder other;
        other.define(0, {static_cast<std::uint16_t>(global), {}, {}}).raw(std::string(hostile_size, '\0'));
        EXPECT_EQ(cells_in(decode(other.finish())), 0U) << global;
    }
}

TEST(FitDamage, RecordsOfAByteDoNotBlowUpIntoAHundredBytesEach) {
    auto builder = all_columns();
    builder.define(0, {20, {}, {}})
        .raw(std::string(hostile_size, '\x81'))
        .data(1, {start, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1});
    const auto file = decode(builder.finish());
    EXPECT_LE(cells_in(file), room_for_file(hostile_size).cells * 11 / 10);
    EXPECT_THAT(file.findings, Contains(Field(&model::Finding::what, HasSubstr("too many records"))));
}

TEST(FitDamage, DeveloperFieldsDoNotBlowUp) {
    FitBuilder builder;
    FitDefinition wide{20, {}, {}};
    for (unsigned i = 0; i < 255; ++i) {
        wide.developer_fields.push_back({static_cast<std::uint8_t>(i), 1, 0});
        builder.define(
            9, {206,
                {{0, 1, fit_type::u8}, {1, 1, fit_type::u8}, {2, 1, fit_type::u8}, {3, 4, fit_type::string}},
                {}});
        builder.raw({9, 0, i, fit_type::u8}).raw("Flow");
    }
    builder.define(1, wide).raw({1}).raw(std::string(255, '\x01'));
    builder.define(0, {20, {{3, 1, fit_type::u8}}, {}});
    std::string narrow;
    for (std::size_t i = 0; i < hostile_size / 2; ++i) {
        narrow += std::string_view("\0\x44", 2);
    }
    builder.raw(narrow).raw({1}).raw(std::string(255, '\x01'));
    const auto file = decode(builder.finish());
    EXPECT_LE(cells_in(file), room_for_file(hostile_size + 70'000).cells * 11 / 10);
}

TEST(FitDamage, EndlessRedefinitionsLapsAndSessionsAreBounded) {
    const auto repeat = [](std::string_view piece) {
        std::string text;
        while (text.size() < hostile_size) {
            text += piece;
        }
        return decode(FitBuilder().raw(text).finish());
    };
    using namespace std::string_view_literals;
    repeat("\x40\0\0\x14\0\0"sv);                     // a definition of nothing
    repeat("\x40\0\0\x14\0\x01\x03\x01\x02\0\x44"sv); // define one field, use it once
    repeat("\x40\0\0\x14\0\x01\x03\x01\x86\0\x44"sv); // with a finding each
    const auto laps = repeat("\x40\0\0\x13\0\x01\x0F\x01\x02\0\x44\0\x45\0\x46"sv);
    EXPECT_LE(cells_in(laps), 2'000'000U);
    const auto sessions = repeat("\x40\0\0\x12\0\x01\x05\x01\0\0\x01\0\x01\0\x01"sv);
    EXPECT_EQ(sessions.recordings.size(), 256U);
    EXPECT_THAT(sessions.findings, Contains(Field(&model::Finding::what, HasSubstr("too many sessions"))));
    std::string chain;
    const auto empty = FitBuilder().raw({0x40, 0, 0, 20, 0, 0}).finish();
    while (chain.size() < hostile_size) {
        chain.append(reinterpret_cast<const char*>(empty.data()), empty.size());
    }
    const auto bytes = std::as_bytes(std::span(chain));
    EXPECT_THAT(decode(bytes).findings,
                Contains(Field(&model::Finding::what, HasSubstr("more than 10000 files"))));
}

TEST(FitDamage, ALargeHonestFileMeetsNoLimit) {
    auto builder = all_columns();
    for (std::int64_t i = 1; i < 300'000; ++i) {
        builder.data(1, {start + i, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1});
    }
    const auto file = decode(builder.finish());
    EXPECT_EQ(records_in(file), 300'000U);
    EXPECT_TRUE(file.findings.empty());
}

} // namespace
} // namespace harrier::formats::fit
