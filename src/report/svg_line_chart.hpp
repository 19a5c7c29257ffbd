// SPDX-License-Identifier: MIT
#pragma once

// Lines over days or over distances, with labelled axes. Pure.

#include "report/svg_frame.hpp"

namespace harrier::report {

enum class LineForm {
    straight,
    steps, // a value holds until the next: records
};

struct LineSeries {
    std::string name{};          // in the legend; "" = not there
    std::vector<Point> points{}; // in the units of the axes, x ascending
    int tone = 0;                // of the palette
    bool is_thin = false;        // and behind
    bool has_area = false;       // down to the base line
    bool has_dots = false;       // at each point
    LineForm form = LineForm::straight;
    std::string end_label{}; // behind the last point
};

struct LineChart {
    std::string label; // what it shows
    double width = 640;
    double height = 250;
    double x_low = 0;
    double x_high = 1; // above x_low
    std::vector<Tick> x_ticks;
    ValueAxis axis;
    std::vector<LineSeries> series; // later ones are drawn over earlier ones
};

[[nodiscard]] Picture draw_line_chart(const LineChart& chart);

} // namespace harrier::report
