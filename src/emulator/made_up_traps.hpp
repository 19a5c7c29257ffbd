// SPDX-License-Identifier: MIT
#pragma once

// The activities that are wrong or odd on purpose, each with a name that a test can look for. The list with
// what each is for: docs/made-up-athlete.md. Pure.

#include "emulator/made_up_workout.hpp"

#include <vector>

namespace harrier::emulator {

// Turns some of the workouts, which come newest first, into traps. All of them fit into six hundred; a
// shorter history holds those that find a workout of their kind.
void set_traps(std::vector<Workout>& workouts);

} // namespace harrier::emulator
