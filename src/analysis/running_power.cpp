// SPDX-License-Identifier: MIT
#include "analysis/running_power.hpp"

#include "analysis/grade_adjusted_pace.hpp"
#include "analysis/normalized_power.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace harrier::analysis {

namespace {

constexpr std::size_t slow_seconds = 120; // of speed and grade

std::vector<double> rolling_means(std::span<const double> values, std::size_t seconds) {
    std::vector<double> means;
    means.reserve(values.size());
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        sum += values[i] - (i >= seconds ? values[i - seconds] : 0);
        means.push_back(sum / static_cast<double>(std::min(i + 1, seconds)));
    }
    return means;
}

} // namespace

double skiba_running_power(const Runner& runner, double speed, double grade, double kinetic) {
    const double frontal_area =
        0.2025 * std::pow(runner.height, 0.725) * std::pow(runner.mass, 0.425) * 0.266; // m²
    const double air = 0.5 * 1.2 * 0.9 * frontal_area * speed * speed / runner.mass;    // J/kg/m
    const double efficiency = std::max(0.0, (0.25 + 0.054 * speed) * (1 - 0.5 * speed / 8.33));
    return (air + kinetic + minetti_running_cost(grade) * efficiency) * speed * runner.mass;
}

double stryd_like_power(double mass, double grade_adjusted_speed) {
    return 1.04 * mass * grade_adjusted_speed;
}

std::optional<double> lactate_normalized_power(const Runner& runner, std::span<const double> speeds,
                                               std::span<const double> grades) {
    if (speeds.size() < slow_seconds || grades.size() != speeds.size()) {
        return std::nullopt;
    }
    const auto slow_speeds = rolling_means(speeds, slow_seconds);
    const auto slow_grades = rolling_means(grades, slow_seconds);
    std::vector<double> watts;
    watts.reserve(speeds.size());
    for (std::size_t i = 0; i < speeds.size(); ++i) {
        const double speed = slow_speeds[i];
        const double before = i > 0 ? slow_speeds[i - 1] : speed;
        const double kinetic = speed > 0 ? (speed * speed - before * before) / 2 / speed : 0;
        watts.push_back(skiba_running_power(runner, speed, slow_grades[i], kinetic));
    }
    return normalized_power(watts);
}

} // namespace harrier::analysis
