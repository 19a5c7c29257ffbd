// SPDX-License-Identifier: MIT
#include "analysis/route_match.hpp"

#include "analysis/geodesic.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <optional>
#include <unordered_set>
#include <utility>

namespace harrier::analysis {

namespace {

constexpr double finest_step = 50;              // m
constexpr std::size_t most_points = 1000;       // of a way
constexpr double cell_size = 250;               // m
constexpr double reach = 105;                   // m; the greatest tolerance and a little more
constexpr double metres_per_latitude = 111'132; // a degree, near enough to name cells

bool is_place(model::LatLng point) {
    return std::isfinite(point.lat) && std::isfinite(point.lng) && std::abs(point.lat) <= 90;
}

// Rows of equal height; in each of them columns of equal width.
std::uint64_t cell_at(model::LatLng place) {
    const double row = std::floor(place.lat * metres_per_latitude / cell_size);
    const double middle = (row + 0.5) * cell_size / metres_per_latitude;
    const double column = std::floor(wrapped_degrees(place.lng) * metres_per_degree(middle).lng / cell_size);
    return static_cast<std::uint64_t>(static_cast<std::uint32_t>(static_cast<std::int32_t>(row))) << 32 |
           static_cast<std::uint32_t>(static_cast<std::int32_t>(column));
}

void sort_unique(std::vector<std::uint64_t>& cells) {
    std::sort(cells.begin(), cells.end());
    cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
}

void add_cells(RouteShape& shape) {
    for (const auto& place : shape.way) {
        shape.cells.push_back(cell_at(place));
        shape.near.push_back(shape.cells.back());
        const auto scale = metres_per_degree(place.lat);
        if (!(scale.lng > 1)) {
            continue; // at a pole
        }
        const double lat = reach / scale.lat;
        const double lng = reach / scale.lng;
        for (const auto& [north, east] : {std::pair{lat, lng}, {lat, -lng}, {-lat, lng}, {-lat, -lng}}) {
            shape.near.push_back(cell_at({place.lat + north, place.lng + east}));
        }
    }
    sort_unique(shape.cells);
    sort_unique(shape.near);
}

model::LatLng between(model::LatLng from, model::LatLng to, double share) {
    return {std::lerp(from.lat, to.lat, share),
            wrapped_degrees(from.lng + share * wrapped_degrees(to.lng - from.lng))};
}

// From one point to where the way is a step away from it, and so on.
class Walker {
public:
    explicit Walker(double step) { m_shape.step = step; }

    void begin_segment(model::LatLng point) {
        m_shape.way.push_back(point);
        m_at = point;
    }

    void walk_to(model::LatLng point) {
        for (double there = from_last(point); there >= m_shape.step; there = from_last(point)) {
            const double here = from_last(m_at);
            // Straight on it is exact; round a corner the step comes out a little short.
            take(between(m_at, point, std::clamp((m_shape.step - here) / (there - here), 0.0, 1.0)));
        }
        m_at = point;
    }

    // The way ends where it ends, not at its last full step.
    RouteShape finish() {
        if (!m_shape.way.empty() && m_at != m_shape.way.back()) {
            take(m_at);
        }
        return std::move(m_shape);
    }

private:
    [[nodiscard]] double from_last(model::LatLng point) const {
        return distance_between(m_shape.way.back(), point);
    }

    void take(model::LatLng point) {
        m_shape.length += from_last(point);
        m_shape.way.push_back(point);
        m_at = point;
    }

    RouteShape m_shape;
    model::LatLng m_at{};
};

RouteShape walk(std::span<const model::LatLng> points, const std::unordered_set<std::size_t>& first_points,
                double step) {
    Walker walker(step);
    bool is_first = true;
    for (std::size_t i = 0; i < points.size(); ++i) {
        is_first = is_first || first_points.contains(i);
        if (is_place(points[i])) {
            if (is_first) {
                walker.begin_segment(points[i]);
            } else {
                walker.walk_to(points[i]);
            }
            is_first = false;
        }
    }
    return walker.finish();
}

struct RoutePoint {
    double x; // m
    double y; // m
};

std::vector<RoutePoint> flattened(std::span<const model::LatLng> way, model::LatLng origin) {
    const auto scale = metres_per_degree(origin.lat);
    std::vector<RoutePoint> points;
    points.reserve(way.size());
    for (const auto& place : way) {
        points.push_back(
            {wrapped_degrees(place.lng - origin.lng) * scale.lng, (place.lat - origin.lat) * scale.lat});
    }
    return points;
}

double share_within(const std::vector<std::uint64_t>& cells, const std::vector<std::uint64_t>& near) {
    std::size_t shared = 0;
    auto other = near.begin();
    for (const auto cell : cells) {
        other = std::lower_bound(other, near.end(), cell);
        shared += other != near.end() && *other == cell ? 1U : 0U;
    }
    return cells.empty() ? 0 : static_cast<double>(shared) / static_cast<double>(cells.size());
}

std::size_t free_points(const RouteShape& shape, const RouteRules& rules) {
    return static_cast<std::size_t>(rules.free_end * shape.length / shape.step);
}

} // namespace

RouteShape make_route_shape(std::span<const model::LatLng> points, std::span<const std::size_t> breaks) {
    const std::unordered_set<std::size_t> first_points(breaks.begin(), breaks.end());
    auto shape = walk(points, first_points, finest_step);
    while (shape.way.size() > most_points + first_points.size()) {
        shape = walk(points, first_points, 2 * shape.step);
    }
    add_cells(shape);
    return shape;
}

double frechet_distance(std::span<const model::LatLng> left, std::span<const model::LatLng> right,
                        const FrechetLimits& limits) {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    if (left.empty() || right.empty()) {
        return infinite;
    }
    const auto rows = flattened(left, left.front());
    const auto columns = flattened(right, left.front());
    // The least that the squared distance of the two walkers grows to, up to each pair of points.
    std::vector<double> above(columns.size(), infinite);
    std::vector<double> here(columns.size());
    double best = infinite;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        double nearest = infinite;
        for (std::size_t j = 0; j < columns.size(); ++j) {
            const double x = rows[i].x - columns[j].x;
            const double y = rows[i].y - columns[j].y;
            const bool may_begin = (i == 0 && j <= limits.free_right) || (j == 0 && i <= limits.free_left);
            double before = may_begin ? 0 : above[j];
            if (j > 0) {
                before = std::min({before, here[j - 1], above[j - 1]});
            }
            here[j] = std::max(before, x * x + y * y);
            nearest = std::min(nearest, here[j]);
            const bool may_end = (i + 1 == rows.size() && j + 1 + limits.free_right >= columns.size()) ||
                                 (j + 1 == columns.size() && i + 1 + limits.free_left >= rows.size());
            best = may_end ? std::min(best, here[j]) : best;
        }
        if (i >= limits.free_left && nearest > limits.furthest * limits.furthest) {
            break; // it only grows
        }
        std::swap(above, here);
    }
    return best <= limits.furthest * limits.furthest ? std::sqrt(best) : infinite;
}

namespace {

// Nothing when they are further apart than the tolerance.
std::optional<double> distance_of_ways(const RouteShape& left, std::span<const model::LatLng> right_way,
                                       const RouteShape& right, const RouteRules& rules) {
    // Who may leave out so much has not begun further away.
    const double furthest_ends = rules.tolerance + rules.free_end * std::max(left.length, right.length) +
                                 std::max(left.step, right.step);
    if (distance_between(left.way.front(), right_way.front()) > furthest_ends ||
        distance_between(left.way.back(), right_way.back()) > furthest_ends) {
        return std::nullopt;
    }
    const double apart = frechet_distance(left.way, right_way,
                                          {.free_left = free_points(left, rules),
                                           .free_right = free_points(right, rules),
                                           .furthest = rules.tolerance});
    return std::isfinite(apart) ? std::optional(apart) : std::nullopt;
}

} // namespace

RouteMatch match_routes(const RouteShape& left, const RouteShape& right, const RouteRules& rules) {
    const auto [shorter, longer] = std::minmax(left.length, right.length);
    if (!left.is_route() || !right.is_route() || shorter < rules.length_ratio * longer ||
        share_within(left.cells, right.near) < rules.shared_cells ||
        share_within(right.cells, left.near) < rules.shared_cells) {
        return {};
    }
    if (const auto apart = distance_of_ways(left, right.way, right, rules)) {
        return {RouteRelation::same, *apart};
    }
    const std::vector<model::LatLng> back(right.way.rbegin(), right.way.rend());
    if (const auto apart = distance_of_ways(left, back, right, rules)) {
        return {RouteRelation::reverse, *apart};
    }
    return {};
}

// The groups with enough of the cells, those with the most first.
std::vector<std::size_t> RouteGroups::candidates_for(const RouteShape& shape) {
    std::vector<std::size_t> touched;
    for (const auto cell : shape.cells) {
        if (const auto groups = m_groups_near.find(cell); groups != m_groups_near.end()) {
            for (const auto group : groups->second) {
                if (m_shared[group]++ == 0) {
                    touched.push_back(group);
                }
            }
        }
    }
    const double enough = m_rules.shared_cells * static_cast<double>(shape.cells.size());
    std::vector<std::pair<std::size_t, std::size_t>> ranked; // all less the shared cells, group
    for (const auto group : touched) {
        const auto shared = std::exchange(m_shared[group], 0);
        if (static_cast<double>(shared) >= enough) {
            ranked.emplace_back(shape.cells.size() - shared, group);
        }
    }
    std::sort(ranked.begin(), ranked.end());
    std::vector<std::size_t> candidates;
    for (const auto& [missing_cells, group] : ranked) {
        candidates.push_back(group);
    }
    return candidates;
}

std::size_t RouteGroups::add(RouteShape shape) {
    if (shape.is_route()) {
        for (const auto group : candidates_for(shape)) {
            const auto relation = match_routes(m_founders[group], shape, m_rules).relation;
            if (relation == RouteRelation::same ||
                (relation == RouteRelation::reverse && m_direction == RouteDirection::ignore)) {
                return group;
            }
        }
    }
    const auto group = m_founders.size();
    if (shape.is_route()) {
        for (const auto cell : shape.near) {
            m_groups_near[cell].push_back(group);
        }
    }
    m_founders.push_back(std::move(shape));
    m_shared.push_back(0);
    return group;
}

} // namespace harrier::analysis
