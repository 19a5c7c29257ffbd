// SPDX-License-Identifier: MIT
#include "emulator/made_up_map.hpp"

#include "formats/polyline.hpp"

#include <utility>
#include <vector>

namespace harrier::emulator {

namespace {

struct Point {
    double x; // m
    double y;
};

// How far `p` lies from the segment a–b, squared.
double squared_distance(Point p, Point a, Point b) {
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double length = dx * dx + dy * dy;
    double f = length > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length : 0;
    f = f < 0 ? 0 : (f > 1 ? 1 : f);
    const double ex = p.x - (a.x + f * dx);
    const double ey = p.y - (a.y + f * dy);
    return ex * ex + ey * ey;
}

// The places of the points that stay within `tolerance_m` (Ramer 1972; Douglas and Peucker 1973).
std::vector<std::size_t> simplify(const std::vector<Point>& points, double tolerance_m) {
    std::vector<bool> kept(points.size(), false);
    kept.front() = kept.back() = true;
    std::vector<std::pair<std::size_t, std::size_t>> open{{0, points.size() - 1}};
    while (!open.empty()) {
        const auto [first, last] = open.back();
        open.pop_back();
        double farthest = tolerance_m * tolerance_m;
        std::size_t split = first;
        for (std::size_t i = first + 1; i < last; ++i) {
            const double d = squared_distance(points[i], points[first], points[last]);
            if (d > farthest) {
                farthest = d;
                split = i;
            }
        }
        if (split != first) {
            kept[split] = true;
            open.emplace_back(first, split);
            open.emplace_back(split, last);
        }
    }
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < kept.size(); ++i) {
        if (kept[i]) {
            places.push_back(i);
        }
    }
    return places;
}

// Rounded here to the polyline's five decimals, so that no rounding is left to the encoder.
double five_decimals(std::int32_t millionths) {
    const std::int32_t rounded = (millionths + (millionths < 0 ? -5 : 5)) / 10;
    return static_cast<double>(rounded) / 1e5;
}

std::string draw(std::span<const Sample> samples, std::size_t stride, double tolerance_m,
                 std::size_t most_points) {
    if (samples.empty()) {
        return {};
    }
    const DegreeLengths degree = degree_lengths(samples.front().lat_e6 / 1e6);
    std::vector<std::size_t> source;
    for (std::size_t i = 0; i + 1 < samples.size(); i += stride) {
        source.push_back(i);
    }
    source.push_back(samples.size() - 1);
    std::vector<Point> points;
    points.reserve(source.size());
    for (const std::size_t i : source) {
        points.push_back({samples[i].lng_e6 * 1e-6 * degree.lng_m, samples[i].lat_e6 * 1e-6 * degree.lat_m});
    }
    std::vector<std::size_t> kept = simplify(points, tolerance_m);
    while (kept.size() > most_points) {
        tolerance_m *= 1.6;
        kept = simplify(points, tolerance_m);
    }
    std::vector<model::LatLng> line;
    line.reserve(kept.size());
    for (const std::size_t i : kept) {
        line.push_back({five_decimals(samples[source[i]].lat_e6), five_decimals(samples[source[i]].lng_e6)});
    }
    return formats::encode_polyline(line);
}

} // namespace

std::string draw_summary_line(std::span<const Sample> samples) {
    constexpr std::size_t most_points = 150;
    const double length_m = samples.empty() ? 0 : samples.back().distance_dm / 10.0;
    return draw(samples, samples.size() / 450 + 1, 6 + length_m / 1500, most_points);
}

std::string draw_detailed_line(std::span<const Sample> samples) {
    return draw(samples, 1, 3, samples.size());
}

} // namespace harrier::emulator
