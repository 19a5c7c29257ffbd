// SPDX-License-Identifier: MIT
#include "analysis/daily.hpp"

#include <cmath>
#include <cstddef>

namespace harrier::analysis {

std::vector<double> daily_sums(std::span<const DatedValue> values, Day first, Day last) {
    if (last < first) {
        return {};
    }
    std::vector<double> sums(static_cast<std::size_t>((last - first).count()) + 1);
    for (const auto& [day, value] : values) {
        if (day >= first && day <= last && std::isfinite(value)) {
            sums[static_cast<std::size_t>((day - first).count())] += value;
        }
    }
    return sums;
}

Day monday_of(Day day) {
    return day - (std::chrono::weekday(day) - std::chrono::Monday);
}

} // namespace harrier::analysis
