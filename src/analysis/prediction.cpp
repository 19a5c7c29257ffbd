// SPDX-License-Identifier: MIT
#include "analysis/prediction.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace harrier::analysis {

namespace {

// ml/kg/min = a + b·v + c·v², v in m/min.
constexpr double cost_constant = -4.60;
constexpr double cost_linear = 0.182258;
constexpr double cost_quadratic = 0.000104;

// Slower over more, but not twice as slow: Runalyze has the same bounds.
bool is_exponent(double exponent) {
    return exponent > 1 && exponent < 2;
}

double cameron_factor(double metres) {
    return 13.49681 - 0.000030363 * metres + 835.7114 / std::pow(metres, 0.7905);
}

} // namespace

double oxygen_cost(double metres_per_minute) {
    return cost_constant + cost_linear * metres_per_minute +
           cost_quadratic * metres_per_minute * metres_per_minute;
}

double sustained_share(double minutes) {
    return 0.8 + 0.1894393 * std::exp(-0.012778 * minutes) + 0.2989558 * std::exp(-0.1932605 * minutes);
}

double vdot(double metres, double seconds) {
    const double minutes = seconds / 60;
    return oxygen_cost(metres / minutes) / sustained_share(minutes);
}

double time_at_vdot(double wanted, double metres) {
    // The faster, the higher: between 20 m/s and a crawl lies one time.
    double low = metres / 20;
    double high = metres / 0.1;
    constexpr double exact_enough = 1e-6; // s
    while (high - low > exact_enough) {
        const double middle = (low + high) / 2;
        (vdot(metres, middle) > wanted ? low : high) = middle;
    }
    return (low + high) / 2;
}

double speed_at_share(double vdot, double share) {
    const double root =
        std::sqrt(cost_linear * cost_linear - 4 * cost_quadratic * (cost_constant - share * vdot));
    return (root - cost_linear) / (2 * cost_quadratic) / 60;
}

double riegel_time(double metres, double seconds, double wanted_metres, double exponent) {
    return seconds * std::pow(wanted_metres / metres, exponent);
}

std::optional<double> personal_exponent(double metres, double seconds, double other_metres,
                                        double other_seconds) {
    const double exponent = std::log(other_seconds / seconds) / std::log(other_metres / metres);
    return is_exponent(exponent) ? std::optional(exponent) : std::nullopt;
}

std::optional<FittedExponent> fit_exponent(std::span<const Performance> performances) {
    constexpr double shortest_time = 3.5 * 60;
    constexpr double longest_time = 230 * 60;
    FittedExponent fit{.shortest = std::numeric_limits<double>::infinity()};
    double x_sum = 0;
    double y_sum = 0;
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (const auto& [metres, seconds] : performances) {
        if (!(seconds >= shortest_time && seconds <= longest_time && metres > 0)) {
            continue;
        }
        const double x = std::log(metres);
        const double y = std::log(seconds);
        x_sum += x;
        y_sum += y;
        xx += x * x;
        xy += x * y;
        yy += y * y;
        fit.shortest = std::min(fit.shortest, metres);
        fit.longest = std::max(fit.longest, metres);
        ++fit.points;
    }
    if (fit.points < 2 || fit.longest < 2 * fit.shortest) {
        return std::nullopt;
    }
    const auto count = static_cast<double>(fit.points);
    const double covariance = xy - x_sum * y_sum / count;
    fit.exponent = covariance / (xx - x_sum * x_sum / count);
    fit.r_squared = fit.exponent * covariance / (yy - y_sum * y_sum / count);
    return is_exponent(fit.exponent) ? std::optional(fit) : std::nullopt;
}

double cameron_time(double metres, double seconds, double wanted_metres) {
    return seconds * (wanted_metres / metres) * cameron_factor(metres) / cameron_factor(wanted_metres);
}

} // namespace harrier::analysis
