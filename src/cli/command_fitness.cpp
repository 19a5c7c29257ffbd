// SPDX-License-Identifier: MIT
#include "analysis/training_load.hpp"
#include "cli/athlete_settings.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/measured_archive.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/session.hpp"
#include "insight/activity_filter.hpp"
#include "insight/fitness.hpp"
#include "report/chart.hpp"
#include "report/format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace harrier::cli {

namespace {

using analysis::LoadBasis;
using insight::Fitness;

constexpr std::int64_t usual_days = 90;
constexpr int chart_rows = 8;

// Weeks that end today: sums of load, and where the averages stood at their ends.
report::Table week_table(const Fitness& fitness, std::size_t from) {
    report::Table table({{"Week to"},
                         {"Load", report::Align::right},
                         {"Fitness", report::Align::right},
                         {"Fatigue", report::Align::right},
                         {"Form", report::Align::right},
                         {"Ramp", report::Align::right, false, 1},
                         {"Monotony", report::Align::right, false, 2},
                         {"Strain", report::Align::right, false, 3}});
    const auto all = std::span(fitness.loads);
    for (std::size_t end = fitness.days.size(); end >= from + 7 && end >= 7; end -= 7) {
        const auto week = all.subspan(end - 7, 7);
        const auto& last = fitness.days[end - 1];
        double load = 0;
        for (const double one : week) {
            load += one;
        }
        const auto number = [](const std::optional<double>& value, int decimals) {
            return value ? report::format_number(*value, decimals) : std::string("–");
        };
        table.add_row({format_day(fitness.first + std::chrono::days{end - 1}), number(load, 0),
                       number(last.ctl, 1), number(last.atl, 1), number(last.tsb, 1), number(last.ramp, 1),
                       number(analysis::monotony(week), 1), number(analysis::strain(week), 0)});
    }
    return table;
}

std::string chart(const Fitness& fitness, std::size_t from, int width, bool colour) {
    report::Series ctl{.values = {}, .colour = "36"};
    report::Series atl{.values = {}, .colour = "35"};
    for (std::size_t i = from; i < fitness.days.size(); ++i) {
        ctl.values.push_back(fitness.days[i].ctl);
        atl.values.push_back(fitness.days[i].atl);
    }
    const std::array series{std::move(atl), std::move(ctl)};
    std::string text;
    const report::ChartFrame frame{.width = width, .rows = chart_rows, .colour = colour, .from_zero = true};
    const auto lines = report::line_chart(series, frame);
    for (const auto& line : lines) {
        text += line + "\n";
    }
    if (!lines.empty()) {
        constexpr int axis = 5;
        const std::array ends{format_day(fitness.first + std::chrono::days{from}),
                              format_day(fitness.first + std::chrono::days{fitness.days.size() - 1})};
        text += report::axis_labels(ends, axis, width) + "\n";
        text += colour ? "     \x1b[36msmooth line: fitness\x1b[0m, \x1b[35mjagged line: fatigue\x1b[0m\n"
                       : "     smooth line: fitness, jagged line: fatigue\n";
    }
    return text;
}

class FitnessCommand final : public Command {
public:
    void declare(CLI::App& app) override {
        add_count(app, "--days", m_days,
                  "so many days up to today; 0 = all. Default: 90, all with --json or --csv");
        m_output.declare(app, false);
        set_examples(
            app, "  harrier fitness\n"
                 "  harrier fitness --days 365\n"
                 "  harrier fitness --json\n"
                 "Fitness (CTL) and fatigue (ATL) are averages of daily load over 42 and 7 days, form (TSB)\n"
                 "is yesterday's difference. docs/metrics.md says how load is found.");
    }

    [[nodiscard]] int run(Invocation& invocation) override {
        const bool is_table = m_output.format() == OutputFormat::table;
        const auto settings = athlete_settings(invocation.settings);
        const auto archive = open_measured(invocation);
        const auto athlete = archive_athlete(invocation.settings, *archive);
        const auto history = insight::read_history(*archive, athlete, settings);
        const auto fitness = insight::make_fitness(history, settings.load, insight::today(invocation.clock));
        const auto shown = static_cast<std::size_t>(m_days.value_or(is_table ? usual_days : 0));
        const auto from = shown > 0 && fitness.days.size() > shown ? fitness.days.size() - shown : 0;
        if (!is_table) {
            const auto rows = insight::fitness_rows(fitness, from);
            invocation.console.print(m_output.json ? to_json_array(rows) : to_csv(rows));
            return exit_done;
        }
        if (fitness.days.empty()) {
            invocation.console.say("The archive holds no activities with a date yet.");
            invocation.console.say("To fetch them, run:  harrier sync   or:  harrier import EXPORT.zip");
            return exit_done;
        }
        print(invocation, history, fitness, from, choose_units(invocation.settings, athlete));
        return exit_done;
    }

private:
    static void print(const Invocation& invocation, const insight::History& history, const Fitness& fitness,
                      std::size_t from, Units units) {
        const auto style = table_style(invocation);
        const auto& console = invocation.console;
        const auto& today = fitness.days.back();
        console.print(fmt::format("Fitness {}   fatigue {}   form {}\n\n",
                                  report::format_number(today.ctl, 1), report::format_number(today.atl, 1),
                                  report::format_number(today.tsb, 1)));
        constexpr int usual_width = 80;
        console.print(chart(fitness, from, style.width > 0 ? std::min(style.width, usual_width) : usual_width,
                            style.colour));
        console.print("\n" + week_table(fitness, from).render(style));
        const auto count = [&](LoadBasis basis) {
            return fitness.counts.at(static_cast<std::size_t>(basis));
        };
        console.print(
            fmt::format("\nLoad from power for {}, heart rate {}, pace {}, mean heart rate {}, none {}.\n",
                        count(LoadBasis::power), count(LoadBasis::heartrate), count(LoadBasis::pace),
                        count(LoadBasis::mean_heartrate), count(LoadBasis::none)));
        console.print(describe_profile(history.profile, units));
    }

    std::optional<std::int64_t> m_days;
    OutputFlags m_output;
};

} // namespace

std::unique_ptr<Command> make_fitness_command() {
    return std::make_unique<FitnessCommand>();
}

} // namespace harrier::cli
