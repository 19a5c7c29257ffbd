// SPDX-License-Identifier: MIT
#pragma once

// Explorer tiles: which squares of the map an athlete has been to, the largest square of them and the largest
// cluster. Tiles are those of OpenStreetMap's slippy maps; zoom 14 (about 1.5 km in Europe) is what
// VeloViewer and Statshunters count, 17 the "squadratinhos". Values in, values out. Pure.

#include "model/activity.hpp"
#include "model/metrics.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace harrier::analysis {

using model::Tile;

// The zooms that explorers count by, and that are kept of every activity.
inline constexpr std::array explorer_zooms{14, 17};

// Latitudes beyond ±85.0511° count as there. `place` finite, `zoom` 0 to 24.
[[nodiscard]] Tile tile_at(model::LatLng place, int zoom);
// The upper left (north-western) corner. `x` and `y` up to 2^zoom.
[[nodiscard]] model::LatLng tile_corner(Tile tile, int zoom);
// m, the width of a tile on the ellipsoid's equatorial radius at a latitude.
[[nodiscard]] double tile_edge(double latitude, int zoom);

// The tiles that a track touches, each once, in the order of the first visit. A step to a diagonal neighbour
// also touches the tile whose corner it cuts; over longer steps and from one segment to the next (`breaks`:
// indices of first points) nothing is filled in (geo-activity-playground does the same). Points that are not
// finite are left out.
[[nodiscard]] std::vector<Tile> tiles_of_track(std::span<const model::LatLng> points, int zoom,
                                               std::span<const std::size_t> breaks = {});

// A set of tiles that knows its largest square and cluster at any time.
class ExplorerTiles {
public:
    explicit ExplorerTiles(int zoom);

    struct Square {
        Tile corner{}; // north-western
        std::uint32_t size = 0;
    };

    // True when the tile is new. The cost is that of the tiles whose squares grow by it. `tile` of this zoom.
    bool add(Tile tile);

    [[nodiscard]] bool holds(Tile tile) const { return m_nodes.contains(key(tile)); }
    [[nodiscard]] std::size_t count() const { return m_nodes.size(); }
    // All of its tiles are there. Of equal ones the one that was complete first.
    [[nodiscard]] Square max_square() const { return m_square; }
    // How many tiles have all four neighbours and hang together by their edges.
    [[nodiscard]] std::size_t max_cluster() const { return m_cluster_size; }
    // Its tiles, in order; of equal clusters the one that was so large first.
    [[nodiscard]] std::vector<Tile> max_cluster_tiles() const;

private:
    struct Node {
        std::uint32_t square = 1;       // the largest square with this tile as its south-eastern corner
        std::uint32_t cluster_size = 0; // 0 = not all neighbours are there; else of the root: how many
        std::uint64_t parent = 0;       // key of the tile above in the cluster's tree
    };

    [[nodiscard]] std::uint64_t key(Tile tile) const;
    [[nodiscard]] std::uint32_t square_at(std::uint32_t x, std::uint32_t y) const;
    bool grow_square(std::uint32_t x, std::uint32_t y);
    void grow_squares(Tile tile);
    void join_cluster(Tile tile);
    [[nodiscard]] std::uint64_t root(std::uint64_t member) const;
    void unite(std::uint64_t left, std::uint64_t right);

    std::uint32_t m_mask; // tiles in a row less one
    std::unordered_map<std::uint64_t, Node> m_nodes;
    Square m_square;
    std::size_t m_cluster_size = 0;
    std::uint64_t m_cluster = 0; // a tile of the largest
};

} // namespace harrier::analysis
