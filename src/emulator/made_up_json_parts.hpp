// SPDX-License-Identifier: MIT
#pragma once

// The lists inside a made-up activity's detail, each a JSON array. Pure.

#include "emulator/json_text.hpp"
#include "emulator/made_up_json.hpp"

namespace harrier::emulator {

void write_laps(JsonText& json, const Performed& performed);
void write_splits(JsonText& json, const Performed& performed, double length_m);
void write_best_efforts(JsonText& json, const Performed& performed);

} // namespace harrier::emulator
