// SPDX-License-Identifier: MIT
#pragma once

// What a table shows of an activity, told by its recording. Pure. docs/metrics.md gives each figure's rule,
// source and its difference from Strava's.

#include "model/activity.hpp"
#include "model/recording.hpp"

#include <vector>

namespace harrier::analysis {

// The fields of an activity that a recording tells, named and measured as Strava does; what it does not tell
// is empty. Ids, gear and counts are never told, nor is the summary line: summary_track gives its points.
// Any recording will do, an empty one too.
[[nodiscard]] model::Activity summarize(const model::Recording& recording);

// The points of the summary line (track.hpp); empty without positions.
[[nodiscard]] std::vector<model::LatLng> summary_track(const model::Recording& recording);

} // namespace harrier::analysis
