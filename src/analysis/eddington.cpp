// SPDX-License-Identifier: MIT
#include "analysis/eddington.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace harrier::analysis {

Eddington eddington(std::span<const double> daily, int ahead) {
    constexpr double rounding = 1e-9; // a day's runs are a sum, which may lack its last digit
    // Beyond as many units as there are days no number can lie, so longer days share the last bucket.
    const auto most = daily.size() + static_cast<std::size_t>(ahead) + 1;
    std::vector<int> days_of(most + 1); // with so many whole units
    for (const double units : daily) {
        const double whole = std::floor(units + rounding);
        if (std::isfinite(units) && whole >= 1) {
            ++days_of[static_cast<std::size_t>(std::min(whole, static_cast<double>(most)))];
        }
    }
    std::vector<int> days_with(most + 1); // at least so many
    int days = 0;
    for (std::size_t units = most; units > 0; --units) {
        days += days_of[units];
        days_with[units] = days;
    }
    Eddington result;
    while (days_with[static_cast<std::size_t>(result.number) + 1] > result.number) {
        ++result.number;
    }
    for (int next = result.number + 1; next <= result.number + ahead; ++next) {
        result.missing.push_back(next - days_with[static_cast<std::size_t>(next)]);
    }
    return result;
}

} // namespace harrier::analysis
