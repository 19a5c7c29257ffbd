// SPDX-License-Identifier: MIT
#pragma once

// One made-up activity as the API's JSON: keys, their order, absent keys, nulls and the spelling of numbers
// as in captured answers of October 2025. Pure.

#include "emulator/activity_source.hpp"
#include "emulator/made_up_totals.hpp"

#include <optional>
#include <string>

namespace harrier::emulator {

// A workout with what was recorded of it.
struct Performed {
    const Workout& workout;
    const Recording& recording;
    Totals totals;
};

// Simulated totals; those of a manual entry come from what was typed in.
[[nodiscard]] Totals totals_of(const Workout& workout, const Recording& recording);

[[nodiscard]] std::string summary_json(const Performed& performed);
// `gear_json` is the SummaryGear of the workout's gear, if it has one.
[[nodiscard]] std::string detail_json(const Performed& performed,
                                      const std::optional<std::string>& gear_json);
[[nodiscard]] std::string laps_json(const Performed& performed);
// Nothing when nothing was recorded.
[[nodiscard]] std::optional<StreamSet> stream_set(const Recording& recording);

} // namespace harrier::emulator
