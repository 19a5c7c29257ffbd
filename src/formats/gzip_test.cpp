// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "formats/gzip.hpp"
#include "tests/support/zip_builder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace harrier::formats {
namespace {

using namespace tests;
using testing::HasSubstr;

std::string unpack(const std::string& bytes, std::uint64_t limit = max_inflated_size) {
    return gunzip(std::as_bytes(std::span(bytes)), limit);
}

std::string gzip_refusal(const std::string& bytes, std::uint64_t limit = max_inflated_size) {
    try {
        (void)unpack(bytes, limit);
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::data);
        return error.message();
    }
    return "(unpacked)";
}

TEST(Gunzip, GivesWhatWasPacked) {
    EXPECT_EQ(unpack(gzipped("")), "");
    EXPECT_EQ(unpack(gzipped("text")), "text");
    const std::string long_text(3'000'000, 'a');
    EXPECT_EQ(unpack(gzipped(long_text)), long_text);
}

TEST(Gunzip, SkipsEveryFieldOfTheHeader) {
    for (const bool has_checksum : {false, true}) {
        EXPECT_EQ(unpack(gzipped("text", {.extra = "ab\1\0x", .has_header_checksum = has_checksum})), "text");
        EXPECT_EQ(unpack(gzipped("text", {.name = "1.fit", .has_header_checksum = has_checksum})), "text");
        EXPECT_EQ(unpack(gzipped("text", {.comment = "c", .has_header_checksum = has_checksum})), "text");
        EXPECT_EQ(unpack(gzipped("text", {"extra", "name", "comment", has_checksum})), "text");
    }
}

TEST(Gunzip, JoinsMembersAndSkipsPadding) {
    const std::string big(200'000, 'b');
    EXPECT_EQ(unpack(gzipped("first ") + gzipped(big) + gzipped("") + gzipped("end")),
              "first " + big + "end");
    EXPECT_EQ(unpack(gzipped("text") + std::string(512, '\0')), "text");
    EXPECT_NE(gzip_refusal(gzipped("text") + "garbage"), "(unpacked)");
}

TEST(Gunzip, RefusesAFileCutAnywhere) {
    const auto whole =
        gzipped("a text that is long enough to be packed packed packed", {"extra", "name", "c", true}) +
        gzipped("and another member");
    for (std::size_t size = 0; size < whole.size(); ++size) {
        if (whole.substr(size) != gzipped("and another member")) {
            EXPECT_NE(gzip_refusal(whole.substr(0, size)), "(unpacked)") << size;
        }
    }
}

TEST(Gunzip, RefusesAnyChangeOfTheData) {
    const auto whole =
        gzipped("a text that is long enough to be packed packed packed", {.has_header_checksum = true});
    for (std::size_t at = 0; at < whole.size(); ++at) {
        auto changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 0x20);
        EXPECT_NE(gzip_refusal(changed), "(unpacked)") << at;
    }
}

TEST(Gunzip, TellsWhatIsWrong) {
    EXPECT_THAT(gzip_refusal("<?xml version=\"1.0\"?>"), HasSubstr("does not begin as one"));
    auto bytes = gzipped("text");
    EXPECT_THAT(gzip_refusal(bytes.substr(0, bytes.size() - 1)), HasSubstr("cut short or damaged"));
    bytes[bytes.size() - 6] = static_cast<char>(bytes[bytes.size() - 6] ^ 1);
    EXPECT_THAT(gzip_refusal(bytes), HasSubstr("checksum is wrong"));
    bytes = gzipped("text");
    bytes[bytes.size() - 1] = 1;
    EXPECT_THAT(gzip_refusal(bytes), HasSubstr("size is wrong"));
}

TEST(Gunzip, StopsAtTheLimit) {
    const auto bytes = gzipped(std::string(100'000, 'a'));
    EXPECT_EQ(unpack(bytes, 100'000).size(), 100'000U);
    EXPECT_THAT(gzip_refusal(bytes, 99'999), HasSubstr("more than is allowed"));
    EXPECT_THAT(gzip_refusal(bytes + bytes, 150'000), HasSubstr("more than is allowed"));
}

TEST(Gunzip, ALyingSizeDoesNotMatterUntilTheEnd) {
    auto bytes = gzipped(std::string(100'000, 'a'));
    for (const auto lie : {0U, 1U, 0xFFFFFFFFU}) {
        bytes.replace(bytes.size() - 4, 4, u32(lie));
        EXPECT_THAT(gzip_refusal(bytes), HasSubstr("size is wrong")) << lie;
    }
}

} // namespace
} // namespace harrier::formats
