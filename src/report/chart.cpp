// SPDX-License-Identifier: MIT
#include "report/chart.hpp"

#include "report/braille.hpp"
#include "report/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

namespace harrier::report {

namespace {

struct ValueRange {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    void add(double value) {
        if (std::isfinite(value)) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
    }
    [[nodiscard]] bool empty() const { return low > high; }
    // 0 at `low`, 1 at `high`.
    [[nodiscard]] double share(double value) const { return high > low ? (value - low) / (high - low) : 0.5; }
};

double mean_of(std::span<const double> values) {
    double sum = 0;
    int count = 0;
    for (const double value : values) {
        if (std::isfinite(value)) {
            sum += value;
            ++count;
        }
    }
    return count > 0 ? sum / count : std::numeric_limits<double>::quiet_NaN();
}

// At most `count` values: means of neighbours.
std::vector<double> condense(std::span<const double> values, std::size_t count) {
    if (values.size() <= count) {
        return {values.begin(), values.end()};
    }
    std::vector<double> means;
    for (std::size_t i = 0; i < count; ++i) {
        const auto begin = i * values.size() / count;
        const auto end = (i + 1) * values.size() / count;
        means.push_back(mean_of(values.subspan(begin, end - begin)));
    }
    return means;
}

ValueRange range_of(std::span<const Series> series, bool from_zero) {
    ValueRange range;
    for (const auto& one : series) {
        for (const double value : one.values) {
            range.add(value);
        }
    }
    if (from_zero && !range.empty()) {
        range.add(0);
    }
    return range;
}

void draw_series(BrailleCanvas& canvas, const Series& series, const ValueRange& range, Dot size,
                 std::uint8_t pen, bool downwards) {
    const auto values = condense(series.values, static_cast<std::size_t>(size.x));
    std::optional<Dot> last;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) {
            last.reset();
            continue;
        }
        const double across =
            values.size() > 1 ? static_cast<double>(i) / static_cast<double>(values.size() - 1) : 0;
        const double up = downwards ? 1 - range.share(values[i]) : range.share(values[i]);
        const Dot dot{across * (size.x - 1), (1 - up) * (size.y - 1)};
        canvas.draw_line(last.value_or(dot), dot, pen);
        last = dot;
    }
}

} // namespace

std::string sparkline(std::span<const double> values, int width) {
    constexpr std::array blocks{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    const auto shown = condense(values, static_cast<std::size_t>(std::max(width, 0)));
    ValueRange range;
    for (const double value : shown) {
        range.add(value);
    }
    std::string text;
    for (const double value : shown) {
        const auto step = std::isfinite(value) ? std::lround(range.share(value) * 7) : 0;
        text += std::isfinite(value) ? blocks.at(static_cast<std::size_t>(step)) : " ";
    }
    return text;
}

std::vector<std::string> line_chart(std::span<const Series> series, const ChartFrame& frame) {
    const auto range = range_of(series, frame.from_zero);
    if (range.empty() || frame.rows < 1) {
        return {};
    }
    // Enough digits to tell the ends apart.
    const double span = std::max(range.high - range.low, std::abs(range.high) / 1000);
    const int decimals = span > 0 ? std::clamp(static_cast<int>(std::ceil(-std::log10(span))), 0, 3) : 0;
    const auto label = [&](double value) {
        return frame.label ? frame.label(value) : fmt::format("{:.{}f}", value, decimals);
    };
    const auto& [bottom, top] =
        frame.downwards ? std::pair{range.high, range.low} : std::pair{range.low, range.high};
    std::vector<std::string> labels(static_cast<std::size_t>(frame.rows));
    labels.back() = label(bottom);
    if (frame.rows > 4) {
        labels[labels.size() / 2] = label(std::lerp(
            top, bottom, static_cast<double>(labels.size() / 2) / static_cast<double>(labels.size() - 1)));
    }
    labels.front() = label(top);
    int axis = 0;
    for (const auto& text : labels) {
        axis = std::max(axis, display_width(text));
    }
    const int columns = frame.width - axis - 2;
    if (columns < 2) {
        return {};
    }
    BrailleCanvas canvas(columns, frame.rows);
    std::vector<std::string> colours;
    for (const auto& one : series) {
        const Dot size{static_cast<double>(columns * braille_dots_across),
                       static_cast<double>(frame.rows * braille_dots_down)};
        draw_series(canvas, one, range, size, static_cast<std::uint8_t>(colours.size()), frame.downwards);
        colours.push_back(one.colour);
    }
    auto lines = canvas.lines(frame.colour ? colours : std::vector<std::string>{});
    for (std::size_t i = 0; i < lines.size(); ++i) {
        lines[i] = pad(labels[i], axis, Align::right) + (labels[i].empty() ? " │" : " ┤") + lines[i];
    }
    return lines;
}

std::string axis_labels(std::span<const std::string> labels, int axis, int width) {
    if (labels.empty()) {
        return {};
    }
    const int room = width - axis;
    int longest = 1;
    for (const auto& label : labels) {
        longest = std::max(longest, display_width(label));
    }
    constexpr int gap = 2;
    const int fitting = std::max(1, (room + gap) / (longest + gap));
    const int shown = std::min(fitting, static_cast<int>(labels.size()));
    std::string line;
    for (int i = 0; i < shown; ++i) {
        const int steps = std::max(shown - 1, 1);
        const auto& label =
            labels[static_cast<std::size_t>(i) * (labels.size() - 1) / static_cast<std::size_t>(steps)];
        line = pad(line, axis + i * (room - display_width(label)) / steps) + label;
    }
    return line;
}

} // namespace harrier::report
