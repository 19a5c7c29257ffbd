// SPDX-License-Identifier: MIT
#pragma once

// The Eddington number: E when on E days at least E km (or miles) were covered.

#include "analysis/eddington.hpp"
#include "archive/archive.hpp"
#include "base/units.hpp"

#include <string>

namespace harrier::insight {

struct EddingtonNumber {
    std::string unit; // "km" or "mi"
    analysis::Eddington result;
};

[[nodiscard]] EddingtonNumber find_eddington(archive::Archive& archive, AthleteId athlete,
                                             const archive::ActivityQuery& query, Units units);

// {"unit", "number", "missing"}
[[nodiscard]] std::string eddington_json(const EddingtonNumber& eddington);

} // namespace harrier::insight
