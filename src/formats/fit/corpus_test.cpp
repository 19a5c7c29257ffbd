// SPDX-License-Identifier: MIT

// Messages and fields of real recordings, as the reader gives them.

#include "formats/fit/messages.hpp"
#include "formats/fit/reader.hpp"
#include "formats/fit/value.hpp"
#include "tests/support/fit_corpus.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

namespace harrier::formats::fit {
namespace {

using namespace tests;

std::string_view word(Checksum checksum) {
    switch (checksum) {
    case Checksum::ok:
        return "ok";
    case Checksum::bad:
        return "bad";
    case Checksum::zero:
        return "zero";
    case Checksum::absent:
        return "absent";
    case Checksum::missing:
        return "missing";
    }
    return "";
}

TEST_F(FitCorpus, HeadersChecksumsAndMessageCountsAreRight) {
    for (const auto& one : *cases) {
        SCOPED_TRACE(one.name);
        Reader reader(one.bytes);
        std::map<std::string, std::size_t> by_number;
        std::map<std::size_t, std::size_t> compressed;
        std::map<std::size_t, std::size_t> records;
        while (const auto* message = reader.next()) {
            ++by_number[std::to_string(message->definition->global)];
            compressed[reader.segments().size() - 1] += message->timestamp ? 1 : 0;
            records[reader.segments().size() - 1] += message->definition->global == global::record ? 1 : 0;
        }
        EXPECT_EQ(json(by_number), one.truth.at("messages_by_number"));
        const auto& segments = one.truth.at("segments");
        ASSERT_EQ(reader.segments().size(), segments.size());
        for (std::size_t i = 0; i < segments.size(); ++i) {
            const auto& segment = reader.segments()[i];
            const auto& expected = segments[i];
            EXPECT_EQ(segment.offset, expected.at("offset"));
            EXPECT_EQ(segment.header_size, expected.at("header_size"));
            EXPECT_EQ(std::to_string(segment.protocol >> 4) + '.' + std::to_string(segment.protocol & 15),
                      expected.at("protocol"));
            EXPECT_EQ(segment.profile_version, expected.at("profile_version"));
            EXPECT_EQ(segment.data_size, expected.at("data_size"));
            EXPECT_EQ(word(segment.header_checksum), expected.at("header_crc"));
            EXPECT_EQ(word(segment.file_checksum), expected.at("file_crc"));
            EXPECT_EQ(segment.definitions, expected.at("definition_messages"));
            EXPECT_EQ(segment.messages, expected.at("data_messages"));
            EXPECT_EQ(records[i], expected.at("records"));
            EXPECT_EQ(compressed[i], expected.value("compressed_timestamp_messages", 0U));
        }
    }
}

TEST_F(FitCorpus, RunsGiveTheSameMessagesAsSingleSteps) {
    for (const auto& one : *cases) {
        SCOPED_TRACE(one.name);
        Reader single(one.bytes);
        Reader runs(one.bytes);
        while (const auto* run = runs.next_run()) {
            for (std::size_t i = 0; i < run->count; ++i) {
                const Message part = run->nth(i);
                const auto* message = single.next();
                ASSERT_NE(message, nullptr);
                ASSERT_EQ(part.data.data(), message->data.data());
                ASSERT_EQ(part.data.size(), message->data.size());
                ASSERT_EQ(part.offset, message->offset);
                ASSERT_EQ(part.index, message->index);
                ASSERT_EQ(part.timestamp, message->timestamp);
                ASSERT_EQ(part.definition->global, message->definition->global);
            }
        }
        EXPECT_EQ(single.next(), nullptr);
    }
}

TEST_F(FitCorpus, FieldsOfAnUnlikelySizeAreFindings) {
    for (const auto& one : *cases) {
        SCOPED_TRACE(one.name);
        Reader reader(one.bytes);
        while (reader.next() != nullptr) {
        }
        std::size_t expected = 0;
        for (const auto& segment : one.truth.at("segments")) {
            expected += segment.value("fields_with_bad_size", std::size_t{0});
        }
        EXPECT_EQ(std::count_if(reader.findings().begin(), reader.findings().end(),
                                [](const auto& finding) {
                                    return finding.what.find("kept as bytes") != std::string::npos;
                                }),
                  expected);
    }
}

TEST_F(FitCorpus, EachFieldOfTheRecordsAddsUp) {
    for (const auto& one : *cases) {
        for (const auto& [name, expected] : one.truth.at("fields").items()) {
            SCOPED_TRACE(one.name + ' ' + name);
            const auto sum = sum_field(one, name);
            expect_same(sum, expected);
            EXPECT_EQ(sum.invalid, expected.at("invalid"));
            EXPECT_EQ(one.truth.at("records").get<std::size_t>() - sum.count, expected.at("missing"));
        }
    }
}

TEST_F(FitCorpus, RawPositionsAddUp) {
    for (const auto& one : *cases) {
        if (!one.truth.contains("position")) {
            continue;
        }
        SCOPED_TRACE(one.name);
        std::int64_t latitudes = 0;
        std::int64_t longitudes = 0;
        std::size_t count = 0;
        Reader reader(one.bytes);
        while (const auto* message = reader.next()) {
            const bool is_record = message->definition->global == global::record;
            const auto latitude = is_record ? integer(*message, 0) : std::nullopt;
            const auto longitude = is_record ? integer(*message, 1) : std::nullopt;
            if (latitude && longitude) {
                latitudes += *latitude;
                longitudes += *longitude;
                ++count;
            }
        }
        const auto& position = one.truth.at("position");
        EXPECT_EQ(count, position.at("count"));
        EXPECT_EQ(latitudes, position.value("raw_sum_lat", std::int64_t{0}));
        EXPECT_EQ(longitudes, position.value("raw_sum_long", std::int64_t{0}));
    }
}

} // namespace
} // namespace harrier::formats::fit
