// SPDX-License-Identifier: MIT
#include "archive/stream_codec.hpp"
#include "archive/streams/byte_io.hpp"
#include "archive/streams/crc32c.hpp"
#include "tests/support/stream_samples.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <iostream>
#include <limits>
#include <optional>

namespace harrier::archive {
namespace {

using model::missing;
using testing::HasSubstr;
using tests::made_up_run;
using tests::mixed_streams;
using tests::SampleRandom;

// What decoding throws; nothing when it does not.
std::optional<Error> refusal(std::string_view bytes) {
    try {
        static_cast<void>(decode_streams(bytes));
    } catch (const Error& error) {
        return error;
    }
    return std::nullopt;
}

void expect_same_back(const StoredStreams& stored) {
    EXPECT_EQ(decode_streams(encode_streams(stored)), stored);
}

StoredStreams with_column(std::vector<double> values) {
    StoredStreams stored;
    stored.streams.time.resize(values.size());
    stored.extra.push_back({"x", "", std::move(values)});
    return stored;
}

std::string_view without_checksum(std::string_view bytes) {
    return bytes.substr(0, bytes.size() - 4);
}

TEST(StoredStreamsEquality, LooksAtEveryBitAndTakesMissingForMissing) {
    const auto payload = std::bit_cast<double>(0x7FF8'0000'0000'1234U);
    EXPECT_EQ(with_column({1, missing}), with_column({1, payload}));
    EXPECT_NE(with_column({0.0}), with_column({-0.0}));
    EXPECT_NE(with_column({0.0}), with_column({missing}));
    for (const auto& change : std::vector<void (*)(StoredStreams&)>{
             [](StoredStreams& s) { s.extra[0].name = "Fort"; },
             [](StoredStreams& s) { s.extra[0].units = "kW"; },
             [](StoredStreams& s) { s.extra[1].values[5] += 1; },
             [](StoredStreams& s) { s.extra.pop_back(); }, [](StoredStreams& s) { s.breaks[1] = 29; },
             [](StoredStreams& s) { s.pauses[0].to += std::chrono::milliseconds{1}; },
             [](StoredStreams& s) { s.streams.grade_smooth.assign(48, 0); },
             [](StoredStreams& s) { s.streams.temp.clear(); }}) {
        auto changed = mixed_streams();
        change(changed);
        EXPECT_NE(changed, mixed_streams());
    }
}

TEST(StreamCodec, GivesBackEverything) {
    expect_same_back({});
    expect_same_back(made_up_run(1));
    expect_same_back(made_up_run(2));
    expect_same_back(made_up_run(5000));
    expect_same_back(mixed_streams());
}

TEST(StreamCodec, AMissingSampleStaysMissingAndAnAbsentColumnAbsent) {
    const auto back = decode_streams(encode_streams(mixed_streams()));
    EXPECT_TRUE(back.streams.grade_smooth.empty());
    EXPECT_TRUE(back.extra[2].values.empty());
    EXPECT_EQ(back.streams.temp.size(), 48U);
    EXPECT_TRUE(model::is_missing(back.streams.temp[0]));
    EXPECT_TRUE(model::is_missing(back.streams.heartrate[46]));
    EXPECT_FALSE(model::is_missing(back.streams.heartrate[47]));
    EXPECT_TRUE(model::is_missing(back.streams.latitude[30]));
    // A missing value has one form, whatever the one that came in.
    const auto odd =
        decode_streams(encode_streams(with_column({std::bit_cast<double>(~std::uint64_t{0}), 1})));
    EXPECT_EQ(std::bit_cast<std::uint64_t>(odd.extra[0].values[0]), std::bit_cast<std::uint64_t>(missing));
}

TEST(StreamCodec, KeepsTheOddestNumbers) {
    using limits = std::numeric_limits<double>;
    const std::vector<double> odd = {-0.0,  0.0,           limits::infinity(), -limits::infinity(),
                                     1e308, limits::max(), limits::lowest(),   limits::denorm_min(),
                                     0.1,   1.0 / 3,       -limits::min(),     missing};
    expect_same_back(with_column(odd));
    for (const double value : odd) {
        expect_same_back(with_column({value}));
        expect_same_back(with_column({1, value, 2, 3}));
    }
}

// Columns of every kind and mixture that a generator comes up with.
std::vector<double> generated_column(SampleRandom& random, std::size_t count) {
    const std::size_t kind = random.below(8);
    const double scale = std::pow(10.0, static_cast<double>(random.below(8)));
    const std::size_t missing_one_in = random.below(2) == 0 ? 0 : 1 + random.below(20);
    double walk = 0;
    std::vector<double> values;
    while (values.size() < count) {
        walk += std::round(random.noise() * 50);
        const double choices[] = {walk / scale,
                                  walk * 1e5 * (180.0 / 2147483648.0),
                                  walk / 5 - 500,
                                  walk / 128,
                                  static_cast<double>(static_cast<float>(walk) / 7.0F),
                                  std::bit_cast<double>(random.bits()),
                                  random.below(50) == 0 ? random.noise() : walk,
                                  static_cast<double>(random.below(3))};
        values.push_back(missing_one_in > 0 && random.below(missing_one_in) == 0 ? missing : choices[kind]);
    }
    return values;
}

TEST(StreamCodec, GivesBackGeneratedColumns) {
    for (std::uint64_t seed = 0; seed < 45; ++seed) {
        SCOPED_TRACE(seed);
        SampleRandom random(seed);
        const std::size_t count = 1 + random.below(seed % 10 == 0 ? 3000 : 80);
        StoredStreams stored;
        auto& s = stored.streams;
        for (auto* column : {&s.time, &s.latitude, &s.longitude, &s.distance, &s.altitude, &s.velocity_smooth,
                             &s.heartrate, &s.watts}) {
            if (random.below(4) != 0) {
                *column = generated_column(random, count);
            }
        }
        stored.extra.push_back({"own", "u", generated_column(random, count)});
        stored.breaks = {random.below(count), random.below(count)};
        const auto bytes = encode_streams(stored);
        ASSERT_EQ(decode_streams(bytes), stored);
        ASSERT_EQ(encode_streams(decode_streams(bytes)), bytes);
    }
}

TEST(StreamCodec, AnHourOfARunTakesLessThan15000Bytes) {
    const auto run = made_up_run(3600);
    const std::size_t size = encode_streams(run).size();
    std::cout << "an hour of a made-up run: " << size << " bytes\n";
    EXPECT_LE(size, 15'000U);
    // The same run when the device takes its distance from its positions.
    auto by_position = run;
    auto& s = by_position.streams;
    double distance = 0;
    for (std::size_t i = 1; i < s.size(); ++i) {
        const double north = (s.latitude[i] - s.latitude[i - 1]) * 111'250;
        const double east = (s.longitude[i] - s.longitude[i - 1]) * 111'500 * 0.682;
        distance += std::sqrt(north * north + east * east);
        s.distance[i] = std::round(distance * 100) / 100;
    }
    EXPECT_LE(encode_streams(by_position).size(), 12'000U);
    expect_same_back(by_position);
}

TEST(StreamCodec, TextsOfTheApiTakeNoMoreThanTheNumbersOfADevice) {
    auto run = made_up_run(3600);
    auto& s = run.streams;
    const auto round_to = [](std::vector<double>& values, double scale) {
        for (auto& value : values) {
            value = std::round(value * scale) / scale;
        }
    };
    round_to(s.latitude, 1e6);
    round_to(s.longitude, 1e6);
    round_to(s.distance, 10);
    round_to(s.altitude, 10);
    EXPECT_LE(encode_streams(run).size(), 11'500U);
    expect_same_back(run);
}

// Archives outlive versions of harrier: if this fails, old archives can no longer be read, or two machines
// would write different ones.
TEST(StreamCodec, WritesTheBytesThatItAlwaysWrote) {
    EXPECT_EQ(crc32c(without_checksum(encode_streams(made_up_run(600)))), 3768469586U);
    EXPECT_EQ(crc32c(without_checksum(encode_streams(mixed_streams()))), 97853395U);
}

TEST(StreamCodec, ACutAnywhereIsNoticed) {
    const auto bytes = encode_streams(mixed_streams());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        const auto error = refusal(std::string_view(bytes).substr(0, size));
        ASSERT_TRUE(error) << size;
        EXPECT_EQ(error->kind(), ErrorKind::data);
    }
    EXPECT_TRUE(refusal(bytes + '\0'));
}

TEST(StreamCodec, EveryFlippedBitIsNoticed) {
    const auto bytes = encode_streams(mixed_streams());
    for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
        auto damaged = bytes;
        damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << bit % 8));
        const auto error = refusal(damaged);
        ASSERT_TRUE(error) << bit;
        EXPECT_EQ(error->kind(), ErrorKind::data);
    }
}

// Behind a right checksum anything can stand. It is refused, or gives streams that can be stored: true where
// it was refused.
bool is_refused_or_kept(std::string_view unsealed) {
    try {
        const auto streams = decode_streams(seal_streams(unsealed));
        EXPECT_EQ(decode_streams(encode_streams(streams)), streams);
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::data) << error.message();
        return true;
    }
    return false;
}

// Every cut and one bit of every byte, of columns with gaps, a guide, and a form of each sort.
TEST(StreamCodec, SurvivesDamageThatTheChecksumHides) {
    auto mixed = mixed_streams();
    for (auto* column : {&mixed.streams.altitude, &mixed.streams.cadence, &mixed.streams.watts}) {
        column->clear();
    }
    mixed.extra.erase(mixed.extra.begin());
    for (const auto& stored : {mixed, with_column({1, missing, 0.25})}) {
        const auto bytes = encode_streams(stored);
        const auto body = without_checksum(bytes);
        for (std::size_t size = 0; size < body.size(); size += 1 + body.size() / 100) {
            EXPECT_TRUE(is_refused_or_kept(body.substr(0, size))) << "missed by what comes behind: " << size;
        }
        std::size_t refused = 0;
        for (std::size_t at = 0; at < body.size(); at += 1 + body.size() / 200) {
            auto damaged = std::string(body);
            damaged[at] = static_cast<char>(damaged[at] ^ (1 << at % 8));
            refused += is_refused_or_kept(damaged) ? 1 : 0;
        }
        EXPECT_GT(refused, 0U);
    }
}

// Some bytes overwritten, taken out, put in, or moved from elsewhere.
std::string mutated(std::string bytes, SampleRandom& random) {
    for (std::size_t left = 1 + random.below(4); left > 0; --left) {
        const std::size_t at = random.below(bytes.size());
        const std::size_t size = std::min(1 + random.below(8), bytes.size() - at);
        switch (random.below(4)) {
        case 0:
            bytes[at] = static_cast<char>(random.bits());
            break;
        case 1:
            bytes.erase(at, size);
            break;
        case 2:
            bytes.insert(at, size, static_cast<char>(random.bits()));
            break;
        default:
            bytes.replace(at, size, bytes.substr(random.below(bytes.size()), size));
        }
    }
    return bytes;
}

TEST(StreamCodec, SurvivesRandomDamageThatTheChecksumHides) {
    const std::string bodies[] = {std::string(without_checksum(encode_streams(mixed_streams()))),
                                  std::string(without_checksum(encode_streams(made_up_run(30)))),
                                  std::string(without_checksum(encode_streams(with_column({7, 7, 7, 7}))))};
    std::size_t refused = 0;
    constexpr std::uint64_t trials = 900;
    for (std::uint64_t seed = 0; seed < trials; ++seed) {
        SCOPED_TRACE(seed);
        SampleRandom random(seed);
        refused += is_refused_or_kept(mutated(bodies[seed % 3], random)) ? 1 : 0;
    }
    EXPECT_GT(refused, trials / 2);
    EXPECT_LT(refused, trials) << "all were refused: nothing was decoded";
}

// Found by the fuzzer: a break needs a sample.
TEST(StreamCodec, ACountOfSamplesWithoutAColumnIsRefused) {
    using namespace std::string_view_literals;
    EXPECT_FALSE(refusal(seal_streams("HS\x02\x00\x00\x00\x00\x00"sv)));
    EXPECT_TRUE(refusal(seal_streams("HS\x02\x28\x00\x00\x01\x00\x00\x00"sv)));
    EXPECT_TRUE(refusal(seal_streams("HS\x02\x00\x01\x00\x00\x00"sv)));
}

TEST(StreamCodec, AnotherVersionIsNamed) {
    auto body = std::string(without_checksum(encode_streams(made_up_run(3))));
    const auto refused_version = [&](char version) {
        body[2] = version;
        const auto error = refusal(seal_streams(body));
        EXPECT_TRUE(error && error->kind() == ErrorKind::data);
        return error ? error->message() : "";
    };
    EXPECT_EQ(refused_version(9), "cannot read stored streams: a newer harrier wrote them (version 9)");
    EXPECT_EQ(refused_version(1), "cannot read stored streams: an unfinished harrier wrote them (version 1)");
}

// Streams of `samples` samples in all `known` columns and `extra` ones (30 at most are there), 0 throughout.
std::string constant_columns(std::uint64_t samples, unsigned known, std::uint64_t extra) {
    const auto two = encode_streams(with_column({0, 0}));
    const std::size_t head_size = 3 + 1 + 1 + 1 + 2 + 1 + 1; // with the one name "x"
    const std::size_t tail_size = 1 + 1 + 4;
    const auto column = std::string_view(two).substr(head_size, (two.size() - head_size - tail_size) / 2);
    ByteWriter out;
    out.put_bytes("HS");
    out.put_byte(2);
    out.put_number(samples);
    out.put_number((1U << known) - 1);
    out.put_number(extra);
    const auto extra_there = std::min<std::uint64_t>(extra, 30);
    for (std::uint64_t i = 0; i < extra_there; ++i) {
        out.put_text("");
        out.put_text("");
        out.put_byte(1);
    }
    for (std::uint64_t i = 0; i < known + extra_there; ++i) {
        out.put_bytes(column);
    }
    out.put_number(0); // breaks
    out.put_number(0); // pauses
    return seal_streams(out.bytes());
}

TEST(StreamCodec, AFewBytesDoNotGrowWithoutBounds) {
    const auto fair = decode_streams(constant_columns(100'000, 11, 3));
    EXPECT_EQ(fair.streams.grade_smooth, std::vector<double>(100'000));
    EXPECT_EQ(fair.extra[2].values, std::vector<double>(100'000));
    const auto expect_refused = [](const std::string& bytes) {
        const auto error = refusal(bytes);
        ASSERT_TRUE(error);
        EXPECT_THAT(error->message(), HasSubstr("more than an archive holds"));
    };
    expect_refused(constant_columns(1'000'000'000, 1, 0));
    expect_refused(constant_columns(largest_sample_count + 1, 1, 0));
    expect_refused(constant_columns(2'000'000, 11, 0));
    expect_refused(constant_columns(2'000'000, 1, 10));
    expect_refused(constant_columns(0, 0, 1'000'000'000'000));
    expect_refused(constant_columns(std::numeric_limits<std::int64_t>::max(), 2, 1));
}

TEST(StreamCodec, WhatCannotBeReadBackIsNotWritten) {
    const auto kind_of = [](const StoredStreams& stored) {
        try {
            static_cast<void>(encode_streams(stored));
        } catch (const Error& error) {
            return std::optional(error.kind());
        }
        return std::optional<ErrorKind>();
    };
    auto uneven = made_up_run(10);
    uneven.streams.altitude.pop_back();
    EXPECT_EQ(kind_of(uneven), ErrorKind::internal);
    auto behind = made_up_run(10);
    behind.breaks = {10};
    EXPECT_EQ(kind_of(behind), ErrorKind::internal);
    auto many = made_up_run(10);
    many.extra.resize(largest_extra_count + 1);
    EXPECT_EQ(kind_of(many), ErrorKind::data);
}

} // namespace
} // namespace harrier::archive
