// SPDX-License-Identifier: MIT
#include "report/braille.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace harrier::report {

namespace {

std::string utf8(char32_t c) {
    const auto byte = [](char32_t bits) { return static_cast<char>(bits); };
    return {byte(0xE0 | c >> 12U), byte(0x80 | (c >> 6U & 0x3F)), byte(0x80 | (c & 0x3F))};
}

} // namespace

BrailleCanvas::BrailleCanvas(int columns, int rows)
    : m_columns(columns), m_cells(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows)) {}

void BrailleCanvas::set(int x, int y, std::uint8_t pen) {
    // The bit of each dot. Source: Unicode, chapter 21.1, Braille Patterns.
    constexpr std::array<std::array<std::uint8_t, braille_dots_across>, braille_dots_down> bits{
        {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}}};
    auto& cell =
        m_cells.at(static_cast<std::size_t>(y / braille_dots_down * m_columns + x / braille_dots_across));
    cell.dots |= bits.at(static_cast<std::size_t>(y % braille_dots_down))
                     .at(static_cast<std::size_t>(x % braille_dots_across));
    cell.pen = pen;
}

void BrailleCanvas::draw_line(Dot from, Dot to, std::uint8_t pen) {
    const double steps =
        std::max({1.0, std::ceil(std::abs(to.x - from.x)), std::ceil(std::abs(to.y - from.y))});
    for (double step = 0; step <= steps; ++step) {
        set(static_cast<int>(std::lround(std::lerp(from.x, to.x, step / steps))),
            static_cast<int>(std::lround(std::lerp(from.y, to.y, step / steps))), pen);
    }
}

std::vector<std::string> BrailleCanvas::lines(const std::vector<std::string>& colours) const {
    std::vector<std::string> lines;
    const auto width = static_cast<std::size_t>(m_columns);
    for (std::size_t begin = 0; begin < m_cells.size(); begin += width) {
        std::size_t end = begin + width; // behind the last character that shows
        while (end > begin && m_cells[end - 1].dots == 0) {
            --end;
        }
        std::string line;
        std::string colour; // that is on
        for (std::size_t i = begin; i < end; ++i) {
            const auto [dots, pen] = m_cells[i];
            const std::string wanted = dots == 0 || pen >= colours.size() ? colour : colours[pen];
            if (wanted != colour) {
                line += "\x1b[" + wanted + "m";
                colour = wanted;
            }
            line += dots == 0 ? " " : utf8(0x2800U + dots);
        }
        lines.push_back(colour.empty() ? line : line + "\x1b[0m");
    }
    return lines;
}

} // namespace harrier::report
