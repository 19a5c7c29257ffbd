// SPDX-License-Identifier: MIT
#include "report/svg_line_chart.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace harrier::report {

namespace {

constexpr double legend_height = 24;
constexpr double end_label_room = 50;
constexpr double end_label_height = 15;        // of two labels above each other
constexpr double end_label_height_narrow = 22; // on a narrow screen

struct ChartRoom {
    Margins margins;
    Scale across;
    Scale up;
};

bool has_legend(const LineChart& chart) {
    return std::any_of(chart.series.begin(), chart.series.end(),
                       [](const LineSeries& series) { return !series.name.empty(); });
}

ChartRoom lay_out_lines(const LineChart& chart) {
    ChartRoom room;
    room.margins.left = std::max(room.margins.left, value_label_room(chart.axis));
    room.margins.top += has_legend(chart) ? legend_height : 0;
    const bool has_ends = std::any_of(chart.series.begin(), chart.series.end(),
                                      [](const LineSeries& series) { return !series.end_label.empty(); });
    room.margins.right += has_ends ? end_label_room : 0;
    room.across = {chart.x_low, chart.x_high, room.margins.left, chart.width - room.margins.right};
    room.up = value_scale(chart.axis, room.margins, chart.height);
    return room;
}

std::vector<Point> placed(const LineSeries& series, const ChartRoom& room) {
    std::vector<Point> points;
    for (const auto& point : series.points) {
        const Point next{room.across(point.x), room.up(point.y)};
        if (series.form == LineForm::steps && !points.empty()) {
            points.push_back({next.x, points.back().y});
        }
        points.push_back(next);
    }
    return points;
}

Markup draw_one_line(const LineSeries& series, const ChartRoom& room) {
    Markup drawing;
    const auto points = placed(series, room);
    if (points.empty()) {
        return drawing;
    }
    if (series.has_area) {
        const double base = room.up(std::clamp(0.0, room.up.low, room.up.high));
        auto shape = points;
        shape.push_back({points.back().x, base});
        shape.push_back({points.front().x, base});
        drawing += svg_path(path_through(shape) + "z", fmt::format("a{}", series.tone));
    }
    drawing += svg_path(path_through(points), fmt::format("s{}{}", series.tone, series.is_thin ? " w" : ""));
    if (series.has_dots) {
        for (const auto& point : series.points) {
            drawing.text += fmt::format(R"(<circle class="f{}" cx="{}" cy="{}" r="3.5"/>)", series.tone,
                                        coordinate(room.across(point.x)), coordinate(room.up(point.y)));
        }
    }
    return drawing;
}

// Labels at the ends of the lines, moved apart where they would touch; the last series' stays where it is.
Markup end_labels(const LineChart& chart, const ChartRoom& room) {
    constexpr double behind = 6;
    constexpr double half_letter = 4;
    Markup labels;
    std::vector<Point> taken;
    for (auto series = chart.series.rbegin(); series != chart.series.rend(); ++series) {
        if (series->end_label.empty() || series->points.empty()) {
            continue;
        }
        const auto& last = series->points.back();
        const Point at{room.across(last.x) + behind, room.up(last.y) + half_letter};
        const auto touches = [&](double height) {
            return std::any_of(taken.begin(), taken.end(), [&](const Point& other) {
                return std::abs(other.y - at.y) < height && std::abs(other.x - at.x) < end_label_room;
            });
        };
        if (touches(end_label_height)) {
            continue; // the line stands without a name, as the many behind it may
        }
        const bool is_tight = touches(end_label_height_narrow);
        labels += svg_text(at, series->end_label,
                           fmt::format("{}{}", taken.empty() ? "T" : "t", is_tight ? " m" : ""));
        taken.push_back(at);
    }
    return labels;
}

Markup legend_of(const LineChart& chart) {
    std::vector<LegendEntry> entries;
    for (auto series = chart.series.rbegin(); series != chart.series.rend(); ++series) {
        if (!series->name.empty()) {
            entries.push_back({series->name, fmt::format("f{}", series->tone)});
        }
    }
    return entries.empty() ? Markup{} : svg_legend({0, 16}, entries);
}

} // namespace

Picture draw_line_chart(const LineChart& chart) {
    const auto room = lay_out_lines(chart);
    Picture picture{chart.width, chart.height, chart.label, {}};
    picture.body += value_grid(chart.axis, room.up, chart.width);
    const double foot = chart.height - room.margins.bottom;
    for (const auto& tick : chart.x_ticks) {
        const double x = room.across(tick.at);
        picture.body += svg_line({x, foot}, {x, foot + 5}, "z");
    }
    for (const auto& series : chart.series) {
        picture.body += draw_one_line(series, room);
    }
    picture.body += value_labels(chart.axis, room.up);
    picture.body += foot_labels(chart.x_ticks, room.across, chart.height - 6, chart.width, Anchor::start);
    picture.body += end_labels(chart, room);
    picture.body += legend_of(chart);
    return picture;
}

} // namespace harrier::report
