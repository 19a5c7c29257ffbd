// SPDX-License-Identifier: MIT
#include "report/svg_frame.hpp"

#include "report/format.hpp"
#include "report/table.hpp"

#include <algorithm>
#include <cmath>

namespace harrier::report {

namespace {

// The width of a label in the type of a wide and of a narrow screen (palette.cpp).
double label_width(std::string_view label, bool is_narrow) {
    constexpr double wide_letter = 6.3;
    constexpr double narrow_letter = 10.8;
    return (is_narrow ? narrow_letter : wide_letter) * display_width(label);
}

double left_end(double at, double width, Anchor anchor) {
    return anchor == Anchor::middle ? at - width / 2 : at;
}

} // namespace

std::vector<double> ticks_around(std::span<const double> values, bool from_zero, bool is_clock, int wanted) {
    double low = from_zero || values.empty() ? 0 : values.front();
    double high = low;
    for (const double value : values) {
        low = std::min(low, value);
        high = std::max(high, value);
    }
    if (high <= low) {
        const double room = is_clock ? 30 : 1;
        high += room;
        low -= from_zero ? 0 : room;
    }
    return is_clock ? clock_ticks(low, high, wanted) : round_ticks(low, high, wanted);
}

std::function<std::string(double)> tick_labels(const std::vector<double>& ticks, std::string_view unit) {
    const int decimals = ticks[1] - ticks[0] < 1 ? 1 : 0;
    const auto behind = unit.empty() ? std::string() : " " + std::string(unit);
    return [decimals, behind, last = ticks.back()](double value) {
        return format_number(value, decimals) + (value == last ? behind : "");
    };
}

Scale value_scale(const ValueAxis& axis, const Margins& margins, double height) {
    Scale scale{axis.ticks.front(), axis.ticks.back(), height - margins.bottom, margins.top};
    if (axis.downwards) {
        std::swap(scale.from, scale.to);
    }
    return scale;
}

Markup value_grid(const ValueAxis& axis, const Scale& scale, double width) {
    Markup grid;
    for (const double tick : axis.ticks) {
        const double y = scale(tick);
        const bool is_base = axis.downwards ? tick == axis.ticks.back() : tick == 0;
        grid += svg_line({0, y}, {width, y}, is_base ? "z" : "g");
    }
    return grid;
}

Markup value_labels(const ValueAxis& axis, const Scale& scale) {
    Markup labels;
    constexpr double above = 4;
    constexpr double narrow_letter_height = 20;
    const double apart = std::abs(scale(axis.ticks[1]) - scale(axis.ticks[0]));
    bool is_every_other = false;
    for (const double tick : axis.ticks) {
        const bool goes = is_every_other && apart < narrow_letter_height;
        labels += svg_text({0, scale(tick) - above}, axis.label(tick), goes ? "t m" : "t");
        is_every_other = !is_every_other;
    }
    return labels;
}

double value_label_room(const ValueAxis& axis) {
    constexpr double gap = 6;
    double room = 0;
    for (const double tick : axis.ticks) {
        room = std::max(room, label_width(axis.label(tick), false) + gap);
    }
    return room;
}

Markup foot_labels(std::span<const Tick> ticks, const Scale& scale, double y, double width, Anchor anchor) {
    constexpr double gap = 8;
    Markup labels;
    double wide_end = -gap;
    double narrow_end = -gap;
    for (const auto& tick : ticks) {
        const double at = scale(tick.at);
        const double wide = label_width(tick.label, false);
        const double narrow = label_width(tick.label, true);
        const double begin = left_end(at, wide, anchor);
        if (begin < wide_end + gap || begin + wide > width) {
            continue;
        }
        wide_end = begin + wide;
        const double narrow_begin = left_end(at, narrow, anchor);
        const bool fits = narrow_begin >= narrow_end + gap && narrow_begin + narrow <= width;
        if (fits) {
            narrow_end = narrow_begin + narrow;
        }
        labels += svg_text({at, y}, tick.label, fits ? "t" : "t m", anchor);
    }
    return labels;
}

} // namespace harrier::report
