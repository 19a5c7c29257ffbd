// SPDX-License-Identifier: MIT
#include "analysis/trimp.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace harrier::analysis {

namespace {

template <class Weight>
double weighted_minutes(const model::Histogram& histogram, Weight weight) {
    double sum = 0;
    for (std::size_t i = 0; i < histogram.seconds.size(); ++i) {
        const double value = static_cast<double>(histogram.first + i) * histogram.step;
        sum += static_cast<double>(histogram.seconds[i]) / 60 * weight(value);
    }
    return sum;
}

} // namespace

double banister_trimp(double seconds, double heartrate, const HeartRange& range,
                      const TrimpWeights& weights) {
    if (!(range.rest < range.max)) {
        return 0;
    }
    const double share = std::clamp((heartrate - range.rest) / (range.max - range.rest), 0.0, 1.0);
    return seconds / 60 * share * weights.a * std::exp(weights.b * share);
}

// Within the range the weight of a bpm is that of the one before times a constant: an exponential for each,
// over a history of ten years, would be most of the work.
double banister_trimp(const model::Histogram& heartrate, const HeartRange& range,
                      const TrimpWeights& weights) {
    if (!(range.rest < range.max)) {
        return 0;
    }
    const double step = heartrate.step / (range.max - range.rest);
    const double growth = std::exp(weights.b * step);
    double share =
        (static_cast<double>(heartrate.first) * heartrate.step - range.rest) / (range.max - range.rest);
    double power = std::exp(weights.b * share);
    const double highest = std::exp(weights.b);
    double sum = 0;
    for (const float seconds : heartrate.seconds) {
        if (share > 0) {
            sum += static_cast<double>(seconds) * (share < 1 ? share * power : highest);
        }
        share += step;
        power *= growth;
    }
    return sum / 60 * weights.a;
}

double edwards_trimp(const model::Histogram& heartrate, double max) {
    return weighted_minutes(heartrate, [&](double bpm) {
        return bpm < 0.5 * max ? 0.0 : std::min(5.0, std::floor(bpm / max * 10 + 1e-9) - 4);
    });
}

double lucia_trimp(const model::Histogram& heartrate, double first_threshold, double second_threshold) {
    return weighted_minutes(heartrate, [&](double bpm) {
        return bpm < first_threshold ? 1.0 : bpm < second_threshold ? 2.0 : 3.0;
    });
}

double heartrate_stress_score(double trimp, double threshold, const HeartRange& range,
                              const TrimpWeights& weights) {
    const double hour = banister_trimp(3600, threshold, range, weights);
    return hour > 0 ? 100 * trimp / hour : 0;
}

double estimated_threshold(const HeartRange& range) {
    return range.rest + 0.85 * (range.max - range.rest);
}

double legacy_suffer_score(std::span<const double, 5> zone_seconds) {
    constexpr std::array points_per_hour{25.0, 60.0, 115.0, 250.0, 300.0};
    double sum = 0;
    for (std::size_t i = 0; i < points_per_hour.size(); ++i) {
        sum += zone_seconds[i] / 3600 * points_per_hour[i];
    }
    return sum;
}

} // namespace harrier::analysis
