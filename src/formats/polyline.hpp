// SPDX-License-Identifier: MIT
#pragma once

// Google's encoded polyline, precision 5, as Strava's maps carry it. Pure.
// Source: "Encoded Polyline Algorithm Format", Google Maps documentation.

#include "model/activity.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::formats {

[[nodiscard]] std::string encode_polyline(std::span<const model::LatLng> points);

// Nothing when the text is not a whole polyline.
[[nodiscard]] std::optional<std::vector<model::LatLng>> decode_polyline(std::string_view text);

} // namespace harrier::formats
