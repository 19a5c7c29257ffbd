// SPDX-License-Identifier: MIT
#include "analysis/activity_load.hpp"

#include "analysis/normalized_power.hpp"
#include "model/sport.hpp"

#include <numeric>

namespace harrier::analysis {

namespace {

constexpr double least_coverage = 0.8; // of the moving time

bool is_above_zero(const std::optional<double>& value) {
    return value && *value > 0;
}

bool has_rtss(std::string_view sport_type) {
    const auto family = model::family_of(sport_type);
    return family == "run" || family == "walk" || family == "hike";
}

LoadCandidate refused(LoadBasis basis, LoadObstacle obstacle) {
    return {.basis = basis, .load = std::nullopt, .obstacle = obstacle};
}

LoadCandidate stress(LoadBasis basis, double seconds, const std::optional<double>& normalized,
                     const std::optional<double>& threshold) {
    if (!is_above_zero(normalized) || !(seconds > 0)) {
        return refused(basis, LoadObstacle::samples);
    }
    if (!is_above_zero(threshold)) {
        return refused(basis, LoadObstacle::threshold);
    }
    return {.basis = basis, .load = training_stress_score(seconds, *normalized, *threshold)};
}

double recorded_seconds(const model::Histogram& histogram) {
    return std::accumulate(histogram.seconds.begin(), histogram.seconds.end(), 0.0);
}

bool is_range(const std::optional<HeartRange>& range) {
    return range && range->rest > 0 && range->rest < range->max;
}

double threshold_of(const LoadThresholds& thresholds) {
    return thresholds.heartrate.value_or(estimated_threshold(*thresholds.heart));
}

LoadCandidate of_trimp(LoadBasis basis, double trimp, const LoadThresholds& thresholds) {
    const double threshold = threshold_of(thresholds);
    if (!(threshold > thresholds.heart->rest)) {
        return refused(basis, LoadObstacle::threshold);
    }
    return {.basis = basis,
            .load = heartrate_stress_score(trimp, threshold, *thresholds.heart, thresholds.weights)};
}

LoadObstacle pulse_obstacle(const LoadFigures& figures) {
    const double recorded = figures.heartrate == nullptr ? 0 : recorded_seconds(*figures.heartrate);
    if (!(recorded > 0)) {
        return LoadObstacle::samples;
    }
    return recorded >= least_coverage * figures.moving_time ? LoadObstacle::none : LoadObstacle::coverage;
}

// Of the seconds, or of the mean where `basis` says so. Nothing when something is missing for it.
std::optional<double> trimp_of(LoadBasis basis, const LoadFigures& figures,
                               const LoadThresholds& thresholds) {
    if (!is_range(thresholds.heart)) {
        return std::nullopt;
    }
    if (basis == LoadBasis::heartrate) {
        return pulse_obstacle(figures) == LoadObstacle::none
                   ? std::optional(banister_trimp(*figures.heartrate, *thresholds.heart, thresholds.weights))
                   : std::nullopt;
    }
    return is_above_zero(figures.mean_heartrate) && figures.moving_time > 0
               ? std::optional(banister_trimp(figures.moving_time, *figures.mean_heartrate, *thresholds.heart,
                                              thresholds.weights))
               : std::nullopt;
}

LoadCandidate of_pulse(LoadBasis basis, const LoadFigures& figures, const LoadThresholds& thresholds) {
    if (const auto trimp = trimp_of(basis, figures, thresholds)) {
        return of_trimp(basis, *trimp, thresholds);
    }
    const bool has_mean = is_above_zero(figures.mean_heartrate) && figures.moving_time > 0;
    const auto obstacle = basis == LoadBasis::heartrate ? pulse_obstacle(figures)
                          : has_mean                    ? LoadObstacle::none
                                                        : LoadObstacle::samples;
    return refused(basis, obstacle == LoadObstacle::none ? LoadObstacle::threshold : obstacle);
}

LoadCandidate candidate_of(LoadBasis basis, const LoadFigures& figures, const LoadThresholds& thresholds) {
    switch (basis) {
    case LoadBasis::power:
        return model::family_of(figures.sport_type) == "ride"
                   ? stress(basis, figures.moving_time, figures.normalized_power, thresholds.ftp)
                   : refused(basis, LoadObstacle::sport);
    case LoadBasis::pace:
        return has_rtss(figures.sport_type)
                   ? stress(basis, figures.moving_time, figures.normalized_graded_speed, thresholds.speed)
                   : refused(basis, LoadObstacle::sport);
    case LoadBasis::heartrate:
    case LoadBasis::mean_heartrate:
        return of_pulse(basis, figures, thresholds);
    case LoadBasis::none:
        break;
    }
    return {};
}

} // namespace

std::string_view word_of(LoadBasis basis) {
    switch (basis) {
    case LoadBasis::power:
        return "power";
    case LoadBasis::heartrate:
        return "heart rate";
    case LoadBasis::pace:
        return "pace";
    case LoadBasis::mean_heartrate:
        return "mean heart rate";
    case LoadBasis::none:
        break;
    }
    return "nothing";
}

std::string_view word_of(LoadObstacle obstacle) {
    switch (obstacle) {
    case LoadObstacle::sport:
        return "not for this sport";
    case LoadObstacle::samples:
        return "not recorded";
    case LoadObstacle::coverage:
        return "recorded for less than 80 % of the moving time";
    case LoadObstacle::threshold:
        return "your threshold is not known";
    case LoadObstacle::none:
        break;
    }
    return "";
}

ActivityLoad activity_load(const LoadFigures& figures, const LoadThresholds& thresholds,
                           const std::array<LoadBasis, 4>& order) {
    ActivityLoad result;
    for (std::size_t i = 0; i < order.size(); ++i) {
        result.candidates[i] = candidate_of(order[i], figures, thresholds);
        if (result.basis == LoadBasis::none && result.candidates[i].load) {
            result.basis = order[i];
            result.load = *result.candidates[i].load;
        }
    }
    result.trimp = trimp_of(LoadBasis::heartrate, figures, thresholds);
    if (!result.trimp) {
        result.trimp = trimp_of(LoadBasis::mean_heartrate, figures, thresholds);
    }
    const bool is_of_pulse =
        result.basis == LoadBasis::heartrate || result.basis == LoadBasis::mean_heartrate;
    result.is_threshold_estimated = is_of_pulse && !thresholds.heartrate;
    return result;
}

} // namespace harrier::analysis
