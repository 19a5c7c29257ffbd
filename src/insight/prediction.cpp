// SPDX-License-Identifier: MIT
#include "insight/prediction.hpp"

#include "analysis/prediction.hpp"
#include "analysis/training_paces.hpp"
#include "base/time.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace harrier::insight {

using archive::RecordEffort;

namespace {

// Shorter ones tell of a sprint, longer ones are no races for most.
constexpr double shortest_basis = 1500; // m
constexpr double longest_basis = 42195;

constexpr std::array predicted_names{"1K", "1 mile", "5K", "10K", "Half-Marathon", "Marathon"};

nlohmann::ordered_json number_or_null(const std::optional<double>& number) {
    return number ? nlohmann::ordered_json(*number) : nlohmann::ordered_json();
}

nlohmann::ordered_json effort_json(const RecordEffort& record) {
    return {{"distance", record.effort.distance},
            {"elapsed_time", record.effort.elapsed_time},
            {"activity_id", record.activity.value},
            {"start_date_local", record.start_date_local
                                     ? nlohmann::ordered_json(format_wall_time(*record.start_date_local))
                                     : nlohmann::ordered_json()}};
}

} // namespace

PredictionBasis find_prediction_basis(archive::Archive& archive, AthleteId athlete,
                                      const archive::ActivityQuery& query) {
    PredictionBasis basis;
    std::vector<analysis::MeanEffort> efforts;
    for (const auto& distance : effort_distance_names(model::EffortMode::exact)) {
        const auto found = archive.records(athlete, {.distance = distance.metres,
                                                     .sport_types = query.sport_types,
                                                     .since = query.since,
                                                     .until = query.until,
                                                     .limit = 1});
        if (found.empty()) {
            continue;
        }
        const auto& effort = found.front().effort;
        efforts.push_back({effort.elapsed_time, effort.distance / effort.elapsed_time});
        basis.records.push_back(found.front());
        const double vdot = analysis::vdot(effort.distance, effort.elapsed_time);
        if (effort.distance >= shortest_basis && effort.distance <= longest_basis && vdot > basis.vdot) {
            basis.vdot = vdot;
            basis.best = found.front();
        }
    }
    basis.critical = analysis::fit_critical(efforts);
    return basis;
}

std::vector<Prediction> predict(const PredictionBasis& basis) {
    std::vector<Prediction> predictions;
    const auto distances = effort_distance_names(model::EffortMode::exact);
    for (const auto* name : predicted_names) {
        Prediction one{.distance = find_effort_distance(name, distances)};
        const double metres = one.distance.metres;
        const auto record =
            std::find_if(basis.records.begin(), basis.records.end(),
                         [&](const RecordEffort& found) { return found.effort.distance == metres; });
        if (record != basis.records.end()) {
            one.record = record->effort.elapsed_time;
        }
        if (basis.best) {
            const auto& effort = basis.best->effort;
            one.vdot = analysis::time_at_vdot(basis.vdot, metres);
            one.riegel = analysis::riegel_time(effort.distance, effort.elapsed_time, metres);
            one.cameron = analysis::cameron_time(effort.distance, effort.elapsed_time, metres);
        }
        // Critical speed can be held for some 30 min; over longer races it promises too much.
        constexpr double longest_for_critical_speed = 10'000;
        if (basis.critical && metres <= longest_for_critical_speed) {
            one.critical_speed = analysis::time_over(*basis.critical, metres);
        }
        predictions.push_back(one);
    }
    return predictions;
}

std::string prediction_json(const PredictionBasis& basis) {
    nlohmann::ordered_json object;
    object["vdot"] = basis.best ? nlohmann::ordered_json(basis.vdot) : nlohmann::ordered_json();
    object["basis"] = basis.best ? effort_json(*basis.best) : nlohmann::ordered_json();
    object["critical_speed"] = nlohmann::ordered_json();
    if (const auto& fit = basis.critical) {
        object["critical_speed"] = {{"speed", fit->critical},      {"d_prime", fit->capacity},
                                    {"r_squared", fit->r_squared}, {"efforts", fit->points},
                                    {"shortest", fit->shortest},   {"longest", fit->longest}};
    }
    object["predictions"] = nlohmann::ordered_json::array();
    for (const auto& one : predict(basis)) {
        object["predictions"].push_back({{"name", one.distance.name},
                                         {"distance", one.distance.metres},
                                         {"record", number_or_null(one.record)},
                                         {"vdot", number_or_null(one.vdot)},
                                         {"riegel", number_or_null(one.riegel)},
                                         {"cameron", number_or_null(one.cameron)},
                                         {"critical_speed", number_or_null(one.critical_speed)}});
    }
    object["training_paces"] = nlohmann::ordered_json::array();
    if (basis.best) {
        for (const auto& pace : analysis::training_paces(basis.vdot)) {
            object["training_paces"].push_back(
                {{"name", pace.intensity.name}, {"slow", pace.slowest}, {"fast", pace.fastest}});
        }
    }
    return object.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

} // namespace harrier::insight
