// SPDX-License-Identifier: MIT
#include "formats/utf8.hpp"

#include <gtest/gtest.h>

namespace harrier::formats {
namespace {

TEST(Utf8, KnowsWholeCharacters) {
    EXPECT_TRUE(is_utf8(""));
    EXPECT_TRUE(is_utf8("Überlauf 東京 🚴"));
    for (const auto* wrong : {"\x80", "\xC3", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                              "\xFF", "a\xE2\x82"}) {
        EXPECT_FALSE(is_utf8(wrong));
    }
}

TEST(Utf8, MendsOnlyWhatIsWrong) {
    EXPECT_EQ(mend_utf8("  Größe\r\n "), "  Größe\r\n ");
    EXPECT_EQ(mend_utf8("caf\xE9!"), "caf\uFFFD!");
    EXPECT_EQ(mend_utf8("\xE2\x82"), "\uFFFD\uFFFD");
}

} // namespace
} // namespace harrier::formats
