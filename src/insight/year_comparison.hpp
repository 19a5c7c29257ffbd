// SPDX-License-Identifier: MIT
#pragma once

// Years beside each other: how far each had come by this date.

#include "analysis/year_over_year.hpp"
#include "archive/archive.hpp"
#include "report/rows.hpp"

#include <vector>

namespace harrier::insight {

struct YearComparison {
    analysis::Day today;
    std::vector<analysis::YearLine> years; // metres; the oldest first
};

// The newest `count` years; 0 = all. Activities without a start or a distance do not count.
[[nodiscard]] YearComparison compare_years(archive::Archive& archive, AthleteId athlete,
                                           const archive::ActivityQuery& query, analysis::Day today,
                                           std::size_t count);

// year, distance (m) of the whole year, distance_to_date (m, up to the month and day of today); newest first.
[[nodiscard]] report::Rows year_rows(const YearComparison& comparison);

} // namespace harrier::insight
