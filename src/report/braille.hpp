// SPDX-License-Identifier: MIT
#pragma once

// A field of dots, drawn as braille characters (U+2800 and up), 2 × 4 dots in each. Only the report's own
// sources include this.

#include <cstdint>
#include <string>
#include <vector>

namespace harrier::report {

constexpr int braille_dots_across = 2; // in one character
constexpr int braille_dots_down = 4;

struct Dot {
    double x; // to the right
    double y; // down
};

class BrailleCanvas {
public:
    BrailleCanvas(int columns, int rows);

    // `pen` is remembered for the whole character: the last one wins. The dot must lie on the canvas.
    void set(int x, int y, std::uint8_t pen = 0);
    void draw_line(Dot from, Dot to, std::uint8_t pen = 0);

    // One text for each row of characters, without trailing spaces. `colours` are the SGR parameters of the
    // pens ("36"); empty = none.
    [[nodiscard]] std::vector<std::string> lines(const std::vector<std::string>& colours = {}) const;

private:
    struct Cell {
        std::uint8_t dots = 0;
        std::uint8_t pen = 0;
    };

    int m_columns;
    std::vector<Cell> m_cells;
};

} // namespace harrier::report
