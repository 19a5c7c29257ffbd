// SPDX-License-Identifier: MIT
#pragma once

// Exact factors between the units that people read and the SI units that everything is kept in.

namespace harrier {

constexpr double metres_per_mile = 1609.344;
constexpr double metres_per_foot = 0.3048;
constexpr double metres_per_kilometre = 1000.0;
constexpr double metres_per_yard = 0.9144;

enum class Units { metric, imperial };

} // namespace harrier
