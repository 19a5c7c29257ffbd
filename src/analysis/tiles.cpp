// SPDX-License-Identifier: MIT
#include "analysis/tiles.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>
#include <unordered_set>

namespace harrier::analysis {

namespace {

constexpr double furthest_latitude = 85.05112878; // where the map is as high as wide
constexpr double degrees_per_radian = 180 / std::numbers::pi;

// In tiles from the north-western corner of the map.
struct MapPlace {
    double x;
    double y;
};

double tiles_in_a_row(int zoom) {
    return std::ldexp(1.0, zoom);
}

MapPlace map_place(model::LatLng place, int zoom) {
    const double latitude = std::clamp(place.lat, -furthest_latitude, furthest_latitude) / degrees_per_radian;
    const double turns = (place.lng + 180) / 360;
    return {(turns - std::floor(turns)) * tiles_in_a_row(zoom),
            (1 - std::asinh(std::tan(latitude)) / std::numbers::pi) / 2 * tiles_in_a_row(zoom)};
}

Tile tile_of(MapPlace place, int zoom) {
    const double last = tiles_in_a_row(zoom) - 1;
    return {static_cast<std::uint32_t>(std::clamp(std::floor(place.x), 0.0, last)),
            static_cast<std::uint32_t>(std::clamp(std::floor(place.y), 0.0, last))};
}

// The tile between two diagonal neighbours that the straight line goes through.
std::optional<Tile> tile_cut(MapPlace from, MapPlace to, int zoom) {
    const auto width = tiles_in_a_row(zoom);
    if (to.x - from.x > width / 2) {
        from.x += width;
    } else if (from.x - to.x > width / 2) {
        to.x += width;
    }
    const double across = std::floor(to.x) - std::floor(from.x);
    const double down = std::floor(to.y) - std::floor(from.y);
    if (std::abs(across) != 1 || std::abs(down) != 1) {
        return std::nullopt;
    }
    const double border = std::max(std::floor(from.x), std::floor(to.x));
    const double y_there = from.y + (border - from.x) / (to.x - from.x) * (to.y - from.y);
    const bool is_still_beside = std::floor(y_there) == std::floor(from.y);
    const double x = std::floor(is_still_beside ? to.x : from.x);
    return tile_of({x >= width ? x - width : x, is_still_beside ? from.y : to.y}, zoom);
}

// Most samples lie in the tile of the one before, which is told without any tangent.
struct TileBounds {
    model::LatLng north_west{};
    model::LatLng south_east{};

    // False, too, within a millimetre of the border, which is left to the formula.
    [[nodiscard]] bool holds(model::LatLng place) const {
        constexpr double a_millimetre = 1e-8; // degrees
        return place.lat < north_west.lat - a_millimetre && place.lat > south_east.lat + a_millimetre &&
               place.lng > north_west.lng + a_millimetre && place.lng < south_east.lng - a_millimetre;
    }
};

TileBounds bounds_of(Tile tile, int zoom) {
    return {tile_corner(tile, zoom), tile_corner({tile.x + 1, tile.y + 1}, zoom)};
}

std::array<Tile, 4> neighbours_of(Tile tile, std::uint32_t mask) {
    return {Tile{(tile.x + 1) & mask, tile.y}, Tile{(tile.x - 1) & mask, tile.y}, Tile{tile.x, tile.y - 1},
            Tile{tile.x, tile.y + 1}};
}

} // namespace

Tile tile_at(model::LatLng place, int zoom) {
    return tile_of(map_place(place, zoom), zoom);
}

model::LatLng tile_corner(Tile tile, int zoom) {
    const double width = tiles_in_a_row(zoom);
    return {std::atan(std::sinh(std::numbers::pi * (1 - 2 * tile.y / width))) * degrees_per_radian,
            tile.x / width * 360 - 180};
}

double tile_edge(double latitude, int zoom) {
    constexpr double equatorial_radius = 6'378'137;
    return 2 * std::numbers::pi * equatorial_radius * std::cos(latitude / degrees_per_radian) /
           tiles_in_a_row(zoom);
}

std::vector<Tile> tiles_of_track(std::span<const model::LatLng> points, int zoom,
                                 std::span<const std::size_t> breaks) {
    std::vector<Tile> tiles;
    std::unordered_set<std::uint64_t> seen;
    const auto visit = [&](Tile tile) {
        if (seen.insert(std::uint64_t{tile.y} << 32 | tile.x).second) {
            tiles.push_back(tile);
        }
    };
    const std::unordered_set<std::size_t> first_points(breaks.begin(), breaks.end());
    bool is_first = true;
    model::LatLng before{};
    TileBounds bounds; // of the tile that `before` lies in
    for (std::size_t i = 0; i < points.size(); ++i) {
        is_first = is_first || first_points.contains(i);
        const auto& point = points[i];
        if (!std::isfinite(point.lat) || !std::isfinite(point.lng)) {
            continue;
        }
        if (is_first || !bounds.holds(point)) {
            const auto place = map_place(point, zoom);
            const auto cut = is_first ? std::nullopt : tile_cut(map_place(before, zoom), place, zoom);
            if (cut) {
                visit(*cut);
            }
            visit(tile_of(place, zoom));
            bounds = bounds_of(tile_of(place, zoom), zoom);
        }
        before = point;
        is_first = false;
    }
    return tiles;
}

ExplorerTiles::ExplorerTiles(int zoom) : m_mask((std::uint32_t{1} << zoom) - 1) {}

std::uint64_t ExplorerTiles::key(Tile tile) const {
    return std::uint64_t{tile.y} << 32 | (tile.x & m_mask);
}

bool ExplorerTiles::add(Tile tile) {
    if (!m_nodes.try_emplace(key(tile), Node{.square = 0}).second) {
        return false;
    }
    grow_squares(tile);
    join_cluster(tile);
    for (const auto neighbour : neighbours_of(tile, m_mask)) {
        join_cluster(neighbour);
    }
    return true;
}

std::uint32_t ExplorerTiles::square_at(std::uint32_t x, std::uint32_t y) const {
    const auto node = m_nodes.find(key({x, y}));
    return node == m_nodes.end() ? 0 : node->second.square;
}

// True when the square that ends at this tile is larger than it was.
bool ExplorerTiles::grow_square(std::uint32_t x, std::uint32_t y) {
    const auto node = m_nodes.find(key({x, y}));
    if (node == m_nodes.end()) {
        return false;
    }
    const auto above = y == 0 ? 0 : std::min(square_at(x, y - 1), square_at(x - 1, y - 1));
    const auto size = 1 + std::min(square_at(x - 1, y), above);
    // No square is wider than the map, where a full row would lead round and round.
    if (size <= node->second.square || size > m_mask + 1) {
        return false;
    }
    node->second.square = size;
    if (size > m_square.size) {
        m_square = {.corner = {(x - size + 1) & m_mask, y - size + 1}, .size = size};
    }
    return true;
}

// Row by row, from the first tile whose square may have grown as far as squares do grow.
void ExplorerTiles::grow_squares(Tile tile) {
    std::uint32_t first = tile.x; // of those that grew in the row above, counted without going round
    std::uint32_t last = tile.x;
    for (std::uint32_t y = tile.y; y <= m_mask; ++y) {
        std::optional<std::uint32_t> grew;
        std::uint32_t last_grew = 0;
        // Those below and right of a tile that grew may grow, and then those to the right of them.
        const std::uint32_t reach = y == tile.y ? last : last + 1;
        for (std::uint32_t x = first; x <= reach || (grew && last_grew + 1 == x); ++x) {
            if (grow_square(x, y)) {
                grew = grew.value_or(x);
                last_grew = x;
            }
        }
        if (!grew) {
            return;
        }
        first = *grew;
        last = last_grew;
    }
}

// The tile becomes one of a cluster when all of its neighbours are there; at the edge of the map they never
// are.
void ExplorerTiles::join_cluster(Tile tile) {
    const auto node = m_nodes.find(key(tile));
    if (node == m_nodes.end() || node->second.cluster_size > 0) {
        return;
    }
    const auto neighbours = neighbours_of(tile, m_mask);
    if (!std::all_of(neighbours.begin(), neighbours.end(), [&](Tile one) { return holds(one); })) {
        return;
    }
    node->second.parent = key(tile);
    node->second.cluster_size = 1;
    if (m_cluster_size == 0) {
        m_cluster_size = 1;
        m_cluster = key(tile);
    }
    for (const auto neighbour : neighbours) {
        if (m_nodes.at(key(neighbour)).cluster_size > 0) {
            unite(key(tile), key(neighbour));
        }
    }
}

std::uint64_t ExplorerTiles::root(std::uint64_t member) const {
    for (auto parent = m_nodes.at(member).parent; parent != member; parent = m_nodes.at(member).parent) {
        member = parent;
    }
    return member;
}

// The smaller tree goes under the larger one, so that no way to a root is longer than log2 of the tiles.
void ExplorerTiles::unite(std::uint64_t left, std::uint64_t right) {
    left = root(left);
    right = root(right);
    if (left == right) {
        return;
    }
    if (m_nodes.at(left).cluster_size < m_nodes.at(right).cluster_size) {
        std::swap(left, right);
    }
    auto& larger = m_nodes.at(left);
    larger.cluster_size += m_nodes.at(right).cluster_size;
    m_nodes.at(right).parent = left;
    if (larger.cluster_size > m_cluster_size) {
        m_cluster_size = larger.cluster_size;
        m_cluster = left;
    }
}

std::vector<Tile> ExplorerTiles::max_cluster_tiles() const {
    std::vector<Tile> tiles;
    if (m_cluster_size == 0) {
        return tiles;
    }
    const auto wanted = root(m_cluster);
    for (const auto& [member, node] : m_nodes) {
        if (node.cluster_size > 0 && root(member) == wanted) {
            tiles.push_back({static_cast<std::uint32_t>(member), static_cast<std::uint32_t>(member >> 32)});
        }
    }
    std::sort(tiles.begin(), tiles.end());
    return tiles;
}

} // namespace harrier::analysis
