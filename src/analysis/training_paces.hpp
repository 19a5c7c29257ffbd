// SPDX-License-Identifier: MIT
#pragma once

// How fast to train, from VDOT: the five intensities of Daniels' Running Formula as shares of VDOT, with the
// running cost of Daniels and Gilbert (prediction.hpp). Values in, values out. Pure.

#include <array>
#include <string_view>

namespace harrier::analysis {

struct TrainingIntensity {
    std::string_view letter;
    std::string_view name;
    double least; // share of VDOT
    double most;
};

// The book gives ranges for easy and interval; marathon and threshold depend on how long they last.
inline constexpr std::array training_intensities{
    TrainingIntensity{"E", "easy", 0.59, 0.74},       TrainingIntensity{"M", "marathon", 0.75, 0.84},
    TrainingIntensity{"T", "threshold", 0.83, 0.88},  TrainingIntensity{"I", "interval", 0.95, 1.00},
    TrainingIntensity{"R", "repetition", 1.05, 1.10},
};

struct TrainingPace {
    TrainingIntensity intensity;
    double slowest = 0; // m/s
    double fastest = 0; // m/s
};

// `vdot` above zero.
[[nodiscard]] std::array<TrainingPace, training_intensities.size()> training_paces(double vdot);

} // namespace harrier::analysis
