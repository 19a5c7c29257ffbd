// SPDX-License-Identifier: MIT
#include "analysis/training_paces.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/filter_flags.hpp"
#include "cli/measured_archive.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/session.hpp"
#include "insight/prediction.hpp"
#include "report/format.hpp"

#include <fmt/format.h>

#include <cmath>

namespace harrier::cli {

namespace {

using insight::PredictionBasis;

std::string time_text(const std::optional<double>& seconds) {
    return seconds ? report::format_duration(static_cast<std::int64_t>(std::ceil(*seconds - 0.001))) : "–";
}

report::Table prediction_table(const PredictionBasis& basis) {
    report::Table table({{"Distance"},
                         {"Record", report::Align::right},
                         {"VDOT", report::Align::right},
                         {"Riegel", report::Align::right},
                         {"Cameron", report::Align::right},
                         {"Critical speed", report::Align::right}});
    for (const auto& one : insight::predict(basis)) {
        table.add_row({one.distance.name, time_text(one.record), time_text(one.vdot), time_text(one.riegel),
                       time_text(one.cameron), time_text(one.critical_speed)});
    }
    return table;
}

std::string basis_text(const PredictionBasis& basis, Units units) {
    const auto& best = *basis.best;
    const auto day =
        best.start_date_local ? format_wall_time(*best.start_date_local).substr(0, 10) : "an unknown day";
    auto text =
        fmt::format("VDOT {:.1f}, from {} over {} on {} (activity {}{}{})\n", basis.vdot,
                    time_text(best.effort.elapsed_time), report::format_distance(best.effort.distance, units),
                    day, best.activity.value, best.name.empty() ? "" : ", ", escape_terminal(best.name));
    if (const auto& fit = basis.critical) {
        text +=
            fmt::format("Critical speed {}, D' {}, from {} efforts of {} to {} (R² {:.3f})\n",
                        report::format_pace(fit->critical, units), report::format_climb(fit->capacity, units),
                        fit->points, time_text(fit->shortest), time_text(fit->longest), fit->r_squared);
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
        const auto basis = insight::find_prediction_basis(*archive, athlete.athlete_id, query);
        if (m_json) {
            invocation.console.print(insight::prediction_json(basis));
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
