// SPDX-License-Identifier: MIT
#include "formats/export_dates.hpp"

#include <gtest/gtest.h>

#include <string>

namespace harrier::formats {
namespace {

std::string date(std::string_view text) {
    const auto read = read_export_date(text);
    return read ? format_instant(*read) : "none";
}

TEST(ExportDate, ReadsWhatExportsHold) {
    constexpr auto afternoon = "2018-09-12T15:02:23Z";
    EXPECT_EQ(date("Sep 12, 2018, 3:02:23 PM"), afternoon);
    EXPECT_EQ(date("Sep 12, 2018, 3:02:23\u202FPM"), afternoon);
    EXPECT_EQ(date("Sep 12, 2018, 3:02:23\u00A0pm"), afternoon);
    EXPECT_EQ(date("2018-09-12 15:02:23"), afternoon);
    EXPECT_EQ(date("2018-09-12T15:02:23Z"), afternoon);
    EXPECT_EQ(date("12.09.2018, 15:02:23"), afternoon);
    EXPECT_EQ(date("12. 9. 2018 15:02:23"), afternoon);
    EXPECT_EQ(date("12 sept. 2018 à 15:02:23"), afternoon);
    EXPECT_EQ(date("12 sept. 2018, 15:02:23"), afternoon);
    EXPECT_EQ(date("12 Sept 2018, 15:02:23"), afternoon);
    EXPECT_EQ(date("12 de set. de 2018, 15:02:23"), afternoon);
    EXPECT_EQ(date("12 sept 2018, 3:02:23 p.\u00A0m."), afternoon);
    EXPECT_EQ(date("12 set 2018, 15:02:23"), afternoon);
    EXPECT_EQ(date("12 сент. 2018 г., 15:02:23"), afternoon);
    EXPECT_EQ(date("12 Eyl 2018 15:02:23"), afternoon);
    EXPECT_EQ(date("2018年9月12日 15:02:23"), afternoon);
    EXPECT_EQ(date("2018年9月12日下午3:02:23"), afternoon);
    EXPECT_EQ(date("2018/09/12 15:02:23"), afternoon);
    EXPECT_EQ(date("12/09/2018, 15:02:23"), afternoon);
    EXPECT_EQ(date("12 sept. 2018, 15 h 02 min 23 s"), afternoon);
    EXPECT_EQ(date("12.9.2018 klo 15.02.23"), afternoon);
}

TEST(ExportDate, KnowsNoonAndMidnight) {
    EXPECT_EQ(date("Jan 1, 2020, 12:00:00 AM"), "2020-01-01T00:00:00Z");
    EXPECT_EQ(date("Jan 1, 2020, 12:00:00 PM"), "2020-01-01T12:00:00Z");
    EXPECT_EQ(date("Jan 1, 2020, 11:59:59 PM"), "2020-01-01T23:59:59Z");
    EXPECT_EQ(date("Jan 1, 2020, 13:00:00 PM"), "none");
    EXPECT_EQ(date("Jan 1, 2020, 0:00:00 AM"), "none");
}

TEST(ExportDate, KnowsEveryMonthInSeveralLanguages) {
    constexpr std::string_view names[][12] = {
        {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
        {"Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."},
        {"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."},
        {"ene.", "feb.", "mar.", "abr.", "may.", "jun.", "jul.", "ago.", "sept.", "oct.", "nov.", "dic."},
        {"gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"},
        {"jan.", "fev.", "mar.", "abr.", "mai.", "jun.", "jul.", "ago.", "set.", "out.", "nov.", "dez."},
        {"jan.", "feb.", "mrt.", "apr.", "mei", "jun.", "jul.", "aug.", "sep.", "okt.", "nov.", "dec."},
        {"sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru"},
        {"янв.", "февр.", "мар.", "апр.", "мая", "июн.", "июл.", "авг.", "сент.", "окт.", "нояб.", "дек."},
        {"Oca", "Şub", "Mar", "Nis", "May", "Haz", "Tem", "Ağu", "Eyl", "Eki", "Kas", "Ara"},
    };
    for (const auto& language : names) {
        for (int month = 1; month <= 12; ++month) {
            const auto text = "7 " + std::string(language[month - 1]) + " 2021, 01:02:03";
            const auto expected =
                std::string("2021-") + (month < 10 ? "0" : "") + std::to_string(month) + "-07T01:02:03Z";
            EXPECT_EQ(date(text), expected) << text;
        }
    }
}

TEST(ExportDate, MonthBeforeDayOnlyWhereTheOtherOrderIsImpossible) {
    EXPECT_EQ(date("02/03/2021, 10:00:00"), "2021-03-02T10:00:00Z");
    EXPECT_EQ(date("02/23/2021, 10:00:00"), "2021-02-23T10:00:00Z");
    EXPECT_EQ(date("02.23.2021, 10:00:00"), "none");
}

TEST(ExportDate, RefusesWhatIsNone) {
    for (const auto* text : {"", "date", "Sep 31, 2018, 3:02:23 PM", "Feb 29, 2019, 1:00:00 AM",
                             "12.13.2018, 15:02:23", "Sep 12, 2018", "3:02:23 PM", "Xyz 12, 2018, 3:02:23 PM",
                             "Sep 12, 18, 3:02:23 PM", "12.09.2018, 24:00:00", "12.09.2018, 15:60:00",
                             "12.09.1899, 15:00:00", "12.09.2100, 15:00:00", "99999999999 Sep 2018 1:2:3",
                             "mar. 12 sept. 2018, 15:02:23", "12 jui 2018, 15:02:23", "1 2 3 4 5 6 7 8 9"}) {
        EXPECT_EQ(date(text), "none") << text;
    }
    EXPECT_EQ(date(std::string(5000, '1')), "none");
    EXPECT_EQ(date("\xFF\xFE 12.09.2018, 15:02:23"), "2018-09-12T15:02:23Z");
}

} // namespace
} // namespace harrier::formats
