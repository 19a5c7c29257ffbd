// SPDX-License-Identifier: MIT
#pragma once

// Fewer samples for a chart that has fewer pixels. Pure.

#include <cstddef>
#include <span>
#include <vector>

namespace harrier::web {

// Indices of at most some `points` of `size` samples, ascending: the first, the last, and of each stretch the
// lowest and the highest of each column, so that no peak is lost. Columns may be empty.
[[nodiscard]] std::vector<std::size_t> thin(std::size_t size, std::size_t points,
                                            std::span<const std::span<const double>> columns);

} // namespace harrier::web
