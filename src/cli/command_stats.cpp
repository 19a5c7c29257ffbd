// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/filter_flags.hpp"
#include "cli/history_text.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/session.hpp"
#include "insight/calendar.hpp"
#include "insight/total_rows.hpp"
#include "report/drawing.hpp"
#include "report/format.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace harrier::cli {

namespace {

using archive::Grouping;
using archive::Totals;

constexpr std::size_t periods_on_a_screen = 12;

std::string key_title(Grouping grouping) {
    switch (grouping) {
    case Grouping::week:
        return "Week";
    case Grouping::month:
        return "Month";
    case Grouping::year:
        return "Year";
    case Grouping::gear:
        return "Gear";
    case Grouping::sport:
    case Grouping::all:
        break;
    }
    return "Sport";
}

std::string long_distance(double metres, Units units) {
    return report::format_number(metres / (units == Units::metric ? metres_per_kilometre : metres_per_mile),
                                 1);
}

// The table of totals, with bars when they have a width.
class TotalsTable {
public:
    TotalsTable(Grouping grouping, const std::vector<Totals>& totals, Units units)
        : m_grouping(grouping), m_totals(totals), m_units(units) {
        for (const auto& total : totals) {
            m_greatest = std::max(m_greatest, length(total));
        }
    }

    [[nodiscard]] report::Table make(int bar_width) const {
        std::vector<report::Column> columns{{key_title(m_grouping), report::Align::left, true}};
        if (m_grouping == Grouping::week) {
            columns.push_back({"From", report::Align::left, false, 3});
        }
        columns.push_back({"Activities", report::Align::right, false, 1});
        columns.push_back({m_units == Units::metric ? "km" : "mi", report::Align::right});
        columns.push_back({"Time", report::Align::right});
        columns.push_back(
            {m_units == Units::metric ? "Climb m" : "Climb ft", report::Align::right, false, 2});
        if (bar_width > 0) {
            columns.push_back({by_time() ? "Time" : "Distance", report::Align::left});
        }
        report::Table table(std::move(columns));
        for (const auto& total : m_totals) {
            table.add_row(cells(total, bar_width));
        }
        if (m_totals.size() > 1) {
            table.add_row(cells(insight::sum(m_totals), 0, bar_width > 0));
        }
        return table;
    }

private:
    // Sports differ too much in distance, and some have none; time is fair to all.
    [[nodiscard]] bool by_time() const { return m_grouping == Grouping::sport; }
    [[nodiscard]] double length(const Totals& total) const {
        return by_time() ? static_cast<double>(total.moving_time) : total.distance;
    }

    [[nodiscard]] std::vector<std::string> cells(const Totals& total, int bar_width,
                                                 bool empty_bar = false) const {
        std::vector<std::string> cells{total.key.empty() ? "(no gear)" : total.key};
        if (m_grouping == Grouping::week) {
            const auto monday = insight::first_day(m_grouping, total.key);
            cells.push_back(monday ? format_day(*monday) : "");
        }
        cells.push_back(report::format_number(static_cast<double>(total.count)));
        cells.push_back(long_distance(total.distance, m_units));
        cells.push_back(report::format_duration(total.moving_time));
        cells.push_back(report::climb_figure(total.total_elevation_gain, m_units).number);
        if (bar_width > 0) {
            cells.push_back(report::bar(m_greatest > 0 ? length(total) / m_greatest : 0, bar_width));
        } else if (empty_bar) {
            cells.emplace_back();
        }
        return cells;
    }

    Grouping m_grouping;
    const std::vector<Totals>& m_totals;
    Units m_units;
    double m_greatest = 0;
};

// The table with the longest bars that the width leaves room for.
std::string render_totals(const TotalsTable& totals, const report::TableStyle& style) {
    constexpr int longest_bar = 30;
    constexpr int shortest_bar = 8;
    constexpr int gap = 2;
    if (style.width == 0) {
        return totals.make(longest_bar).render(style);
    }
    const int room = style.width - totals.make(0).natural_width() - gap;
    return totals.make(room < shortest_bar ? 0 : std::min(room, longest_bar)).render(style);
}

class StatsCommand final : public Command {
public:
    void declare(CLI::App& app) override;
    [[nodiscard]] int run(Invocation& invocation) override;

private:
    // How many groups to show; nothing = all.
    [[nodiscard]] std::optional<std::size_t> limit(Grouping grouping) const;

    [[nodiscard]] int tell_streaks(Invocation& invocation, archive::Archive& archive,
                                   const model::Athlete& athlete, const archive::ActivityQuery& query) const;
    [[nodiscard]] int tell_years(Invocation& invocation, archive::Archive& archive,
                                 const model::Athlete& athlete, const archive::ActivityQuery& query) const;

    bool m_streaks = false;
    std::optional<std::int64_t> m_compare;
    std::string m_by = "month";
    FilterFlags m_filter;
    OutputFlags m_output;
    std::optional<std::int64_t> m_limit;
};

void StatsCommand::declare(CLI::App& app) {
    add_choice(app, "--by", m_by, {"week", "month", "year", "sport", "gear"}, "what to add up");
    add_flag(app, "--streaks", m_streaks, "days and weeks on end, and how regular the weeks are");
    add_count(app, "--compare", m_compare, "the distance of so many years beside each other; 0 = all");
    exclude_each_other(app, {"--streaks", "--compare", "--by"});
    m_filter.declare(app);
    add_count(app, "--limit", m_limit,
              "so many weeks, months …; 0 = all. Default: 12 weeks or months in a table");
    m_output.declare(app, false);
    set_examples(app, "  harrier stats --sport run\n"
                      "  harrier stats --by week --since 3m\n"
                      "  harrier stats --by year --json\n"
                      "  harrier stats --streaks --sport run\n"
                      "  harrier stats --compare 3 --sport run");
}

std::optional<std::size_t> StatsCommand::limit(Grouping grouping) const {
    if (m_limit) {
        return *m_limit == 0 ? std::nullopt : std::optional(static_cast<std::size_t>(*m_limit));
    }
    const bool many = grouping == Grouping::week || grouping == Grouping::month;
    const bool whole = m_output.format() != OutputFormat::table || !m_filter.since.empty();
    return many && !whole ? std::optional(periods_on_a_screen) : std::nullopt;
}

std::chrono::local_days today_of(Clock& clock) {
    return std::chrono::floor<std::chrono::days>(
        to_machine_wall_time(std::chrono::floor<std::chrono::seconds>(clock.now())));
}

int StatsCommand::tell_streaks(Invocation& invocation, archive::Archive& archive,
                               const model::Athlete& athlete, const archive::ActivityQuery& query) const {
    const auto answer = insight::find_streaks(archive, athlete.athlete_id, query, today_of(invocation.clock));
    if (m_output.format() == OutputFormat::csv) {
        throw Error(ErrorKind::usage, "streaks are not rows", "Take --json");
    }
    if (m_output.json) {
        invocation.console.print(insight::streaks_json(answer));
    } else if (answer.days == 0) {
        say_nothing_matches(invocation, archive, athlete.athlete_id);
    } else {
        invocation.console.print(streaks_text(answer, table_style(invocation)));
    }
    return exit_done;
}

int StatsCommand::tell_years(Invocation& invocation, archive::Archive& archive, const model::Athlete& athlete,
                             const archive::ActivityQuery& query) const {
    const auto comparison =
        insight::compare_years(archive, athlete.athlete_id, query, today_of(invocation.clock),
                               static_cast<std::size_t>(m_compare.value_or(0)));
    if (m_output.format() != OutputFormat::table) {
        const auto rows = insight::year_rows(comparison);
        invocation.console.print(m_output.json ? to_json_array(rows) : to_csv(rows));
    } else if (comparison.years.empty()) {
        say_nothing_matches(invocation, archive, athlete.athlete_id);
    } else {
        invocation.console.print(
            years_text(comparison, choose_units(invocation.settings, athlete), table_style(invocation)));
    }
    return exit_done;
}

int StatsCommand::run(Invocation& invocation) {
    const auto grouping = insight::grouping_of(m_by);
    const bool is_table = m_output.format() == OutputFormat::table;
    const auto archive = open_archive(invocation.settings, archive::Access::read);
    const auto athlete = archive_athlete(invocation.settings, *archive);
    const auto query = make_query(m_filter, *archive, athlete.athlete_id, invocation.clock);
    if (m_streaks) {
        return tell_streaks(invocation, *archive, athlete, query);
    }
    if (m_compare) {
        return tell_years(invocation, *archive, athlete, query);
    }
    auto totals = archive->totals(athlete.athlete_id, grouping, query);
    if (is_table) {
        totals = insight::fill_gaps(grouping, std::move(totals));
        if (grouping == Grouping::sport) { // as the bars, which show time
            std::stable_sort(totals.begin(), totals.end(),
                             [](const auto& a, const auto& b) { return a.moving_time > b.moving_time; });
        }
    }
    const auto all = totals.size();
    totals.resize(std::min(all, limit(grouping).value_or(all)));
    if (!is_table) {
        const auto rows = insight::total_rows(grouping, totals);
        invocation.console.print_foreign(m_output.json ? to_json_array(rows) : to_csv(rows));
        return exit_done;
    }
    if (totals.empty()) {
        say_nothing_matches(invocation, *archive, athlete.athlete_id);
        return exit_done;
    }
    const TotalsTable table(grouping, totals, choose_units(invocation.settings, athlete));
    invocation.console.print(render_totals(table, table_style(invocation)));
    if (totals.size() < all) {
        say_aside(invocation.console,
                  fmt::format("{} of {} {}s; for all of them, add --limit 0", totals.size(), all, m_by));
    }
    return exit_done;
}

} // namespace

std::unique_ptr<Command> make_stats_command() {
    return std::make_unique<StatsCommand>();
}

} // namespace harrier::cli
