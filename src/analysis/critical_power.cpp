// SPDX-License-Identifier: MIT
#include "analysis/critical_power.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace harrier::analysis {

namespace {

constexpr double shortest_effort = 120;   // s
constexpr double shortest_of_morton = 10; // s
constexpr double longest_effort = 1200;   // s
constexpr std::size_t fewest_efforts = 3;
constexpr std::size_t fewest_of_morton = 4; // for three parameters
constexpr double least_spread = 2;          // longest over shortest

struct FittedLine {
    double slope = 0;
    double intercept = 0;
    double r_squared = 0;
};

// Least squares.
template <typename X, typename Y>
FittedLine fit_line(std::span<const MeanEffort> efforts, X x_of, Y y_of) {
    const auto count = static_cast<double>(efforts.size());
    double x_mean = 0;
    double y_mean = 0;
    for (const auto& effort : efforts) {
        x_mean += x_of(effort) / count;
        y_mean += y_of(effort) / count;
    }
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (const auto& effort : efforts) {
        const double x = x_of(effort) - x_mean;
        const double y = y_of(effort) - y_mean;
        xx += x * x;
        xy += x * y;
        yy += y * y;
    }
    const double slope = xy / xx;
    return {slope, y_mean - slope * x_mean, yy > 0 ? slope * xy / yy : 1};
}

double duration_of(const MeanEffort& effort) {
    return effort.seconds;
}
double inverse_of(const MeanEffort& effort) {
    return 1 / effort.seconds;
}
double work_of(const MeanEffort& effort) {
    return effort.mean * effort.seconds;
}
double mean_of_effort(const MeanEffort& effort) {
    return effort.mean;
}

// Where a function of one valley, or of a few that lie apart, is lowest. Nothing when that is at the upper
// end.
template <typename Function>
std::optional<double> lowest_point(double low, double high, Function value_at) {
    constexpr int steps = 200;
    const auto place = [&, from = low, width = (high - low) / steps](int step) {
        return from + width * step;
    };
    int best = 0;
    for (int step = 1; step < steps; ++step) { // the upper end itself may be no number
        best = value_at(place(step)) < value_at(place(best)) ? step : best;
    }
    if (best == steps - 1) {
        return std::nullopt;
    }
    const double ratio = (std::sqrt(5.0) - 1) / 2; // golden-section search
    low = place(std::max(best - 1, 0));
    high = place(best + 1);
    for (int i = 0; i < 60; ++i) {
        const double left = high - ratio * (high - low);
        const double right = low + ratio * (high - low);
        if (value_at(left) < value_at(right)) {
            high = right;
        } else {
            low = left;
        }
    }
    return (low + high) / 2;
}

// For a given CP the best W' of t = W'/(P - CP) is known; what is left to find is CP, below the lowest mean.
struct Hyperbola {
    double capacity = 0;
    double squares = 0; // of the times
};

Hyperbola hyperbola_at(std::span<const MeanEffort> efforts, double critical) {
    double xt = 0;
    double xx = 0;
    for (const auto& effort : efforts) {
        const double x = 1 / (effort.mean - critical);
        xt += x * effort.seconds;
        xx += x * x;
    }
    Hyperbola fit{.capacity = xt / xx};
    for (const auto& effort : efforts) {
        const double error = effort.seconds - fit.capacity / (effort.mean - critical);
        fit.squares += error * error;
    }
    return fit;
}

// Squares of the differences to the mean.
double squares_of_times(std::span<const MeanEffort> efforts) {
    double mean = 0;
    for (const auto& effort : efforts) {
        mean += effort.seconds / static_cast<double>(efforts.size());
    }
    double squares = 0;
    for (const auto& effort : efforts) {
        squares += (effort.seconds - mean) * (effort.seconds - mean);
    }
    return squares;
}

CriticalFit fit_hyperbola(std::span<const MeanEffort> efforts) {
    const auto lowest =
        std::min_element(efforts.begin(), efforts.end(), [](const MeanEffort& left, const MeanEffort& right) {
            return left.mean < right.mean;
        });
    const auto critical = lowest_point(
        0, lowest->mean, [&](double candidate) { return hyperbola_at(efforts, candidate).squares; });
    constexpr double none = 1e-6; // of the lowest mean: the valley lies below zero
    if (!critical || *critical < none * lowest->mean) {
        return {};
    }
    const auto fit = hyperbola_at(efforts, *critical);
    return {.critical = *critical,
            .capacity = fit.capacity,
            .r_squared = 1 - fit.squares / squares_of_times(efforts)};
}

// For a given k it is a straight line over 1/(t + k); what is left to find is k.
CriticalFit fit_morton(std::span<const MeanEffort> efforts) {
    constexpr double longest_offset = 300; // s; beyond, the efforts show no curve
    const auto line_at = [&](double offset) {
        return fit_line(
            efforts, [&](const MeanEffort& effort) { return 1 / (effort.seconds + offset); }, mean_of_effort);
    };
    const auto offset =
        lowest_point(0, longest_offset, [&](double candidate) { return -line_at(candidate).r_squared; });
    if (!offset) {
        return {};
    }
    constexpr double no_offset = 0.1; // s; Pmax would be boundless
    const auto line = line_at(*offset);
    CriticalFit fit{.critical = line.intercept, .capacity = line.slope, .r_squared = line.r_squared};
    if (*offset > no_offset) {
        fit.offset = *offset;
        fit.maximum = line.intercept + line.slope / *offset;
    }
    return fit;
}

CriticalFit fit_model(std::span<const MeanEffort> efforts, CriticalModel model) {
    switch (model) {
    case CriticalModel::work_time: {
        const auto line = fit_line(efforts, duration_of, work_of);
        return {.critical = line.slope, .capacity = line.intercept, .r_squared = line.r_squared};
    }
    case CriticalModel::inverse_time: {
        const auto line = fit_line(efforts, inverse_of, mean_of_effort);
        return {.critical = line.intercept, .capacity = line.slope, .r_squared = line.r_squared};
    }
    case CriticalModel::hyperbolic:
        return fit_hyperbola(efforts);
    case CriticalModel::morton3:
        break;
    }
    return fit_morton(efforts);
}

} // namespace

std::optional<CriticalFit> fit_critical(std::span<const MeanEffort> efforts, CriticalModel model) {
    const bool is_morton = model == CriticalModel::morton3;
    std::vector<MeanEffort> used;
    for (const auto& effort : efforts) {
        if (effort.seconds >= (is_morton ? shortest_of_morton : shortest_effort) &&
            effort.seconds <= longest_effort && effort.mean > 0) {
            used.push_back(effort);
        }
    }
    if (used.size() < (is_morton ? fewest_of_morton : fewest_efforts)) {
        return std::nullopt;
    }
    const auto [shortest, longest] =
        std::minmax_element(used.begin(), used.end(), [](const MeanEffort& left, const MeanEffort& right) {
            return left.seconds < right.seconds;
        });
    if (longest->seconds < least_spread * shortest->seconds) {
        return std::nullopt;
    }
    auto fit = fit_model(used, model);
    fit.points = used.size();
    fit.shortest = shortest->seconds;
    fit.longest = longest->seconds;
    const bool makes_sense = std::isfinite(fit.critical) && fit.critical > 0 && fit.capacity > 0;
    return makes_sense ? std::optional(fit) : std::nullopt;
}

double mean_at(const CriticalFit& fit, double seconds) {
    return fit.critical + fit.capacity / (seconds + fit.offset);
}

std::optional<double> time_over(const CriticalFit& fit, double metres) {
    // metres = CS·t + D'·t/(t + k), which is the straight line for k = 0.
    const double half = (metres - fit.capacity - fit.critical * fit.offset) / (2 * fit.critical);
    const double seconds = half + std::sqrt(half * half + metres * fit.offset / fit.critical);
    return fit.offset > 0 || half > 0 ? std::optional(seconds) : std::nullopt;
}

} // namespace harrier::analysis
