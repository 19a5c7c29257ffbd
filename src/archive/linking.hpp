// SPDX-License-Identifier: MIT
#pragma once

// Whether a loose file and an activity are the same outing. All of start, sport family, elapsed time and
// distance must agree: starts alone never decide, since Strava blurs hidden ones. Pure.

#include "model/activity.hpp"

#include <chrono>

namespace harrier::archive {

// How far two starts of the same outing may be apart.
constexpr std::chrono::seconds largest_start_difference{60};
// Of the larger of two elapsed times or distances.
constexpr double largest_relative_difference = 0.02;

[[nodiscard]] bool is_same_outing(const model::Activity& left, const model::Activity& right);

} // namespace harrier::archive
