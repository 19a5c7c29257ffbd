// SPDX-License-Identifier: MIT
#include "base/text.hpp"

#include <gmock/gmock.h>

namespace harrier {
namespace {

using testing::ElementsAre;

TEST(Text, TrimsWhiteSpaceAtBothEnds) {
    EXPECT_EQ(trim(" \t\r\n a b \v\f"), "a b");
    EXPECT_EQ(trim("a"), "a");
    EXPECT_EQ(trim(" \n"), "");
    EXPECT_EQ(trim(""), "");
}

TEST(Text, LowersAsciiLettersOnly) {
    EXPECT_EQ(to_lower("AZaz@[09"), "azaz@[09");
    EXPECT_EQ(to_lower("\xC3\x89"), "\xC3\x89"); // É stays
}

TEST(Text, ComparesIgnoringCase) {
    EXPECT_TRUE(equal_ignoring_case("Content-Type", "content-TYPE"));
    EXPECT_FALSE(equal_ignoring_case("Content-Type", "Content-Typ"));
    EXPECT_FALSE(equal_ignoring_case("a@", "a`")); // apart by the same bit as A and a
}

TEST(Text, SplitsIntoTrimmedPartsWithoutEmptyOnes) {
    EXPECT_THAT(split("a, b,,c ,", ','), ElementsAre("a", "b", "c"));
    EXPECT_THAT(split(" a  b ", ' '), ElementsAre("a", "b"));
    EXPECT_THAT(split(",,", ','), ElementsAre());
    EXPECT_THAT(split("", ','), ElementsAre());
    EXPECT_THAT(split("a b", ','), ElementsAre("a b"));
}

TEST(Text, JoinsWithASeparator) {
    EXPECT_EQ(join({"read", "activity:read_all"}, ","), "read,activity:read_all");
    EXPECT_EQ(join({"a"}, ", "), "a");
    EXPECT_EQ(join({}, ","), "");
}

TEST(Text, FindsWhatWasMeant) {
    const std::vector<std::string_view> commands = {"login", "logout", "list", "show",
                                                    "stats", "status", "sync"};
    EXPECT_EQ(nearest("logn", commands), "login");
    EXPECT_EQ(nearest("lsit", commands), ""); // two letters out of four: too far to guess
    EXPECT_EQ(nearest("statsu", commands), "stats");
    EXPECT_EQ(nearest("synch", commands), "sync");
    EXPECT_EQ(nearest("login", commands), "login");
    EXPECT_EQ(nearest("dashboard", commands), "");
    EXPECT_EQ(nearest("", commands), "");
    EXPECT_EQ(nearest("login", {}), "");
}

TEST(EscapeTerminal, KeepsOrdinaryTextInAnyScript) {
    const std::string_view text = "Lunch Run – 10 km, Zürich 朝ラン 🏃";
    EXPECT_EQ(escape_terminal(text), text);
}

TEST(EscapeTerminal, ShowsControlCharacters) {
    EXPECT_EQ(escape_terminal("\x1b[31mred\x07"), "\\x1b[31mred\\x07");
    EXPECT_EQ(escape_terminal("\x1b]52;c;aGk=\x1b\\"), "\\x1b]52;c;aGk=\\x1b\\");
    EXPECT_EQ(escape_terminal(std::string_view("a\0b\x7f", 4)), "a\\x00b\\x7f");
    EXPECT_EQ(escape_terminal("\xC2\x9b"
                              "31m"),
              "\\x9b31m"); // C1: the 8-bit escape
    EXPECT_EQ(escape_terminal("\b\v\f"), "\\x08\\x0b\\x0c");
}

TEST(EscapeTerminal, TurnsLineBreaksAndTabsIntoSpaces) {
    EXPECT_EQ(escape_terminal("a\nb\rc\td"), "a b c d");
}

TEST(EscapeTerminal, ShowsBidirectionalControls) {
    EXPECT_EQ(escape_terminal("a\u202Eb\u2066c\u200Fd"), "a\\u202eb\\u2066c\\u200fd");
    EXPECT_EQ(escape_terminal("\u061C"), "\\u061c");
}

TEST(EscapeTerminal, ReplacesBytesThatAreNotUtf8) {
    EXPECT_EQ(escape_terminal("a\xFF"
                              "b"),
              "a\uFFFDb");
    EXPECT_EQ(escape_terminal("\xC3"), "\uFFFD");                               // cut off
    EXPECT_EQ(escape_terminal("\xE2\x82"), "\uFFFD\uFFFD");                     // cut off
    EXPECT_EQ(escape_terminal("\xC0\x9B"), "\uFFFD\uFFFD");                     // overlong ESC
    EXPECT_EQ(escape_terminal("\xE0\x80\x9B"), "\uFFFD\uFFFD\uFFFD");           // overlong ESC
    EXPECT_EQ(escape_terminal("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");           // surrogate
    EXPECT_EQ(escape_terminal("\xF4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD"); // beyond U+10FFFF
    EXPECT_EQ(escape_terminal("\x9b"), "\uFFFD");                               // a bare C1 byte
}

TEST(EscapeTerminal, LeavesNoControlByteOfAnyInput) {
    for (int a = 0; a < 256; ++a) {
        for (int b = 0; b < 256; ++b) {
            const std::string text = {static_cast<char>(a), static_cast<char>(b)};
            for (const char c : escape_terminal(text)) {
                ASSERT_TRUE(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) << a << ' ' << b;
            }
        }
    }
}

} // namespace
} // namespace harrier
