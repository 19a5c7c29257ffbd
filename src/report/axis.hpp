// SPDX-License-Identifier: MIT
#pragma once

// Where an axis has its marks, and what stands at them. Pure.

#include "analysis/daily.hpp"

#include <span>
#include <string>
#include <vector>

namespace harrier::report {

struct Tick {
    double at = 0; // in the units of the data
    std::string label;
};

// Round numbers (1, 2 or 5 times a power of ten) from the last at or below `low` to the first at or above
// `high`, about `wanted` of them. `low` < `high`.
[[nodiscard]] std::vector<double> round_ticks(double low, double high, int wanted = 4);

// The same for seconds: steps of a second to a day that clocks know.
[[nodiscard]] std::vector<double> clock_ticks(double low, double high, int wanted = 4);

// Days as numbers: since 1970-01-01.
[[nodiscard]] double day_number(analysis::Day day);

// The first days of months, or of years where there would be too many; labelled "Mar", "2026".
[[nodiscard]] std::vector<Tick> day_ticks(analysis::Day first, analysis::Day last);

[[nodiscard]] std::string_view month_name(unsigned month); // "Jan" for 1

} // namespace harrier::report
