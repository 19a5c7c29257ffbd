// SPDX-License-Identifier: MIT
#include "analysis/best_effort.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/athlete_settings.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/filter_flags.hpp"
#include "cli/measured_archive.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/session.hpp"
#include "insight/records.hpp"
#include "report/format.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace harrier::cli {

namespace {

using archive::RecordEffort;
using insight::DistanceRecords;

// A race's clock shows whole seconds, rounded up (World Athletics, rule 19.24.5).
std::string race_time(double seconds) {
    constexpr double a_thousandth = 0.001;
    return report::format_duration(static_cast<std::int64_t>(std::ceil(seconds - a_thousandth)));
}

// How efforts are told: one row each, with the age grade where the athlete is known well enough.
class EffortTable {
public:
    EffortTable(Units units, std::optional<insight::GradedAthlete> athlete)
        : m_units(units), m_athlete(athlete) {}

    [[nodiscard]] std::vector<std::string> cells(std::string first, const RecordEffort& record) const {
        const auto& effort = record.effort;
        std::vector<std::string> cells{
            std::move(first),
            race_time(effort.elapsed_time),
            report::pace_figure(effort.covered / effort.elapsed_time, m_units).number,
            record.start_date_local ? format_wall_time(*record.start_date_local).substr(0, 10) : "–",
            fmt::to_string(record.activity.value),
            record.name};
        if (m_athlete) {
            const auto grade = age_grade_of(record, *m_athlete);
            cells.insert(cells.begin() + 3, grade ? fmt::format("{:.1f}", *grade * 100) : "–");
        }
        return cells;
    }

    [[nodiscard]] std::vector<report::Column> columns(std::string first, report::Align align) const {
        std::vector<report::Column> columns{
            {std::move(first), align},
            {"Time", report::Align::right},
            {m_units == Units::metric ? "min/km" : "min/mi", report::Align::right},
            {"Date", report::Align::left},
            {"Id", report::Align::right, false, 1},
            {"Activity", report::Align::left, true}};
        if (m_athlete) {
            columns.insert(columns.begin() + 3, {"Age grade %", report::Align::right, false, 2});
        }
        return columns;
    }

    [[nodiscard]] report::Table records(const std::vector<DistanceRecords>& all) const {
        report::Table table(columns("Distance", report::Align::left));
        for (const auto& [distance, efforts] : all) {
            std::string title = distance.name;
            for (const auto& record : efforts) {
                table.add_row(cells(std::exchange(title, ""), record));
            }
        }
        return table;
    }

    [[nodiscard]] report::Table ranking(const std::vector<RecordEffort>& efforts) const {
        report::Table table(columns("#", report::Align::right));
        int rank = 0;
        for (const auto& record : efforts) {
            table.add_row(cells(fmt::to_string(++rank), record));
        }
        return table;
    }

    [[nodiscard]] report::Table progression(const std::vector<insight::ProgressionStep>& steps) const {
        auto titles = columns("Better by", report::Align::right);
        titles.insert(titles.begin() + 1, {"Stood", report::Align::right});
        report::Table table(std::move(titles));
        for (const auto& step : steps) {
            auto row = cells(step.gain ? fmt::format("{:.1f} s", *step.gain) : "first", *step.record);
            row.insert(row.begin() + 1, stood(step));
            table.add_row(std::move(row));
        }
        return table;
    }

private:
    static std::string stood(const insight::ProgressionStep& step) {
        if (!step.held_for) {
            return "stands";
        }
        const auto days = std::chrono::round<std::chrono::days>(*step.held_for).count();
        return fmt::format("{} day{}", report::format_number(static_cast<double>(days)),
                           days == 1 ? "" : "s");
    }

    Units m_units;
    std::optional<insight::GradedAthlete> m_athlete;
};

// What speaks for an effort, or against it.
std::string evidence(const RecordEffort& record) {
    const auto& effort = record.effort;
    std::string text = fmt::format("samples {} to {}, from {} on, largest gap {:.0f} s", effort.start_index,
                                   effort.end_index, race_time(effort.start_time), effort.largest_gap);
    if (record.excluded) {
        text += "; kept out by you";
    }
    return effort.refused.empty() ? text : text + "; refused: " + effort.refused;
}

class RecordsCommand final : public Command {
public:
    void declare(CLI::App& app) override {
        add_text(app, "--distance", m_distance, "D",
                 "only this one, with its progression: 5K, 10 mile, marathon, 5000");
        add_count(app, "--top", m_top,
                  "so many of each distance; 0 = all. Default: 1, or 10 with --distance");
        add_choice(app, "--mode", m_mode, {"exact", "strava"},
                   "`exact` reads between samples, over true distances; `strava` as Strava does");
        add_flag(app, "--why", m_why, "what each rests on, and which faster ones were refused");
        m_filter.declare_days(app);
        add_text(app, "--sport", m_filter.sport, "SPORT", "another sport than run");
        m_output.declare(app, false);
        set_examples(app, "  harrier records\n"
                          "  harrier records --distance 5K --since 2025\n"
                          "  harrier records --why\n"
                          "To keep an activity out:  harrier mark ID --exclude-records");
    }

    [[nodiscard]] int run(Invocation& invocation) override {
        const auto archive = open_measured(invocation);
        const auto athlete = archive_athlete(invocation.settings, *archive);
        const auto question = ask(invocation, *archive, athlete.athlete_id);
        const auto all = insight::find_records(*archive, athlete.athlete_id, question);
        const auto graded = insight::find_graded_athlete(athlete, athlete_settings(invocation.settings));
        if (m_output.format() != OutputFormat::table) {
            const auto rows = insight::record_rows(all, graded);
            invocation.console.print_foreign(m_output.json ? to_json_array(rows) : to_csv(rows));
            return exit_done;
        }
        if (std::all_of(all.begin(), all.end(), [](const auto& one) { return one.efforts.empty(); })) {
            say_nothing(invocation, *archive, athlete.athlete_id);
            return exit_done;
        }
        const auto units = choose_units(invocation.settings, athlete);
        if (m_why) {
            print_evidence(invocation.console, all, units);
        } else {
            print(invocation, question, all, EffortTable(units, graded));
        }
        return exit_done;
    }

private:
    [[nodiscard]] insight::RecordsQuestion ask(const Invocation& invocation, archive::Archive& archive,
                                               AthleteId athlete) const {
        auto filter = m_filter;
        filter.sport = filter.sport.empty() ? "run" : filter.sport;
        return {.mode = m_mode == "exact" ? model::EffortMode::exact : model::EffortMode::strava,
                .distance = m_distance,
                .activities = make_query(filter, archive, athlete, invocation.clock),
                .why = m_why,
                .top = m_top};
    }

    static void print_evidence(const Console& console, const std::vector<DistanceRecords>& all, Units units) {
        for (const auto& [distance, efforts] : all) {
            for (const auto& record : efforts) {
                const auto& effort = record.effort;
                console.print(fmt::format(
                    "{}  {}  {}  {}  {} {}\n    {}\n", distance.name, race_time(effort.elapsed_time),
                    report::format_pace(effort.covered / effort.elapsed_time, units),
                    record.start_date_local ? format_wall_time(*record.start_date_local).substr(0, 10) : "–",
                    record.activity.value, escape_terminal(record.name), evidence(record)));
            }
        }
    }

    void print(const Invocation& invocation, const insight::RecordsQuestion& question,
               const std::vector<DistanceRecords>& all, const EffortTable& table) const {
        const auto& console = invocation.console;
        const auto style = table_style(invocation);
        if (m_distance.empty()) {
            console.print(table.records(all).render(style));
            return;
        }
        auto efforts = all.front().efforts;
        const auto steps = insight::progression_of(all.front().efforts);
        const auto top = static_cast<std::size_t>(insight::shown_records(question));
        if (top > 0 && efforts.size() > top) {
            efforts.resize(top);
        }
        console.print(all.front().distance.name + "\n" + table.ranking(efforts).render(style));
        console.print("\nProgression\n" + table.progression(steps).render(style));
    }

    static void say_nothing(const Invocation& invocation, archive::Archive& archive, AthleteId athlete) {
        if (archive.summary(athlete).with_streams == 0) {
            invocation.console.say("There are no records: the archive holds no samples yet.");
            invocation.console.say("To fetch them, run:  harrier sync   or:  harrier import EXPORT.zip");
            return;
        }
        invocation.console.say("No activity is long enough, or none matches.");
    }

    std::string m_distance;
    std::optional<std::int64_t> m_top;
    std::string m_mode = "exact";
    bool m_why = false;
    FilterFlags m_filter;
    OutputFlags m_output;
};

} // namespace

std::unique_ptr<Command> make_records_command() {
    return std::make_unique<RecordsCommand>();
}

} // namespace harrier::cli
