// SPDX-License-Identifier: MIT
#pragma once

// The parts that drawings are made of. A drawing names classes of palette.hpp and no colours, so that a page
// can show it light or dark. Pure.

#include "report/markup.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::report {

struct Point {
    double x; // to the right
    double y; // down
};

// A drawing, without the element around it.
struct Picture {
    double width = 0;
    double height = 0;
    std::string label; // what it shows, for those who cannot see it
    Markup body;
};

// With one decimal at most: "12.5", "-3", "0".
[[nodiscard]] std::string coordinate(double value);

// The `d` of a path through the points; later ones as steps from the one before, which is shorter.
[[nodiscard]] std::string path_through(std::span<const Point> points);

enum class Anchor { start, middle, end };

[[nodiscard]] Markup svg_line(Point from, Point to, std::string_view classes);
// Closed shapes and text; `title` shows where the pointer rests, unless empty.
[[nodiscard]] Markup svg_rectangle(Point corner, double width, double height, std::string_view classes,
                                   std::string_view title = {});
[[nodiscard]] Markup svg_path(std::string_view path, std::string_view classes);
[[nodiscard]] Markup svg_text(Point at, std::string_view text, std::string_view classes,
                              Anchor anchor = Anchor::start);

// Words behind squares in the colours of what they name, in one line.
struct LegendEntry {
    std::string name;
    std::string swatch; // its class: "f0", "d3"
};
[[nodiscard]] Markup svg_legend(Point at, std::span<const LegendEntry> entries);

// Wider drawings than this grow their type on narrow screens (palette.cpp).
constexpr double widest_small_picture = 400;

// <svg> for a page; as wide as its place.
[[nodiscard]] Markup inline_picture(const Picture& picture);

// A file of its own in the light colours, with the title above.
[[nodiscard]] std::string picture_file(const Picture& picture, std::string_view title);

} // namespace harrier::report
