// SPDX-License-Identifier: MIT
#include "report/track_regions.hpp"

#include "analysis/geodesic.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

namespace harrier::report {

namespace {

// Starts are put together by cells first, since most lie at the same few doors.
constexpr double cells_per_degree = 10;

struct StartCell {
    model::LatLng place;
    std::vector<std::size_t> tracks;
    std::size_t parent = 0;
};

std::vector<StartCell> cells_of(std::span<const MapTrack> tracks) {
    std::map<std::pair<std::int64_t, std::int64_t>, std::vector<std::size_t>> by_place;
    for (std::size_t i = 0; i < tracks.size(); ++i) {
        if (!tracks[i].points.empty()) {
            const auto& start = tracks[i].points.front();
            by_place[{std::llround(start.lat * cells_per_degree), std::llround(start.lng * cells_per_degree)}]
                .push_back(i);
        }
    }
    std::vector<StartCell> cells;
    for (auto& [key, members] : by_place) {
        cells.push_back({tracks[members.front()].points.front(), std::move(members), cells.size()});
    }
    return cells;
}

std::size_t root_of(std::vector<StartCell>& cells, std::size_t cell) {
    while (cells[cell].parent != cell) {
        cells[cell].parent = cells[cells[cell].parent].parent;
        cell = cells[cell].parent;
    }
    return cell;
}

// Cells come in the order of their latitudes: once these are too far apart, so are all that follow.
void unite_near_ones(std::vector<StartCell>& cells, double reach) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const double most_degrees =
            reach / analysis::metres_per_degree(cells[i].place.lat).lat + 1 / cells_per_degree;
        for (std::size_t j = i + 1; j < cells.size(); ++j) {
            if (cells[j].place.lat - cells[i].place.lat > most_degrees) {
                break;
            }
            const auto left = root_of(cells, i);
            const auto right = root_of(cells, j);
            if (left != right && analysis::distance_between(cells[i].place, cells[j].place) < reach) {
                cells[right].parent = left;
            }
        }
    }
}

model::LatLng centre_of(std::span<const MapTrack> tracks, const std::vector<std::size_t>& members) {
    const auto origin = tracks[members.front()].points.front();
    double north = 0;
    double east = 0;
    for (const auto index : members) {
        const auto& start = tracks[index].points.front();
        north += start.lat - origin.lat;
        east += analysis::wrapped_degrees(start.lng - origin.lng);
    }
    const auto count = static_cast<double>(members.size());
    return {origin.lat + north / count, analysis::wrapped_degrees(origin.lng + east / count)};
}

} // namespace

std::vector<TrackRegion> find_regions(std::span<const MapTrack> tracks, double reach) {
    auto cells = cells_of(tracks);
    unite_near_ones(cells, reach);
    std::map<std::size_t, TrackRegion> by_root;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        auto& members = by_root[root_of(cells, i)].tracks;
        members.insert(members.end(), cells[i].tracks.begin(), cells[i].tracks.end());
    }
    std::vector<TrackRegion> regions;
    for (auto& [root, region] : by_root) {
        std::sort(region.tracks.begin(), region.tracks.end());
        region.centre = centre_of(tracks, region.tracks);
        regions.push_back(std::move(region));
    }
    std::stable_sort(regions.begin(), regions.end(), [](const auto& left, const auto& right) {
        return left.tracks.size() > right.tracks.size();
    });
    return regions;
}

} // namespace harrier::report
