// SPDX-License-Identifier: MIT
#pragma once

// How a record came down over the years. Values in, values out. Pure.

#include "base/time.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace harrier::analysis {

struct DatedEffort {
    WallTime when; // local
    double value = 0;
};

enum class Better { lower, higher }; // times fall, powers and distances rise

struct RecordStep {
    std::size_t index = 0;        // in the efforts given
    std::optional<double> gain{}; // by how much it beat the one before; nothing for the first
    std::optional<std::chrono::seconds> held_for{}; // until it was beaten; nothing while it stands
};

// Those efforts that were better than all before them, in the order of time: equalling a record is none. Of
// efforts of the same moment only the best can be one. `efforts` in any order; values that are not finite are
// left out. O(n log n).
[[nodiscard]] std::vector<RecordStep> record_progression(std::span<const DatedEffort> efforts,
                                                         Better better = Better::lower);

} // namespace harrier::analysis
