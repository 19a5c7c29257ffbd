// SPDX-License-Identifier: MIT
#pragma once

// Sums of the activities by week, month, year, sport or gear, as rows.

#include "archive/archive.hpp"
#include "report/rows.hpp"

#include <string_view>
#include <vector>

namespace harrier::insight {

// "week", "month", "year", "sport" or "gear".
[[nodiscard]] archive::Grouping grouping_of(std::string_view word);

// The key under Strava's word for it, count, distance (m), moving_time (s), elapsed_time (s),
// total_elevation_gain (m).
[[nodiscard]] report::Rows total_rows(archive::Grouping grouping, const std::vector<archive::Totals>& totals);

[[nodiscard]] archive::Totals sum(const std::vector<archive::Totals>& totals);

} // namespace harrier::insight
