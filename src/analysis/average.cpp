// SPDX-License-Identifier: MIT
#include "analysis/average.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace harrier::analysis {

namespace {

// Beyond it no sensor measures anything; sums of it would be no numbers.
bool is_value(double value) {
    return std::abs(value) < 1e9;
}

std::optional<double> median_step(std::span<const double> time) {
    std::vector<double> steps;
    steps.reserve(time.size());
    for (std::size_t i = 1; i < time.size(); ++i) {
        if (time[i] > time[i - 1]) {
            steps.push_back(time[i] - time[i - 1]);
        }
    }
    if (steps.empty()) {
        return std::nullopt;
    }
    const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
    std::nth_element(steps.begin(), middle, steps.end());
    return *middle;
}

template <class Better>
std::optional<double> best(std::span<const double> values, Better better) {
    std::optional<double> found;
    for (const double value : values) {
        if (is_value(value) && (!found || better(value, *found))) {
            found = value;
        }
    }
    return found;
}

} // namespace

std::vector<double> held_seconds(std::span<const double> time) {
    constexpr double steps_of_a_gap = 4;
    std::vector<double> seconds(time.size(), 1);
    const auto usual = median_step(time);
    if (!usual) {
        return seconds;
    }
    for (std::size_t i = 0; i + 1 < time.size(); ++i) {
        const double step = time[i + 1] - time[i];
        seconds[i] = step <= steps_of_a_gap * *usual ? step : *usual;
    }
    seconds.back() = *usual;
    return seconds;
}

std::optional<double> Integral::mean() const {
    return seconds > 0 ? std::optional(sum / seconds) : std::nullopt;
}

Integral integrate(std::span<const double> values, std::span<const double> seconds, Zeros zeros) {
    Integral integral;
    for (std::size_t i = 0; i < std::min(values.size(), seconds.size()); ++i) {
        if (is_value(values[i]) && (zeros == Zeros::count || values[i] > 0)) {
            integral.sum += values[i] * seconds[i];
            integral.seconds += seconds[i];
        }
    }
    return integral;
}

std::optional<double> greatest(std::span<const double> values) {
    return best(values, [](double a, double b) { return a > b; });
}

std::optional<double> least(std::span<const double> values) {
    return best(values, [](double a, double b) { return a < b; });
}

} // namespace harrier::analysis
