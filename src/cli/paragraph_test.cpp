// SPDX-License-Identifier: MIT
#include "cli/paragraph.hpp"

#include <gtest/gtest.h>

namespace harrier::cli {

namespace {

TEST(Paragraph, BreaksLinesAtWords) {
    EXPECT_EQ(paragraph("one two three", 9, "  "), "  one two\n  three\n");
    EXPECT_EQ(paragraph("one two three", 10, "  "), "  one two\n  three\n");
    EXPECT_EQ(paragraph("", 10, "  "), "");
}

TEST(Paragraph, KeepsALongWordWhole) {
    EXPECT_EQ(paragraph("see https://www.strava.com/settings/api now", 12, ""),
              "see\nhttps://www.strava.com/settings/api\nnow\n");
}

TEST(Paragraph, CountsColumnsNotBytes) {
    EXPECT_EQ(paragraph("äöü äöü", 7, ""), "äöü äöü\n");
}

TEST(Paragraph, MakesASentenceOfAMessage) {
    EXPECT_EQ(sentence("the token is old"), "The token is old.");
    EXPECT_EQ(sentence("Strava is down."), "Strava is down.");
}

TEST(Paragraph, GivesTheCommandOfAHintALineOfItsOwn) {
    EXPECT_EQ(hint_lines("To log in, run:  harrier login --scope read", 12, "  "),
              "  To log in,\n  run:\n    harrier login --scope read\n");
    EXPECT_EQ(hint_lines("Try again later", 80, "  "), "  Try again later\n");
}

} // namespace

} // namespace harrier::cli
