// SPDX-License-Identifier: MIT
#include "emulator/made_up_workout.hpp"

namespace harrier::emulator {

WallTime Workout::shown_start_local() const {
    const WallTime begin = wall_time(zone, start);
    if (!hides_start_time) {
        return begin;
    }
    return WallTime{std::chrono::floor<std::chrono::days>(begin)} + std::chrono::seconds{1};
}

Instant Workout::shown_start() const {
    return hides_start_time ? Instant{shown_start_local().time_since_epoch()} : start;
}

} // namespace harrier::emulator
