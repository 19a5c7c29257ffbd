// SPDX-License-Identifier: MIT
#include "report/drawing.hpp"

#include "report/braille.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace harrier::report {

namespace {

// East and south in degrees, scaled so that east and south are equally long at the middle of the track. A
// track across the 180th meridian stays in one piece.
std::vector<Dot> flatten(std::span<const model::LatLng> points) {
    std::vector<Dot> flat;
    double turn = 0;
    double last_lng = 0;
    double lat_sum = 0;
    for (const auto& point : points) {
        if (!std::isfinite(point.lat) || !std::isfinite(point.lng) || std::abs(point.lat) > 90) {
            continue;
        }
        if (!flat.empty() && std::abs(point.lng - last_lng) > 180) {
            turn += point.lng < last_lng ? 360 : -360;
        }
        last_lng = point.lng;
        lat_sum += point.lat;
        flat.push_back({point.lng + turn, -point.lat});
    }
    const double stretch =
        std::cos(lat_sum / std::max(1.0, static_cast<double>(flat.size())) * std::numbers::pi / 180);
    for (auto& point : flat) {
        point.x *= stretch;
    }
    return flat;
}

} // namespace

std::string bar(double share, int width) {
    constexpr std::array parts{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    if (!(share > 0) || width <= 0) {
        return {};
    }
    const auto eighths = std::max(1L, std::lround(std::min(share, 1.0) * 8 * width));
    std::string text;
    for (long i = 0; i < eighths / 8; ++i) {
        text += "█";
    }
    return text + parts.at(static_cast<std::size_t>(eighths % 8));
}

std::vector<std::string> draw_track(std::span<const model::LatLng> points, int columns, int rows) {
    auto flat = flatten(points);
    if (flat.size() < 2 || columns < 1 || rows < 1) {
        return {};
    }
    const auto [west, east] =
        std::minmax_element(flat.begin(), flat.end(), [](Dot a, Dot b) { return a.x < b.x; });
    const auto [north, south] =
        std::minmax_element(flat.begin(), flat.end(), [](Dot a, Dot b) { return a.y < b.y; });
    const Dot corner{west->x, north->y};
    const Dot size{east->x - west->x, south->y - north->y};
    if (size.x <= 0 && size.y <= 0) {
        return {};
    }
    constexpr double hair = 1e-12; // degrees; keeps a straight line from dividing by nothing
    const double scale = std::min((columns * braille_dots_across - 1) / std::max(size.x, hair),
                                  (rows * braille_dots_down - 1) / std::max(size.y, hair));
    for (auto& point : flat) {
        point = {(point.x - corner.x) * scale, (point.y - corner.y) * scale};
    }
    BrailleCanvas canvas(static_cast<int>(std::lround(size.x * scale)) / braille_dots_across + 1,
                         static_cast<int>(std::lround(size.y * scale)) / braille_dots_down + 1);
    for (std::size_t i = 1; i < flat.size(); ++i) {
        canvas.draw_line(flat[i - 1], flat[i]);
    }
    return canvas.lines();
}

} // namespace harrier::report
