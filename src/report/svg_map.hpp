// SPDX-License-Identifier: MIT
#pragma once

// The tracks of a region on a plain grid, north up, equal scale in both directions around its centre. Pure.

#include "base/units.hpp"
#include "report/svg.hpp"
#include "report/track_regions.hpp"

namespace harrier::report {

struct MapOptions {
    double width = 640;
    double least_height = 240;
    double most_height = 580;
    Units units = Units::metric;
    std::vector<LegendEntry> legend{};
    std::size_t most_bytes = 500'000; // of the drawn tracks: they get coarser until they fit
};

// A few tracks that lead far away do not make the map small: they leave it at its edge. At least one track
// has points.
[[nodiscard]] Picture draw_map(std::span<const MapTrack> tracks, const TrackRegion& region,
                               const MapOptions& options);

// "48.52° N, 9.06° E"
[[nodiscard]] std::string format_place(model::LatLng place);

} // namespace harrier::report
