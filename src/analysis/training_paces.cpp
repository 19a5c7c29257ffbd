// SPDX-License-Identifier: MIT
#include "analysis/training_paces.hpp"

#include "analysis/prediction.hpp"

#include <cstddef>

namespace harrier::analysis {

std::array<TrainingPace, training_intensities.size()> training_paces(double vdot) {
    std::array<TrainingPace, training_intensities.size()> paces{};
    for (std::size_t i = 0; i < paces.size(); ++i) {
        const auto& intensity = training_intensities[i];
        paces[i] = {intensity, speed_at_share(vdot, intensity.least), speed_at_share(vdot, intensity.most)};
    }
    return paces;
}

} // namespace harrier::analysis
