// SPDX-License-Identifier: MIT
#include "model/sport.hpp"
#include "report/format.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace harrier::report {
namespace {

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

TEST(Format, DistancesHaveTwoDecimalsAndAUnit) {
    EXPECT_EQ(format_distance(13993.4, Units::metric), "13.99 km");
    EXPECT_EQ(format_distance(13993.4, Units::imperial), "8.70 mi");
    EXPECT_EQ(format_distance(0.0, Units::metric), "0.00 km");
}

TEST(Format, DurationsShowHoursOnlyWhenThereAreSome) {
    EXPECT_EQ(format_duration(4496), "1:14:56");
    EXPECT_EQ(format_duration(249), "4:09");
    EXPECT_EQ(format_duration(42), "0:42");
    EXPECT_EQ(format_duration(360'000), "100:00:00");
}

TEST(Format, ClimbsAreWhole) {
    EXPECT_EQ(format_climb(87.6, Units::metric), "88 m");
    EXPECT_EQ(format_climb(87.6, Units::imperial), "287 ft");
    EXPECT_EQ(format_climb(-0.2, Units::metric), "0 m");
    EXPECT_EQ(format_climb(1234.5678, Units::metric), "1,235 m");
}

TEST(Format, PaceIsTimeForAKilometreOrMile) {
    EXPECT_EQ(format_pace(1000.0 / 331, Units::metric), "5:31 /km");
    EXPECT_EQ(format_pace(1609.344 / 532, Units::imperial), "8:52 /mi");
}

TEST(Format, StandingStillHasNoPaceAndNoSpeed) {
    EXPECT_EQ(format_pace(0.0, Units::metric), "–");
    EXPECT_EQ(format_pace(0.01, Units::metric), "–");
    EXPECT_EQ(format_speed(0.0, Units::metric), "–");
}

TEST(Format, QuicknessFollowsTheSport) {
    EXPECT_EQ(format_pace_or_speed("TrailRun", 2.5, Units::metric), "6:40 /km");
    EXPECT_EQ(format_pace_or_speed("Hike", 1.25, Units::metric), "13:20 /km");
    EXPECT_EQ(format_pace_or_speed("Swim", 0.8, Units::metric), "2:05 /100m");
    EXPECT_EQ(format_pace_or_speed("Swim", 0.8, Units::imperial), "1:54 /100yd");
    EXPECT_EQ(format_pace_or_speed("GravelRide", 6.75, Units::metric), "24.3 km/h");
    EXPECT_EQ(format_pace_or_speed("Ride", 6.75, Units::imperial), "15.1 mph");
    EXPECT_EQ(format_pace_or_speed("Moonwalk", 1.0, Units::metric), "3.6 km/h");
}

TEST(Format, DaysCarryTheirWeekday) {
    EXPECT_EQ(format_local_day(parse_wall_time("2018-11-28T15:11:32Z")), "Wed 2018-11-28");
    EXPECT_EQ(format_local_day(parse_wall_time("2024-02-29T23:59:59Z")), "Thu 2024-02-29");
}

TEST(Format, AHiddenStartTimeIsNotShownAsMidnight) {
    EXPECT_EQ(format_time_of_day(parse_wall_time("2018-11-28T15:11:32Z")), "15:11");
    EXPECT_EQ(format_time_of_day(parse_wall_time("2018-11-28T00:00:00Z")), "00:00");
    EXPECT_EQ(format_time_of_day(parse_wall_time("2018-11-28T00:00:01Z")), "–");
}

TEST(Format, WhatIsAbsentIsADashAndNeverZero) {
    EXPECT_EQ(format_distance({}, Units::metric), "–");
    EXPECT_EQ(format_duration({}), "–");
    EXPECT_EQ(format_climb({}, Units::imperial), "–");
    EXPECT_EQ(format_pace({}, Units::metric), "–");
    EXPECT_EQ(format_local_day({}), "–");
    EXPECT_EQ(format_time_of_day({}), "–");
    EXPECT_EQ(format_heart_rate({}), "–");
    EXPECT_EQ(temperature_figure({}, Units::metric).text(), "–");
}

TEST(Format, ImpossibleNumbersAreDashes) {
    EXPECT_EQ(format_distance(no_number, Units::metric), "–");
    EXPECT_EQ(format_pace(no_number, Units::metric), "–");
    EXPECT_EQ(format_climb(std::numeric_limits<double>::infinity(), Units::metric), "–");
    EXPECT_EQ(format_duration(-5), "–");
    EXPECT_EQ(format_heart_rate(0.0), "–");
}

TEST(Format, TemperaturesAreInTheReadersDegrees) {
    EXPECT_EQ(temperature_figure(17.0, Units::metric).text(), "17 °C");
    EXPECT_EQ(temperature_figure(17.0, Units::imperial).text(), "63 °F");
    EXPECT_EQ(temperature_figure(-0.4, Units::metric).text(), "0 °C");
}

TEST(Format, NumbersMarkTheirThousands) {
    EXPECT_EQ(format_number(0), "0");
    EXPECT_EQ(format_number(999), "999");
    EXPECT_EQ(format_number(1132), "1,132");
    EXPECT_EQ(format_number(-1234567.891, 1), "-1,234,567.9");
}

TEST(Sport, EverySportTypeIsListedOnce) {
    for (const auto& sport : model::sports) {
        EXPECT_EQ(std::count_if(model::sports.begin(), model::sports.end(),
                                [&](const auto& other) { return other.sport_type == sport.sport_type; }),
                  1)
            << sport.sport_type;
    }
}

} // namespace
} // namespace harrier::report
