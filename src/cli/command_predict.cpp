// SPDX-License-Identifier: MIT
#include "analysis/critical_power.hpp"
#include "analysis/prediction.hpp"
#include "analysis/training_paces.hpp"
#include "base/text.hpp"
#include "cli/activity_filter.hpp"
#include "cli/commands.hpp"
#include "cli/distance_name.hpp"
#include "cli/exit_code.hpp"
#include "cli/measured_archive.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/session.hpp"
#include "report/format.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace harrier::cli {

namespace {

using archive::RecordEffort;

// Shorter ones tell of a sprint, longer ones are no races for most.
constexpr double shortest_basis = 1500; // m
constexpr double longest_basis = 42195;

constexpr std::array predicted_names{"1K", "1 mile", "5K", "10K", "Half-Marathon", "Marathon"};

struct Basis {
    std::vector<RecordEffort> records; // one for each distance, ascending
    std::optional<RecordEffort> best;  // of the highest VDOT
    double vdot = 0;
    std::optional<analysis::CriticalFit> critical; // speed
};

Basis find_basis(archive::Archive& archive, AthleteId athlete, const archive::ActivityQuery& query) {
    Basis basis;
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

struct Prediction {
    EffortDistanceName distance;
    std::optional<double> record{}; // s
    std::optional<double> vdot{};
    std::optional<double> riegel{};
    std::optional<double> cameron{};
    std::optional<double> critical_speed{};
};

std::vector<Prediction> predict(const Basis& basis) {
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

std::string time_text(const std::optional<double>& seconds) {
    return seconds ? report::format_duration(static_cast<std::int64_t>(std::ceil(*seconds - 0.001))) : "–";
}

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

std::string to_json(const Basis& basis) {
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

report::Table prediction_table(const Basis& basis) {
    report::Table table({{"Distance"},
                         {"Record", report::Align::right},
                         {"VDOT", report::Align::right},
                         {"Riegel", report::Align::right},
                         {"Cameron", report::Align::right},
                         {"Critical speed", report::Align::right}});
    for (const auto& one : predict(basis)) {
        table.add_row({one.distance.name, time_text(one.record), time_text(one.vdot), time_text(one.riegel),
                       time_text(one.cameron), time_text(one.critical_speed)});
    }
    return table;
}

std::string basis_text(const Basis& basis, Units units) {
    const auto& best = *basis.best;
    const auto day =
        best.start_date_local ? format_wall_time(*best.start_date_local).substr(0, 10) : "an unknown day";
    auto text =
        fmt::format("VDOT {:.1f}, from {} over {} on {} (activity {}{}{})\n", basis.vdot,
                    time_text(best.effort.elapsed_time), report::format_distance(best.effort.distance, units),
                    day, best.activity.value, best.name.empty() ? "" : ", ", escape_terminal(best.name));
    if (const auto& fit = basis.critical) {
        text += fmt::format("Critical speed {}, D' {:.0f} m, from {} efforts of {} to {} (R² {:.3f})\n",
                            report::format_pace(fit->critical, units), fit->capacity, fit->points,
                            time_text(fit->shortest), time_text(fit->longest), fit->r_squared);
    } else {
        text += "Critical speed: wants three efforts of 2 to 20 min that lie apart\n";
    }
    return text;
}

class PredictCommand final : public Command {
public:
    void declare(CLI::App& app) override {
        m_filter.declare_days(app);
        add_flag(app, "--json", m_json,
                 "print an object: vdot, basis, critical_speed, predictions, training_paces");
        set_examples(app, "  harrier predict\n"
                          "  harrier predict --since 1y\n"
                          "  harrier predict --json\n"
                          "Predictions are as good as the efforts behind them; --since keeps old form out.");
    }

    [[nodiscard]] int run(Invocation& invocation) override {
        const auto archive = open_measured(invocation);
        const auto athlete = archive_athlete(invocation.settings, *archive);
        auto filter = m_filter;
        filter.sport = "run";
        const auto query = make_query(filter, *archive, athlete.athlete_id, invocation.clock);
        const auto basis = find_basis(*archive, athlete.athlete_id, query);
        if (m_json) {
            invocation.console.print(to_json(basis));
            return exit_done;
        }
        if (!basis.best) {
            invocation.console.say("There is no run of a mile or more with samples to predict from.");
            return exit_done;
        }
        const auto units = choose_units(invocation.settings, athlete);
        const auto style = table_style(invocation);
        invocation.console.print(basis_text(basis, units) + "\n" + prediction_table(basis).render(style) +
                                 "\n");
        report::Table paces({{"Training"}, {"From", report::Align::right}, {"To", report::Align::right}});
        for (const auto& pace : analysis::training_paces(basis.vdot)) {
            std::string name(pace.intensity.name);
            paces.add_row({std::move(name), report::format_pace(pace.slowest, units),
                           report::format_pace(pace.fastest, units)});
        }
        invocation.console.print(paces.render(style));
        return exit_done;
    }

private:
    FilterFlags m_filter;
    bool m_json = false;
};

} // namespace

std::unique_ptr<Command> make_predict_command() {
    return std::make_unique<PredictCommand>();
}

} // namespace harrier::cli
