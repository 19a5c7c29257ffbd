// SPDX-License-Identifier: MIT
#pragma once

// What an athlete did, day by day: the sums that loads, Eddington numbers and comparisons of years are made
// of. Days are local ones, as the clock on the wall showed them. Values in, values out. Pure.

#include <chrono>
#include <span>
#include <vector>

namespace harrier::analysis {

using Day = std::chrono::local_days;

// Something that happened on a day: metres, seconds, a load.
struct DatedValue {
    Day day;
    double value = 0;
};

// One sum for each day from `first` to `last`, both counted; days without any are 0, what lies outside or is
// not finite is left out. Empty when `last` is before `first`. `values` in any order.
[[nodiscard]] std::vector<double> daily_sums(std::span<const DatedValue> values, Day first, Day last);

// The Monday that the ISO week of a day begins with (ISO 8601: weeks belong to no year but their own).
[[nodiscard]] Day monday_of(Day day);

} // namespace harrier::analysis
