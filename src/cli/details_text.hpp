// SPDX-License-Identifier: MIT
#pragma once

// What `show` tells people of an activity beyond its summary.

#include "base/units.hpp"
#include "insight/activity_details.hpp"
#include "report/table.hpp"

#include <string>

namespace harrier::cli {

// Charts, tables and figures for people; what was not recorded is left out.
[[nodiscard]] std::string details_text(const insight::ActivityDetails& details, Units units,
                                       const report::TableStyle& style);

} // namespace harrier::cli
