// SPDX-License-Identifier: MIT
#pragma once

// The keys of weeks, months and years in totals ("2026-W47", "2026-11", "2026"), and their order. Pure.

#include "archive/archive.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::insight {

// The first day that a key stands for: a Monday for ISO weeks. Nothing for a key of another kind.
[[nodiscard]] std::optional<std::chrono::local_days> first_day(archive::Grouping grouping,
                                                               std::string_view key);

// The key of the week, month or year that holds a day.
[[nodiscard]] std::string period_key(archive::Grouping grouping, std::chrono::local_days day);

// When an activity began by the clock on the wall; by UTC where nobody knows what it showed.
[[nodiscard]] std::optional<WallTime> wall_start(const model::Activity& activity);

// Totals newest first, with an empty one for every week, month or year in between that has none. Other
// groupings come back as they are.
[[nodiscard]] std::vector<archive::Totals> fill_gaps(archive::Grouping grouping,
                                                     std::vector<archive::Totals> totals);

} // namespace harrier::insight
