// SPDX-License-Identifier: MIT
#include "report/svg.hpp"

#include "report/palette.hpp"

#include <fmt/format.h>

#include <cmath>

namespace harrier::report {

namespace {

constexpr double places_shown = 10; // one of them

std::string tenths(std::int64_t value) {
    if (value % 10 == 0) {
        return fmt::to_string(value / 10);
    }
    const auto magnitude = std::abs(value);
    const auto* sign = value < 0 ? "-" : "";
    // A zero before the point may be left out in a path and an attribute.
    return magnitude < 10 ? fmt::format("{}.{}", sign, magnitude)
                          : fmt::format("{}{}.{}", sign, magnitude / 10, magnitude % 10);
}

std::string title_element(std::string_view title) {
    return title.empty() ? std::string() : "<title>" + escaped(title).text + "</title>";
}

std::string_view anchor_attribute(Anchor anchor) {
    switch (anchor) {
    case Anchor::middle:
        return " text-anchor=\"middle\"";
    case Anchor::end:
        return " text-anchor=\"end\"";
    case Anchor::start:
        break;
    }
    return {};
}

} // namespace

std::string coordinate(double value) {
    return tenths(std::llround(value * places_shown));
}

std::string path_through(std::span<const Point> points) {
    std::string path;
    std::int64_t x = 0;
    std::int64_t y = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const auto next_x = std::llround(points[i].x * places_shown);
        const auto next_y = std::llround(points[i].y * places_shown);
        if (i > 0 && next_x == x && next_y == y) {
            continue;
        }
        const auto across = tenths(i == 0 ? next_x : next_x - x);
        const auto down = tenths(i == 0 ? next_y : next_y - y);
        path += i == 0 ? 'M' : 'l';
        path += across;
        path += down.starts_with('-') ? "" : " ";
        path += down;
        x = next_x;
        y = next_y;
    }
    return path;
}

Markup svg_line(Point from, Point to, std::string_view classes) {
    return {fmt::format(R"(<path class="{}" d="M{} {}L{} {}"/>)", classes, coordinate(from.x),
                        coordinate(from.y), coordinate(to.x), coordinate(to.y))};
}

Markup svg_rectangle(Point corner, double width, double height, std::string_view classes,
                     std::string_view title) {
    const auto begin =
        fmt::format(R"(<rect class="{}" x="{}" y="{}" width="{}" height="{}")", classes, coordinate(corner.x),
                    coordinate(corner.y), coordinate(width), coordinate(height));
    return {title.empty() ? begin + "/>" : begin + ">" + title_element(title) + "</rect>"};
}

Markup svg_path(std::string_view path, std::string_view classes) {
    return {fmt::format(R"(<path class="{}" d="{}"/>)", classes, path)};
}

Markup svg_text(Point at, std::string_view text, std::string_view classes, Anchor anchor) {
    return {fmt::format(R"(<text class="{}" x="{}" y="{}"{}>{}</text>)", classes, coordinate(at.x),
                        coordinate(at.y), anchor_attribute(anchor), escaped(text).text)};
}

Markup svg_legend(Point at, std::span<const LegendEntry> entries) {
    std::string text = fmt::format(R"(<text x="{}" y="{}">)", coordinate(at.x), coordinate(at.y));
    bool is_first = true;
    for (const auto& entry : entries) {
        text += fmt::format(R"(<tspan class="{}"{}>■</tspan><tspan class="t" dx="5">{}</tspan>)",
                            entry.swatch, is_first ? "" : R"( dx="16")", escaped(entry.name).text);
        is_first = false;
    }
    return {text + "</text>"};
}

Markup inline_picture(const Picture& picture) {
    return {fmt::format("<svg{} viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">{}</svg>\n",
                        picture.width > widest_small_picture ? " class=\"W\"" : "", coordinate(picture.width),
                        coordinate(picture.height), escaped(picture.label).text, picture.body.text)};
}

std::string picture_file(const Picture& picture, std::string_view title) {
    constexpr double edge = 24;
    constexpr double title_height = 34;
    const double width = picture.width + 2 * edge;
    const double height = picture.height + 2 * edge + title_height;
    return fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" "
        "role=\"img\" aria-label=\"{2}\"><style>{3}svg .h{{font-size:18px}}</style>"
        "<rect width=\"{0}\" height=\"{1}\" fill=\"{4}\"/>"
        "<text class=\"T h\" x=\"{5}\" y=\"{6}\">{7}</text>"
        "<svg x=\"{5}\" y=\"{8}\" width=\"{9}\" height=\"{10}\" viewBox=\"0 0 {9} {10}\">{11}</svg></svg>\n",
        coordinate(width), coordinate(height), escaped(picture.label).text, drawing_rules(light_palette),
        light_palette.paper, coordinate(edge), coordinate(edge + title_height / 2), escaped(title, 70).text,
        coordinate(edge + title_height), coordinate(picture.width), coordinate(picture.height),
        picture.body.text);
}

} // namespace harrier::report
