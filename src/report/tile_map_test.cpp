// SPDX-License-Identifier: MIT
#include "report/tile_map.hpp"

#include <gmock/gmock.h>

namespace harrier::report {
namespace {

using analysis::Tile;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<std::string> picture_of(const std::vector<Tile>& tiles, int zoom, TileMapFrame frame = {}) {
    analysis::ExplorerTiles explored(zoom);
    for (const auto tile : tiles) {
        explored.add(tile);
    }
    return draw_tiles(tiles, explored, zoom, frame);
}

std::vector<Tile> block(Tile corner, std::uint32_t size) {
    std::vector<Tile> tiles;
    for (std::uint32_t y = 0; y < size; ++y) {
        for (std::uint32_t x = 0; x < size; ++x) {
            tiles.push_back({corner.x + x, corner.y + y});
        }
    }
    return tiles;
}

TEST(TileMap, ShowsSquareAndOtherTilesNorthUp) {
    auto tiles = block({100, 200}, 2);
    tiles.push_back({103, 201});
    EXPECT_THAT(picture_of(tiles, 14), ElementsAre("████· ·", "████· ▒▒"));
    EXPECT_THAT(picture_of({}, 14), IsEmpty());
}

TEST(TileMap, ShowsTheClusterBesideTheSquare) {
    std::vector<Tile> tiles = block({100, 200}, 3);
    for (const auto tile : block({103, 200}, 3)) {
        tiles.push_back(tile);
    }
    EXPECT_THAT(picture_of(tiles, 14), ElementsAre("██████▒▒▒▒▒▒", "██████▓▓▓▓▒▒", "██████▒▒▒▒▒▒"));
}

TEST(TileMap, GoesOnOverTheAntimeridian) {
    EXPECT_THAT(picture_of({{16383, 5000}, {0, 5000}}, 14), ElementsAre("██▒▒"));
}

TEST(TileMap, IsNoLargerThanItsFrameAndHoldsTheSquare) {
    auto tiles = block({100, 200}, 3);
    for (std::uint32_t x = 103; x < 400; ++x) {
        tiles.push_back({x, 201});
    }
    const auto lines = picture_of(tiles, 14, {.columns = 20, .rows = 2});
    ASSERT_THAT(lines, SizeIs(2));
    EXPECT_EQ(lines[0], "██████· · · · · · ·");
    EXPECT_EQ(lines[1], "██████▒▒▒▒▒▒▒▒▒▒▒▒▒▒");
}

TEST(TileMap, ColoursRunsOfTilesOfAKind) {
    EXPECT_THAT(picture_of({{5, 5}, {6, 5}, {7, 5}}, 14, {.colour = true}),
                ElementsAre("\x1b[33m██\x1b[0m\x1b[36m▒▒▒▒\x1b[0m"));
}

} // namespace
} // namespace harrier::report
