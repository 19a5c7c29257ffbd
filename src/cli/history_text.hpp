// SPDX-License-Identifier: MIT
#pragma once

// Streaks, and years beside each other, as `stats` tells them to people. Pure.

#include "base/units.hpp"
#include "insight/streaks.hpp"
#include "insight/year_comparison.hpp"
#include "report/table.hpp"

#include <string>

namespace harrier::cli {

[[nodiscard]] std::string streaks_text(const insight::StreakAnswer& answer, const report::TableStyle& style);

// A chart of the sums through each year, and a table of what was reached by today's date.
[[nodiscard]] std::string years_text(const insight::YearComparison& comparison, Units units,
                                     const report::TableStyle& style);

} // namespace harrier::cli
