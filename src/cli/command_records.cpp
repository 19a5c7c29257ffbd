// SPDX-License-Identifier: MIT
#include "analysis/best_effort.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
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

std::vector<std::string> effort_cells(const RecordEffort& record, Units units) {
    const auto& effort = record.effort;
    return {race_time(effort.elapsed_time), report::format_pace(effort.covered / effort.elapsed_time, units),
            record.start_date_local ? format_wall_time(*record.start_date_local).substr(0, 10) : "–",
            fmt::to_string(record.activity.value), record.name};
}

std::vector<report::Column> effort_columns(std::string first) {
    return {{std::move(first), report::Align::left}, {"Time", report::Align::right},
            {"Pace", report::Align::right},          {"Date", report::Align::left},
            {"Id", report::Align::right, false, 1},  {"Activity", report::Align::left, true}};
}

report::Table record_table(const std::vector<DistanceRecords>& all, Units units) {
    report::Table table(effort_columns("Distance"));
    for (const auto& [distance, efforts] : all) {
        std::string title = distance.name;
        for (const auto& record : efforts) {
            auto cells = effort_cells(record, units);
            cells.insert(cells.begin(), std::exchange(title, ""));
            table.add_row(std::move(cells));
        }
    }
    return table;
}

report::Table ranking_table(const std::vector<RecordEffort>& efforts, Units units) {
    report::Table table(effort_columns("#"));
    int rank = 0;
    for (const auto& record : efforts) {
        auto cells = effort_cells(record, units);
        cells.insert(cells.begin(), fmt::to_string(++rank));
        table.add_row(std::move(cells));
    }
    return table;
}

report::Table progression_table(const std::vector<const RecordEffort*>& best, Units units) {
    report::Table table(effort_columns("Better by"));
    double before = 0;
    for (const auto* record : best) {
        auto cells = effort_cells(*record, units);
        const double gain = before - record->effort.elapsed_time;
        cells.insert(cells.begin(), before > 0 ? fmt::format("{:.1f} s", gain) : "first");
        before = record->effort.elapsed_time;
        table.add_row(std::move(cells));
    }
    return table;
}

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
        if (m_output.format() != OutputFormat::table) {
            const auto rows = insight::record_rows(all);
            invocation.console.print_foreign(m_output.json ? to_json_array(rows) : to_csv(rows));
            return exit_done;
        }
        if (std::all_of(all.begin(), all.end(), [](const auto& one) { return one.efforts.empty(); })) {
            say_nothing(invocation, *archive, athlete.athlete_id);
            return exit_done;
        }
        print(invocation, question, all, choose_units(invocation.settings, athlete));
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

    void print(const Invocation& invocation, const insight::RecordsQuestion& question,
               const std::vector<DistanceRecords>& all, Units units) const {
        const auto& console = invocation.console;
        if (m_why) {
            for (const auto& [distance, efforts] : all) {
                for (const auto& record : efforts) {
                    const auto cells = effort_cells(record, units);
                    console.print(fmt::format("{}  {}  {}  {}  {} {}\n    {}\n", distance.name, cells[0],
                                              cells[1], cells[2], cells[3], escape_terminal(cells[4]),
                                              evidence(record)));
                }
            }
            return;
        }
        if (m_distance.empty()) {
            console.print(record_table(all, units).render(table_style(invocation)));
            return;
        }
        auto efforts = all.front().efforts;
        const auto best = insight::progression_of(all.front().efforts);
        const auto top = static_cast<std::size_t>(insight::shown_records(question));
        if (top > 0 && efforts.size() > top) {
            efforts.resize(top);
        }
        console.print(all.front().distance.name + "\n");
        console.print(ranking_table(efforts, units).render(table_style(invocation)));
        console.print("\nProgression\n");
        console.print(progression_table(best, units).render(table_style(invocation)));
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
