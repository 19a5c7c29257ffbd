// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "formats/zip.hpp"
#include "formats/zip_directory.hpp"
#include "tests/support/zip_builder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>

namespace harrier::formats {
namespace {

using namespace tests;
using testing::HasSubstr;

ZipReader open_zip(const std::string& bytes) {
    const auto kept = std::make_shared<const std::string>(bytes);
    auto source = zip_in_memory(std::as_bytes(std::span(*kept)));
    return ZipReader({source.size, [kept, source](std::uint64_t offset, std::span<std::byte> into) {
                          source.read(offset, into);
                      }});
}

std::string read_named(const ZipReader& zip, std::string_view name) {
    const auto* entry = zip.find(name);
    return entry == nullptr ? "(none)" : zip.read(*entry);
}

std::string refusal(const std::string& bytes) {
    try {
        (void)open_zip(bytes);
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::data);
        EXPECT_FALSE(error.hint().empty());
        return error.message();
    }
    return "(opened)";
}

std::string refusal_to_read(const ZipReader& zip, std::string_view name) {
    try {
        (void)zip.read(*zip.find(name));
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::data);
        EXPECT_THAT(error.message(), HasSubstr("\"" + std::string(name) + "\""));
        return error.message();
    }
    return "(read)";
}

// A text that deflate makes about three times smaller.
std::string words(std::size_t size, unsigned seed = 1) {
    std::string text;
    while (text.size() < size) {
        seed = seed * 1103515245U + 12345U;
        text += "lat=\"" + std::to_string(seed >> 8U) + "\"\n";
    }
    text.resize(size);
    return text;
}

TEST(ZipReader, GivesWhatWasPacked) {
    const auto text = words(100'000);
    const auto bytes = ZipBuilder()
                           .add({.name = "activities.csv", .content = text})
                           .add({.name = "activities/", .method = 0})
                           .add({.name = "activities/1.fit.gz", .content = "\x1F\x8B stored", .method = 0})
                           .add({.name = "empty.csv", .content = "", .method = 0})
                           .add({.name = "empty too.csv", .content = ""})
                           .add({.name = "Überlauf.gpx", .content = "<gpx/>", .flags = 0x800})
                           .build();
    const auto zip = open_zip(bytes);
    ASSERT_EQ(zip.entries().size(), 6U);
    EXPECT_TRUE(zip.findings().empty());
    EXPECT_EQ(read_named(zip, "activities.csv"), text);
    EXPECT_EQ(read_named(zip, "activities/1.fit.gz"), "\x1F\x8B stored");
    EXPECT_EQ(read_named(zip, "empty.csv"), "");
    EXPECT_EQ(read_named(zip, "empty too.csv"), "");
    EXPECT_EQ(read_named(zip, "Überlauf.gpx"), "<gpx/>");
    EXPECT_EQ(zip.find("ACTIVITIES.CSV"), nullptr);
    EXPECT_TRUE(zip.find("activities/")->is_directory);
    EXPECT_FALSE(zip.find("activities.csv")->is_directory);
    EXPECT_EQ(zip.find("activities.csv")->size, text.size());
    EXPECT_EQ(zip.read_compressed(*zip.find("activities.csv")), deflated(text));
}

TEST(ZipReader, TellsWhenAnEntryWasModified) {
    const auto zip =
        open_zip(ZipBuilder()
                     .add({.name = "a", .content = "a"})
                     .add({.name = "b", .content = "b", .extra = "UT" + u16(5) + "\1" + u32(1'700'000'000)})
                     .build());
    EXPECT_EQ(format_wall_time(zip.find("a")->modified.value()), "2023-11-14T22:13:20Z");
    EXPECT_FALSE(zip.find("a")->modified_utc);
    EXPECT_EQ(format_instant(zip.find("b")->modified_utc.value()), "2023-11-14T22:13:20Z");
}

TEST(ZipReader, ReadsAnEmptyArchive) {
    EXPECT_TRUE(open_zip(ZipBuilder().build()).entries().empty());
    EXPECT_TRUE(open_zip(ZipBuilder().build("a comment", true)).entries().empty());
}

TEST(ZipReader, ReadsZip64) {
    const ZipFile file{
        .name = "a.gpx", .content = "<gpx/>", .extra = "UT" + u16(5) + "\1" + u32(1), .is_zip64 = true};
    for (const bool zip64_end : {false, true}) {
        const auto zip =
            open_zip(ZipBuilder().add({.name = "b", .content = "b"}).add(file).build("x", zip64_end));
        EXPECT_EQ(read_named(zip, "a.gpx"), "<gpx/>");
        EXPECT_EQ(zip.find("a.gpx")->size, 6U);
    }
}

TEST(ZipReader, ReadsEntriesWhoseSizesStandBehindThem) {
    const auto zip = open_zip(ZipBuilder()
                                  .add({.name = "a", .content = "first", .has_descriptor = true})
                                  .add({.name = "b", .content = "second", .has_descriptor = true})
                                  .build());
    EXPECT_EQ(read_named(zip, "a"), "first");
    EXPECT_EQ(read_named(zip, "b"), "second");
}

TEST(ZipReader, SkipsWhatStandsBeforeTheArchive) {
    for (const bool zip64_end : {false, true}) {
        const auto zip = open_zip("#!/bin/sh\nexit\n" +
                                  ZipBuilder().add({.name = "a", .content = "text"}).build("", zip64_end));
        EXPECT_EQ(read_named(zip, "a"), "text");
    }
}

TEST(ZipReader, TellsOfBytesBehindTheArchive) {
    const auto zip = open_zip(ZipBuilder().add({.name = "a", .content = "text"}).build() + "garbage");
    EXPECT_EQ(read_named(zip, "a"), "text");
    ASSERT_EQ(zip.findings().size(), 1U);
    EXPECT_EQ(zip.findings()[0].what, "7 bytes behind the archive's end are ignored");
}

TEST(ZipReader, ACommentMayHoldWhatLooksLikeAnEnd) {
    const auto nonsense = ZipBuilder::end_record(3, 1000, 5);
    const auto zip = open_zip(ZipBuilder().add({.name = "a", .content = "text"}).build("x" + nonsense));
    EXPECT_EQ(read_named(zip, "a"), "text");
}

TEST(ZipReader, RefusesAnArchiveWithTwoPossibleEnds) {
    // The comment holds an end of its own, whose list stands before the archive.
    const auto inner = ZipBuilder().add({.name = "inner", .content = "x"}).build();
    ZipBuilder outer;
    outer.append("#!").append(inner).add({.name = "outer", .content = "text"});
    EXPECT_EQ(read_named(open_zip(outer.build()), "outer"), "text");
    // Its own list once more, so that it stands right before the second end.
    const auto end = ZipBuilder::end_record(1, 46 + 5, 2);
    const auto list = ZipBuilder().list({.name = "outer"}, 0, 0, 0, 0, 0).build().substr(0, 46 + 5);
    EXPECT_THAT(refusal(outer.build(list + end)), HasSubstr("two ends"));
}

TEST(ZipReader, NamesWhatIsNoArchive) {
    EXPECT_EQ(refusal(""), "this is no ZIP archive");
    EXPECT_EQ(refusal("Activity ID,Activity Date\n1,2\n and so on for a while"), "this is no ZIP archive");
    const auto bytes = ZipBuilder().add({.name = "a", .content = words(500)}).build();
    EXPECT_THAT(refusal(bytes.substr(0, bytes.size() / 2)), HasSubstr("is cut short"));
}

TEST(ZipReader, DoesNotMistakeAStoredArchiveForTheOneThatWasCut) {
    const auto inner = ZipBuilder().add({.name = "inner.txt", .content = "inner"}).build();
    const auto outer = ZipBuilder()
                           .add({.name = "a", .content = "text"})
                           .add({.name = "inner.zip", .content = inner, .method = 0})
                           .build();
    const auto end_of_inner = outer.find(inner) + inner.size();
    EXPECT_THAT(refusal(outer.substr(0, end_of_inner)), HasSubstr("is cut short"));
    EXPECT_THAT(refusal(outer.substr(0, end_of_inner + 7)), HasSubstr("is cut short"));
    EXPECT_EQ(read_named(open_zip(outer), "inner.zip"), inner);
}

struct BadName {
    std::string name;
    std::string_view why;
};

std::vector<BadName> hostile_names() {
    std::vector<BadName> names;
    for (const auto* name : {"../a", "..", "a/../b", "a/..", "../", "../../../../etc/passwd", "a/./b", ".",
                             "./a", "a//b", "activities/../../a", "a/b/..//c"}) {
        names.push_back({name, "leads elsewhere"});
    }
    for (const auto* name : {"/", "/etc/passwd", "//server/share", "C:evil", "c:/evil", "z:"}) {
        names.push_back({name, "absolute path"});
    }
    for (const auto* name : {"..\\a", "a\\b", "\\\\server\\share", "C:\\evil", "\\", "a\\..\\..\\b"}) {
        names.push_back({name, "backslash"});
    }
    for (const auto* name : {"a\nb", "a\x1B[31mb", "\r", "a\tb", "a\x7F", "\x01"}) {
        names.push_back({name, "control character"});
    }
    names.push_back({std::string("a\0.gpx", 6), "control character"});
    names.push_back({std::string(1, '\0'), "control character"});
    for (const auto* name :
         {"\xFF", "a\xC0\xAF.gpx", "\xC0\xAE\xC0\xAE/a", "\xED\xA0\x80", "\xF5\x80\x80\x80", "caf\xE9.gpx"}) {
        names.push_back({name, "not UTF-8"});
    }
    names.push_back({"", "no name"});
    names.push_back({std::string(256, 'a'), "more than 255"});
    names.push_back({std::string(60'000, '/'), "more than 255"});
    return names;
}

TEST(ZipReader, LeavesOutEntriesWithHostileNames) {
    const auto names = hostile_names();
    EXPECT_GE(names.size(), 40U);
    ZipBuilder builder;
    for (const auto& one : names) {
        builder.add({.name = one.name, .content = "x"});
    }
    const auto zip = open_zip(builder.add({.name = "good", .content = "text"}).build());
    ASSERT_EQ(zip.entries().size(), 1U);
    EXPECT_EQ(read_named(zip, "good"), "text");
    ASSERT_EQ(zip.findings().size(), names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        EXPECT_THAT(zip.findings()[i].what, HasSubstr(std::string(names[i].why))) << i;
        EXPECT_LE(zip.findings()[i].name.size(), 3 * (max_zip_name + 1)) << i;
    }
}

TEST(ZipReader, KeepsNamesThatOnlyLookOdd) {
    for (const auto* name : {"...", "..a", "a..", "~/a", "CON", "nul.txt", "ab:c", "-rf", "$(a)", "a b ",
                             "\u202Etxt.gpx", "%2e%2e/a"}) {
        EXPECT_EQ(fault_of_zip_name(name), "") << name;
    }
}

TEST(ZipReader, ReportsTwins) {
    const auto zip = open_zip(ZipBuilder()
                                  .add({.name = "a.fit", .content = "first"})
                                  .add({.name = "a.fit", .content = "second"})
                                  .add({.name = "A.FIT", .content = "third"})
                                  .add({.name = "A.FIT", .content = "fourth"})
                                  .build());
    ASSERT_EQ(zip.entries().size(), 2U);
    EXPECT_EQ(read_named(zip, "a.fit"), "first");
    EXPECT_EQ(read_named(zip, "A.FIT"), "third");
    ASSERT_EQ(zip.findings().size(), 3U);
    EXPECT_THAT(zip.findings()[0].what, HasSubstr("twice"));
    EXPECT_THAT(zip.findings()[1].what, HasSubstr("upper and lower case"));
    EXPECT_THAT(zip.findings()[2].what, HasSubstr("twice"));
}

TEST(ZipReader, LeavesOutLinksAndDevices) {
    const auto zip =
        open_zip(ZipBuilder()
                     .add({.name = "link", .content = "/etc/passwd", .attributes = 0120777U << 16U})
                     .add({.name = "device", .content = "", .attributes = 0060644U << 16U})
                     .add({.name = "pipe", .content = "", .attributes = 0010644U << 16U})
                     .add({.name = "file", .content = "text", .attributes = 0100644U << 16U})
                     .build());
    ASSERT_EQ(zip.entries().size(), 1U);
    EXPECT_EQ(read_named(zip, "file"), "text");
    ASSERT_EQ(zip.findings().size(), 3U);
    EXPECT_THAT(zip.findings()[0].what, HasSubstr("symbolic link"));
    EXPECT_THAT(zip.findings()[1].what, HasSubstr("device"));
}

TEST(ZipReader, ABadEntryDoesNotStopTheOthers) {
    const auto text = words(5000);
    auto flipped = deflated(text);
    flipped[flipped.size() / 2] = static_cast<char>(flipped[flipped.size() / 2] ^ 0x10);
    const auto zip =
        open_zip(ZipBuilder()
                     .add({.name = "encrypted", .content = text, .flags = 1})
                     .add({.name = "bzip2", .content = text, .method = 12})
                     .add({.name = "checksum", .content = text, .crc = 1})
                     .add({.name = "stored checksum", .content = text, .method = 0, .crc = 1})
                     .add({.name = "flipped", .content = text, .compressed = flipped})
                     .add({.name = "longer", .content = text, .size = text.size() + 1})
                     .add({.name = "shorter", .content = text, .size = text.size() - 1})
                     .add({.name = "not used up", .content = text, .compressed = deflated(text) + "more"})
                     .add({.name = "two sizes", .content = text, .method = 0, .size = 4000})
                     .add({.name = "other name", .content = text, .local_name = "other_name"})
                     .add({.name = "other method", .content = text, .local_method = 0})
                     .add({.name = "other flags", .content = text, .local_flags = 1})
                     .add({.name = "other size", .content = text, .local_size = 7})
                     .add({.name = "good", .content = text})
                     .build());
    EXPECT_THAT(refusal_to_read(zip, "encrypted"), HasSubstr("encrypted"));
    EXPECT_THAT(refusal_to_read(zip, "bzip2"), HasSubstr("method that is not read (12)"));
    EXPECT_THAT(refusal_to_read(zip, "checksum"), HasSubstr("checksum is wrong"));
    EXPECT_THAT(refusal_to_read(zip, "stored checksum"), HasSubstr("checksum is wrong"));
    EXPECT_THAT(refusal_to_read(zip, "flipped"), HasSubstr(""));
    EXPECT_NE(refusal_to_read(zip, "flipped"), "(read)");
    EXPECT_THAT(refusal_to_read(zip, "longer"), HasSubstr("not as long"));
    EXPECT_THAT(refusal_to_read(zip, "shorter"), HasSubstr("not as long"));
    EXPECT_THAT(refusal_to_read(zip, "not used up"), HasSubstr("not as long"));
    EXPECT_THAT(refusal_to_read(zip, "two sizes"), HasSubstr("two sizes"));
    for (const auto* name : {"other name", "other method", "other flags", "other size"}) {
        EXPECT_THAT(refusal_to_read(zip, name), HasSubstr("do not agree"));
    }
    EXPECT_EQ(read_named(zip, "good"), text);
}

TEST(ZipReader, ServesSeveralThreadsAtOnce) {
    ZipBuilder builder;
    for (unsigned i = 0; i < 64; ++i) {
        builder.add({.name = std::to_string(i), .content = words(20'000, i)});
    }
    const auto bytes = builder.build();
    const auto zip = open_zip(bytes);
    std::atomic<unsigned> right = 0;
    {
        std::vector<std::jthread> threads;
        for (unsigned first = 0; first < 4; ++first) {
            threads.emplace_back([&, first] {
                for (unsigned i = first; i < 64; i += 4) {
                    right += read_named(zip, std::to_string(i)) == words(20'000, i) ? 1 : 0;
                }
            });
        }
    }
    EXPECT_EQ(right, 64U);
    EXPECT_EQ(zip.budget().left(), bytes.size() * max_zip_ratio - 64 * 20'000);
}

} // namespace
} // namespace harrier::formats
