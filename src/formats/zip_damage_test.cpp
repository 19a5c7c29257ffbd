// SPDX-License-Identifier: MIT

// Archives that were made to hurt, or cut, or changed.

#include "base/error.hpp"
#include "formats/gzip.hpp"
#include "formats/zip.hpp"
#include "tests/support/zip_builder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace harrier::formats {
namespace {

using namespace tests;
using testing::HasSubstr;

std::string zip_refusal(const std::string& bytes) {
    try {
        (void)ZipReader(zip_in_memory(std::as_bytes(std::span(bytes))));
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::data);
        return error.message();
    }
    return "(opened)";
}

// Everything that can be read, as far as it can: the names and sizes, or the refusal.
std::string read_all(const std::string& bytes) {
    std::string result;
    try {
        const ZipReader zip(zip_in_memory(std::as_bytes(std::span(bytes))));
        for (const auto& entry : zip.entries()) {
            try {
                result += entry.name + '=' + zip.read(entry) + '\n';
            } catch (const Error&) {
                result += entry.name + " refused\n";
            }
        }
    } catch (const Error&) {
        return "refused";
    }
    return result;
}

std::string zeros(std::size_t size) {
    return std::string(size, '\0');
}

TEST(ZipBomb, EntriesThatShareOneKernelAreRefused) {
    // All lines of the list point to the same bytes (Fifield, "full overlap").
    const auto content = zeros(1'000'000);
    const auto kernel = deflated(content);
    ZipBuilder builder;
    builder.add({.name = "0", .content = content});
    for (int i = 1; i < 1000; ++i) {
        builder.list({.name = "0"}, checksum(content), kernel.size(), content.size(), 0, 0);
    }
    EXPECT_THAT(zip_refusal(builder.build()), HasSubstr("share the same bytes"));
}

TEST(ZipBomb, EntriesThatQuoteTheNextHeaderAreRefused) {
    // The data of the first is a stored block that holds the second's header, then the kernel ("quoted
    // overlap").
    const auto content = zeros(100'000);
    const auto kernel = deflated(content);
    const ZipFile second{.name = "b", .content = content};
    const auto header = ZipBuilder().add(second).build().substr(0, 31);
    const std::string quote =
        std::string(1, '\0') + u16(header.size()) + u16(header.size() ^ 0xFFFFU) + header;
    const auto whole = header + content;
    ZipBuilder builder;
    builder.add({.name = "a", .content = whole, .compressed = quote + kernel});
    builder.list(second, checksum(content), kernel.size(), content.size(), 0, 31 + 5);
    EXPECT_THAT(zip_refusal(builder.build()), HasSubstr("share the same bytes"));
}

TEST(ZipBomb, AnExtraFieldThatReachesIntoTheNextEntryIsRefused) {
    // By the list alone the two follow one another; the first one's header says that its data begins later.
    ZipBuilder builder;
    builder.add({.name = "a", .content = "aaaaaaaaaaaaaaaaaa", .method = 0});
    builder.add({.name = "b", .content = "bbbbbbbbbbbbbbbbbb", .method = 0});
    auto bytes = builder.build();
    bytes[28] = 10; // extra field of the first local header
    const ZipReader zip(zip_in_memory(std::as_bytes(std::span(bytes))));
    EXPECT_THROW((void)zip.read(*zip.find("a")), Error);
    EXPECT_EQ(zip.read(*zip.find("b")), "bbbbbbbbbbbbbbbbbb");
}

TEST(ZipBomb, AnArchiveThatClaimsTooMuchIsRefused) {
    const auto content = zeros(10'000'000);
    EXPECT_THAT(zip_refusal(ZipBuilder().add({.name = "a", .content = content}).build()),
                HasSubstr("more than 200 times its own size"));
    // By lies alone, with Zip64 sizes whose sum overflows.
    ZipBuilder builder;
    for (const auto* name : {"a", "b", "c"}) {
        builder.add({.name = name, .content = "x", .is_zip64 = true, .size = ~std::uint64_t{0} / 2});
    }
    EXPECT_THAT(zip_refusal(builder.build()), HasSubstr("more than 200 times its own size"));
}

TEST(ZipBomb, AnEntryThatHidesItsSizeGivesNoMoreThanItSays) {
    const auto content = zeros(50'000'000);
    const auto bytes = ZipBuilder().add({.name = "a", .content = content, .size = 1000}).build();
    const ZipReader zip(zip_in_memory(std::as_bytes(std::span(bytes))));
    EXPECT_THROW((void)zip.read(*zip.find("a")), Error);
}

TEST(ZipBomb, AnEntryCannotBeReadAgainAndAgain) {
    const auto content = zeros(100'000);
    const auto bytes =
        ZipBuilder().add({.name = "a", .content = content}).append(std::string(2000, 'x')).build();
    const ZipReader zip(zip_in_memory(std::as_bytes(std::span(bytes))));
    const auto& entry = *zip.find("a");
    const auto times = bytes.size() * max_zip_ratio / content.size();
    for (std::size_t i = 0; i < times; ++i) {
        EXPECT_EQ(zip.read(entry).size(), content.size());
    }
    EXPECT_THROW((void)zip.read(entry), Error);
}

TEST(ZipBomb, GzipFilesInTheArchiveCountAgainstItsBudget) {
    InflateBudget budget(150'000);
    const auto gzip = gzipped(zeros(100'000));
    EXPECT_EQ(gunzip(std::as_bytes(std::span(gzip)), max_inflated_size, &budget).size(), 100'000U);
    EXPECT_EQ(budget.left(), 50'000U);
    EXPECT_THROW((void)gunzip(std::as_bytes(std::span(gzip)), max_inflated_size, &budget), Error);
    EXPECT_EQ(budget.left(), 50'000U);
}

TEST(ZipBomb, ManyEntriesAreRefusedBeforeTheyAreRead) {
    ZipBuilder small;
    small.add({.name = "a", .content = "a"});
    EXPECT_THAT(zip_refusal(small.finish({10'000'000, 47, small.size(), {}, true})),
                HasSubstr("claims 10000000 entries"));
    ZipBuilder builder;
    for (std::uint64_t i = 0; i <= max_zip_entries; ++i) {
        builder.list({.name = "a"}, 0, 0, 0, 0, 0);
    }
    EXPECT_THAT(zip_refusal(builder.build()), HasSubstr("more than 200000 entries"));
}

TEST(ZipBomb, AListThatClaimsToBeHugeIsRefused) {
    ZipBuilder builder;
    builder.add({.name = "a", .content = "a"});
    EXPECT_NE(zip_refusal(builder.finish({1, std::uint64_t{1} << 62U, 0, {}, true})), "(opened)");
    EXPECT_NE(zip_refusal(builder.finish({1, ~std::uint64_t{0}, ~std::uint64_t{0}, {}, true})), "(opened)");
    EXPECT_EQ(zip_refusal(builder.finish({1, 47, builder.size()})), "(opened)");
    EXPECT_THAT(zip_refusal(builder.finish({5, 47, builder.size()})),
                HasSubstr("lists 1 entries and claims 5"));
    EXPECT_THAT(zip_refusal(builder.finish({0, 47, builder.size()})),
                HasSubstr("lists 1 entries and claims 0"));
}

TEST(ZipBomb, AnArchiveInTheArchiveIsOnlyBytes) {
    auto bytes = ZipBuilder().add({.name = "0", .content = "x"}).build();
    for (int i = 0; i < 20; ++i) {
        bytes = ZipBuilder().add({.name = "in.zip", .content = bytes}).build();
    }
    EXPECT_THAT(read_all(bytes), HasSubstr("in.zip=PK"));
}

TEST(ZipBomb, EntriesOutsideOfTheFileAreRefused) {
    EXPECT_NE(zip_refusal(ZipBuilder().add({.name = "a", .content = "a", .offset = 1'000'000}).build()),
              "(opened)");
    EXPECT_NE(
        zip_refusal(ZipBuilder().add({.name = "a", .content = "a", .compressed_size = 1'000'000}).build()),
        "(opened)");
    EXPECT_NE(
        zip_refusal(ZipBuilder()
                        .add({.name = "a", .content = "a", .is_zip64 = true, .offset = ~std::uint64_t{0}})
                        .build()),
        "(opened)");
}

std::string small_archive() {
    return ZipBuilder()
        .add({.name = "activities.csv",
              .content = "Activity ID,Activity Date\n1,\"Sep 12, 2018, 3:02:23 PM\"\n"})
        .add({.name = "a/1.gpx", .content = "<gpx></gpx>", .extra = "UT" + u16(5) + "\1" + u32(1)})
        .add({.name = "b", .content = "stored", .method = 0, .has_descriptor = true})
        .add({.name = "c", .content = "wide", .is_zip64 = true})
        .build("comment", true);
}

TEST(ZipDamage, AnArchiveCutAnywhereIsRefused) {
    const auto whole = small_archive();
    EXPECT_THAT(read_all(whole), HasSubstr("c=wide"));
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_EQ(read_all(whole.substr(0, size)), "refused") << size;
    }
}

TEST(ZipDamage, AChangedByteNeverGivesOtherContents) {
    const auto whole = small_archive();
    const auto right = read_all(whole);
    for (std::size_t at = 0; at < whole.size(); ++at) {
        for (const int bit : {0, 3, 7}) {
            auto changed = whole;
            changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
            for (const auto* line : {"a/1.gpx=", "b=", "c="}) {
                const auto read = read_all(changed);
                const auto found = read.find("\n" + std::string(line));
                if (found != std::string::npos) {
                    const auto end = read.find('\n', found + 1);
                    EXPECT_NE(right.find(read.substr(found, end - found + 1)), std::string::npos)
                        << at << ' ' << bit;
                }
            }
        }
    }
}

} // namespace
} // namespace harrier::formats
