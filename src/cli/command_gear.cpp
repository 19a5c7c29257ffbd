// SPDX-License-Identifier: MIT
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/session.hpp"
#include "report/drawing.hpp"
#include "report/format.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace harrier::cli {

namespace {

struct UsedGear {
    std::optional<std::string> id;
    std::optional<std::string> name;
    std::int64_t activities = 0;
    double distance = 0; // m
    std::int64_t moving_time = 0;
    std::string first;
    std::string last;
};

std::optional<std::string> text_of(const archive::SqlValue& value) {
    const auto* text = std::get_if<std::string>(&value);
    return text != nullptr ? std::optional(*text) : std::nullopt;
}

double number_of(const archive::SqlValue& value) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        return static_cast<double>(*whole);
    }
    const auto* number = std::get_if<double>(&value);
    return number != nullptr ? *number : 0;
}

std::vector<UsedGear> read_gear(const Invocation& invocation, archive::Archive& archive, AthleteId athlete) {
    std::vector<UsedGear> gear;
    archive.sql(
        athlete,
        fmt::format(
            "SELECT gear_id, gear_name, activities, distance, moving_time, first_used, last_used FROM "
            "v_gear WHERE athlete_id = {} ORDER BY distance DESC, gear_name, gear_id",
            athlete.value),
        {.columns = [](const auto&) {},
         .row =
             [&](const std::vector<archive::SqlValue>& row) {
                 gear.push_back({.id = text_of(row[0]),
                                 .name = text_of(row[1]),
                                 .activities = static_cast<std::int64_t>(number_of(row[2])),
                                 .distance = number_of(row[3]),
                                 .moving_time = static_cast<std::int64_t>(number_of(row[4])),
                                 .first = text_of(row[5]).value_or(""),
                                 .last = text_of(row[6]).value_or("")});
             }},
        invocation.stop);
    return gear;
}

Rows gear_rows(const std::vector<UsedGear>& gear) {
    Rows rows{{"gear_id", "gear_name", "count", "distance", "moving_time", "first_used", "last_used"}, {}};
    const auto or_null = [](const std::optional<std::string>& text) { return text ? Value{*text} : Value{}; };
    for (const auto& one : gear) {
        rows.rows.push_back({or_null(one.id), or_null(one.name), one.activities, one.distance,
                             one.moving_time, one.first, one.last});
    }
    return rows;
}

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
        const auto gear = read_gear(invocation, *archive, athlete.athlete_id);
        if (m_output.format() != OutputFormat::table) {
            const auto rows = gear_rows(gear);
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
