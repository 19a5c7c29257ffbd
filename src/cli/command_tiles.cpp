// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/filter_flags.hpp"
#include "cli/measured_archive.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/session.hpp"
#include "insight/tile_history.hpp"
#include "insight/tile_report.hpp"
#include "report/drawing.hpp"
#include "report/format.hpp"
#include "report/tile_map.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace harrier::cli {

namespace {

using archive::Grouping;
using insight::TileHistory;
using insight::TilePeriod;
using insight::TileStep;

constexpr std::size_t tile_rows_on_a_screen = 10;
constexpr std::size_t tile_periods_on_a_screen = 12;

std::string count(std::size_t number) {
    return report::format_number(static_cast<double>(number));
}

std::string square_text(std::size_t side) {
    return fmt::format("{0} × {0}", side);
}

// "1.5 km wide" where the square is.
std::string width_text(const TileHistory& history, Units units) {
    const auto square = history.explored.max_square();
    const auto metres =
        analysis::tile_edge(analysis::tile_corner(square.corner, history.zoom).lat, history.zoom);
    if (units == Units::metric) {
        return metres < metres_per_kilometre ? fmt::format("{:.0f} m", metres)
                                             : fmt::format("{:.1f} km", metres / metres_per_kilometre);
    }
    return fmt::format("{:.2f} mi", metres / metres_per_mile);
}

// The day on which a figure became what it is now.
std::string since(const TileHistory& history, std::size_t TileStep::*figure) {
    const auto reached = std::find_if(history.steps.begin(), history.steps.end(), [&](const TileStep& step) {
        return step.*figure == history.steps.back().*figure;
    });
    return reached == history.steps.end() || !reached->start ? "" : report::format_local_day(*reached->start);
}

std::string summary_text(const TileHistory& history, Units units) {
    const auto& last = history.steps.back();
    std::string text = fmt::format("Tiles        {}, of zoom {}: {} wide at the largest square\n",
                                   count(last.total_tiles), history.zoom, width_text(history, units));
    text += fmt::format("Max square   {}, since {}\n", square_text(last.max_square),
                        since(history, &TileStep::max_square));
    text += last.max_cluster == 0 ? "Max cluster  none yet: no tile has all four neighbours\n"
                                  : fmt::format("Max cluster  {}, since {}\n", count(last.max_cluster),
                                                since(history, &TileStep::max_cluster));
    return text + "\n";
}

std::string map_text(const TileHistory& history, const report::TableStyle& style) {
    constexpr int widest = 100;
    constexpr int rows = 20;
    const int columns = style.width == 0 ? 80 : std::min(style.width, widest);
    std::string text;
    for (const auto& line : report::draw_tiles(history.tiles, history.explored, history.zoom,
                                               {.columns = columns, .rows = rows, .colour = style.colour})) {
        text += line + "\n";
    }
    return text + fmt::format("\n{} max square  {} max cluster  {} explored  {}not yet\n\n",
                              report::tile_of_square, report::tile_of_cluster, report::tile_explored,
                              report::tile_unexplored);
}

report::Table period_table(const std::vector<TilePeriod>& periods, const std::string& title) {
    report::Table table({{title},
                         {"Activities", report::Align::right, false, 1},
                         {"New tiles", report::Align::right},
                         {"Tiles", report::Align::right},
                         {"Max square", report::Align::right},
                         {"Max cluster", report::Align::right},
                         {"New tiles"}});
    std::size_t most = 1;
    for (const auto& period : periods) {
        most = std::max(most, period.new_tiles);
    }
    for (const auto& period : periods) {
        constexpr int bar_width = 14;
        table.add_row(
            {period.key, count(period.activities), count(period.new_tiles), count(period.total_tiles),
             square_text(period.max_square), count(period.max_cluster),
             report::bar(static_cast<double>(period.new_tiles) / static_cast<double>(most), bar_width)});
    }
    return table;
}

report::Table step_table(const std::vector<TileStep>& steps) {
    report::Table table({{"Id", report::Align::right},
                         {"Date"},
                         {"New tiles", report::Align::right},
                         {"Of", report::Align::right},
                         {"Tiles", report::Align::right, false, 1},
                         {"Square", report::Align::right},
                         {"Cluster", report::Align::right, false, 2},
                         {"Name", report::Align::left, true}});
    for (const auto& step : steps) {
        table.add_row({std::to_string(step.activity.activity_id.value), report::format_local_day(step.start),
                       count(step.new_tiles), count(step.tiles), count(step.total_tiles),
                       square_text(step.max_square), count(step.max_cluster), step.activity.name});
    }
    return table;
}

// The activities that explored something.
std::vector<TileStep> explorations(const TileHistory& history) {
    std::vector<TileStep> steps;
    std::copy_if(history.steps.begin(), history.steps.end(), std::back_inserter(steps),
                 [](const TileStep& step) { return step.new_tiles > 0; });
    return steps;
}

class TilesCommand final : public Command {
public:
    void declare(CLI::App& app) override {
        add_choice(app, "--zoom", m_zoom, {"14", "17"},
                   "the size of a tile: 14 as VeloViewer and Statshunters count, 17 for squadratinhos");
        add_choice(app, "--by", m_by, {"activity", "week", "month", "year"}, "what new tiles are told by");
        add_count(app, "--limit", m_limit, "so many rows; 0 = all. Default: what fits on a screen");
        m_filter.declare(app);
        add_flag(app, "--json", m_json, "print an object: zoom, tiles, max_square, max_cluster, and rows");
        add_flag(app, "--csv", m_csv, "print the rows as CSV");
        add_flag(app, "--geojson", m_geojson, "print every tile as a square for a map");
        exclude_each_other(app, {"--json", "--csv", "--geojson"});
        set_examples(app,
                     "  harrier tiles\n"
                     "  harrier tiles --zoom 17 --by activity\n"
                     "  harrier tiles --sport ride --geojson > tiles.geojson\n"
                     "Only what has samples counts; virtual rides and runs count when --sport names them.");
    }

    [[nodiscard]] int run(Invocation& invocation) override {
        const auto archive = open_measured(invocation);
        const auto athlete = archive_athlete(invocation.settings, *archive);
        const auto query = make_query(m_filter, *archive, athlete.athlete_id, invocation.clock);
        const auto history =
            insight::find_tile_history(*archive, athlete.athlete_id, query, m_zoom == "17" ? 17 : 14);
        if (m_geojson) {
            invocation.console.print(insight::tile_geojson(history));
        } else if (m_json) {
            invocation.console.print_foreign(insight::tile_json(history, m_by, row_limit()));
        } else if (m_csv) {
            invocation.console.print_foreign(to_csv(insight::tile_rows(history, m_by, row_limit())));
        } else {
            print_text(invocation, history, choose_units(invocation.settings, athlete));
        }
        return exit_done;
    }

private:
    [[nodiscard]] bool by_activity() const { return m_by == "activity"; }
    [[nodiscard]] Grouping grouping() const {
        return m_by == "week" ? Grouping::week : m_by == "month" ? Grouping::month : Grouping::year;
    }
    [[nodiscard]] std::size_t limit(std::size_t usual) const {
        return m_limit && *m_limit > 0 ? static_cast<std::size_t>(*m_limit) : m_limit ? SIZE_MAX : usual;
    }
    [[nodiscard]] std::size_t row_limit() const { return limit(SIZE_MAX); }

    void print_text(const Invocation& invocation, const TileHistory& history, Units units) const {
        const auto& console = invocation.console;
        if (history.steps.empty()) {
            console.say("No activity has positions" +
                        std::string(history.without_positions > 0
                                        ? ", or its samples are not here yet:  harrier sync"
                                        : "."));
            return;
        }
        const auto style = table_style(invocation);
        console.print(summary_text(history, units) + map_text(history, style));
        std::size_t all = 0;
        std::size_t shown = 0;
        if (by_activity()) {
            auto steps = explorations(history);
            all = steps.size();
            steps = insight::newest(std::move(steps), limit(tile_rows_on_a_screen));
            shown = steps.size();
            console.print(step_table(steps).render(style));
        } else {
            auto periods = insight::tile_periods(history, grouping());
            all = periods.size();
            periods = insight::newest(std::move(periods), limit(tile_periods_on_a_screen));
            shown = periods.size();
            const auto title = std::string(1, static_cast<char>(m_by.front() - 'a' + 'A')) + m_by.substr(1);
            console.print(period_table(periods, title).render(style));
        }
        if (shown < all) {
            say_aside(console, fmt::format("{} of {} rows; for all of them, add --limit 0", shown, all));
        }
        if (history.without_positions > 0) {
            say_aside(console, fmt::format("{} activities have no positions, or not yet",
                                           count(history.without_positions)));
        }
    }

    std::string m_zoom = "14";
    std::string m_by = "year";
    std::optional<std::int64_t> m_limit;
    FilterFlags m_filter;
    bool m_json = false;
    bool m_csv = false;
    bool m_geojson = false;
};

} // namespace

std::unique_ptr<Command> make_tiles_command() {
    return std::make_unique<TilesCommand>();
}

} // namespace harrier::cli
