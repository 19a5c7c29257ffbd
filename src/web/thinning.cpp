// SPDX-License-Identifier: MIT
#include "web/thinning.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace harrier::web {

namespace {

void keep_extremes(std::vector<std::size_t>& kept, std::span<const double> column, std::size_t begin,
                   std::size_t end) {
    std::size_t lowest = end;
    std::size_t highest = end;
    for (auto i = begin; i < std::min(end, column.size()); ++i) {
        if (!std::isfinite(column[i])) {
            continue;
        }
        lowest = lowest == end || column[i] < column[lowest] ? i : lowest;
        highest = highest == end || column[i] > column[highest] ? i : highest;
    }
    if (lowest != end) {
        kept.push_back(lowest);
        kept.push_back(highest);
    }
}

} // namespace

std::vector<std::size_t> thin(std::size_t size, std::size_t points,
                              std::span<const std::span<const double>> columns) {
    if (points >= size) {
        std::vector<std::size_t> all(size);
        std::iota(all.begin(), all.end(), std::size_t{0});
        return all;
    }
    const auto recorded = static_cast<std::size_t>(
        std::count_if(columns.begin(), columns.end(), [](const auto& column) { return !column.empty(); }));
    const auto of_a_stretch = std::max<std::size_t>(1, 2 * recorded);
    const auto stretches = std::max<std::size_t>(1, points > 2 ? (points - 2) / of_a_stretch : 1);
    std::vector<std::size_t> kept{0, size - 1};
    for (std::size_t stretch = 0; points > 2 && stretch < stretches; ++stretch) {
        const auto begin = size * stretch / stretches;
        const auto end = size * (stretch + 1) / stretches;
        if (recorded == 0) {
            kept.push_back(begin);
        }
        for (const auto& column : columns) {
            keep_extremes(kept, column, begin, end);
        }
    }
    std::sort(kept.begin(), kept.end());
    kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
    return kept;
}

} // namespace harrier::web
