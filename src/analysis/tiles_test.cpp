// SPDX-License-Identifier: MIT
#include "analysis/tiles.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>
#include <vector>

namespace harrier::analysis {
namespace {

using testing::ElementsAre;
using TileSet = std::set<Tile>;

Tile moved(Tile tile, int across, int down, int zoom) {
    const auto mask = (std::uint32_t{1} << zoom) - 1;
    return {(tile.x + static_cast<std::uint32_t>(across)) & mask, tile.y + static_cast<std::uint32_t>(down)};
}

bool is_full_square(const TileSet& tiles, Tile corner, int size, int zoom) {
    for (int down = 0; down < size; ++down) {
        for (int across = 0; across < size; ++across) {
            if (!tiles.contains(moved(corner, across, down, zoom))) {
                return false;
            }
        }
    }
    return true;
}

// From scratch: every tile as a corner, every size.
int largest_square(const TileSet& tiles, int zoom) {
    int largest = 0;
    for (const auto tile : tiles) {
        while (largest < 1 << zoom && is_full_square(tiles, tile, largest + 1, zoom)) {
            ++largest;
        }
    }
    return largest;
}

bool is_cluster_tile(const TileSet& tiles, Tile tile, int zoom) {
    return tiles.contains(tile) && tiles.contains(moved(tile, 1, 0, zoom)) &&
           tiles.contains(moved(tile, -1, 0, zoom)) && tiles.contains(moved(tile, 0, 1, zoom)) &&
           tiles.contains(moved(tile, 0, -1, zoom));
}

// From scratch: flood from each tile.
std::size_t largest_cluster(const TileSet& tiles, int zoom) {
    std::size_t largest = 0;
    TileSet seen;
    for (const auto tile : tiles) {
        std::vector<Tile> open{tile};
        std::size_t size = 0;
        while (!open.empty()) {
            const auto next = open.back();
            open.pop_back();
            if (is_cluster_tile(tiles, next, zoom) && seen.insert(next).second) {
                ++size;
                for (const auto& [across, down] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
                    open.push_back(moved(next, across, down, zoom));
                }
            }
        }
        largest = std::max(largest, size);
    }
    return largest;
}

TEST(ExplorerTiles, GrowTileByTileToWhatCountingFromScratchGives) {
    std::mt19937 random(4);
    for (int round = 0; round < 30; ++round) {
        const int zoom = round % 3 == 0 ? 2 : round % 3 == 1 ? 4 : 14; // the small ones go round the world
        const std::uint32_t side = zoom == 14 ? 12 : std::uint32_t{1} << zoom;
        const std::uint32_t origin = zoom == 14 ? 8800 : 0;
        ExplorerTiles explored(zoom);
        TileSet tiles;
        const std::size_t wanted = side * side * (1 + random() % 10) / 10;
        while (tiles.size() < wanted) {
            const Tile tile{origin + static_cast<std::uint32_t>(random() % side),
                            origin + static_cast<std::uint32_t>(random() % side)};
            ASSERT_EQ(explored.add(tile), tiles.insert(tile).second);
            if (tiles.size() > 30 && tiles.size() % 11 != 0 && tiles.size() != wanted) {
                continue;
            }
            const auto square = explored.max_square();
            ASSERT_EQ(static_cast<int>(square.size), largest_square(tiles, zoom));
            ASSERT_TRUE(is_full_square(tiles, square.corner, static_cast<int>(square.size), zoom));
            ASSERT_EQ(explored.max_cluster(), largest_cluster(tiles, zoom));
        }
        const auto cluster = explored.max_cluster_tiles();
        ASSERT_EQ(cluster.size(), explored.max_cluster());
        for (const auto tile : cluster) {
            ASSERT_TRUE(is_cluster_tile(tiles, tile, zoom));
        }
        ASSERT_EQ(explored.count(), tiles.size());
    }
}

TEST(ExplorerTiles, TheOrderOfVisitsDoesNotMatter) {
    std::mt19937 random(8);
    std::vector<Tile> tiles;
    for (std::uint32_t x = 0; x < 30; ++x) {
        for (std::uint32_t y = 0; y < 30; ++y) {
            if (random() % 12 != 0) {
                tiles.push_back({8000 + x, 5000 + y});
            }
        }
    }
    std::set<std::pair<std::uint32_t, std::size_t>> results;
    for (int round = 0; round < 10; ++round) {
        std::shuffle(tiles.begin(), tiles.end(), random);
        ExplorerTiles explored(14);
        for (const auto tile : tiles) {
            explored.add(tile);
        }
        results.emplace(explored.max_square().size, explored.max_cluster());
    }
    EXPECT_EQ(results.size(), 1U);
}

TEST(ExplorerTiles, AClusterGoesOnOverTheAntimeridian) {
    ExplorerTiles explored(14);
    for (const std::uint32_t x : {16382U, 16383U, 0U, 1U}) {
        for (std::uint32_t y = 9000; y < 9003; ++y) {
            explored.add({x, y});
        }
    }
    EXPECT_EQ(explored.max_square().size, 3U);
    EXPECT_THAT(explored.max_cluster_tiles(), ElementsAre(Tile{0, 9001}, Tile{16383, 9001}));
}

TEST(ExplorerTiles, NothingExploredIsNothing) {
    const ExplorerTiles explored(14);
    EXPECT_EQ(explored.count(), 0U);
    EXPECT_EQ(explored.max_square().size, 0U);
    EXPECT_EQ(explored.max_cluster(), 0U);
    EXPECT_TRUE(explored.max_cluster_tiles().empty());
}

// A place within a tile, counted in tiles.
model::LatLng inside(double x, double y) {
    const auto west = tile_corner({static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y)}, 14);
    const auto east = tile_corner({static_cast<std::uint32_t>(x) + 1, static_cast<std::uint32_t>(y) + 1}, 14);
    return {std::lerp(west.lat, east.lat, y - std::floor(y)),
            std::lerp(west.lng, east.lng, x - std::floor(x))};
}

TEST(TilesOfTrack, ADiagonalStepTouchesTheTileWhoseCornerItCuts) {
    const std::vector<model::LatLng> above{inside(100.5, 200.5), inside(101.5, 201.1)};
    EXPECT_THAT(tiles_of_track(above, 14), ElementsAre(Tile{100, 200}, Tile{101, 200}, Tile{101, 201}));
    const std::vector<model::LatLng> below{inside(100.5, 200.5), inside(101.1, 201.5)};
    EXPECT_THAT(tiles_of_track(below, 14), ElementsAre(Tile{100, 200}, Tile{100, 201}, Tile{101, 201}));
    const std::vector<model::LatLng> back{inside(101.1, 201.5), inside(100.5, 200.5)};
    EXPECT_THAT(tiles_of_track(back, 14), ElementsAre(Tile{101, 201}, Tile{100, 201}, Tile{100, 200}));
}

TEST(TilesOfTrack, LongStepsAndBreaksAreNotFilled) {
    const std::vector<model::LatLng> far{inside(100.5, 200.5), inside(102.5, 202.5), inside(102.5, 200.5)};
    EXPECT_THAT(tiles_of_track(far, 14), ElementsAre(Tile{100, 200}, Tile{102, 202}, Tile{102, 200}));
    const std::vector<model::LatLng> diagonal{inside(100.5, 200.5), inside(101.5, 201.1)};
    const std::vector<std::size_t> breaks{1};
    EXPECT_THAT(tiles_of_track(diagonal, 14, breaks), ElementsAre(Tile{100, 200}, Tile{101, 201}));
}

TEST(TilesOfTrack, GoesOverTheAntimeridianAndKeepsToTheMap) {
    const std::vector<model::LatLng> fiji{
        inside(16383.5, 8967.5), {NAN, 180}, inside(0.5, 8968.1), {90, 10}, {-90, 10}, {0, 540}};
    const auto tiles = tiles_of_track(fiji, 14);
    ASSERT_EQ(tiles.size(), 6U);
    EXPECT_EQ(tiles[0], (Tile{16383, 8967}));
    EXPECT_EQ(tiles[1], (Tile{0, 8967})) << "a corner is cut";
    EXPECT_EQ(tiles[2], (Tile{0, 8968}));
    EXPECT_EQ(tiles[3].y, 0U);
    EXPECT_EQ(tiles[4].y, 16383U);
    EXPECT_EQ(tiles[5], (Tile{0, 8192}));
    const std::vector<model::LatLng> westward{inside(0.5, 8968.1), inside(16383.5, 8967.5)};
    EXPECT_THAT(tiles_of_track(westward, 14), ElementsAre(Tile{0, 8968}, Tile{0, 8967}, Tile{16383, 8967}));
    EXPECT_TRUE(tiles_of_track({}, 14).empty());
}

TEST(TilesOfTrack, NeighboursFollowEachOtherByEdgesWhateverTheZoom) {
    std::mt19937 random(2);
    std::normal_distribution turn(0.0, 0.4);
    for (const int zoom : {14, 17}) {
        std::vector<model::LatLng> track{{52.5, 13.4}};
        double heading = 1;
        for (int i = 0; i < 5000; ++i) {
            heading += turn(random);
            track.push_back(
                {track.back().lat + 3e-4 * std::cos(heading), track.back().lng + 5e-4 * std::sin(heading)});
        }
        const auto tiles = tiles_of_track(track, zoom);
        const TileSet set(tiles.begin(), tiles.end());
        for (const auto& point : track) {
            ASSERT_TRUE(set.contains(tile_at(point, zoom)));
        }
        EXPECT_EQ(set.size(), tiles.size());
        for (std::size_t i = 1; i < tiles.size(); ++i) {
            const bool hangs_on =
                set.contains(moved(tiles[i], 1, 0, zoom)) || set.contains(moved(tiles[i], -1, 0, zoom)) ||
                set.contains(moved(tiles[i], 0, 1, zoom)) || set.contains(moved(tiles[i], 0, -1, zoom));
            ASSERT_TRUE(hangs_on);
        }
    }
}

} // namespace
} // namespace harrier::analysis
