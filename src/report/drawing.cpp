// SPDX-License-Identifier: MIT
#include "report/drawing.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace harrier::report {

namespace {

constexpr int dots_across = 2; // in one braille character
constexpr int dots_down = 4;

std::string utf8(char32_t c) {
    const auto byte = [](char32_t bits) { return static_cast<char>(bits); };
    return {byte(0xE0 | c >> 12U), byte(0x80 | (c >> 6U & 0x3F)), byte(0x80 | (c & 0x3F))};
}

// A field of dots, drawn as braille characters (U+2800 and up).
class Canvas {
public:
    Canvas(int columns, int rows)
        : m_columns(columns), m_cells(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows)) {}

    void set(int x, int y) {
        // The bit of each dot. Source: Unicode, chapter 21.1, Braille Patterns.
        constexpr std::array<std::array<std::uint8_t, dots_across>, dots_down> bits{
            {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}}};
        const auto cell = static_cast<std::size_t>(y / dots_down * m_columns + x / dots_across);
        m_cells.at(cell) |=
            bits.at(static_cast<std::size_t>(y % dots_down)).at(static_cast<std::size_t>(x % dots_across));
    }

    [[nodiscard]] std::vector<std::string> lines() const {
        std::vector<std::string> lines;
        const auto width = static_cast<std::size_t>(m_columns);
        for (std::size_t begin = 0; begin < m_cells.size(); begin += width) {
            std::string line;
            std::size_t length = 0; // up to the last character that shows
            for (std::size_t i = begin; i < begin + width; ++i) {
                line += m_cells[i] == 0 ? " " : utf8(0x2800U + m_cells[i]);
                length = m_cells[i] == 0 ? length : line.size();
            }
            line.resize(length);
            lines.push_back(std::move(line));
        }
        return lines;
    }

private:
    int m_columns;
    std::vector<std::uint8_t> m_cells;
};

struct Flat {
    double x; // east
    double y; // south
};

// Degrees scaled so that east and south are equally long at the middle of the track. A track across the 180th
// meridian stays in one piece.
std::vector<Flat> flatten(std::span<const model::LatLng> points) {
    std::vector<Flat> flat;
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

void draw_line(Canvas& canvas, Flat from, Flat to) {
    const double steps =
        std::max({1.0, std::ceil(std::abs(to.x - from.x)), std::ceil(std::abs(to.y - from.y))});
    for (double step = 0; step <= steps; ++step) {
        canvas.set(static_cast<int>(std::lround(std::lerp(from.x, to.x, step / steps))),
                   static_cast<int>(std::lround(std::lerp(from.y, to.y, step / steps))));
    }
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
        std::minmax_element(flat.begin(), flat.end(), [](Flat a, Flat b) { return a.x < b.x; });
    const auto [north, south] =
        std::minmax_element(flat.begin(), flat.end(), [](Flat a, Flat b) { return a.y < b.y; });
    const Flat corner{west->x, north->y};
    const Flat size{east->x - west->x, south->y - north->y};
    if (size.x <= 0 && size.y <= 0) {
        return {};
    }
    constexpr double hair = 1e-12; // degrees; keeps a straight line from dividing by nothing
    const double scale = std::min((columns * dots_across - 1) / std::max(size.x, hair),
                                  (rows * dots_down - 1) / std::max(size.y, hair));
    for (auto& point : flat) {
        point = {(point.x - corner.x) * scale, (point.y - corner.y) * scale};
    }
    Canvas canvas(static_cast<int>(std::lround(size.x * scale)) / dots_across + 1,
                  static_cast<int>(std::lround(size.y * scale)) / dots_down + 1);
    for (std::size_t i = 1; i < flat.size(); ++i) {
        draw_line(canvas, flat[i - 1], flat[i]);
    }
    return canvas.lines();
}

} // namespace harrier::report
