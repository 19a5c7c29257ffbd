// SPDX-License-Identifier: MIT
#include "report/svg_bar_chart.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace harrier::report {

Picture draw_column_chart(const ColumnChart& chart) {
    Margins margins;
    margins.left = std::max(margins.left, value_label_room(chart.axis));
    const auto count = static_cast<double>(std::max<std::size_t>(chart.columns.size(), 1));
    const Scale across{-0.5, count - 0.5, margins.left, chart.width - margins.right};
    const auto up = value_scale(chart.axis, margins, chart.height);
    Picture picture{chart.width, chart.height, chart.label, {}};
    picture.body += value_grid(chart.axis, up, chart.width);
    constexpr double widest = 44;
    const double place = across(1) - across(0);
    const double width = std::min(widest, place * 0.72);
    std::vector<Tick> ticks;
    for (const auto& column : chart.columns) {
        const auto number = static_cast<double>(ticks.size());
        ticks.push_back({number, column.label});
        if (column.value > 0) {
            const double top = up(column.value);
            picture.body += svg_rectangle({across(number) - width / 2, top}, width, up(0) - top,
                                          fmt::format("f{}", chart.tone), column.title);
        }
    }
    picture.body += value_labels(chart.axis, up);
    picture.body += foot_labels(ticks, across, chart.height - 6, chart.width, Anchor::middle);
    return picture;
}

Markup table_bar(double share) {
    constexpr double width = 120;
    constexpr double least = 1;
    const double length = share > 0 ? std::max(least, std::min(share, 1.0) * width) : 0;
    return {fmt::format(R"(<svg viewBox="0 0 120 8" preserveAspectRatio="none" aria-hidden="true">)"
                        R"(<rect class="f0" width="{}" height="8"/></svg>)",
                        coordinate(length))};
}

} // namespace harrier::report
