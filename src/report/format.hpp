// SPDX-License-Identifier: MIT
#pragma once

// Numbers as runners read them. Pure; metric or imperial; absent and impossible values become "–".

#include "base/time.hpp"
#include "base/units.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace harrier::report {

// A number and its unit, apart: a table keeps the unit in its header.
struct Figure {
    std::string number; // "–" when there is nothing to say
    std::string unit;

    // "13.99 km"; "–" alone when there is no number.
    [[nodiscard]] std::string text() const;
};

[[nodiscard]] Figure distance_figure(std::optional<double> metres, Units units);     // 13.99 km
[[nodiscard]] Figure climb_figure(std::optional<double> metres, Units units);        // 88 m, 287 ft
[[nodiscard]] Figure pace_figure(std::optional<double> speed_mps, Units units);      // 5:31 /km
[[nodiscard]] Figure swim_pace_figure(std::optional<double> speed_mps, Units units); // 2:05 /100m
[[nodiscard]] Figure speed_figure(std::optional<double> speed_mps, Units units);     // 24.3 km/h
// Pace for sports on foot, pace per 100 m (yd) for swims, speed for everything else.
[[nodiscard]] Figure pace_or_speed_figure(std::string_view sport_type, std::optional<double> speed_mps,
                                          Units units);
[[nodiscard]] Figure temperature_figure(std::optional<double> celsius, Units units); // 17 °C, 63 °F

[[nodiscard]] std::string format_distance(std::optional<double> metres, Units units); // "13.99 km", "8.70 mi"
[[nodiscard]] std::string format_duration(std::optional<std::int64_t> seconds); // "1:14:56", "4:09", "0:42"
[[nodiscard]] std::string format_climb(std::optional<double> metres, Units units);   // "88 m", "287 ft"
[[nodiscard]] std::string format_pace(std::optional<double> speed_mps, Units units); // "5:31 /km", "8:52 /mi"
[[nodiscard]] std::string format_speed(std::optional<double> speed_mps,
                                       Units units); // "24.3 km/h", "15.1 mph"
[[nodiscard]] std::string format_pace_or_speed(std::string_view sport_type, std::optional<double> speed_mps,
                                               Units units);
[[nodiscard]] std::string format_local_day(std::optional<WallTime> time); // "Wed 2018-11-28"
// "15:11"; "–" for midnight and one second, which is how Strava hides a start time.
[[nodiscard]] std::string format_time_of_day(std::optional<WallTime> time);
[[nodiscard]] std::string format_heart_rate(std::optional<double> bpm); // "159"
// Rounded to `decimals`, thousands marked: "1,132", "12,345.6".
[[nodiscard]] std::string format_number(double value, int decimals = 0);

} // namespace harrier::report
