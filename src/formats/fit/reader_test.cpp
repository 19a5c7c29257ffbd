// SPDX-License-Identifier: MIT
#include "formats/fit/reader.hpp"
#include "formats/fit/value.hpp"
#include "tests/support/fit_builder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace harrier::formats::fit {
namespace {

using namespace tests;
using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

auto a_finding(std::size_t offset, const char* what) {
    return AllOf(Field(&model::Finding::offset, offset), Field(&model::Finding::what, HasSubstr(what)));
}

// What a reader says of a whole file.
struct Told {
    std::vector<std::optional<std::int64_t>> firsts; // field 1 of each message
    std::vector<std::optional<std::uint32_t>> times;
    std::vector<Segment> segments;
    std::vector<model::Finding> findings;
};

Told read_all(const Bytes& bytes) {
    Told told;
    Reader reader(bytes);
    while (const auto* message = reader.next()) {
        told.firsts.push_back(integer(*message, 1));
        told.times.push_back(message->timestamp);
    }
    told.segments = reader.segments();
    told.findings = reader.findings();
    return told;
}

FitBuilder three_messages() {
    FitBuilder builder;
    builder.define(0, {20, {{1, 2, fit_type::u16}}, {}});
    builder.data(0, {7}).data(0, {8}).data(0, {9});
    return builder;
}

TEST(FitReader, ReadsHeadersOfTwelveAndFourteenBytesAndMore) {
    for (const int size : {12, 13, 14, 20}) {
        const auto told = read_all(three_messages().finish({static_cast<std::uint8_t>(size)}));
        EXPECT_THAT(told.firsts, ElementsAre(7, 8, 9)) << size;
        EXPECT_THAT(told.findings, IsEmpty()) << size;
        ASSERT_EQ(told.segments.size(), 1U);
        EXPECT_EQ(told.segments[0].header_checksum, size < 14 ? Checksum::absent : Checksum::ok);
        EXPECT_EQ(told.segments[0].file_checksum, Checksum::ok);
        EXPECT_EQ(told.segments[0].definitions, 1U);
        EXPECT_EQ(told.segments[0].messages, 3U);
    }
}

TEST(FitReader, AHeaderChecksumMayBeZero) {
    const auto told = read_all(three_messages().finish({14, true}));
    EXPECT_EQ(told.segments.at(0).header_checksum, Checksum::zero);
    EXPECT_THAT(told.findings, IsEmpty());
}

TEST(FitReader, AWrongChecksumIsAFindingAndNoMessageIsLost) {
    auto bytes = three_messages().finish();
    bytes.back() ^= std::byte{1};
    auto told = read_all(bytes);
    EXPECT_THAT(told.firsts, ElementsAre(7, 8, 9));
    EXPECT_THAT(told.findings, ElementsAre(a_finding(bytes.size() - 2, "the file's checksum is wrong")));

    bytes = three_messages().finish();
    bytes[12] ^= std::byte{1};
    told = read_all(bytes);
    EXPECT_THAT(told.firsts, ElementsAre(7, 8, 9));
    EXPECT_EQ(told.segments.at(0).header_checksum, Checksum::bad);
    EXPECT_EQ(told.segments.at(0).file_checksum, Checksum::bad) << "it covers the header";

    bytes = three_messages().finish();
    bytes.resize(bytes.size() - 2);
    told = read_all(bytes);
    EXPECT_THAT(told.firsts, ElementsAre(7, 8, 9));
    EXPECT_EQ(told.segments.at(0).file_checksum, Checksum::missing);
    EXPECT_THAT(told.findings, ElementsAre(a_finding(bytes.size(), "the file's checksum is missing")));
}

TEST(FitReader, ACrashedWritersFileIsReadToItsEnd) {
    auto bytes = three_messages().finish({14, true});
    std::fill_n(bytes.begin() + 4, 4, std::byte{0});
    bytes[bytes.size() - 2] = bytes[bytes.size() - 1] = std::byte{0};
    const auto told = read_all(bytes);
    EXPECT_THAT(told.firsts, ElementsAre(7, 8, 9));
    EXPECT_EQ(told.segments.at(0).file_checksum, Checksum::zero);
    EXPECT_THAT(told.findings, ElementsAre(a_finding(4, "no size")));
}

TEST(FitReader, AFileOfNoDataIsNoDamage) {
    auto bytes = FitBuilder().finish();
    const auto more = three_messages().finish();
    bytes.insert(bytes.end(), more.begin(), more.end());
    const auto told = read_all(bytes);
    EXPECT_EQ(told.segments.size(), 2U);
    EXPECT_THAT(told.firsts, ElementsAre(7, 8, 9));
    EXPECT_THAT(told.findings, IsEmpty());
}

TEST(FitReader, ChainedFilesBeginAnewWithDefinitionsAndTimes) {
    auto bytes = three_messages().finish();
    const auto first_size = bytes.size();
    const auto second = FitBuilder().raw({0x00, 1, 0}).finish(); // uses a local type of the first file
    bytes.insert(bytes.end(), second.begin(), second.end());
    const auto third = three_messages().finish({12});
    bytes.insert(bytes.end(), third.begin(), third.end());
    const auto told = read_all(bytes);
    EXPECT_THAT(told.firsts, ElementsAre(7, 8, 9, 7, 8, 9));
    EXPECT_EQ(told.segments.size(), 3U);
    EXPECT_THAT(told.findings, ElementsAre(a_finding(first_size + 14, "undefined local type 0")));
}

TEST(FitReader, WhatComesBehindTheEndIsAFinding) {
    auto bytes = three_messages().finish();
    const auto size = bytes.size();
    bytes.resize(size + 40, std::byte{0x55});
    const auto told = read_all(bytes);
    EXPECT_THAT(told.firsts, ElementsAre(7, 8, 9));
    EXPECT_THAT(told.findings, ElementsAre(a_finding(size, "40 bytes behind the end are no FIT file")));
}

TEST(FitReader, AHeaderWithNothingBehindItIsAFinding) {
    auto bytes = three_messages().finish();
    const auto size = bytes.size();
    bytes.insert(bytes.end(), bytes.begin(), bytes.begin() + 14);
    const auto told = read_all(bytes);
    EXPECT_THAT(told.firsts, ElementsAre(7, 8, 9));
    EXPECT_THAT(told.findings, ElementsAre(a_finding(size + 4, "promises 18 bytes, 0 are there"),
                                           a_finding(size + 14, "checksum is missing")));
}

TEST(FitReader, OtherFilesAreNone) {
    const std::string text = "PK\x03\x04 this is something else";
    const auto bytes = std::as_bytes(std::span(text));
    EXPECT_FALSE(looks_like_fit(bytes));
    EXPECT_THAT(read_all({bytes.begin(), bytes.end()}).findings, ElementsAre(a_finding(0, "not a FIT file")));
    EXPECT_THAT(read_all({}).findings, ElementsAre(a_finding(0, "not a FIT file")));
    EXPECT_TRUE(looks_like_fit(three_messages().finish()));
    auto header_of_zero = three_messages().finish();
    header_of_zero[0] = std::byte{0};
    EXPECT_THAT(read_all(header_of_zero).findings, ElementsAre(a_finding(0, "a header of 0 bytes")));
}

TEST(FitReader, BothByteOrdersLiveInOneFileAndLocalTypesAreRedefined) {
    FitBuilder builder;
    builder.define(3, {20, {{1, 4, fit_type::u32}}, {}, true}).data(3, {0x01020304});
    builder.define(4, {20, {{1, 4, fit_type::u32}}, {}, false}).data(4, {0x01020304});
    builder.define(3, {20, {{9, 1, fit_type::u8}, {1, 1, fit_type::s8}}, {}}).data(3, {5, -6});
    const auto told = read_all(builder.finish());
    EXPECT_THAT(told.firsts, ElementsAre(0x01020304, 0x01020304, -6));
    EXPECT_THAT(told.findings, IsEmpty());
}

TEST(FitReader, AnUnknownByteOrderIsReadAsLittleEndianAndAFinding) {
    FitBuilder builder;
    const auto at = builder.offset();
    builder.raw({0x40, 0, 7, 20, 0, 1, 1, 2, fit_type::u16, 0x00, 5, 0});
    const auto told = read_all(builder.finish());
    EXPECT_THAT(told.firsts, ElementsAre(5));
    EXPECT_THAT(told.findings, ElementsAre(a_finding(at + 2, "the byte order 7 is unknown")));
}

TEST(FitReader, CompressedTimesGoOnFromTheLastTimeAndRollOver) {
    FitBuilder builder;
    builder.define(0, {20, {{253, 4, fit_type::u32}}, {}}).data(0, {1000});
    builder.define(1, {20, {{1, 1, fit_type::u8}}, {}});
    builder.compressed(1, 8, {1}).compressed(1, 13, {2}).compressed(1, 7, {3}).compressed(1, 7, {4});
    builder.data(0, {63}).compressed(1, 0, {5});
    const auto told = read_all(builder.finish());
    EXPECT_THAT(told.times, ElementsAre(std::nullopt, 1000, 1005, 1031, 1031, std::nullopt, 64));
}

TEST(FitReader, AnInvalidTimeIsNotGoneOnFrom) {
    FitBuilder builder;
    builder.define(0, {20, {{253, 4, fit_type::u32}}, {}}).data(0, {1000}).data(0, {0xFFFFFFFF});
    builder.define(1, {20, {{1, 1, fit_type::u8}}, {}}).compressed(1, 9, {1});
    EXPECT_EQ(read_all(builder.finish()).times.back(), 1001U);
}

TEST(FitReader, AFieldWhoseSizeIsNoMultipleOfItsTypeIsKeptAsBytes) {
    FitBuilder builder;
    const auto at = builder.offset();
    builder.define(0, {20, {{5, 1, fit_type::u32}, {1, 2, fit_type::u16}}, {}}).data(0, {9, 300});
    const auto told = read_all(builder.finish());
    EXPECT_THAT(told.firsts, ElementsAre(300)) << "the field behind it is read";
    EXPECT_THAT(told.findings, ElementsAre(a_finding(at + 6, "field 5 of message 20 has 1 bytes")));
}

TEST(FitReader, FieldsOfNoSizeHugeFieldsAndUnknownTypesMoveNothing) {
    FitBuilder builder;
    builder.define(0,
                   {20, {{7, 0, fit_type::u16}, {8, 255, 0x1F}, {9, 255, 0x9D}, {1, 2, fit_type::u16}}, {}});
    builder.raw({0}).raw(std::string(510, 'x')).raw({44, 1});
    const auto told = read_all(builder.finish());
    EXPECT_THAT(told.firsts, ElementsAre(300));
    EXPECT_THAT(told.findings, IsEmpty());
}

TEST(FitReader, TheLargestMessageThatCanBeIsRead) {
    FitDefinition definition{20, {}, {}};
    for (unsigned i = 0; i < 255; ++i) {
        definition.fields.push_back({200, 255, fit_type::bytes});
        definition.developer_fields.push_back({200, 255, 0});
    }
    FitBuilder builder;
    builder.define(0, definition).raw({0}).raw(std::string(255 * 255 * 2 - 1, '\0')).raw({77});
    const auto file = builder.finish(); // the reader borrows it
    Reader reader(file);
    const auto* message = reader.next();
    ASSERT_NE(message, nullptr);
    EXPECT_EQ(message->data.size(), 130'050U);
    EXPECT_EQ(message->definition->developer_fields.back().offset, 129'795U);
    EXPECT_EQ(message->data.back(), std::byte{77});
    EXPECT_THAT(reader.findings(), IsEmpty());
}

TEST(FitReader, TypesWithoutTheirHighestBitAreKnown) {
    FitBuilder builder;
    builder.define(0, {20, {{1, 2, 0x04}}, {}}).data(0, {0xFFFF}).data(0, {0x1234});
    EXPECT_THAT(read_all(builder.finish()).firsts, ElementsAre(std::nullopt, 0x1234));
}

struct Sentinel {
    std::uint8_t type;
    std::uint8_t size;
    std::int64_t invalid;
    std::int64_t valid;
};

TEST(FitValue, EachTypeHasItsInvalidValue) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    const Sentinel sentinels[] = {
        {fit_type::enumeration, 1, 0xFF, 0}, {fit_type::s8, 1, 0x7F, -1},
        {fit_type::u8, 1, 0xFF, 0},          {fit_type::s16, 2, 0x7FFF, -1},
        {fit_type::u16, 2, 0xFFFF, 0},       {fit_type::s32, 4, 0x7FFFFFFF, -1},
        {fit_type::u32, 4, 0xFFFFFFFF, 0},   {fit_type::u8z, 1, 0, 0xFF},
        {fit_type::u16z, 2, 0, 0xFFFF},      {fit_type::u32z, 4, 0, 0xFFFFFFFF},
        {fit_type::bytes, 1, 0xFF, 0},       {fit_type::s64, 8, most, -1},
        {fit_type::u64, 8, -1, 0},           {fit_type::u64z, 8, 0, 12},
        {fit_type::f32, 4, 0xFFFFFFFF, 0},   {fit_type::f64, 8, -1, 0},
    };
    for (const auto& one : sentinels) {
        for (const bool big_endian : {false, true}) {
            FitBuilder builder;
            builder.define(0, {20, {{1, one.size, one.type}}, {}, big_endian});
            builder.data(0, {one.invalid}).data(0, {one.valid});
            const auto file = builder.finish();
            Reader reader(file);
            EXPECT_EQ(number(*reader.next(), 1), std::nullopt) << int{one.type} << big_endian;
            EXPECT_EQ(number(*reader.next(), 1), static_cast<double>(one.valid))
                << int{one.type} << big_endian;
        }
    }
}

TEST(FitValue, FloatsAreReadInBothByteOrdersAndInfinityIsNoNumber) {
    FitBuilder builder;
    builder.define(0, {20, {{1, 4, fit_type::f32}, {2, 8, fit_type::f64}}, {}, true});
    builder.data(0, {0x3FC00000, 0x4004000000000000}).data(0, {0x7F800000, 0x7FF0000000000000});
    const auto file = builder.finish();
    Reader reader(file);
    const auto* message = reader.next();
    EXPECT_EQ(number(*message, 1), 1.5);
    EXPECT_EQ(number(*message, 2), 2.5);
    message = reader.next();
    EXPECT_EQ(number(*message, 1), std::nullopt);
    EXPECT_EQ(number(*message, 2), std::nullopt);
}

TEST(FitValue, TextEndsAtItsFirstNulOrWithItsField) {
    FitBuilder builder;
    builder.define(0, {20, {{1, 6, fit_type::string}, {2, 1, fit_type::u8}}, {}});
    builder.raw({0}).raw("Morges").raw({1}).raw({0}).raw(std::string_view("Bex\0\0x", 6)).raw({2});
    const auto file = builder.finish();
    Reader reader(file);
    EXPECT_EQ(text(*reader.next(), 1), "Morges");
    const auto* message = reader.next();
    EXPECT_EQ(text(*message, 1), "Bex");
    EXPECT_EQ(text(*message, 2), "") << "not a string";
}

TEST(FitValue, ArraysGiveEachElement) {
    FitBuilder builder;
    builder.define(0, {78, {{0, 6, fit_type::u16}}, {}, true}).raw({0, 3, 32, 0xFF, 0xFF, 0, 1});
    const auto file = builder.finish();
    Reader reader(file);
    std::vector<std::optional<std::int64_t>> values;
    for_each_integer(*reader.next(), 0, [&](auto value) { values.push_back(value); });
    EXPECT_THAT(values, ElementsAre(800, std::nullopt, 1));
}

} // namespace
} // namespace harrier::formats::fit
