// SPDX-License-Identifier: MIT

// When it was done: the calendar, streaks, year against year.

#include "cli/report_sections.hpp"
#include "report/axis.hpp"
#include "report/format.hpp"
#include "report/html_table.hpp"
#include "report/svg_calendar.hpp"
#include "report/svg_line_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace harrier::cli {

using analysis::Day;
using report::HtmlSection;
using report::KeyFigure;
using report::Markup;

namespace {

// Steps of moving time that the calendar's colours stand for, s.
constexpr std::array<std::int64_t, 3> calendar_steps{1800, 3600, 7200};

int calendar_level(std::int64_t moving_time) {
    int level = 1;
    for (const auto step : calendar_steps) {
        level += moving_time > step ? 1 : 0;
    }
    return level;
}

std::map<Day, report::CalendarDay> calendar_days(const ReportValues& values) {
    std::map<Day, report::CalendarDay> days;
    const auto units = values.question.units;
    for (const auto& [day, out] : values.days) {
        days[day] = {calendar_level(out.moving_time),
                     fmt::format("{}: {} {}, {}", format_day(day), long_distance(out.distance, units),
                                 long_unit(units), report::format_duration(out.moving_time))};
    }
    return days;
}

report::Picture calendar_legend() {
    constexpr double height = 20;
    const std::array<report::LegendEntry, 5> entries{{{"no activity", "d0"},
                                                      {"up to 30 min", "d1"},
                                                      {"to 1 h", "d2"},
                                                      {"to 2 h", "d3"},
                                                      {"longer", "d4"}}};
    return {640, height, "Colours of the calendar", report::svg_legend({40, 14}, entries)};
}

KeyFigure streak_tile(std::string name, const std::optional<analysis::Streak>& streak,
                      std::string_view unit) {
    if (!streak) {
        return {.name = std::move(name), .number = "0", .unit = std::string(unit) + "s", .value = 0};
    }
    return {.name = std::move(name),
            .number = report::format_number(streak->length),
            .unit = fmt::format("{}{}", unit, streak->length == 1 ? "" : "s"),
            .notes = {format_day(streak->first) + " to", format_day(streak->last)},
            .value = streak->length};
}

// The line of one year up to a day of it.
report::LineSeries year_series(const analysis::YearLine& line, std::size_t days, double unit) {
    report::LineSeries series;
    for (std::size_t i = 0; i < days; ++i) {
        const double sum = line.sums[i] / unit;
        const bool bends =
            i == 0 || i + 1 == days || line.sums[i] != line.sums[i - 1] || line.sums[i] != line.sums[i + 1];
        if (bends) {
            series.points.push_back({static_cast<double>(i), sum});
        }
    }
    series.end_label = fmt::to_string(line.year);
    return series;
}

report::Picture years_chart(const ReportValues& values) {
    const auto units = values.question.units;
    const int this_year = static_cast<int>(std::chrono::year_month_day{values.today}.year());
    const int shown = values.question.year.value_or(values.years.years.back().year);
    report::LineChart chart{.label = "Distance since New Year, year against year",
                            .height = 300,
                            .x_low = 0,
                            .x_high = static_cast<double>(analysis::places_of_a_year - 1),
                            .x_ticks = {},
                            .axis = {},
                            .series = {}};
    std::vector<double> sums;
    for (const auto& line : values.years.years) {
        const auto days =
            line.year == this_year ? analysis::place_in_year(values.today) + 1 : analysis::places_of_a_year;
        auto series = year_series(line, days, long_metres(units));
        series.tone = line.year == shown ? 0 : line.year == shown - 1 ? 1 : 3;
        series.is_thin = line.year != shown;
        sums.push_back(line.total() / long_metres(units));
        chart.series.push_back(std::move(series));
    }
    std::stable_sort(chart.series.begin(), chart.series.end(),
                     [](const auto& a, const auto& b) { return a.tone > b.tone; });
    for (unsigned month = 1; month <= 12; ++month) {
        const Day first{std::chrono::year{2024} / static_cast<int>(month) / 1}; // a leap year
        chart.x_ticks.push_back(
            {static_cast<double>(analysis::place_in_year(first)), std::string(report::month_name(month))});
    }
    chart.axis.ticks = report::ticks_around(sums, true);
    chart.axis.label = report::tick_labels(chart.axis.ticks, long_unit(units));
    return report::draw_line_chart(chart);
}

std::vector<std::vector<Markup>> year_cells(const ReportValues& values) {
    std::vector<std::vector<Markup>> rows;
    const auto cell = [&](double metres) {
        return report::number_cell(long_distance(metres, values.question.units), metres);
    };
    const auto& years = values.years.years;
    for (auto line = years.rbegin(); line != years.rend(); ++line) {
        rows.push_back({report::text_cell(fmt::to_string(line->year)), cell(line->total()),
                        cell(line->by(values.today))});
    }
    return rows;
}

} // namespace

HtmlSection calendar_section(const ReportValues& values, PictureShelf& shelf) {
    HtmlSection section{"calendar", "Calendar", {}};
    if (values.days.empty()) {
        return section;
    }
    const auto days = calendar_days(values);
    const auto first = static_cast<int>(std::chrono::year_month_day{values.first}.year());
    for (auto year = static_cast<int>(std::chrono::year_month_day{values.last}.year()); year >= first;
         --year) {
        section.body += shelf.show(fmt::format("calendar-{}", year), fmt::format("Calendar of {}", year),
                                   report::draw_calendar(year, days, values.last));
    }
    section.body += report::figure(calendar_legend(), "Moving time of a day, all sports together.");
    section.body += report::heading("Streaks");
    std::vector<KeyFigure> streaks{
        streak_tile("Days on end, longest", values.streaks.of_days.longest, "day"),
        streak_tile("Weeks on end, longest", values.streaks.of_weeks.longest, "week")};
    if (values.last == values.today) {
        streaks.push_back(streak_tile("Days on end, now", values.streaks.of_days.current, "day"));
        streaks.push_back(streak_tile("Weeks on end, now", values.streaks.of_weeks.current, "week"));
    }
    const auto& regular = values.streaks.regular_weeks;
    streaks.push_back({.name = fmt::format("Weeks with {} days or more", insight::regular_days),
                       .number = report::format_number(regular.weeks_enough),
                       .unit = fmt::format("of {}", report::format_number(regular.weeks)),
                       .value = regular.weeks_enough});
    section.body += report::key_figures(streaks);
    return section;
}

HtmlSection years_section(const ReportValues& values, PictureShelf& shelf) {
    HtmlSection section{"years", "Year against year", {}};
    if (values.years.years.empty()) {
        return section;
    }
    const auto main = sport_title(values.main_sport);
    section.body += shelf.show("years", main + ": year against year", years_chart(values),
                               main + " distance since New Year.");
    if (values.years.years.size() > 1) {
        section.body +=
            report::html_table({{"Year"},
                                {std::string(long_unit(values.question.units)), report::Align::right},
                                {"by " + format_day(values.today).substr(5), report::Align::right}},
                               year_cells(values));
    }
    return section;
}

} // namespace harrier::cli
