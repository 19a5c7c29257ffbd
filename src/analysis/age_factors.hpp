// SPDX-License-Identifier: MIT
#pragma once

// The numbers of age grading; age_grading.hpp makes sense of them. Source: the road standards of USATF's
// Masters Long Distance Running as AlanLyttonJones/Age-Grade-Tables publishes them (CC0 1.0), factor sheets.

#include "analysis/age_grading.hpp"

#include <cstdint>
#include <span>

namespace harrier::analysis {

struct AgeFactors {
    std::span<const double> metres; // growing
    std::span<const double> open;   // s, the open-class standard of each distance
    // In 1/10000: for each age from youngest_age to oldest_age one for each distance.
    std::span<const std::uint16_t> factors;
};

[[nodiscard]] AgeFactors age_factors(Sex sex, RoadTable table);

} // namespace harrier::analysis
