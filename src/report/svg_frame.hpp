// SPDX-License-Identifier: MIT
#pragma once

// The frame of a chart: the room inside, grid lines with their labels above them, marks below. Pure.

#include "report/axis.hpp"
#include "report/svg.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::report {

// From a stretch of numbers to a stretch of the drawing.
struct Scale {
    double low = 0;
    double high = 1;
    double from = 0; // where `low` is drawn
    double to = 1;

    [[nodiscard]] double operator()(double value) const {
        return from + (value - low) / (high - low) * (to - from);
    }
};

// What a chart leaves free around its lines.
struct Margins {
    double left = 36;
    double top = 22;
    double right = 8;
    double bottom = 26;
};

struct ValueAxis {
    std::vector<double> ticks; // ascending, at least two
    std::function<std::string(double)> label;
    bool downwards = false; // small values stand high, as for pace
};

// Round ticks around all of the values; equal ones get some room. `from_zero` adds 0 to them.
[[nodiscard]] std::vector<double> ticks_around(std::span<const double> values, bool from_zero,
                                               bool is_clock = false, int wanted = 4);

// What stands at the ticks: a decimal where they are closer than one; the unit at the last.
[[nodiscard]] std::function<std::string(double)> tick_labels(const std::vector<double>& ticks,
                                                             std::string_view unit = {});

// The scale of the values of a chart of `height`, between the outermost ticks.
[[nodiscard]] Scale value_scale(const ValueAxis& axis, const Margins& margins, double height);

// Lines across, and their labels above them at the left, which are drawn last.
[[nodiscard]] Markup value_grid(const ValueAxis& axis, const Scale& scale, double width);
[[nodiscard]] Markup value_labels(const ValueAxis& axis, const Scale& scale);

// The room at the left that the labels above the lines take.
[[nodiscard]] double value_label_room(const ValueAxis& axis);

// Labels at the foot of a chart that do not touch; those that would on a narrow screen go there.
[[nodiscard]] Markup foot_labels(std::span<const Tick> ticks, const Scale& scale, double y, double width,
                                 Anchor anchor);

} // namespace harrier::report
