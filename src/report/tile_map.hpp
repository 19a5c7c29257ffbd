// SPDX-License-Identifier: MIT
#pragma once

// Explorer tiles as a picture of characters. Pure.

#include "analysis/tiles.hpp"

#include <span>
#include <string>
#include <vector>

namespace harrier::report {

struct TileMapFrame {
    int columns = 80; // of characters; a tile takes two
    int rows = 20;
    bool colour = false;
};

// What stands for a tile of each kind.
inline constexpr const char* tile_of_square = "██";
inline constexpr const char* tile_of_cluster = "▓▓";
inline constexpr const char* tile_explored = "▒▒";
inline constexpr const char* tile_unexplored = "· ";

// The tiles around the largest square, north up, no more of the map than is explored. `tiles` of this zoom;
// without trailing spaces; nothing without tiles.
[[nodiscard]] std::vector<std::string> draw_tiles(std::span<const analysis::Tile> tiles,
                                                  const analysis::ExplorerTiles& explored, int zoom,
                                                  const TileMapFrame& frame);

} // namespace harrier::report
