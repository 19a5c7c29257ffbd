// SPDX-License-Identifier: MIT
#include "analysis/record_progression.hpp"

#include <algorithm>
#include <cmath>

namespace harrier::analysis {

std::vector<RecordStep> record_progression(std::span<const DatedEffort> efforts, Better better) {
    const auto gain_of = [&](double value, double over) {
        return better == Better::lower ? over - value : value - over;
    };
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < efforts.size(); ++i) {
        if (std::isfinite(efforts[i].value)) {
            order.push_back(i);
        }
    }
    // The best of a moment comes first, so that it alone can be a step.
    std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
        return efforts[left].when != efforts[right].when
                   ? efforts[left].when < efforts[right].when
                   : gain_of(efforts[left].value, efforts[right].value) > 0;
    });
    std::vector<RecordStep> steps;
    for (const auto index : order) {
        RecordStep step{.index = index};
        if (!steps.empty()) {
            const auto& before = efforts[steps.back().index];
            step.gain = gain_of(efforts[index].value, before.value);
            if (!(*step.gain > 0)) {
                continue;
            }
            steps.back().held_for = efforts[index].when - before.when;
        }
        steps.push_back(step);
    }
    return steps;
}

} // namespace harrier::analysis
