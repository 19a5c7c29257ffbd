// SPDX-License-Identifier: MIT
#include "report/table.hpp"

#include <gtest/gtest.h>

namespace harrier::report {
namespace {

TEST(DisplayWidth, CountsColumnsNotBytes) {
    EXPECT_EQ(display_width(""), 0);
    EXPECT_EQ(display_width("Läufe"), 5);
    EXPECT_EQ(display_width("朝ラン"), 6);
    EXPECT_EQ(display_width("Tempo 🏃"), 8);
    EXPECT_EQ(display_width("e\u0301te\u0301"), 3);
    EXPECT_EQ(display_width("วิ่ง"), 2);
    EXPECT_EQ(display_width("\xff\xfe"), 2);
}

TEST(Fit, LeavesShortTextsAlone) {
    EXPECT_EQ(fit("Morning Run", 11), "Morning Run");
    EXPECT_EQ(fit("朝ラン", 6), "朝ラン");
    EXPECT_EQ(fit("", 3), "");
}

TEST(Fit, CutsBetweenCharactersAndSaysSo) {
    EXPECT_EQ(fit("Morning Run", 10), "Morning R…");
    EXPECT_EQ(fit("朝ラン", 5), "朝ラ…");
    EXPECT_EQ(fit("朝ラン", 4), "朝…");
    EXPECT_EQ(fit("ee\u0301x", 2), "e…");
    EXPECT_EQ(fit("Morning", 1), "…");
    EXPECT_EQ(fit("Morning", 0), "");
}

TEST(Fit, NeverTakesMoreThanItsWidth) {
    const std::string text = "a朝e\u0301🏃b\xff"
                             "ラ…z";
    for (int width = 0; width < 14; ++width) {
        EXPECT_LE(display_width(fit(text, width)), width) << width;
    }
}

Table runs() {
    Table table({{"Id", Align::right},
                 {"Start", Align::left, false, 1},
                 {"km", Align::right},
                 {"Name", Align::left, true}});
    table.add_row({"7", "09:14", "13.99", "Long run along the river"});
    table.add_row({"12", "18:30", "5.00", "Parkrun"});
    return table;
}

TEST(Table, AlignsAndLeavesNoTrailingSpaces) {
    EXPECT_EQ(runs().render({80, false}), "Id  Start     km  Name\n"
                                          " 7  09:14  13.99  Long run along the river\n"
                                          "12  18:30   5.00  Parkrun\n");
}

TEST(Table, ShrinksTheNameFirst) {
    EXPECT_EQ(runs().render({36, false}), "Id  Start     km  Name\n"
                                          " 7  09:14  13.99  Long run along th…\n"
                                          "12  18:30   5.00  Parkrun\n");
}

TEST(Table, DropsAColumnBeforeTheNameGetsTooSmall) {
    EXPECT_EQ(runs().render({30, false}), "Id     km  Name\n"
                                          " 7  13.99  Long run along the…\n"
                                          "12   5.00  Parkrun\n");
}

TEST(Table, IsNeverCutWithoutAWidth) {
    EXPECT_EQ(runs().render({0, false}), runs().render({200, false}));
}

TEST(Table, FitsEveryWidthThatItsFixedColumnsLeave) {
    for (int width = 15; width < 60; ++width) {
        const auto text = runs().render({width, false});
        for (std::size_t at = 0; at < text.size();) {
            const auto end = text.find('\n', at);
            EXPECT_LE(display_width(std::string_view(text).substr(at, end - at)), width);
            at = end + 1;
        }
    }
}

TEST(Table, DimsOnlyTheHeaderAndOnlyWhenAsked) {
    Table table({{"Name", Align::left}});
    table.add_row({"Parkrun"});
    EXPECT_EQ(table.render({80, true}), "\x1b[2mName\x1b[0m\nParkrun\n");
    EXPECT_EQ(table.render({80, false}), "Name\nParkrun\n");
}

TEST(Table, ShowsHostileNamesAsText) {
    Table table({{"Name", Align::left}, {"km", Align::right}});
    table.add_row({"\x1b]52;c;aGk=\x07", "1.00"});
    table.add_row({"two\nlines", "2.00"});
    table.add_row({"\u202ereversed", "3.00"});
    EXPECT_EQ(table.render({0, false}), "Name                  km\n"
                                        "\\x1b]52;c;aGk=\\x07  1.00\n"
                                        "two lines           2.00\n"
                                        "\\u202ereversed      3.00\n");
}

TEST(Table, StaysAlignedWithWideCharacters) {
    Table table({{"Name", Align::left}, {"km", Align::right}});
    table.add_row({"朝ラン", "5.00"});
    table.add_row({"Parkrun", "10.00"});
    EXPECT_EQ(table.render({0, false}), "Name        km\n"
                                        "朝ラン    5.00\n"
                                        "Parkrun  10.00\n");
}

TEST(Table, RefusesARowOfAnotherLength) {
    Table table({{"Name", Align::left}});
    EXPECT_THROW(table.add_row({"a", "b"}), std::logic_error);
}

} // namespace
} // namespace harrier::report
