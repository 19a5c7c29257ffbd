// SPDX-License-Identifier: MIT
#pragma once

// A history of tiles for machines, told by activity, week, month or year, the newest first.

#include "insight/tile_history.hpp"
#include "report/rows.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::insight {

// The other way round, and no more than so many.
template <typename Row>
[[nodiscard]] std::vector<Row> newest(std::vector<Row> rows, std::size_t limit) {
    std::reverse(rows.begin(), rows.end());
    if (rows.size() > limit) {
        rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(limit), rows.end());
    }
    return rows;
}

// `by` is "activity", "week", "month" or "year".
[[nodiscard]] report::Rows tile_rows(const TileHistory& history, std::string_view by,
                                     std::size_t limit = SIZE_MAX);

// {"zoom", "tiles", "max_square", "max_cluster", "activities", "without_positions", "by", "rows"}
[[nodiscard]] std::string tile_json(const TileHistory& history, std::string_view by,
                                    std::size_t limit = SIZE_MAX);

} // namespace harrier::insight
