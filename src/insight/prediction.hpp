// SPDX-License-Identifier: MIT
#pragma once

// What an athlete could run over other distances, from the best efforts of the days asked about.

#include "analysis/critical_power.hpp"
#include "archive/archive.hpp"
#include "insight/distance_name.hpp"

#include <optional>
#include <string>
#include <vector>

namespace harrier::insight {

struct PredictionBasis {
    std::vector<archive::RecordEffort> records; // one for each distance, ascending
    std::optional<archive::RecordEffort> best;  // of the highest VDOT
    double vdot = 0;
    std::optional<analysis::CriticalFit> critical; // speed
};

// Sport types and days are those of the query.
[[nodiscard]] PredictionBasis find_prediction_basis(archive::Archive& archive, AthleteId athlete,
                                                    const archive::ActivityQuery& query);

struct Prediction {
    EffortDistanceName distance;
    std::optional<double> record{}; // s, as the rest
    std::optional<double> vdot{};
    std::optional<double> riegel{};
    std::optional<double> cameron{};
    std::optional<double> critical_speed{};
};

[[nodiscard]] std::vector<Prediction> predict(const PredictionBasis& basis);

// {"vdot", "basis", "critical_speed", "predictions", "training_paces"}; absent parts are null or empty.
[[nodiscard]] std::string prediction_json(const PredictionBasis& basis);

} // namespace harrier::insight
