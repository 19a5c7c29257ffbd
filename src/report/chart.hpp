// SPDX-License-Identifier: MIT
#pragma once

// Charts made of characters. Pure: values in, text out. A value that is not finite is a gap.

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace harrier::report {

// One line of blocks from ▁ (the lowest value) to █ (the highest), of at most `width` columns: several values
// share a column when there are more, by their mean. All equal: a line in the middle.
[[nodiscard]] std::string sparkline(std::span<const double> values, int width);

struct Series {
    std::vector<double> values; // evenly spaced; all series of a chart span the same width
    std::string colour{};       // SGR parameters, as "36"
};

struct ChartFrame {
    int width = 80; // columns, the axis included
    int rows = 8;
    bool colour = false;
    bool from_zero = false;                     // the axis begins at zero, not at the lowest value
    bool downwards = false;                     // small values stand high, as for pace
    std::function<std::string(double)> label{}; // of the axis
};

// Lines of braille dots with an axis on the left that is labelled above, in the middle and below. Later
// series are drawn over earlier ones. Nothing when no value is finite or the frame has no room.
[[nodiscard]] std::vector<std::string> line_chart(std::span<const Series> series, const ChartFrame& frame);

// The labels of a horizontal axis below a chart of `width` columns whose axis takes `axis` columns: the first
// at the left, the last at the right, the others between them, as many as there is room for.
[[nodiscard]] std::string axis_labels(std::span<const std::string> labels, int axis, int width);

} // namespace harrier::report
