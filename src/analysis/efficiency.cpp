// SPDX-License-Identifier: MIT
#include "analysis/efficiency.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace harrier::analysis {

namespace {

constexpr double shortest_decoupling = 1200; // s

struct Half {
    double value = 0;
    double beats = 0;

    [[nodiscard]] double ratio() const { return value / beats; }
};

} // namespace

std::optional<double> metres_per_beat(double normalized_speed, double heartrate) {
    return heartrate > 0 ? std::optional(normalized_speed * 60 / heartrate) : std::nullopt;
}

std::optional<double> watts_per_bpm(double normalized_power, double heartrate) {
    return heartrate > 0 ? std::optional(normalized_power / heartrate) : std::nullopt;
}

std::optional<double> aerobic_decoupling(std::span<const double> values, std::span<const double> heartrate,
                                         std::span<const double> moving) {
    const auto size = std::min({values.size(), heartrate.size(), moving.size()});
    const auto counts = [&](std::size_t i) {
        return moving[i] > 0 && heartrate[i] > 0 && std::isfinite(values[i]);
    };
    double all = 0;
    for (std::size_t i = 0; i < size; ++i) {
        all += counts(i) ? moving[i] : 0;
    }
    if (all < shortest_decoupling) {
        return std::nullopt;
    }
    Half halves[2];
    double passed = 0;
    for (std::size_t i = 0; i < size; ++i) {
        if (!counts(i)) {
            continue;
        }
        const double in_first = std::clamp(all / 2 - passed, 0.0, moving[i]);
        const double shares[2] = {in_first, moving[i] - in_first};
        for (std::size_t half = 0; half < 2; ++half) {
            halves[half].value += values[i] * shares[half];
            halves[half].beats += heartrate[i] * shares[half];
        }
        passed += moving[i];
    }
    return halves[0].value > 0 ? std::optional(1 - halves[1].ratio() / halves[0].ratio()) : std::nullopt;
}

double steps_per_minute(double leg_cadence) {
    return 2 * leg_cadence;
}

std::optional<double> mean_step_length(std::span<const double> time, std::span<const double> metres,
                                       std::span<const double> leg_cadence, double longest_gap) {
    double way = 0;
    double steps = 0;
    for (std::size_t i = 1; i < std::min({time.size(), metres.size(), leg_cadence.size()}); ++i) {
        const double seconds = time[i] - time[i - 1];
        const double step = metres[i] - metres[i - 1];
        if (leg_cadence[i] > 0 && std::isfinite(step) && seconds > 0 && seconds <= longest_gap) {
            way += step;
            steps += steps_per_minute(leg_cadence[i]) / 60 * seconds;
        }
    }
    return steps > 0 && way > 0 ? std::optional(way / steps) : std::nullopt;
}

} // namespace harrier::analysis
