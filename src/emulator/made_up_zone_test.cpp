// SPDX-License-Identifier: MIT
#include "emulator/made_up_zone.hpp"

#include <gtest/gtest.h>

namespace harrier::emulator {
namespace {

Instant instant(std::string_view text) {
    return parse_instant(text).value();
}

WallTime wall(std::string_view text) {
    return parse_wall_time(text).value();
}

TEST(MadeUpZone, BerlinChangesItsClockOnTheLastSundaysOfMarchAndOctober) {
    EXPECT_EQ(wall_time(Zone::berlin, instant("2026-03-29T00:59:59Z")), wall("2026-03-29T01:59:59Z"));
    EXPECT_EQ(wall_time(Zone::berlin, instant("2026-03-29T01:00:00Z")), wall("2026-03-29T03:00:00Z"));
    EXPECT_EQ(wall_time(Zone::berlin, instant("2026-10-25T00:59:59Z")), wall("2026-10-25T02:59:59Z"));
    EXPECT_EQ(wall_time(Zone::berlin, instant("2026-10-25T01:00:00Z")), wall("2026-10-25T02:00:00Z"));
}

TEST(MadeUpZone, DenverChangesItsClockInMarchAndNovember) {
    EXPECT_EQ(wall_time(Zone::denver, instant("2026-03-08T08:59:59Z")), wall("2026-03-08T01:59:59Z"));
    EXPECT_EQ(wall_time(Zone::denver, instant("2026-03-08T09:00:00Z")), wall("2026-03-08T03:00:00Z"));
    EXPECT_EQ(wall_time(Zone::denver, instant("2026-11-01T07:59:59Z")), wall("2026-11-01T01:59:59Z"));
    EXPECT_EQ(wall_time(Zone::denver, instant("2026-11-01T08:00:00Z")), wall("2026-11-01T01:00:00Z"));
}

TEST(MadeUpZone, AgreesWithTheZoneDatabaseOverTenYears) {
    for (Instant time = instant("2016-01-01T00:30:00Z"); time < instant("2026-11-01T00:00:00Z");
         time += std::chrono::hours{31}) {
        ASSERT_EQ(wall_time(Zone::berlin, time), to_wall_time(time, "Europe/Berlin")) << format_instant(time);
        ASSERT_EQ(wall_time(Zone::denver, time), to_wall_time(time, "America/Denver"))
            << format_instant(time);
    }
}

TEST(MadeUpZone, FindsTheMomentOfAWallTime) {
    for (const Zone zone : {Zone::berlin, Zone::denver, Zone::factory}) {
        for (Instant time = instant("2025-01-01T12:00:00Z"); time < instant("2026-01-01T00:00:00Z");
             time += std::chrono::hours{24}) {
            ASSERT_EQ(moment(zone, wall_time(zone, time)), time) << format_instant(time);
        }
    }
}

TEST(MadeUpZone, WritesZonesWithTheOffsetOfStandardTime) {
    EXPECT_EQ(strava_timezone(Zone::berlin), "(GMT+01:00) Europe/Berlin");
    EXPECT_EQ(strava_timezone(Zone::denver), "(GMT-07:00) America/Denver");
    EXPECT_EQ(strava_timezone(Zone::factory), "(GMT+00:00) Factory");
}

} // namespace
} // namespace harrier::emulator
