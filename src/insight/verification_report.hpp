// SPDX-License-Identifier: MIT
#pragma once

// What a verification found, for machines.

#include "sync/verification.hpp"

#include <string>

namespace harrier::insight {

// Nothing is damaged or missing; what only a look can settle does not count.
[[nodiscard]] bool is_sound(const sync::Verification& result);

// {"sound", "activities", "without_samples", "checked", "bytes", "problems"}
[[nodiscard]] std::string verification_json(const sync::Verification& result);

} // namespace harrier::insight
