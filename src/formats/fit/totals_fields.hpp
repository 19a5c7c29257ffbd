// SPDX-License-Identifier: MIT
#pragma once

// Facts of the format that its reader and its writer share: where laps and sessions keep their totals, and
// the words behind small numbers.

#include <array>
#include <cstdint>
#include <string_view>

namespace harrier::formats::fit {

// The same in every message that has them.
inline constexpr std::uint8_t timestamp_field = 253;
inline constexpr std::uint8_t index_field = 254;

// The numbers of the fields that a session and a lap share; they differ by one or more between the two.
struct TotalsFields {
    std::uint8_t elapsed, timer, distance, average_speed, max_speed, enhanced_average_speed,
        enhanced_max_speed;
    std::uint8_t average_hr, max_hr, average_cadence, max_cadence, average_cadence_fraction,
        max_cadence_fraction, average_power, max_power;
    std::uint8_t ascent, descent, normalized_power, work, calories, average_temp;
};
inline constexpr TotalsFields session_fields{
    .elapsed = 7,
    .timer = 8,
    .distance = 9,
    .average_speed = 14,
    .max_speed = 15,
    .enhanced_average_speed = 124,
    .enhanced_max_speed = 125,
    .average_hr = 16,
    .max_hr = 17,
    .average_cadence = 18,
    .max_cadence = 19,
    .average_cadence_fraction = 92,
    .max_cadence_fraction = 93,
    .average_power = 20,
    .max_power = 21,
    .ascent = 22,
    .descent = 23,
    .normalized_power = 34,
    .work = 48,
    .calories = 11,
    .average_temp = 57,
};
inline constexpr TotalsFields lap_fields{
    .elapsed = 7,
    .timer = 8,
    .distance = 9,
    .average_speed = 13,
    .max_speed = 14,
    .enhanced_average_speed = 110,
    .enhanced_max_speed = 111,
    .average_hr = 15,
    .max_hr = 16,
    .average_cadence = 17,
    .max_cadence = 18,
    .average_cadence_fraction = 80,
    .max_cadence_fraction = 81,
    .average_power = 19,
    .max_power = 20,
    .ascent = 21,
    .descent = 22,
    .normalized_power = 33,
    .work = 41,
    .calories = 11,
    .average_temp = 50,
};

// By their numbers in the file.
inline constexpr std::array<std::string_view, 9> lap_triggers{
    "manual",          "time",         "distance",
    "position_start",  "position_lap", "position_waypoint",
    "position_marked", "session_end",  "fitness_equipment"};
inline constexpr std::array<std::string_view, 7> lap_intensities{"active",   "rest",     "warmup", "cooldown",
                                                                 "recovery", "interval", "other"};
inline constexpr std::array<std::string_view, 7> swim_strokes{
    "freestyle", "backstroke", "breaststroke", "butterfly", "drill", "mixed", "medley"};

} // namespace harrier::formats::fit
