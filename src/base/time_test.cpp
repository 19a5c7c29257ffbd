// SPDX-License-Identifier: MIT
#include "base/time.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

namespace harrier {
namespace {

using namespace std::chrono;

constexpr Instant example = sys_days{2018y / November / 28} + 20h + 11min + 32s;
constexpr local_days today{2026y / November / 23};

std::optional<std::string> day(std::string_view text, local_days from = today) {
    const auto parsed = parse_day(text, from);
    return parsed ? std::optional(format_day(*parsed)) : std::nullopt;
}

TEST(Time, ParsesStravasTimes) {
    EXPECT_EQ(parse_instant("2018-11-28T20:11:32Z"), example);
    EXPECT_EQ(parse_instant("1970-01-01T00:00:00Z"), Instant{});
    EXPECT_EQ(parse_instant("1969-12-31T23:59:59Z"), Instant{-1s});
    EXPECT_EQ(parse_instant("2024-02-29T00:00:00Z"), Instant{sys_days{2024y / February / 29}});
}

TEST(Time, ParsesOffsetsFractionsAndMissingZones) {
    for (const char* text :
         {"2018-11-28T20:11:32", "2018-11-28 20:11:32Z", "2018-11-28t20:11:32z", "2018-11-28T20:11:32.999Z",
          "2018-11-28T21:11:32+01:00", "2018-11-28T21:11:32+0100", "2018-11-28T21:11:32+01",
          "2018-11-29T01:56:32.5+05:45", "2018-11-28T16:41:32-03:30"}) {
        EXPECT_EQ(parse_instant(text), example) << text;
    }
}

TEST(Time, RefusesWhatIsNoTime) {
    for (const char* text : {"",
                             "2018",
                             "2018-11-28",
                             "2018-11-28T20:11Z",
                             "2018-13-28T20:11:32Z",
                             "2018-02-29T20:11:32Z",
                             "2018-11-28T25:11:32Z",
                             "2018-11-28T24:00:01Z",
                             "2018-11-28T20:60:32Z",
                             "2018-11-28T20:11:61Z",
                             "2018-11-28T20:11:32Zx",
                             "2018-11-28T20:11:32+",
                             "2018-11-28T20:11:32+1",
                             "2018-11-28T20:11:32+99:00",
                             "2018-11-28T20:11:32+01:60",
                             "-018-11-28T20:11:32Z",
                             "2018-11--8T20:11:32Z",
                             "2018/11/28T20:11:32Z",
                             "1543435892",
                             " 2018-11-28T20:11:32Z",
                             "2018-11-28T20:11:3"}) {
        EXPECT_FALSE(parse_instant(text)) << text;
        EXPECT_FALSE(parse_wall_time(text)) << text;
    }
}

TEST(Time, ReadsWallTimeWithoutRegardToTheZone) {
    const WallTime wall = local_days{2018y / November / 28} + 15h + 11min + 32s;
    EXPECT_EQ(parse_wall_time("2018-11-28T15:11:32Z"), wall);
    EXPECT_EQ(parse_wall_time("2018-11-28T15:11:32-05:00"), wall);
    EXPECT_EQ(parse_wall_time("2018-11-28T15:11:32"), wall);
}

TEST(Time, FormatsWhatItParsed) {
    for (const char* text : {"2018-11-28T20:11:32Z", "1969-12-31T23:59:59Z", "2000-02-29T00:00:00Z",
                             "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"}) {
        EXPECT_EQ(format_instant(parse_instant(text).value()), text);
        EXPECT_EQ(format_wall_time(parse_wall_time(text).value()), text);
    }
    EXPECT_EQ(format_day(today), "2026-11-23");
}

TEST(Time, ParsesDaysMonthsAndYears) {
    EXPECT_EQ(day("2026-11-01"), "2026-11-01");
    EXPECT_EQ(day("2026-11"), "2026-11-01");
    EXPECT_EQ(day("2026"), "2026-01-01");
    EXPECT_EQ(day("today"), "2026-11-23");
    EXPECT_EQ(day("yesterday"), "2026-11-22");
}

TEST(Time, ParsesSpansBackFromToday) {
    EXPECT_EQ(day("0d"), "2026-11-23");
    EXPECT_EQ(day("7d"), "2026-11-16");
    EXPECT_EQ(day("4w"), "2026-10-26");
    EXPECT_EQ(day("6m"), "2026-05-23");
    EXPECT_EQ(day("1y"), "2025-11-23");
    EXPECT_EQ(day("2026d"), "2021-05-07");
}

TEST(Time, EndsASpanOfMonthsAtTheMonthsLastDay) {
    EXPECT_EQ(day("1m", local_days{2026y / March / 31}), "2026-02-28");
    EXPECT_EQ(day("1y", local_days{2024y / February / 29}), "2023-02-28");
    EXPECT_EQ(day("13m", local_days{2026y / January / 31}), "2024-12-31");
}

TEST(Time, RefusesWhatIsNoDay) {
    for (const char* text : {"",         "d",           "7",          "7x",       "-7d",
                             "+7d",      "7 d",         "7dd",        "2026-",    "2026-11-",
                             "2026-1",   "2026-11-1",   "2026-11-31", "2026-13",  "2026-00",
                             "20261101", "2026-11-01x", "Today",      "1000000d", "99999999999999d",
                             "202"}) {
        EXPECT_EQ(day(text), std::nullopt) << text;
    }
}

TEST(Time, FindsTheZonesNameInStravasText) {
    EXPECT_EQ(zone_name("(GMT-05:00) America/New_York"), "America/New_York");
    EXPECT_EQ(zone_name("Europe/Berlin"), "Europe/Berlin");
    EXPECT_EQ(zone_name("(GMT+00:00)"), "(GMT+00:00)");
    EXPECT_EQ(zone_name(""), "");
}

TEST(Time, KnowsSummerTimeOfAZone) {
    const auto wall = [](std::string_view instant, std::string_view zone) {
        return format_wall_time(to_wall_time(parse_instant(instant).value(), zone).value());
    };
    EXPECT_EQ(wall("2018-11-28T20:11:32Z", "America/New_York"), "2018-11-28T15:11:32Z");
    EXPECT_EQ(wall("2018-07-28T20:11:32Z", "America/New_York"), "2018-07-28T16:11:32Z");
    EXPECT_EQ(wall("2026-03-29T00:59:59Z", "Europe/Berlin"), "2026-03-29T01:59:59Z");
    EXPECT_EQ(wall("2026-03-29T01:00:00Z", "Europe/Berlin"), "2026-03-29T03:00:00Z");
    EXPECT_EQ(wall("2026-01-01T00:00:00Z", "Asia/Kathmandu"), "2026-01-01T05:45:00Z");
}

TEST(Time, KnowsNothingOfAnUnknownZone) {
    for (const char* zone :
         {"", "Factory", "Mars/Olympus", "../../etc/passwd", "(GMT-05:00) America/New_York"}) {
        EXPECT_FALSE(to_wall_time(example, zone)) << zone;
    }
}

TEST(Time, FollowsTheMachinesZone) {
    const char* before = std::getenv("TZ");
    const std::optional<std::string> kept =
        before == nullptr ? std::nullopt : std::optional<std::string>(before);
    setenv("TZ", "America/New_York", 1);
    tzset();
    EXPECT_EQ(format_wall_time(to_machine_wall_time(example)), "2018-11-28T15:11:32Z");
    setenv("TZ", "UTC", 1);
    tzset();
    EXPECT_EQ(format_wall_time(to_machine_wall_time(example)), "2018-11-28T20:11:32Z");
    kept ? setenv("TZ", kept->c_str(), 1) : unsetenv("TZ");
    tzset();
}

} // namespace
} // namespace harrier
