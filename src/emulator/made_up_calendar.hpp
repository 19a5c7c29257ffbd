// SPDX-License-Identifier: MIT
#pragma once

// The training diary behind the made-up athlete: which session on which day, over cycles of three years with
// build-ups, tapers, races, an injury, and journeys; and how fit the athlete is. Pure.

#include "emulator/made_up_workout.hpp"

#include <chrono>
#include <string_view>
#include <vector>

namespace harrier::emulator {

struct Race {
    int weeks_before_end;
    double length_m;
    std::string_view name;
};

struct DiaryEntry {
    std::chrono::local_days day;
    Session session = Session::easy;
    const Race* race = nullptr; // of Session::race
    double weeks_before_end = 0;
    int cycle = 0;              // 0 = the newest three years
    int of_day = 0;             // 0 = the first of its day
    double threshold_mps = 3.5; // what the athlete could hold for an hour that day
    Zone zone = Zone::berlin;
};

// The `count` newest entries up to and including `last_day`, oldest first. Six hundred fill three years, up
// to 3,000 fill up to fifteen; more fill the days of these with short rides to the office.
[[nodiscard]] std::vector<DiaryEntry> write_diary(std::chrono::local_days last_day, int count);

} // namespace harrier::emulator
