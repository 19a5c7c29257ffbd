// SPDX-License-Identifier: MIT
#include "insight/tile_history.hpp"

#include "insight/calendar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>

namespace harrier::insight {

namespace {

using analysis::Tile;
using report::Rows;
using report::Value;

void add_step(TileHistory& history, const model::Activity& activity, const std::vector<Tile>& tiles) {
    TileStep step{.activity = activity, .start = wall_start(activity), .tiles = tiles.size()};
    for (const auto tile : tiles) {
        if (history.explored.add(tile)) {
            ++step.new_tiles;
            history.tiles.push_back(tile);
            history.first_step.push_back(history.steps.size());
        }
    }
    step.total_tiles = history.explored.count();
    step.max_square = history.explored.max_square().size;
    step.max_cluster = history.explored.max_cluster();
    history.steps.push_back(std::move(step));
}

Value integer(std::size_t value) {
    return static_cast<std::int64_t>(value);
}

// The corners from the south-western one on, to the left of the way round.
std::string ring_of(Tile tile, int zoom) {
    const auto north_west = analysis::tile_corner(tile, zoom);
    const auto south_east = analysis::tile_corner({tile.x + 1, tile.y + 1}, zoom);
    const auto corner = [](double lng, double lat) { return fmt::format("[{:.7f},{:.7f}]", lng, lat); };
    return fmt::format("[{0},{1},{2},{3},{0}]", corner(north_west.lng, south_east.lat),
                       corner(south_east.lng, south_east.lat), corner(south_east.lng, north_west.lat),
                       corner(north_west.lng, north_west.lat));
}

bool is_in(const analysis::ExplorerTiles::Square& square, Tile tile, int zoom) {
    const auto mask = (std::uint32_t{1} << zoom) - 1;
    return ((tile.x - square.corner.x) & mask) < square.size && tile.y - square.corner.y < square.size;
}

} // namespace

TileHistory find_tile_history(archive::Archive& archive, AthleteId athlete, archive::ActivityQuery query,
                              int zoom) {
    TileHistory history(zoom);
    std::unordered_map<std::int64_t, std::vector<Tile>> explored;
    for (auto& one : archive.explored(athlete, zoom)) {
        explored.emplace(one.activity.value, std::move(one.tiles));
    }
    const bool is_any_sport = query.sport_types.empty();
    query.order = archive::SortOrder::ascending;
    auto activities = archive.activities(athlete, query);
    std::stable_sort(activities.begin(), activities.end(), [](const auto& a, const auto& b) {
        return wall_start(a) < wall_start(b); // by the clock on the wall, as periods are
    });
    for (const auto& activity : activities) {
        if (is_any_sport && activity.sport_type.starts_with("Virtual")) {
            continue;
        }
        const auto tiles = explored.find(activity.activity_id.value);
        if (tiles == explored.end()) {
            ++history.without_positions;
        } else {
            add_step(history, activity, tiles->second);
        }
    }
    return history;
}

std::vector<TilePeriod> tile_periods(const TileHistory& history, archive::Grouping grouping) {
    std::vector<TilePeriod> periods;
    for (const auto& step : history.steps) {
        if (!step.start) {
            continue;
        }
        auto key = period_key(grouping, std::chrono::floor<std::chrono::days>(*step.start));
        if (periods.empty() || periods.back().key != key) {
            periods.push_back({.key = std::move(key)});
        }
        auto& period = periods.back();
        ++period.activities;
        period.new_tiles += step.new_tiles;
        period.total_tiles = step.total_tiles;
        period.max_square = step.max_square;
        period.max_cluster = step.max_cluster;
    }
    return periods;
}

report::Rows tile_step_rows(const std::vector<TileStep>& steps) {
    Rows rows{{"activity_id", "strava_id", "name", "sport_type", "start_date_local", "tiles", "new_tiles",
               "total_tiles", "max_square", "max_cluster"},
              {}};
    for (const auto& step : steps) {
        const auto& activity = step.activity;
        rows.rows.push_back({activity.activity_id.value,
                             activity.strava_id ? Value{activity.strava_id->value} : Value{}, activity.name,
                             activity.sport_type, step.start ? Value{format_wall_time(*step.start)} : Value{},
                             integer(step.tiles), integer(step.new_tiles), integer(step.total_tiles),
                             integer(step.max_square), integer(step.max_cluster)});
    }
    return rows;
}

report::Rows tile_period_rows(const std::vector<TilePeriod>& periods) {
    Rows rows{{"period", "activities", "new_tiles", "total_tiles", "max_square", "max_cluster"}, {}};
    for (const auto& period : periods) {
        rows.rows.push_back({period.key, integer(period.activities), integer(period.new_tiles),
                             integer(period.total_tiles), integer(period.max_square),
                             integer(period.max_cluster)});
    }
    return rows;
}

std::string tile_geojson(const TileHistory& history) {
    const auto square = history.explored.max_square();
    const auto members = history.explored.max_cluster_tiles();
    const std::set<Tile> cluster(members.begin(), members.end());
    std::string text = "{\"type\":\"FeatureCollection\",\"features\":[";
    for (std::size_t i = 0; i < history.tiles.size(); ++i) {
        const auto tile = history.tiles[i];
        const auto& first = history.steps[history.first_step[i]];
        text += fmt::format(
            "{}\n{{\"type\":\"Feature\",\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[{}]}},"
            "\"properties\":{{\"x\":{},\"y\":{},\"zoom\":{},\"activity_id\":{},\"date\":{},"
            "\"in_max_square\":{},\"in_max_cluster\":{}}}}}",
            i == 0 ? "" : ",", ring_of(tile, history.zoom), tile.x, tile.y, history.zoom,
            first.activity.activity_id.value,
            first.start
                ? fmt::format("\"{}\"", format_day(std::chrono::floor<std::chrono::days>(*first.start)))
                : "null",
            is_in(square, tile, history.zoom), cluster.contains(tile));
    }
    return text + "\n]}\n";
}

} // namespace harrier::insight
