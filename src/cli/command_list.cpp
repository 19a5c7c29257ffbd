// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/filter_flags.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/session.hpp"
#include "model/sport.hpp"
#include "report/activity_columns.hpp"
#include "report/format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace harrier::cli {

namespace {

using archive::ActivityQuery;
using archive::SortOrder;

constexpr std::int64_t rows_on_a_screen = 20;

// Numbers and times read best from the greatest down; words from A on.
SortOrder natural_order(const report::ActivityColumn& column) {
    return column.reading == report::Reading::text ? SortOrder::ascending : SortOrder::descending;
}

// KEY, KEY:asc, KEY:desc, or -KEY, which is KEY:desc.
void set_sort(ActivityQuery& query, std::string text) {
    if (text.starts_with('-')) {
        text = text.substr(1) + ":desc";
    }
    const auto colon = text.find(':');
    const auto& column = report::find_activity_column(text.substr(0, colon));
    const auto direction = colon == std::string::npos ? "" : to_lower(text.substr(colon + 1));
    if (direction.empty() && colon == std::string::npos) {
        query.order = natural_order(column);
    } else if (direction == "asc" || direction == "desc") {
        query.order = direction == "asc" ? SortOrder::ascending : SortOrder::descending;
    } else {
        throw Error(ErrorKind::usage, fmt::format("--sort cannot go \"{}\"", escape_terminal(direction)),
                    fmt::format("Write  --sort {0}:asc  or  --sort {0}:desc", column.name));
    }
    query.sort = column.field == "start_date_local" ? "start_date" : std::string(column.field);
}

std::vector<const report::ActivityColumn*> chosen_columns(const std::string& words) {
    std::vector<const report::ActivityColumn*> columns;
    for (const auto& word : split(words, ',')) {
        columns.push_back(&report::find_activity_column(word));
    }
    return columns;
}

bool is_one_family(const std::vector<std::string>& sport_types) {
    std::set<std::string_view> families;
    for (const auto& sport_type : sport_types) {
        families.insert(model::family_of(sport_type));
    }
    return families.size() == 1 && !families.begin()->empty();
}

// What a table shows when nobody asked for columns; the name comes last and gives way, the rest goes in the
// order of the numbers, greatest first.
std::vector<report::ShownColumn> default_columns(const ActivityQuery& query,
                                                 const std::vector<model::Activity>& activities) {
    const auto column = [](std::string_view name) { return &report::find_activity_column(name); };
    const bool one_sport = std::all_of(activities.begin(), activities.end(), [&](const auto& activity) {
        return activity.sport_type == activities.front().sport_type;
    });
    std::vector<report::ShownColumn> columns{{column("activity_id")}, {column("date")}, {column("start"), 4}};
    if (!is_one_family(query.sport_types)) {
        columns.push_back({column("sport_type")});
    } else if (!one_sport) {
        columns.push_back({column("sport_type"), 5});
    }
    columns.push_back({column("distance")});
    columns.push_back({column("moving_time")});
    columns.push_back({column("average_speed"), 1});
    columns.push_back({column("total_elevation_gain"), 2});
    columns.push_back({column("average_heartrate"), 3});
    columns.push_back({column("name")});
    return columns;
}

std::string columns_help() {
    report::Table table({{"Column"}, {"Shown as"}});
    for (const auto& column : report::activity_columns()) {
        std::string shown(column.title);
        table.add_row({std::string(column.name), shown.empty() ? "km or mi" : shown});
    }
    return table.render({0, false});
}

class ListCommand final : public Command {
public:
    explicit ListCommand(bool only_runs) : m_only_runs(only_runs) {
        if (only_runs) {
            m_filter.sport = "run";
        }
    }

    void declare(CLI::App& app) override;
    [[nodiscard]] int run(Invocation& invocation) override;

private:
    [[nodiscard]] ActivityQuery query(archive::Archive& archive, AthleteId athlete, Clock& clock) const;
    void print_table(const Invocation& invocation, archive::Archive& archive, const model::Athlete& athlete,
                     const ActivityQuery& query, const std::vector<model::Activity>& activities) const;
    void say_what_is_left(const Invocation& invocation, archive::Archive& archive, AthleteId athlete,
                          ActivityQuery query, std::size_t shown) const;

    bool m_only_runs;
    FilterFlags m_filter;
    OutputFlags m_output;
    std::string m_sort;
    std::string m_columns;
    std::optional<std::int64_t> m_limit;
};

void ListCommand::declare(CLI::App& app) {
    m_filter.declare(app);
    add_text(app, "--sort", m_sort, "KEY",
             "a column; the newest, longest, fastest first. KEY:asc turns it round");
    add_count(app, "--limit", m_limit,
              "so many rows; 0 = all. Default: 20 in a table, all in --json, --csv and -q");
    add_text(app, "--columns", m_columns, "A,B,C", "these columns, in this order; \"help\" lists them");
    m_output.declare(app, true);
    set_examples(app, m_only_runs ? "  harrier runs --since 2026 --sort distance\n"
                                    "  harrier runs --where \"workout_type = 1\"      races only\n"
                                    "  harrier runs --csv --columns start_date_local,distance,moving_time"
                                  : "  harrier list --sport ride,hike --since 6m\n"
                                    "  harrier list --where \"total_elevation_gain > 1000\" --sort climb\n"
                                    "  harrier list --json > activities.json");
}

ActivityQuery ListCommand::query(archive::Archive& archive, AthleteId athlete, Clock& clock) const {
    auto query = make_query(m_filter, archive, athlete, clock);
    if (!m_sort.empty()) {
        set_sort(query, m_sort);
    }
    const auto usual =
        m_output.format() == OutputFormat::table ? std::optional(rows_on_a_screen) : std::nullopt;
    const auto limit = m_limit ? m_limit : usual;
    if (limit && *limit > 0) {
        query.limit = limit;
    }
    return query;
}

int ListCommand::run(Invocation& invocation) {
    if (m_columns == "help") {
        invocation.console.print(columns_help());
        return exit_done;
    }
    const auto format = m_output.format();
    const auto columns = chosen_columns(m_columns);
    const auto archive = open_archive(invocation.settings, archive::Access::read);
    const auto athlete = archive_athlete(invocation.settings, *archive);
    const auto asked = query(*archive, athlete.athlete_id, invocation.clock);
    const auto activities = archive->activities(athlete.athlete_id, asked);
    switch (format) {
    case OutputFormat::json:
        invocation.console.print_foreign(to_json_array(report::activity_rows(activities, columns)));
        return exit_done;
    case OutputFormat::csv:
        invocation.console.print_foreign(to_csv(report::activity_rows(activities, columns)));
        return exit_done;
    case OutputFormat::ids: {
        std::string ids;
        for (const auto& activity : activities) {
            ids += fmt::format("{}\n", activity.activity_id.value);
        }
        invocation.console.print(ids);
        return exit_done;
    }
    case OutputFormat::table:
        print_table(invocation, *archive, athlete, asked, activities);
    }
    return exit_done;
}

void ListCommand::print_table(const Invocation& invocation, archive::Archive& archive,
                              const model::Athlete& athlete, const ActivityQuery& query,
                              const std::vector<model::Activity>& activities) const {
    if (activities.empty()) {
        say_nothing_matches(invocation, archive, athlete.athlete_id);
        return;
    }
    std::vector<report::ShownColumn> columns;
    for (const auto* column : chosen_columns(m_columns)) {
        columns.push_back({column});
    }
    if (columns.empty()) {
        columns = default_columns(query, activities);
    }
    const auto table =
        report::activity_table(activities, columns, choose_units(invocation.settings, athlete));
    invocation.console.print(table.render(table_style(invocation)));
    say_what_is_left(invocation, archive, athlete.athlete_id, query, activities.size());
}

void ListCommand::say_what_is_left(const Invocation& invocation, archive::Archive& archive, AthleteId athlete,
                                   ActivityQuery query, std::size_t shown) const {
    const auto& console = invocation.console;
    const bool cut = query.limit && shown == static_cast<std::size_t>(*query.limit);
    if (!cut || !console.out.is_terminal || !console.err.is_terminal) {
        return;
    }
    query.limit.reset();
    const auto totals = archive.totals(athlete, archive::Grouping::all, query);
    const auto all = totals.empty() ? 0 : totals.front().count;
    if (all > static_cast<std::int64_t>(shown)) {
        say_aside(console, fmt::format("{} of {} {}; for all of them, add --limit 0", shown,
                                       report::format_number(static_cast<double>(all)),
                                       m_only_runs ? "runs" : "activities"));
    }
}

} // namespace

std::unique_ptr<Command> make_runs_command() {
    return std::make_unique<ListCommand>(true);
}

std::unique_ptr<Command> make_list_command() {
    return std::make_unique<ListCommand>(false);
}

} // namespace harrier::cli
