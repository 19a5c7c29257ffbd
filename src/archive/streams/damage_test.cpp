// SPDX-License-Identifier: MIT

// Each thing that a decoder refuses, by itself: in whole streams the checks behind it would hide one that is
// gone.

#include "archive/stream_codec.hpp"
#include "archive/streams/column_codec.hpp"
#include "archive/streams/token_model.hpp"
#include "tests/support/stream_samples.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace harrier::archive {
namespace {

using testing::HasSubstr;

// The message of the Error{data} that `work` throws; "" when it throws none.
template <typename Work>
std::string refusal_by(Work work) {
    try {
        work();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::data);
        return error.message();
    }
    return "";
}

TEST(ByteReader, ReadsNothingBehindTheEnd) {
    const std::string_view bytes = "ab";
    EXPECT_THAT(refusal_by([&] { (void)ByteReader(bytes).take_bytes(3); }), HasSubstr("cut short"));
    EXPECT_THAT(refusal_by([&] { (void)ByteReader("").take_byte(); }), HasSubstr("cut short"));
    EXPECT_THAT(refusal_by([&] { (void)ByteReader("\x05xyz").take_text(); }), HasSubstr("cut short"));
    EXPECT_EQ(ByteReader(bytes).take_bytes(2), bytes);
}

TEST(ByteReader, ANumberHasAtMost64Bits) {
    ByteWriter out;
    out.put_number(~std::uint64_t{0});
    EXPECT_EQ(ByteReader(out.bytes()).take_number(), ~std::uint64_t{0});
    const std::string endless(11, '\x80');
    EXPECT_THAT(refusal_by([&] { (void)ByteReader(endless).take_number(); }), HasSubstr("64 bits"));
}

TEST(BitReader, TellsWhenItWasAskedForTooMuchOrIgnoredSomething) {
    BitReader beyond("a");
    EXPECT_EQ(beyond.take(9), std::uint64_t{'a'});
    EXPECT_THAT(refusal_by([&] { (void)beyond.finish(); }), HasSubstr("too few bits"));
    BitReader rest("\x03");
    (void)rest.take(1);
    EXPECT_THAT(refusal_by([&] { (void)rest.finish(); }), HasSubstr("bits that mean nothing"));
}

// The table of a group whose one symbol, 5, has this frequency.
void put_table(BitWriter& out, std::uint64_t frequency) {
    const auto width = static_cast<unsigned>(std::bit_width(frequency));
    out.put(5, 8);
    out.put(5, 8);
    out.put_unary(2 * (width - 6));
    out.put(frequency - (std::uint64_t{1} << (width - 1)), width - 1);
}

std::string refusal_of_tables(BitWriter& out) {
    return refusal_by([&] {
        BitReader in(out.finish());
        (void)TokenModel::read(in);
        (void)in.finish();
    });
}

TEST(TokenModel, FrequenciesAddUpToTheirSum) {
    for (const std::uint64_t frequency : {2047U, 2048U, 2049U}) {
        BitWriter out;
        out.put(0, 3);
        put_table(out, frequency);
        EXPECT_EQ(refusal_of_tables(out).empty(), frequency == 2048) << frequency;
    }
}

TEST(TokenModel, GroupsComeInTheOrderOfSituations) {
    for (const unsigned situation : {0U, 1U, Situation::count - 1, +Situation::count}) {
        BitWriter out;
        out.put(1, 3);
        out.put(situation, 5);
        put_table(out, 2048);
        put_table(out, 2048);
        EXPECT_EQ(refusal_of_tables(out).empty(), situation > 0 && situation < Situation::count) << situation;
    }
}

TEST(IntegerDecoder, AnotherCountThanTheEncodersIsNoticed) {
    tests::SampleRandom random(12);
    std::vector<std::int64_t> numbers;
    for (int i = 0; i < 500; ++i) {
        numbers.push_back(static_cast<std::int64_t>(random.below(6))); // no open bits
    }
    ByteWriter out;
    ColumnEncoder().encode_numbers(numbers, out);
    // Without spare bytes behind them, so that the sanitizer sees a step too far.
    const std::vector<char> bytes(out.bytes().begin(), out.bytes().end());
    const auto refusal_of_count = [&](std::size_t count) {
        return refusal_by([&] {
            ByteReader in({bytes.data(), bytes.size()});
            (void)decode_numbers(in, count);
        });
    };
    EXPECT_EQ(refusal_of_count(500), "");
    EXPECT_THAT(refusal_of_count(560), HasSubstr("too few words"));
    for (const std::size_t count : {499U, 450U, 2U}) {
        EXPECT_THAT(refusal_of_count(count), HasSubstr("left over")) << count;
    }
}

// Of a column of four samples whose stretches of present and missing ones have these lengths.
std::string refusal_of_runs(const std::vector<std::int64_t>& runs) {
    ByteWriter out;
    ColumnEncoder encoder;
    out.put_byte(0x80); // whole numbers, some missing
    out.put_number(runs.size());
    encoder.encode_numbers(runs, out);
    encoder.encode_numbers(std::vector<std::int64_t>{8, 8}, out); // of the two present ones
    return refusal_by([&] {
        ByteReader in(out.bytes());
        (void)decode_column(in, 4, {});
    });
}

TEST(ColumnCodec, StretchesAddUpToTheColumn) {
    EXPECT_EQ(refusal_of_runs({2, 2}), "");
    EXPECT_EQ(refusal_of_runs({1, 2, 1}), "");
    EXPECT_THAT(refusal_of_runs({2, 3}), HasSubstr("a run that is too long"));
    EXPECT_THAT(refusal_of_runs({2, -2, 4}), HasSubstr("a run that is too long"));
    EXPECT_THAT(refusal_of_runs({2, 1}), HasSubstr("runs that are too short"));
    EXPECT_THAT(refusal_of_runs({1, 1, 1, 1, 0, 0}), HasSubstr("too many runs"));
}

TEST(StreamCodec, ABreakBehindTheEndIsRefused) {
    auto run = tests::made_up_run(3);
    run.breaks = {2};
    auto body = encode_streams(run);
    body.resize(body.size() - 4);
    const std::size_t at = body.size() - 2; // before the count of pauses
    ASSERT_EQ(body[at], 2 * 2);
    EXPECT_EQ(decode_streams(seal_streams(body)).breaks, run.breaks);
    for (const char folded : {'\x06', '\x03'}) { // 3 and -2
        body[at] = folded;
        EXPECT_THAT(refusal_by([&] { (void)decode_streams(seal_streams(body)); }),
                    HasSubstr("a break behind the end"));
    }
}

} // namespace
} // namespace harrier::archive
