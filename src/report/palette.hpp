// SPDX-License-Identifier: MIT
#pragma once

// The colours and type of pages and pictures, and the style rules made of them. Drawings name only classes:
//   g grid line, z base line, t quiet text, T strong text, m what goes when there is no room,
//   s0 … s3 line, f0 … f3 filled shape, a0 … a3 soft area, w thin line, d0 … d4 day of a calendar, p track,
//   b background.

#include <array>
#include <string>
#include <string_view>

namespace harrier::report {

struct Palette {
    std::string_view paper;
    std::string_view ink;
    std::string_view quiet; // secondary text
    std::string_view rule;  // lines of grids and tables
    std::string_view panel; // behind maps and tiles
    std::array<std::string_view, 4> tones;
    std::array<std::string_view, 5> days; // from none to most
};

extern const Palette light_palette;
extern const Palette dark_palette;

// Rules for every class of a drawing.
[[nodiscard]] std::string drawing_rules(const Palette& palette);

// The whole style sheet of a page: light, dark where the reader's machine is, narrow screens, paper.
[[nodiscard]] std::string page_style();

} // namespace harrier::report
