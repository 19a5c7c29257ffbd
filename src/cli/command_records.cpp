// SPDX-License-Identifier: MIT
#include "analysis/best_effort.hpp"
#include "base/error.hpp"
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

#include <algorithm>

namespace harrier::cli {

namespace {

using archive::RecordEffort;
using model::EffortMode;

constexpr std::int64_t usual_top = 10;
constexpr std::int64_t candidates_shown = 5; // of those that were refused

struct DistanceRecords {
    EffortDistanceName distance;
    std::vector<RecordEffort> efforts; // the fastest first
};

Value local_start(const RecordEffort& record) {
    return record.start_date_local ? Value{format_wall_time(*record.start_date_local)} : Value{};
}

// Those that were the fastest when they were run.
std::vector<const RecordEffort*> progression_of(const std::vector<RecordEffort>& efforts) {
    std::vector<const RecordEffort*> by_date;
    for (const auto& effort : efforts) {
        if (effort.start_date_local) {
            by_date.push_back(&effort);
        }
    }
    std::stable_sort(by_date.begin(), by_date.end(), [](const auto* left, const auto* right) {
        return left->start_date_local < right->start_date_local;
    });
    std::vector<const RecordEffort*> best;
    for (const auto* effort : by_date) {
        if (best.empty() || effort->effort.elapsed_time < best.back()->effort.elapsed_time) {
            best.push_back(effort);
        }
    }
    return best;
}

Rows record_rows(const std::vector<DistanceRecords>& all) {
    Rows rows{{"name", "distance", "elapsed_time", "average_speed", "activity_id", "strava_id",
               "start_date_local", "start_index", "end_index", "mode", "rank", "sport_type", "activity_name",
               "largest_gap", "refused", "excluded"},
              {}};
    for (const auto& [distance, efforts] : all) {
        std::int64_t rank = 0;
        for (const auto& record : efforts) {
            const auto& effort = record.effort;
            const bool counts = effort.refused.empty() && !record.excluded;
            rows.rows.push_back(
                {distance.name, effort.distance, effort.elapsed_time, effort.covered / effort.elapsed_time,
                 record.activity.value, record.strava_id ? Value{record.strava_id->value} : Value{},
                 local_start(record), static_cast<std::int64_t>(effort.start_index),
                 static_cast<std::int64_t>(effort.end_index),
                 std::string(effort.mode == EffortMode::exact ? "exact" : "strava"),
                 counts ? Value{++rank} : Value{}, record.sport_type, record.name, effort.largest_gap,
                 effort.refused.empty() ? Value{} : Value{effort.refused}, record.excluded});
        }
    }
    return rows;
}

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
        const auto all = find(invocation, *archive, athlete.athlete_id);
        if (m_output.format() != OutputFormat::table) {
            const auto rows = record_rows(all);
            invocation.console.print_foreign(m_output.json ? to_json_array(rows) : to_csv(rows));
            return exit_done;
        }
        if (std::all_of(all.begin(), all.end(), [](const auto& one) { return one.efforts.empty(); })) {
            say_nothing(invocation, *archive, athlete.athlete_id);
            return exit_done;
        }
        print(invocation, all, choose_units(invocation.settings, athlete));
        return exit_done;
    }

private:
    [[nodiscard]] std::vector<DistanceRecords> find(const Invocation& invocation, archive::Archive& archive,
                                                    AthleteId athlete) const {
        auto filter = m_filter;
        filter.sport = filter.sport.empty() ? "run" : filter.sport;
        const auto query = make_query(filter, archive, athlete, invocation.clock);
        const auto mode = m_mode == "exact" ? EffortMode::exact : EffortMode::strava;
        std::vector<DistanceRecords> all;
        for (const auto& distance : chosen_distances(mode)) {
            archive::RecordQuery wanted{.mode = mode,
                                        .distance = distance.metres,
                                        .sport_types = query.sport_types,
                                        .since = query.since,
                                        .until = query.until,
                                        .with_refused = m_why,
                                        .limit = m_why ? std::nullopt : limit()};
            all.push_back({distance, archive.records(athlete, wanted)});
            if (m_why) {
                keep_what_matters(all.back().efforts);
            }
        }
        std::erase_if(all, [](const DistanceRecords& one) { return one.efforts.empty(); });
        return all;
    }

    [[nodiscard]] std::vector<EffortDistanceName> chosen_distances(EffortMode mode) const {
        auto distances = effort_distance_names(mode);
        if (!m_distance.empty()) {
            const auto& wanted = find_effort_distance(m_distance, distances);
            return {wanted};
        }
        return distances;
    }

    [[nodiscard]] std::optional<std::int64_t> limit() const {
        const auto top = m_top.value_or(m_distance.empty() ? 1 : usual_top);
        // The progression needs all of them.
        return top == 0 || !m_distance.empty() ? std::nullopt : std::optional(top);
    }

    // The first efforts that count, and before each the refused ones that would have been faster.
    void keep_what_matters(std::vector<RecordEffort>& efforts) const {
        const auto top = m_top.value_or(m_distance.empty() ? 1 : usual_top);
        std::vector<RecordEffort> kept;
        std::int64_t counting = 0;
        std::int64_t refused = 0;
        for (auto& record : efforts) {
            const bool counts = record.effort.refused.empty() && !record.excluded;
            if (counts || ++refused <= candidates_shown) {
                kept.push_back(std::move(record));
            }
            if (counts && ++counting == top) {
                break;
            }
        }
        efforts = std::move(kept);
    }

    void print(const Invocation& invocation, const std::vector<DistanceRecords>& all, Units units) const {
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
        const auto best = progression_of(all.front().efforts);
        const auto top = static_cast<std::size_t>(m_top.value_or(usual_top));
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
