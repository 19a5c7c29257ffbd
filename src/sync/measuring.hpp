// SPDX-License-Identifier: MIT
#pragma once

// Computes what is kept of an activity's samples, for all activities that are behind: new ones, changed ones,
// and all of them when the algorithms got better. Several threads compute, one writes. Stopped at any moment,
// the next run goes on.

#include "archive/archive.hpp"

#include <cstddef>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace harrier::sync {

// Of the algorithms; higher whenever one of them gives other numbers.
[[nodiscard]] int algorithm_version();

struct MeasuringFailure {
    ActivityId activity{};
    std::string reason;
};

struct MeasuringResult {
    std::size_t measured = 0;
    std::vector<MeasuringFailure>
        failures{};        // samples that cannot be read; tried again after the next change
    bool complete = false; // false: `stop` ended it early
};

struct MeasuringOptions {
    unsigned threads = 0; // that compute; 0 = one for each core
};

// Newest first. `progress` gets how many of how many are done. Throws what the archive throws.
MeasuringResult measure(archive::Archive& archive, AthleteId athlete,
                        const std::function<void(std::size_t done, std::size_t total)>& progress,
                        const std::stop_token& stop = {}, const MeasuringOptions& options = {});

} // namespace harrier::sync
