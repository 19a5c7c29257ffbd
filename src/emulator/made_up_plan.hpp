// SPDX-License-Identifier: MIT
#pragma once

// From the diary to workouts: hour, route, pace of each stage, stops, shoes, watch, name. Pure.

#include "emulator/activity_source.hpp"
#include "emulator/made_up_calendar.hpp"
#include "emulator/made_up_terrain.hpp"
#include "emulator/made_up_workout.hpp"

#include <vector>

namespace harrier::emulator {

// The athlete's shoes and bikes.
inline constexpr std::string_view old_shoes = "g18720411";
inline constexpr std::string_view daily_shoes = "g22950176";
inline constexpr std::string_view race_shoes = "g23318802";
inline constexpr std::string_view trail_shoes = "g20117654";
inline constexpr std::string_view road_bike = "b11840273";
inline constexpr std::string_view town_bike = "b12606918";

// The moment at which the made-up history ends: that of the options, or a fixed evening in November 2026.
[[nodiscard]] Instant history_end(const MadeUpOptions& options);

// All workouts with their ids and traps, newest first by shown_start(). Ids are distinct and follow the
// upload, so they are not in the order of the dates.
[[nodiscard]] std::vector<Workout> plan_workouts(const MadeUpOptions& options, const Terrain& terrain);

// The workout of one entry, still without id and trap. `seed` decides everything that the diary leaves open.
[[nodiscard]] Workout plan_workout(const DiaryEntry& entry, const Terrain& terrain, std::uint64_t seed);

} // namespace harrier::emulator
