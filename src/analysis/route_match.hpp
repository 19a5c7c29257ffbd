// SPDX-License-Identifier: MIT
#pragma once

// Which activities went the same way. Cells of a fixed size find the few candidates, the discrete Fréchet
// distance (Eiter and Mannila 1994) confirms them: how far apart two walkers are at worst who both go their
// way from start to end and never back. Values in, values out. Pure.

#include "model/activity.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <unordered_map>
#include <vector>

namespace harrier::analysis {

struct RouteRules {
    double tolerance = 100;     // m between the two ways, at most 100
    double length_ratio = 0.9;  // of the shorter to the longer one
    double shared_cells = 0.75; // of each way's cells that the other one comes within the tolerance of
    double free_end = 0.05;     // of its length that a way may have more at either end: a watch started late
};

// A way as it is compared: a point wherever it is 50 m from the one before, so that neither noise nor
// standing still counts (100 m, 200 m, … for ways that would have more than 1,000), and the cells of 250 m it
// goes through.
struct RouteShape {
    std::vector<model::LatLng> way;
    std::vector<std::uint64_t> cells; // ascending
    std::vector<std::uint64_t>
        near;          // those within 105 m of a point, ascending: no match is missed for its cells
    double length = 0; // m, from point to point
    double step = 50;  // m

    // Below 500 m nothing is a route.
    [[nodiscard]] bool is_route() const { return length >= 500; }
};

// `points` as recorded or of a map line; jumps from one segment to the next (`breaks`: indices of first
// points) add no length. Points that are not finite are left out.
[[nodiscard]] RouteShape make_route_shape(std::span<const model::LatLng> points,
                                          std::span<const std::size_t> breaks = {});

struct FrechetLimits {
    std::size_t free_left = 0; // points that either way may leave out at either end, less than half of them
    std::size_t free_right = 0;
    double furthest = std::numeric_limits<double>::infinity(); // m; what is above need not be known
};

// m. Infinite when a way has no points, or when it is found to be above the furthest. O(n·m).
[[nodiscard]] double frechet_distance(std::span<const model::LatLng> left,
                                      std::span<const model::LatLng> right, const FrechetLimits& limits = {});

enum class RouteRelation { different, same, reverse };

struct RouteMatch {
    RouteRelation relation = RouteRelation::different;
    double apart = 0; // m, the Fréchet distance; 0 when different
};

// `same` comes before `reverse`, which means something only for ways that are not out and back.
[[nodiscard]] RouteMatch match_routes(const RouteShape& left, const RouteShape& right,
                                      const RouteRules& rules = {});

enum class RouteDirection { follow, ignore };

// Groups of activities, one after the other: each joins the group whose first member it matches (of several
// the one with the most shared cells, of equal ones the older group), or founds one.
class RouteGroups {
public:
    explicit RouteGroups(RouteDirection direction = RouteDirection::follow, const RouteRules& rules = {})
        : m_direction(direction), m_rules(rules) {}

    // The number of its group, from 0 on. What is no route is alone in its group.
    std::size_t add(RouteShape shape);

    [[nodiscard]] std::size_t size() const { return m_founders.size(); }

private:
    [[nodiscard]] std::vector<std::size_t> candidates_for(const RouteShape& shape);

    RouteDirection m_direction;
    RouteRules m_rules;
    std::vector<RouteShape> m_founders;
    std::unordered_map<std::uint64_t, std::vector<std::size_t>> m_groups_near; // by cell
    std::vector<std::size_t>
        m_shared; // scratch, by group: cells of the run that is added; 0 between two runs
};

} // namespace harrier::analysis
