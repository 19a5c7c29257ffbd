// SPDX-License-Identifier: MIT
#pragma once

// The line of an activity on a map, with as few points as it takes. Values in, values out. Pure.

#include "model/activity.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace harrier::analysis {

// Strava's summary lines have mostly 300 to 340 points, or few and corners cut by 25 to 33 m. This one is
// never further off than 5 m, unless that takes more than 350 points.
struct TrackLimits {
    double tolerance = 5; // m
    std::size_t points = 350;
};

// A part of `points`, in their order: the first, the last, and those without which the line would be further
// from one of them than the tolerance (Douglas and Peucker 1973, Cartographica 10:112); when these are too
// many, the ones that matter most. The ends of segments (`breaks`: indices of first points) come before all
// others, because the line jumps there. Points lie within ±90° and ±180°. O(n log n), whatever the shape.
[[nodiscard]] std::vector<model::LatLng> simplify_track(std::span<const model::LatLng> points,
                                                        std::span<const std::size_t> breaks = {},
                                                        TrackLimits limits = {});

} // namespace harrier::analysis
