// SPDX-License-Identifier: MIT
#pragma once

// Small drawings made of characters: bars, and the track of an activity. Pure.

#include "model/activity.hpp"

#include <span>
#include <string>
#include <vector>

namespace harrier::report {

// A bar of `share` (0 to 1) of `width` columns, to an eighth of a column. Anything above zero shows.
[[nodiscard]] std::string bar(double share, int width);

// The way on the map, north up, in braille dots: at most `columns` × `rows` characters, in true proportion.
// No trailing spaces; nothing for fewer than two different points.
[[nodiscard]] std::vector<std::string> draw_track(std::span<const model::LatLng> points, int columns,
                                                  int rows);

} // namespace harrier::report
