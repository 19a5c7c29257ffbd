// SPDX-License-Identifier: MIT
#pragma once

// How hard one activity was, as one number: an hour at the threshold is 100, whatever it is reckoned from.
// Loads of different bases can therefore be added up, and each says what it rests on. Values in, values out.
// Pure.

#include "analysis/trimp.hpp"
#include "model/metrics.hpp"

#include <array>
#include <optional>
#include <span>
#include <string_view>

namespace harrier::analysis {

enum class LoadBasis {
    none,
    power,          // TSS of normalized power: on wheels
    heartrate,      // HRSS of the seconds at each heart rate
    pace,           // rTSS of normalized graded speed: on foot
    mean_heartrate, // HRSS of the mean heart rate; less than that of the seconds when the pulse went up and
                    // down
};
[[nodiscard]] std::string_view word_of(LoadBasis basis); // "power", …

// Why there is no load of a basis.
enum class LoadObstacle {
    none,
    sport,     // it says nothing about this sport
    samples,   // the activity has no such figure
    coverage,  // the sensor gave values for less than 80 % of the moving time
    threshold, // the athlete's threshold, or rest and maximum, are not known
};
[[nodiscard]] std::string_view word_of(LoadObstacle obstacle); // a phrase for people: "no samples of it"

// What is known of an activity.
struct LoadFigures {
    std::string_view sport_type;                     // Strava's word
    double moving_time = 0;                          // s
    const model::Histogram* heartrate = nullptr;     // seconds by bpm
    std::optional<double> mean_heartrate{};          // bpm
    std::optional<double> normalized_power{};        // W, measured
    std::optional<double> normalized_graded_speed{}; // m/s
};

// What is known of the athlete.
struct LoadThresholds {
    std::optional<HeartRange> heart{};
    std::optional<double> heartrate{}; // bpm; else estimated from the range (trimp.hpp)
    std::optional<double> ftp{};       // W, by bike
    std::optional<double> speed{};     // m/s, on foot
    TrimpWeights weights = trimp_unknown;
};

struct LoadCandidate {
    LoadBasis basis = LoadBasis::none;
    std::optional<double> load{};
    LoadObstacle obstacle = LoadObstacle::none; // none when there is a load
};

struct ActivityLoad {
    LoadBasis basis = LoadBasis::none;
    double load = 0;               // 0 when there is no basis
    std::optional<double> trimp{}; // Banister's, where there is a pulse and a range for it
    bool is_threshold_estimated = false;
    std::array<LoadCandidate, 4> candidates{}; // in the order of preference; the first with a load is taken
};

// Power measures the work itself; the pulse is what heat, hills and trails did to it; pace knows of hills
// only.
inline constexpr std::array usual_load_order{LoadBasis::power, LoadBasis::heartrate, LoadBasis::pace,
                                             LoadBasis::mean_heartrate};

// `order`: each basis once. TrainingPeaks takes pace before the pulse on foot.
[[nodiscard]] ActivityLoad activity_load(const LoadFigures& figures, const LoadThresholds& thresholds,
                                         const std::array<LoadBasis, 4>& order = usual_load_order);

} // namespace harrier::analysis
