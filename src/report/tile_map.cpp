// SPDX-License-Identifier: MIT
#include "report/tile_map.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>

namespace harrier::report {

namespace {

using analysis::Tile;

enum class TileKind : std::uint8_t { unexplored, explored, cluster, square };

constexpr std::array tile_texts{tile_unexplored, tile_explored, tile_of_cluster, tile_of_square};
constexpr std::array tile_colours{"2", "36", "32", "33"};

// Tiles counted from one of them, so that what lies across the antimeridian is near.
class TilePlane {
public:
    TilePlane(Tile centre, int zoom) : m_centre(centre), m_tiles(std::int64_t{1} << zoom) {}

    struct Place {
        std::int64_t x;
        std::int64_t y;
    };
    [[nodiscard]] Place place(Tile tile) const {
        const auto half = m_tiles / 2;
        const auto east = std::int64_t{tile.x} - m_centre.x;
        return {(east + half + m_tiles) % m_tiles - half, std::int64_t{tile.y} - m_centre.y};
    }

private:
    Tile m_centre;
    std::int64_t m_tiles; // in a row
};

struct TileRange {
    std::int64_t first = std::numeric_limits<std::int64_t>::max();
    std::int64_t last = std::numeric_limits<std::int64_t>::min();

    void add(std::int64_t value) {
        first = std::min(first, value);
        last = std::max(last, value);
    }
    [[nodiscard]] bool holds(std::int64_t value) const { return value >= first && value <= last; }
    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(last - first + 1); }
    // At most `room` around 0, as far as there is anything.
    [[nodiscard]] TileRange around_zero(std::int64_t room) const {
        if (last - first + 1 <= room) {
            return *this;
        }
        const auto begin = std::clamp(-(room / 2), first, last - room + 1);
        return {begin, begin + room - 1};
    }
};

class TilePicture {
public:
    TilePicture(TileRange across, TileRange down)
        : m_across(across), m_down(down), m_kinds(across.size() * down.size(), TileKind::unexplored) {}

    void set(TilePlane::Place place, TileKind kind) {
        if (m_across.holds(place.x) && m_down.holds(place.y)) {
            m_kinds[static_cast<std::size_t>(place.y - m_down.first) * m_across.size() +
                    static_cast<std::size_t>(place.x - m_across.first)] = kind;
        }
    }

    [[nodiscard]] std::vector<std::string> lines(bool colour) const {
        std::vector<std::string> lines;
        for (std::size_t row = 0; row < m_down.size(); ++row) {
            lines.push_back(line(std::span(m_kinds).subspan(row * m_across.size(), m_across.size()), colour));
        }
        return lines;
    }

private:
    static std::string line(std::span<const TileKind> kinds, bool colour) {
        std::string text;
        for (std::size_t i = 0; i < kinds.size();) {
            const auto kind = static_cast<std::size_t>(kinds[i]);
            std::string same;
            for (const auto begin = kinds[i]; i < kinds.size() && kinds[i] == begin; ++i) {
                same += tile_texts.at(kind);
            }
            text += colour ? std::string("\x1b[") + tile_colours.at(kind) + "m" + same + "\x1b[0m" : same;
        }
        text.erase(text.find_last_not_of(' ') + 1);
        return text;
    }

    TileRange m_across;
    TileRange m_down;
    std::vector<TileKind> m_kinds;
};

} // namespace

std::vector<std::string> draw_tiles(std::span<const Tile> tiles, const analysis::ExplorerTiles& explored,
                                    int zoom, const TileMapFrame& frame) {
    constexpr int columns_of_a_tile = 2;
    if (tiles.empty() || frame.columns < columns_of_a_tile || frame.rows < 1) {
        return {};
    }
    const auto square = explored.max_square();
    const auto mask = (std::uint32_t{1} << zoom) - 1;
    const TilePlane plane({(square.corner.x + square.size / 2) & mask, square.corner.y + square.size / 2},
                          zoom);
    TileRange across;
    TileRange down;
    for (const auto tile : tiles) {
        across.add(plane.place(tile).x);
        down.add(plane.place(tile).y);
    }
    across = across.around_zero(frame.columns / columns_of_a_tile);
    down = down.around_zero(frame.rows);
    TileRange across_shown;
    TileRange down_shown;
    for (const auto tile : tiles) {
        if (const auto place = plane.place(tile); across.holds(place.x) && down.holds(place.y)) {
            across_shown.add(place.x);
            down_shown.add(place.y);
        }
    }
    TilePicture picture(across_shown, down_shown);
    for (const auto tile : tiles) {
        picture.set(plane.place(tile), TileKind::explored);
    }
    for (const auto tile : explored.max_cluster_tiles()) {
        picture.set(plane.place(tile), TileKind::cluster);
    }
    for (std::uint32_t y = 0; y < square.size; ++y) {
        for (std::uint32_t x = 0; x < square.size; ++x) {
            picture.set(plane.place({(square.corner.x + x) & mask, square.corner.y + y}), TileKind::square);
        }
    }
    return picture.lines(frame.colour);
}

} // namespace harrier::report
