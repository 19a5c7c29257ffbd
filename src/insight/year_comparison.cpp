// SPDX-License-Identifier: MIT
#include "insight/year_comparison.hpp"

#include "insight/calendar.hpp"

#include <algorithm>

namespace harrier::insight {

YearComparison compare_years(archive::Archive& archive, AthleteId athlete,
                             const archive::ActivityQuery& query, analysis::Day today, std::size_t count) {
    std::vector<analysis::DatedValue> values;
    for (const auto& activity : archive.activities(athlete, query)) {
        const auto start = wall_start(activity);
        if (start && activity.distance) {
            values.push_back({std::chrono::floor<std::chrono::days>(*start), *activity.distance});
        }
    }
    YearComparison comparison{.today = today, .years = analysis::year_over_year(values)};
    auto& years = comparison.years;
    if (count > 0 && years.size() > count) {
        years.erase(years.begin(), years.end() - static_cast<std::ptrdiff_t>(count));
    }
    return comparison;
}

report::Rows year_rows(const YearComparison& comparison) {
    report::Rows rows{{"year", "distance", "distance_to_date"}, {}};
    for (auto line = comparison.years.rbegin(); line != comparison.years.rend(); ++line) {
        rows.rows.push_back({std::int64_t{line->year}, line->total(), line->by(comparison.today)});
    }
    return rows;
}

} // namespace harrier::insight
