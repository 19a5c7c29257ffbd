// SPDX-License-Identifier: MIT
#pragma once

// Histograms, curves and tiles as bytes. Only the archive's own sources include this.

#include "model/metrics.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::archive {

// Little-endian: the step as a 64-bit float, `first` as a 32-bit number, then the seconds as 32-bit floats.
// An empty histogram has no bytes.
[[nodiscard]] std::string encode_histogram(const model::Histogram& histogram);
// Throws Error{data} for a length that cannot be.
[[nodiscard]] model::Histogram decode_histogram(std::string_view bytes);

// 32-bit floats; missing values are NaN.
[[nodiscard]] std::string encode_curve(const model::MeanMaximalCurve& curve);
[[nodiscard]] model::MeanMaximalCurve decode_curve(std::string_view bytes);

// What each tile's x and then y is more than that of the one before (the first: than 0), folded to 0, -1, 1,
// -2 …, in groups of 7 bits, the lowest first, the top bit set in all bytes of a number but its last.
[[nodiscard]] std::string encode_tiles(std::span<const model::Tile> tiles);
// Throws Error{data} for bytes that end within a tile or hold a number that cannot be.
[[nodiscard]] std::vector<model::Tile> decode_tiles(std::string_view bytes);

} // namespace harrier::archive
