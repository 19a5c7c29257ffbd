// SPDX-License-Identifier: MIT
#include "analysis/year_over_year.hpp"

#include <cmath>
#include <map>
#include <numeric>

namespace harrier::analysis {

std::size_t place_in_year(Day day) {
    using namespace std::chrono;
    const year_month_day date(day);
    constexpr year a_leap_year{2024};
    const auto same_date = sys_days(a_leap_year / date.month() / date.day());
    return static_cast<std::size_t>((same_date - sys_days(a_leap_year / January / 1)).count());
}

std::vector<YearLine> year_over_year(std::span<const DatedValue> values) {
    std::map<int, YearLine> lines;
    for (const auto& [day, value] : values) {
        if (std::isfinite(value)) {
            const int year = static_cast<int>(std::chrono::year_month_day(day).year());
            auto& line = lines[year];
            line.year = year;
            line.sums[place_in_year(day)] += value;
        }
    }
    std::vector<YearLine> result;
    for (auto& [year, line] : lines) {
        std::partial_sum(line.sums.begin(), line.sums.end(), line.sums.begin());
        result.push_back(line);
    }
    return result;
}

} // namespace harrier::analysis
