// SPDX-License-Identifier: MIT
#include "formats/xml_values.hpp"

#include <gtest/gtest.h>

#include <clocale>

namespace harrier::formats {
namespace {

using std::chrono::milliseconds;

std::int64_t ms(std::string_view text) {
    const auto time = read_time(text);
    return time ? time->moment.time_since_epoch().count() : -1;
}

TEST(XmlValues, NumbersAreReadWholeOrNotAtAll) {
    EXPECT_EQ(read_number(" 12.5\n"), 12.5);
    EXPECT_EQ(read_number("+3"), 3.0);
    EXPECT_EQ(read_number("-1e2"), -100.0);
    EXPECT_EQ(read_number("52.09731238894164562225341796875"), 52.09731238894164562225341796875);
    for (const auto* text : {"", " ", "12 bpm", "1,5", "nan", "inf", "1e999", "+-3", "0x10", "--1"}) {
        EXPECT_FALSE(read_number(text)) << text;
    }
    EXPECT_FALSE(read_sensor_value("1e10"));
}

TEST(XmlValues, NumbersDoNotDependOnTheLocale) {
    const char* before = std::setlocale(LC_NUMERIC, "de_DE.UTF-8"); // where there is one
    EXPECT_EQ(read_number("1.5"), 1.5);
    EXPECT_FALSE(read_number("1,5"));
    std::setlocale(LC_NUMERIC, "C");
    static_cast<void>(before);
}

TEST(XmlValues, TimesAreReadToTheMillisecond) {
    EXPECT_EQ(ms("2020-04-18T11:10:44Z"), 1'587'208'244'000);
    EXPECT_EQ(ms(" 2020-04-18T11:10:44.000Z "), 1'587'208'244'000);
    EXPECT_EQ(ms("2020-04-18t11:10:44.5z"), 1'587'208'244'500);
    EXPECT_EQ(ms("2020-04-18 11:10:44,25Z"), 1'587'208'244'250);
    EXPECT_EQ(ms("2020-04-18T11:10:44.1239999Z"), 1'587'208'244'123);
    EXPECT_EQ(ms("2016-12-31T23:59:60Z"), 1'483'228'800'000) << "a leap second";
    EXPECT_EQ(ms("1970-01-01T00:00:00Z"), 0);
}

TEST(XmlValues, OffsetsGiveUtcAndAreKept) {
    EXPECT_EQ(ms("2021-01-07T21:51:59.179+01:15"), ms("2021-01-07T20:36:59.179Z"));
    EXPECT_EQ(ms("2021-01-07T21:00:00-0330"), ms("2021-01-08T00:30:00Z"));
    EXPECT_EQ(ms("2021-01-07T21:00:00+02"), ms("2021-01-07T19:00:00Z"));
    EXPECT_EQ(read_time("2021-01-07T21:00:00-03:30")->offset, -std::chrono::minutes(210));
    EXPECT_FALSE(read_time("2021-01-07T21:00:00+00:00")->offset);
    EXPECT_FALSE(read_time("2021-01-07T21:00:00Z")->offset);
    EXPECT_TRUE(read_time("2021-01-07T21:00:00Z")->has_zone);
    EXPECT_FALSE(read_time("2021-01-07T21:00:00")->has_zone);
    EXPECT_EQ(ms("2021-01-07T21:00:00"), ms("2021-01-07T21:00:00Z"));
}

TEST(XmlValues, WhatNoCalendarHasIsNoTime) {
    for (const auto* text :
         {"", "2020", "2020-04-18", "2021-02-29T00:00:00Z", "2020-13-01T00:00:00Z", "2020-00-01T00:00:00Z",
          "2020-01-01T24:00:00Z", "2020-01-01T00:60:00Z", "2020-01-01T00:00:61Z", "2020-01-01T00:00:00.Z",
          "2020-01-01T00:00:00+1", "2020-01-01T00:00:00+19:00", "2020-01-01T00:00:00+01-00",
          "2020-01-01T00:00:00 CET", "20 0-01-01T00:00:00Z", "-020-01-01T00:00:00Z"}) {
        EXPECT_FALSE(read_time(text)) << text;
    }
}

TEST(XmlValues, OnlyTimesOfThisAgeArePlausible) {
    EXPECT_TRUE(is_plausible(read_time("2024-02-29T12:00:00Z")->moment));
    EXPECT_FALSE(is_plausible(read_time("1901-12-13T20:45:52Z")->moment));
    EXPECT_FALSE(is_plausible(read_time("1970-01-01T00:00:05Z")->moment));
    EXPECT_FALSE(is_plausible(read_time("2100-01-01T00:00:00Z")->moment));
}

TEST(XmlValues, WordsBecomeCleanUtf8) {
    EXPECT_EQ(clean_words("  Z\xC3\xBCrich \n"), "Z\xC3\xBCrich");
    EXPECT_EQ(clean_words("\xF0\x9F\x9A\xB4"), "\xF0\x9F\x9A\xB4");
    EXPECT_EQ(clean_words("a\xFFz"), "a\xEF\xBF\xBDz");
    EXPECT_EQ(clean_words("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD") << "longer than needed";
    EXPECT_EQ(clean_words("\xED\xA0\x80").substr(0, 3), "\xEF\xBF\xBD") << "half a pair";
    EXPECT_EQ(clean_words("a\xE2\x82"), "a\xEF\xBF\xBD\xEF\xBF\xBD") << "cut";
}

} // namespace
} // namespace harrier::formats
