// SPDX-License-Identifier: MIT
#pragma once

// Columns for months, years or counts, and single bars for tables. Pure.

#include "report/svg_frame.hpp"

namespace harrier::report {

struct ChartColumn {
    std::string label;   // below it
    double value = 0;    // not negative
    std::string title{}; // where the pointer rests
};

struct ColumnChart {
    std::string label; // what it shows
    double width = 640;
    double height = 220;
    ValueAxis axis; // from zero on
    std::vector<ChartColumn> columns;
    int tone = 0;
};

[[nodiscard]] Picture draw_column_chart(const ColumnChart& chart);

// A bar of `share` (0 to 1) of its cell. Anything above zero shows.
[[nodiscard]] Markup table_bar(double share);

} // namespace harrier::report
