// SPDX-License-Identifier: MIT
#pragma once

// What each kind of session looks like: sport, route, stages, name. Pure.

#include "emulator/made_up_calendar.hpp"
#include "emulator/made_up_terrain.hpp"
#include "emulator/made_up_workout.hpp"
#include "emulator/repeatable_random.hpp"

namespace harrier::emulator {

// Fills sport, motion, route, distance, speed, stages, name, description and workout type of `workout`, whose
// session, zone, start and threshold are known.
void fill_session(Workout& workout, const DiaryEntry& entry, const Terrain& terrain,
                  RepeatableRandom& random);

} // namespace harrier::emulator
