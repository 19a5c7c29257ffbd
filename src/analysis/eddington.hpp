// SPDX-License-Identifier: MIT
#pragma once

// The Eddington number: the largest E so that on E days at least E km (or miles) were covered. Arthur
// Eddington kept his by bicycle. Values in, values out. Pure.

#include <cstdint>
#include <span>
#include <vector>

namespace harrier::analysis {

struct Eddington {
    int number = 0;
    // Days that are missing for number + 1, number + 2, …
    std::vector<int> missing;
};

// `daily`: km or miles of each day, whole units count. `ahead`: how many next numbers `missing` tells of.
// O(days + number).
[[nodiscard]] Eddington eddington(std::span<const double> daily, int ahead = 10);

} // namespace harrier::analysis
