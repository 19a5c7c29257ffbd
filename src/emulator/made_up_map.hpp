// SPDX-License-Identifier: MIT
#pragma once

// The line of an activity on a map, as an encoded polyline with fewer points. Pure.

#include "emulator/made_up_simulation.hpp"

#include <span>
#include <string>

namespace harrier::emulator {

// At most 150 points; the detail's line is within 3 m of each sample. Empty without samples.
[[nodiscard]] std::string draw_summary_line(std::span<const Sample> samples);
[[nodiscard]] std::string draw_detailed_line(std::span<const Sample> samples);

} // namespace harrier::emulator
