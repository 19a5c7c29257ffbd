// SPDX-License-Identifier: MIT
#include "analysis/normalized_power.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace harrier::analysis {

namespace {

constexpr std::size_t rolling_seconds = 30;
constexpr double xpower_seconds = 25;

double fourth_power(double value) {
    return value * value * value * value;
}

std::optional<double> fourth_power_mean(double sum, std::size_t count) {
    return count > 0 ? std::optional(std::pow(sum / static_cast<double>(count), 0.25)) : std::nullopt;
}

} // namespace

std::optional<double> normalized_power(std::span<const double> values, RollingStart start) {
    if (values.size() < rolling_seconds) {
        return std::nullopt;
    }
    double rolling = 0;
    double sum = 0;
    std::size_t count = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        rolling += values[i] - (i >= rolling_seconds ? values[i - rolling_seconds] : 0);
        const bool is_full = i + 1 >= rolling_seconds;
        if (is_full || start != RollingStart::drop) {
            const auto length =
                start == RollingStart::growing ? std::min(i + 1, rolling_seconds) : rolling_seconds;
            sum += fourth_power(rolling / static_cast<double>(length));
            ++count;
        }
    }
    return fourth_power_mean(sum, count);
}

std::optional<double> xpower(std::span<const double> values, XPowerSeed seed) {
    if (values.empty()) {
        return std::nullopt;
    }
    const double decay =
        seed == XPowerSeed::zero ? xpower_seconds / (xpower_seconds + 1) : std::exp(-1 / xpower_seconds);
    const std::size_t first_counted =
        seed == XPowerSeed::sauce ? static_cast<std::size_t>(2 * xpower_seconds) - 1 : 0;
    double smooth = seed == XPowerSeed::zero ? 0 : values.front();
    double sum = 0;
    std::size_t count = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        smooth = smooth * decay + values[i] * (1 - decay);
        if (i >= first_counted) {
            sum += fourth_power(smooth);
            ++count;
        }
    }
    return fourth_power_mean(sum, count);
}

double intensity_factor(double normalized, double threshold) {
    return normalized / threshold;
}

double variability_index(double normalized, double mean) {
    return normalized / mean;
}

double training_stress_score(double seconds, double normalized, double threshold) {
    const double intensity = intensity_factor(normalized, threshold);
    return seconds / 3600 * intensity * intensity * 100;
}

double swim_stress_score(double seconds, double intensity) {
    return seconds / 3600 * intensity * intensity * intensity * 100;
}

} // namespace harrier::analysis
