// SPDX-License-Identifier: MIT
#include "base/digest.hpp"
#include "report/html_page.hpp"
#include "report/html_table.hpp"
#include "report/markup.hpp"
#include "report/palette.hpp"

#include <gmock/gmock.h>

#include <span>

namespace harrier::report {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(Markup, ForeignTextCannotBecomeAnElementOrLeaveAnAttribute) {
    EXPECT_EQ(escaped("<script>alert(1)</script>").text, "&lt;script&gt;alert(1)&lt;/script&gt;");
    EXPECT_EQ(escaped("a\" onload='x' &amp;").text, "a&quot; onload=&#39;x&#39; &amp;amp;");
    EXPECT_EQ(element("a", {{"title", "\"><b>"}}, escaped("x")).text,
              "<a title=\"&quot;&gt;&lt;b&gt;\">x</a>");
}

TEST(Markup, WhatWouldTurnOrHideTextIsShown) {
    EXPECT_EQ(escaped("a\xE2\x80\xAEtxt.exe").text, "a\\u202etxt.exe");
    EXPECT_EQ(escaped("\x1b[31mred\nnext").text, "\\x1b[31mred next");
    EXPECT_EQ(escaped(std::string_view("a\0b", 3)).text, "a\\x00b");
    EXPECT_EQ(escaped("a\xFFz").text, "a\xEF\xBF\xBDz");
}

TEST(Markup, LongTextsAreCutAndNotInsideACharacter) {
    const std::string long_name(10'000, 'x');
    EXPECT_EQ(escaped(long_name, 20).text, std::string(19, 'x') + "…");
    std::string accents = "e";
    for (int i = 0; i < 5000; ++i) {
        accents += "\xCC\x81"; // no width of its own
    }
    const auto cut = escaped(accents, 20).text;
    EXPECT_LE(cut.size(), 100U);
    EXPECT_THAT(cut, Not(HasSubstr("\xEF\xBF\xBD")));
}

TEST(HtmlTable, KeepsExactValuesBesideRoundedOnes) {
    const auto table = html_table({{"Distance"}, {"Time", Align::right, true}},
                                  {{text_cell("5K"), number_cell("20:06", 1205.25)}});
    EXPECT_THAT(table.text, HasSubstr("<td class=\"k\">5K</td>"));
    EXPECT_THAT(table.text, HasSubstr("<td class=\"r o\"><data value=\"1205.25\">20:06</data></td>"));
    EXPECT_EQ(optional_cell("–", std::nullopt).text, "–");
    EXPECT_EQ(day_cell(parse_wall_time("2026-11-22T09:03:00Z")).text,
              "<time datetime=\"2026-11-22T09:03:00\">2026-11-22</time>");
}

TEST(HtmlPage, LoadsNothingAndRunsNothing) {
    const auto page = html_page({.title = "A <b>", .lead = "", .head = {}, .sections = {}, .foot = ""});
    EXPECT_THAT(page, AllOf(HasSubstr("default-src 'none'"), HasSubstr("<title>A &lt;b&gt;</title>")));
    EXPECT_THAT(page, AllOf(Not(HasSubstr("<script")), Not(HasSubstr("url(")), Not(HasSubstr("@import")),
                            Not(HasSubstr("style=\"")), Not(HasSubstr("src=")), Not(HasSubstr("http://"))));
}

// CSP's own example of a hash: the base64 of SHA-256.
TEST(HtmlPage, NamesItsStyleByItsFingerprint) {
    const auto page = html_page({.title = "x", .lead = "", .head = {}, .sections = {}, .foot = ""});
    const auto at = page.find("sha256-");
    ASSERT_NE(at, std::string::npos);
    const auto digest = page.substr(at + 7, page.find('\'', at + 7) - at - 7);
    ASSERT_EQ(digest.size(), 44U);
    EXPECT_EQ(digest.back(), '=');
    const auto style =
        page.substr(page.find("<style>") + 7, page.find("</style>") - page.find("<style>") - 7);
    EXPECT_EQ(style, page_style());
    // The first three bytes, by hand.
    const auto hex = sha256_hex(std::as_bytes(std::span(style)));
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const auto bits = std::stoul(hex.substr(0, 6), nullptr, 16);
    for (unsigned i = 0; i < 4; ++i) {
        EXPECT_EQ(digest[i], letters[(bits >> (18 - 6 * i)) & 63U]);
    }
}

TEST(HtmlPage, KeyFiguresShowNumberUnitAndNotes) {
    const auto text =
        key_figures({{.name = "Climb", .number = "1,234", .unit = "m", .notes = {"all sports"}}}).text;
    EXPECT_THAT(text, AllOf(HasSubstr("<dt>Climb</dt>"), HasSubstr("1,234 <small>m</small>"),
                            HasSubstr("<span>all sports</span>")));
}

} // namespace
} // namespace harrier::report
