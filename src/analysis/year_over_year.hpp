// SPDX-License-Identifier: MIT
#pragma once

// Years laid over each other: what had been done by a date, year by year. Values in, values out. Pure.

#include "analysis/daily.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace harrier::analysis {

// Days of a leap year. 29 February has a place in every year, so that 1 March stands beside 1 March.
constexpr std::size_t places_of_a_year = 366;
[[nodiscard]] std::size_t place_in_year(Day day); // 0 is 1 January, 59 is 29 February, 365 is 31 December

struct YearLine {
    int year = 0;
    std::array<double, places_of_a_year> sums{}; // from 1 January to that day, that day counted

    [[nodiscard]] double total() const { return sums.back(); }
    // What had been reached by the same date.
    [[nodiscard]] double by(Day day) const { return sums[place_in_year(day)]; }
};

// One line for every year that has values, the oldest first. `values` in any order; those that are not finite
// are left out.
[[nodiscard]] std::vector<YearLine> year_over_year(std::span<const DatedValue> values);

} // namespace harrier::analysis
