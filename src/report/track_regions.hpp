// SPDX-License-Identifier: MIT
#pragma once

// Where tracks lie together: the places where somebody runs, each with a flat map of its own. Pure.

#include "model/activity.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace harrier::report {

struct MapTrack {
    std::vector<model::LatLng> points; // within ±90° and ±180°
    int tone = 0;                      // of the palette
};

// Tracks whose starts hang together by steps shorter than `reach`.
struct TrackRegion {
    std::vector<std::size_t> tracks; // indices, ascending
    model::LatLng centre{};          // of the starts
};

// The region with the most tracks first. Tracks without points are in none. `reach` in metres, above zero.
constexpr double usual_reach = 60'000;
[[nodiscard]] std::vector<TrackRegion> find_regions(std::span<const MapTrack> tracks,
                                                    double reach = usual_reach);

} // namespace harrier::report
