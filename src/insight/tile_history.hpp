// SPDX-License-Identifier: MIT
#pragma once

// What an athlete explored of the map, activity by activity. Computed from the tiles that are kept with the
// metrics; reads the archive only.

#include "analysis/tiles.hpp"
#include "archive/archive.hpp"
#include "report/rows.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace harrier::insight {

// The state after an activity.
struct TileStep {
    model::Activity activity;
    std::optional<WallTime> start{}; // local; UTC where the place's time is not known
    std::size_t tiles = 0;           // that it went over
    std::size_t new_tiles = 0;       // that no activity before it had
    std::size_t total_tiles = 0;
    std::size_t max_square = 0; // side, in tiles
    std::size_t max_cluster = 0;
};

// The state after a week, month or year.
struct TilePeriod {
    std::string key; // "2026-11"
    std::size_t activities = 0;
    std::size_t new_tiles = 0;
    std::size_t total_tiles = 0;
    std::size_t max_square = 0;
    std::size_t max_cluster = 0;
};

struct TileHistory {
    explicit TileHistory(int zoom_level) : zoom(zoom_level), explored(zoom_level) {}

    int zoom;
    analysis::ExplorerTiles explored;
    std::vector<TileStep> steps;         // the oldest first; only activities with positions
    std::vector<analysis::Tile> tiles;   // in the order in which they were explored
    std::vector<std::size_t> first_step; // of each of them
    std::size_t without_positions = 0;   // activities that have none, or none yet
};

// Virtual worlds are no part of the map: their activities count only when the query names their sports.
[[nodiscard]] TileHistory find_tile_history(archive::Archive& archive, AthleteId athlete,
                                            archive::ActivityQuery query, int zoom);

// By week, month or year, the oldest first; periods without an activity are left out, as are activities
// without a date.
[[nodiscard]] std::vector<TilePeriod> tile_periods(const TileHistory& history, archive::Grouping grouping);

// "activity_id", "new_tiles" and so on, for machines.
[[nodiscard]] report::Rows tile_step_rows(const std::vector<TileStep>& steps);
[[nodiscard]] report::Rows tile_period_rows(const std::vector<TilePeriod>& periods);

// A FeatureCollection (RFC 7946): a square Polygon for each tile, with its x, y, zoom, the activity and day
// that explored it, and whether it is a part of the largest square and cluster.
[[nodiscard]] std::string tile_geojson(const TileHistory& history);

} // namespace harrier::insight
