// SPDX-License-Identifier: MIT
#pragma once

// The way of a recording as a geometry of GeoJSON (RFC 7946). Positions are longitude, latitude and, where a
// sample has it, altitude (m). One LineString, or a MultiLineString where a segment begins and where the way
// crosses the antimeridian: there it ends at 180° and goes on at -180° (section 3.1.9). Samples without a
// position are left out. Pure, linear in the samples.

#include "model/recording.hpp"

#include <optional>
#include <string>

namespace harrier::formats {

struct GeojsonTrack {
    std::string geometry; // {"type":"LineString","coordinates":[…]}
    // ISO 8601 in UTC, to the millisecond, one for each position and nested as they are; null where a moment
    // is not known. What other programs look for as the property `coordTimes`.
    std::string times;
};

// Nothing when no sample has a position.
[[nodiscard]] std::optional<GeojsonTrack> write_geojson_track(const model::Recording& recording);

} // namespace harrier::formats
