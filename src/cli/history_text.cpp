// SPDX-License-Identifier: MIT
#include "cli/history_text.hpp"

#include "base/time.hpp"
#include "report/chart.hpp"
#include "report/drawing.hpp"
#include "report/format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace harrier::cli {

namespace {

constexpr int width_of_a_pipe = 80;
constexpr std::array year_colours{"90", "34", "36", "32", "33"}; // the newest last, and brightest

std::string counted(int number, std::string_view unit) {
    return fmt::format("{} {}{}", report::format_number(number), unit, number == 1 ? "" : "s");
}

std::string stretch(const std::optional<analysis::Streak>& streak) {
    return streak ? fmt::format("{} to {}", format_day(streak->first), format_day(streak->last)) : "";
}

void add_streaks(report::Table& table, std::string title, const analysis::Streaks& streaks,
                 std::string_view unit) {
    table.add_row({std::move(title), streaks.current ? counted(streaks.current->length, unit) : "none",
                   streaks.current ? format_day(streaks.current->first) : "",
                   streaks.longest ? counted(streaks.longest->length, unit) : "none",
                   stretch(streaks.longest)});
}

std::vector<double> in_units(const analysis::YearLine& line, double unit, std::size_t places) {
    std::vector<double> values(line.sums.begin(), line.sums.end());
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = i < places ? values[i] / unit : std::nan("");
    }
    return values;
}

std::string years_chart(const insight::YearComparison& comparison, double unit,
                        const report::TableStyle& style) {
    const auto this_year = static_cast<int>(std::chrono::year_month_day(comparison.today).year());
    std::vector<report::Series> series;
    const auto& years = comparison.years;
    for (std::size_t i = 0; i < years.size(); ++i) {
        const auto places = years[i].year == this_year ? analysis::place_in_year(comparison.today) + 1
                                                       : analysis::places_of_a_year;
        const auto colour = std::min(years.size() - i, year_colours.size());
        series.push_back({.values = in_units(years[i], unit, places),
                          .colour = year_colours.at(year_colours.size() - colour)});
    }
    const int width = style.width > 0 ? style.width : width_of_a_pipe;
    std::string text;
    for (const auto& line :
         report::line_chart(series, {.width = width,
                                    .rows = 10,
                                    .colour = style.colour,
                                    .from_zero = true,
                                    .label = [](double value) { return report::format_number(value); }})) {
        text += line + "\n";
    }
    return text;
}

std::string share_text(double now, double then) {
    return then > 0 ? fmt::format("{:+.0f} %", (now / then - 1) * 100) : "";
}

} // namespace

std::string streaks_text(const insight::StreakAnswer& answer, const report::TableStyle& style) {
    report::Table table({{"Streak"},
                         {"Now", report::Align::right},
                         {"Since"},
                         {"Longest", report::Align::right},
                         {"From, to"}});
    add_streaks(table, "Days", answer.of_days, "day");
    add_streaks(table, "Weeks", answer.of_weeks, "week");
    add_streaks(table, fmt::format("Weeks of {} days", insight::regular_days), answer.of_regular_weeks,
                "week");
    const auto& regular = answer.regular_weeks;
    return table.render(style) +
           fmt::format("\nAt least {} days in {} of {} weeks ({:.0f} %); {} different days in all.\n",
                       insight::regular_days, report::format_number(regular.weeks_enough),
                       report::format_number(regular.weeks), regular.share() * 100,
                       report::format_number(static_cast<double>(answer.days)));
}

std::string years_text(const insight::YearComparison& comparison, Units units,
                       const report::TableStyle& style) {
    const double unit = units == Units::metric ? metres_per_kilometre : metres_per_mile;
    const std::string name = units == Units::metric ? "km" : "mi";
    const auto date = format_day(comparison.today).substr(5);
    report::Table table({{"Year"},
                         {fmt::format("{} to {}", name, date), report::Align::right},
                         {"Newest beside it", report::Align::right},
                         {fmt::format("{} in all", name), report::Align::right},
                         {"By " + date}});
    double most = 0;
    for (const auto& line : comparison.years) {
        most = std::max(most, line.by(comparison.today));
    }
    for (auto line = comparison.years.rbegin(); line != comparison.years.rend(); ++line) {
        constexpr int bar_width = 20;
        const auto reached = line->by(comparison.today);
        table.add_row({std::to_string(line->year), report::format_number(reached / unit, 1),
                       line == comparison.years.rbegin()
                           ? ""
                           : share_text(comparison.years.back().by(comparison.today), reached),
                       report::format_number(line->total() / unit, 1),
                       report::bar(most > 0 ? reached / most : 0, bar_width)});
    }
    std::string legend;
    for (std::size_t i = 0; style.colour && i < comparison.years.size(); ++i) {
        const auto colour = std::min(comparison.years.size() - i, year_colours.size());
        legend += fmt::format("  \x1b[{}m{}\x1b[0m", year_colours.at(year_colours.size() - colour),
                              comparison.years[i].year);
    }
    return fmt::format("Distance {} through the year, January to December{}\n", name, legend) +
           years_chart(comparison, unit, style) + "\n" + table.render(style);
}

} // namespace harrier::cli
