// SPDX-License-Identifier: MIT
#include "analysis/critical_power.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace harrier::analysis {

namespace {

constexpr double shortest_effort = 120; // s
constexpr double longest_effort = 1200; // s
constexpr std::size_t fewest_efforts = 3;
constexpr double least_spread = 2; // longest over shortest

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

CriticalFit fit_hyperbola(std::span<const MeanEffort> efforts) {
    double low = 0;
    double high = efforts.front().mean;
    for (const auto& effort : efforts) {
        high = std::min(high, effort.mean);
    }
    // Golden-section search: the squares have one valley below the lowest mean.
    const double ratio = (std::sqrt(5.0) - 1) / 2;
    for (int i = 0; i < 200; ++i) {
        const double left = high - ratio * (high - low);
        const double right = low + ratio * (high - low);
        (hyperbola_at(efforts, left).squares < hyperbola_at(efforts, right).squares ? high : low) =
            hyperbola_at(efforts, left).squares < hyperbola_at(efforts, right).squares ? right : left;
    }
    const double critical = (low + high) / 2;
    const auto fit = hyperbola_at(efforts, critical);
    double mean = 0;
    for (const auto& effort : efforts) {
        mean += effort.seconds / static_cast<double>(efforts.size());
    }
    double total = 0;
    for (const auto& effort : efforts) {
        total += (effort.seconds - mean) * (effort.seconds - mean);
    }
    return {.critical = critical, .capacity = fit.capacity, .r_squared = 1 - fit.squares / total};
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
        break;
    }
    return fit_hyperbola(efforts);
}

} // namespace

std::optional<CriticalFit> fit_critical(std::span<const MeanEffort> efforts, CriticalModel model) {
    std::vector<MeanEffort> used;
    for (const auto& effort : efforts) {
        if (effort.seconds >= shortest_effort && effort.seconds <= longest_effort && effort.mean > 0) {
            used.push_back(effort);
        }
    }
    if (used.size() < fewest_efforts) {
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
    return fit.critical + fit.capacity / seconds;
}

std::optional<double> time_over(const CriticalFit& fit, double metres) {
    const double seconds = (metres - fit.capacity) / fit.critical;
    return seconds > 0 ? std::optional(seconds) : std::nullopt;
}

} // namespace harrier::analysis
