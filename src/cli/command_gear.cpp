// SPDX-License-Identifier: MIT
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/session.hpp"
#include "insight/gear.hpp"
#include "report/drawing.hpp"
#include "report/format.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace harrier::cli {

namespace {

using insight::UsedGear;

report::Table gear_table(const std::vector<UsedGear>& gear, Units units) {
    report::Table table({{"Gear", report::Align::left, true},
                         {"Activities", report::Align::right, false, 2},
                         {units == Units::metric ? "km" : "mi", report::Align::right},
                         {"Time", report::Align::right, false, 1},
                         {"First", report::Align::left, false, 3},
                         {"Last"},
                         {"Distance"}});
    const double most = gear.empty() ? 0 : gear.front().distance;
    const double unit = units == Units::metric ? metres_per_kilometre : metres_per_mile;
    for (const auto& one : gear) {
        constexpr int bar_width = 12;
        table.add_row({one.name.value_or(one.id.value_or("")),
                       report::format_number(static_cast<double>(one.activities)),
                       report::format_number(one.distance / unit, 1),
                       report::format_duration(one.moving_time), one.first.substr(0, 10),
                       one.last.substr(0, 10), report::bar(most > 0 ? one.distance / most : 0, bar_width)});
    }
    return table;
}

class GearCommand final : public Command {
public:
    void declare(CLI::App& app) override {
        m_output.declare(app, false);
        set_examples(
            app, "  harrier gear\n"
                 "  harrier gear --json\n"
                 "Sums of the activities; Strava's own sums may hold a distance that you gave at the start.");
    }

    [[nodiscard]] int run(Invocation& invocation) override {
        const auto archive = open_archive(invocation.settings, archive::Access::read);
        const auto athlete = archive_athlete(invocation.settings, *archive);
        const auto gear = insight::read_gear(*archive, athlete.athlete_id, invocation.stop);
        if (m_output.format() != OutputFormat::table) {
            const auto rows = insight::gear_rows(gear);
            invocation.console.print_foreign(m_output.json ? to_json_array(rows) : to_csv(rows));
        } else if (gear.empty()) {
            invocation.console.say("No activity names its shoes or bike.");
        } else {
            invocation.console.print(
                gear_table(gear, choose_units(invocation.settings, athlete)).render(table_style(invocation)));
        }
        return exit_done;
    }

private:
    OutputFlags m_output;
};

} // namespace

std::unique_ptr<Command> make_gear_command() {
    return std::make_unique<GearCommand>();
}

} // namespace harrier::cli
