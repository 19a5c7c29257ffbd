// SPDX-License-Identifier: MIT
#pragma once

// Numbers as runners read them. Pure; metric or imperial; absent values become "–".

#include "base/time.hpp"
#include "base/units.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace harrier::report {

[[nodiscard]] std::string format_distance(std::optional<double> metres, Units units); // "13.99 km", "8.70 mi"
[[nodiscard]] std::string format_duration(std::optional<std::int64_t> seconds); // "1:14:56", "4:09", "0:42"
[[nodiscard]] std::string format_climb(std::optional<double> metres, Units units);   // "88 m", "287 ft"
[[nodiscard]] std::string format_pace(std::optional<double> speed_mps, Units units); // "5:31 /km", "8:52 /mi"
[[nodiscard]] std::string format_speed(std::optional<double> speed_mps,
                                       Units units); // "24.3 km/h", "15.1 mph"
// Pace for sports on foot, pace per 100 m (yd) for swims, speed for everything else.
[[nodiscard]] std::string format_pace_or_speed(std::string_view sport_type, std::optional<double> speed_mps,
                                               Units units);
[[nodiscard]] std::string format_local_day(std::optional<WallTime> time); // "Wed 2018-11-28"
[[nodiscard]] std::string format_heart_rate(std::optional<double> bpm);   // "159"

} // namespace harrier::report
