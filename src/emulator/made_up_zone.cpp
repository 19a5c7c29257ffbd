// SPDX-License-Identifier: MIT
#include "emulator/made_up_zone.hpp"

namespace harrier::emulator {

namespace {

using std::chrono::hours;
using std::chrono::Sunday;
using std::chrono::sys_days;
using std::chrono::year;

year year_of(Instant time) {
    return std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(time)).year();
}

bool is_european_summer(Instant time) {
    const year y = year_of(time);
    const Instant begin = sys_days(y / 3 / Sunday[std::chrono::last]) + hours{1};
    const Instant end = sys_days(y / 10 / Sunday[std::chrono::last]) + hours{1};
    return time >= begin && time < end;
}

bool is_mountain_summer(Instant time) {
    const year y = year_of(time);
    const Instant begin = sys_days(y / 3 / Sunday[2]) + hours{9};
    const Instant end = sys_days(y / 11 / Sunday[1]) + hours{8};
    return time >= begin && time < end;
}

std::chrono::seconds standard_offset(Zone zone) {
    switch (zone) {
    case Zone::berlin:
        return hours{1};
    case Zone::denver:
        return hours{-7};
    case Zone::factory:
        break;
    }
    return hours{0};
}

} // namespace

std::string_view strava_timezone(Zone zone) {
    switch (zone) {
    case Zone::berlin:
        return "(GMT+01:00) Europe/Berlin";
    case Zone::denver:
        return "(GMT-07:00) America/Denver";
    case Zone::factory:
        break;
    }
    return "(GMT+00:00) Factory";
}

std::chrono::seconds utc_offset(Zone zone, Instant time) {
    const bool summer = (zone == Zone::berlin && is_european_summer(time)) ||
                        (zone == Zone::denver && is_mountain_summer(time));
    return standard_offset(zone) + (summer ? hours{1} : hours{0});
}

WallTime wall_time(Zone zone, Instant time) {
    return WallTime{time.time_since_epoch() + utc_offset(zone, time)};
}

Instant moment(Zone zone, WallTime time) {
    const Instant as_standard{time.time_since_epoch() - standard_offset(zone)};
    // In summer the guess is one hour late; the offset an hour before decides.
    const Instant as_summer = as_standard - hours{1};
    return utc_offset(zone, as_summer) == standard_offset(zone) ? as_standard : as_summer;
}

} // namespace harrier::emulator
