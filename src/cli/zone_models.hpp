// SPDX-License-Identifier: MIT
#pragma once

// The zones that an athlete has chosen, from their thresholds.

#include "analysis/zones.hpp"
#include "cli/athlete_profile.hpp"

#include <vector>

namespace harrier::cli {

// bpm; by zones.hr of config.toml. Empty when no highest heart rate is known.
[[nodiscard]] std::vector<analysis::Zone> heartrate_zones(const AthleteProfile& profile,
                                                          const Config& config);

} // namespace harrier::cli
