// SPDX-License-Identifier: MIT
#include "analysis/track.hpp"

#include "analysis/geodesic.hpp"

#include <algorithm>
#include <functional>
#include <limits>

namespace harrier::analysis {

namespace {

struct FlatPoint {
    double x; // m east of the first point
    double y; // m north of it
};

// Flat at the middle latitude; over the antimeridian the line goes on.
std::vector<FlatPoint> flatten(std::span<const model::LatLng> points) {
    const auto [south, north] = std::minmax_element(
        points.begin(), points.end(), [](const auto& a, const auto& b) { return a.lat < b.lat; });
    const auto scale = metres_per_degree((south->lat + north->lat) / 2);
    std::vector<FlatPoint> flat;
    flat.reserve(points.size());
    double longitude = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        longitude += i > 0 ? wrapped_degrees(points[i].lng - points[i - 1].lng) : 0;
        flat.push_back({longitude * scale.lng, (points[i].lat - points[0].lat) * scale.lat});
    }
    return flat;
}

// To the stretch from a to b, not to the endless line: loops come back on themselves.
double squared_distance(FlatPoint point, FlatPoint a, FlatPoint b) {
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double squared_length = dx * dx + dy * dy;
    const double along = (point.x - a.x) * dx + (point.y - a.y) * dy;
    const double part = squared_length > 0 ? std::clamp(along / squared_length, 0.0, 1.0) : 0;
    const double x = point.x - a.x - part * dx;
    const double y = point.y - a.y - part * dy;
    return x * x + y * y;
}

// How far the line would be off without a point: squared metres, never more than for the point that split
// the stretch before; 0 = not needed.
class Weights {
public:
    Weights(const std::vector<FlatPoint>& points, double tolerance)
        : m_points(points), m_weights(points.size(), 0.0), m_squared_tolerance(tolerance * tolerance) {}

    void add_segment(std::size_t first, std::size_t last) {
        constexpr double segment_end = std::numeric_limits<double>::max();
        m_weights[first] = m_weights[last] = segment_end;
        m_open.push_back({first, last, segment_end, 0});
        while (!m_open.empty()) {
            const auto stretch = m_open.back();
            m_open.pop_back();
            split(stretch);
        }
    }

    // The first and the last point of all, whatever else goes.
    void set_ends() { m_weights.front() = m_weights.back() = std::numeric_limits<double>::infinity(); }

    [[nodiscard]] const std::vector<double>& values() const { return m_weights; }

private:
    struct Stretch {
        std::size_t first;
        std::size_t last;
        double weight; // of the point that made it
        int depth;
    };

    void split(const Stretch& stretch) {
        if (stretch.last - stretch.first < 2) {
            return;
        }
        double greatest = -1;
        std::size_t at = stretch.first + 1;
        for (std::size_t i = stretch.first + 1; i < stretch.last; ++i) {
            const double distance =
                squared_distance(m_points[i], m_points[stretch.first], m_points[stretch.last]);
            if (distance > greatest) {
                greatest = distance;
                at = i;
            }
        }
        if (!(greatest > m_squared_tolerance)) {
            return;
        }
        // A spiral splits off one point at a time, which takes n² steps: deep down the middle splits. That
        // keeps a few points more and nothing is further off.
        constexpr int deepest = 64;
        if (stretch.depth >= deepest) {
            at = stretch.first + (stretch.last - stretch.first) / 2;
        }
        const double weight = std::min(greatest, stretch.weight);
        m_weights[at] = weight;
        m_open.push_back({stretch.first, at, weight, stretch.depth + 1});
        m_open.push_back({at, stretch.last, weight, stretch.depth + 1});
    }

    const std::vector<FlatPoint>& m_points;
    std::vector<double> m_weights;
    double m_squared_tolerance;
    std::vector<Stretch> m_open;
};

// The points that matter most, at most `most`; of equal ones the first.
std::vector<std::size_t> heaviest(const std::vector<double>& weights, std::size_t most) {
    std::vector<double> sorted = weights;
    std::erase(sorted, 0.0);
    double least = 0;
    std::size_t room_for_equals = 0;
    if (sorted.size() > most) {
        const auto last = sorted.begin() + static_cast<std::ptrdiff_t>(most - 1);
        std::nth_element(sorted.begin(), last, sorted.end(), std::greater<>());
        least = *last;
        room_for_equals = static_cast<std::size_t>(std::count(sorted.begin(), last + 1, least));
    }
    std::vector<std::size_t> chosen;
    chosen.reserve(std::min(most, sorted.size()));
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (weights[i] > least) {
            chosen.push_back(i);
        } else if (weights[i] == least && room_for_equals > 0) {
            chosen.push_back(i);
            --room_for_equals;
        }
    }
    return chosen;
}

} // namespace

std::vector<model::LatLng> simplify_track(std::span<const model::LatLng> points,
                                          std::span<const std::size_t> breaks, TrackLimits limits) {
    if (points.size() <= 2) {
        return {points.begin(), points.end()};
    }
    const auto flat = flatten(points);
    Weights weights(flat, limits.tolerance);
    std::size_t first = 0;
    for (const auto at : breaks) {
        if (at > first && at < points.size()) {
            weights.add_segment(first, at - 1);
            first = at;
        }
    }
    weights.add_segment(first, points.size() - 1);
    weights.set_ends();
    std::vector<model::LatLng> line;
    for (const auto at : heaviest(weights.values(), std::max<std::size_t>(limits.points, 2))) {
        line.push_back(points[at]);
    }
    return line;
}

} // namespace harrier::analysis
