// SPDX-License-Identifier: MIT

// What was done: totals, calendar, years, gear.

#include "base/text.hpp"
#include "cli/report_sections.hpp"
#include "insight/activity_filter.hpp"
#include "report/axis.hpp"
#include "report/format.hpp"
#include "report/html_table.hpp"
#include "report/svg_bar_chart.hpp"
#include "report/svg_calendar.hpp"
#include "report/svg_line_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace harrier::cli {

using analysis::Day;
using report::HtmlColumn;
using report::HtmlSection;
using report::KeyFigure;
using report::Markup;

namespace {

constexpr auto at_right = report::Align::right;

std::string figure_text(double count) {
    return report::format_number(count);
}

std::string hours_text(std::int64_t seconds) {
    return report::format_duration(seconds);
}

// "912.4 km by this day in 2025", of the year before the report's.
std::vector<std::string> year_before(const ReportValues& values) {
    if (!values.question.year) {
        return {};
    }
    const int before = *values.question.year - 1;
    const auto line = std::find_if(values.years.begin(), values.years.end(),
                                   [&](const auto& one) { return one.year == before; });
    if (line == values.years.end()) {
        return {};
    }
    const auto units = values.question.units;
    const bool is_over = values.last < values.today;
    return {fmt::format("{} {}", long_distance(is_over ? line->total() : line->by(values.last), units),
                        long_unit(units)),
            fmt::format("{} {}", is_over ? "in" : "by this day in", before)};
}

const model::Activity* longest_of(const ReportValues& values) {
    const auto main = insight::resolve_sports(values.main_sport, values.by_sport);
    const model::Activity* longest = nullptr;
    for (const auto& activity : values.activities) {
        if (activity.distance && std::find(main.begin(), main.end(), activity.sport_type) != main.end() &&
            (longest == nullptr || *activity.distance > *longest->distance)) {
            longest = &activity;
        }
    }
    return longest;
}

KeyFigure longest_tile(const model::Activity& longest, const ReportValues& values) {
    const auto figure = report::distance_figure(longest.distance, values.question.units);
    KeyFigure tile{.name = values.main_sport == "run" ? "Longest run" : "Longest way",
                   .number = figure.number,
                   .unit = figure.unit,
                   .value = longest.distance};
    if (longest.start_date_local) {
        tile.notes.push_back("on " + format_wall_time(*longest.start_date_local).substr(0, 10));
    }
    return tile;
}

std::vector<std::vector<Markup>> sport_rows(const ReportValues& values) {
    std::vector<std::vector<Markup>> rows;
    const auto units = values.question.units;
    const auto row = [&](const archive::Totals& total, const std::string& name) {
        const double longest =
            static_cast<double>(std::max<std::int64_t>(values.by_sport.front().moving_time, 1));
        const double time = static_cast<double>(total.moving_time);
        return std::vector<Markup>{
            report::text_cell(name),
            report::number_cell(figure_text(static_cast<double>(total.count)),
                                static_cast<double>(total.count)),
            report::number_cell(long_distance(total.distance, units), total.distance),
            report::number_cell(hours_text(total.moving_time), time),
            report::number_cell(report::climb_figure(total.total_elevation_gain, units).number,
                                total.total_elevation_gain),
            &total == &values.total ? Markup{} : report::table_bar(time / longest)};
    };
    for (const auto& total : values.by_sport) {
        rows.push_back(row(total, total.key));
    }
    if (rows.size() > 1) {
        rows.push_back(row(values.total, "Total"));
    }
    return rows;
}

std::string period_label(std::string_view key) {
    return key.size() > 4 ? std::string(report::month_name(
                                static_cast<unsigned>(std::stoul(std::string(key.substr(5))))))
                          : std::string(key);
}

report::Picture period_chart(const ReportValues& values) {
    const auto units = values.question.units;
    report::ColumnChart chart{.label = fmt::format("{} distance by {}", sport_title(values.main_sport),
                                                   values.question.year ? "month" : "year"),
                              .axis = {},
                              .columns = {}};
    std::vector<double> distances;
    for (const auto& period : values.main_periods) {
        if (period.key.empty()) {
            continue;
        }
        distances.push_back(period.distance / long_metres(units));
        chart.columns.push_back(
            {period_label(period.key), distances.back(),
             fmt::format("{}: {} {}", period.key, long_distance(period.distance, units), long_unit(units))});
    }
    chart.axis.ticks = report::ticks_around(distances, true);
    chart.axis.label = report::tick_labels(chart.axis.ticks, long_unit(units));
    return report::draw_column_chart(chart);
}

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
                                 long_unit(units), hours_text(out.moving_time))};
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
            .number = figure_text(streak->length),
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
    const int shown = values.question.year.value_or(values.years.back().year);
    report::LineChart chart{.label = "Distance since New Year, year against year",
                            .height = 300,
                            .x_low = 0,
                            .x_high = static_cast<double>(analysis::places_of_a_year - 1),
                            .x_ticks = {},
                            .axis = {},
                            .series = {}};
    std::vector<double> sums;
    for (const auto& line : values.years) {
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

std::string gear_name(const insight::UsedGear& gear) {
    return gear.name.value_or(gear.id.value_or(""));
}

} // namespace

Markup PictureShelf::show(std::string name, std::string title, report::Picture picture,
                          std::string_view caption) {
    auto markup = report::figure(picture, caption);
    m_pictures.push_back({std::move(name), std::move(title), std::move(picture)});
    return markup;
}

std::string long_distance(double metres, Units units) {
    return report::format_number(metres / long_metres(units), 1);
}

std::string_view long_unit(Units units) {
    return units == Units::metric ? "km" : "mi";
}

double long_metres(Units units) {
    return units == Units::metric ? metres_per_kilometre : metres_per_mile;
}

std::string sport_title(std::string_view family) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 10> names{{{"run", "Running"},
                                                                                   {"ride", "Cycling"},
                                                                                   {"swim", "Swimming"},
                                                                                   {"walk", "Walking"},
                                                                                   {"hike", "Hiking"},
                                                                                   {"ski", "Skiing"},
                                                                                   {"row", "Rowing"},
                                                                                   {"paddle", "Paddling"},
                                                                                   {"skate", "Skating"},
                                                                                   {"gym", "Gym"}}};
    const auto* found =
        std::find_if(names.begin(), names.end(), [&](const auto& name) { return name.first == family; });
    return std::string(found != names.end() ? found->second : family);
}

Markup report_head(const ReportValues& values) {
    const auto units = values.question.units;
    const auto& total = values.total;
    const auto days = static_cast<double>(values.days.size());
    const auto climb = report::climb_figure(total.total_elevation_gain, units);
    const auto span = static_cast<double>((values.last - values.first).count() + 1);
    const auto main = sport_title(values.main_sport);
    const auto main_count = static_cast<double>(values.main_total.count);
    const auto count = static_cast<double>(total.count);
    const auto time = static_cast<double>(total.moving_time);
    std::vector<KeyFigure> all{
        {.name = main,
         .number = long_distance(values.main_total.distance, units),
         .unit = std::string(long_unit(units)),
         .notes = year_before(values),
         .value = values.main_total.distance},
        {.name = "Activities",
         .number = figure_text(count),
         .notes = {fmt::format("{} of them {}", figure_text(main_count), to_lower(main))},
         .value = count},
        {.name = "Moving time",
         .number = figure_text(std::round(time / 3600)),
         .unit = "h",
         .notes = {"all sports"},
         .value = time},
        {.name = "Climb",
         .number = climb.number,
         .unit = climb.unit,
         .notes = {"all sports"},
         .value = total.total_elevation_gain},
        {.name = "Days out",
         .number = figure_text(days),
         .unit = fmt::format("of {}", figure_text(span)),
         .notes = {fmt::format("{:.1f} a week", days / std::max(span / 7, 1.0))},
         .value = days}};
    if (const auto* longest = longest_of(values)) {
        all.push_back(longest_tile(*longest, values));
    }
    return report::key_figures(all);
}

HtmlSection totals_section(const ReportValues& values, PictureShelf& shelf) {
    HtmlSection section{"totals", "What was done", {}};
    if (values.by_sport.empty()) {
        return section;
    }
    const auto units = values.question.units;
    if (!values.main_periods.empty()) {
        const auto title =
            fmt::format("{} by {}", sport_title(values.main_sport), values.question.year ? "month" : "year");
        section.body += report::heading(title);
        section.body += shelf.show("distance", title, period_chart(values));
    }
    section.body += report::heading("Sports");
    section.body += report::html_table({{"Sport"},
                                        {"Activities", at_right, true},
                                        {std::string(long_unit(units)), at_right},
                                        {"Moving time", at_right},
                                        {units == Units::metric ? "Climb m" : "Climb ft", at_right, true},
                                        {"Time", report::Align::left, true}},
                                       sport_rows(values));
    return section;
}

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
    std::vector<KeyFigure> streaks{streak_tile("Days on end, longest", values.day_streaks.longest, "day"),
                                   streak_tile("Weeks on end, longest", values.week_streaks.longest, "week")};
    if (values.last == values.today) {
        streaks.push_back(streak_tile("Days on end, now", values.day_streaks.current, "day"));
        streaks.push_back(streak_tile("Weeks on end, now", values.week_streaks.current, "week"));
    }
    section.body += report::key_figures(streaks);
    return section;
}

HtmlSection years_section(const ReportValues& values, PictureShelf& shelf) {
    HtmlSection section{"years", "Year against year", {}};
    if (!values.years.empty()) {
        section.body += shelf.show(
            "years", fmt::format("{}: year against year", sport_title(values.main_sport)),
            years_chart(values), fmt::format("{} distance since New Year.", sport_title(values.main_sport)));
    }
    return section;
}

HtmlSection gear_section(const ReportValues& values) {
    HtmlSection section{"gear", "Gear", {}};
    if (values.gear.empty()) {
        return section;
    }
    const auto units = values.question.units;
    const bool of_year = values.question.year.has_value();
    const auto unit = std::string(long_unit(units));
    std::vector<HtmlColumn> columns{{"Gear"}, {"Activities", at_right, true}};
    if (of_year) {
        columns.push_back({fmt::format("{} in {}", unit, *values.question.year), at_right});
    }
    columns.push_back({of_year ? unit + " in all" : unit, at_right});
    columns.push_back({"First", report::Align::left, true});
    columns.push_back({"Last"});
    columns.push_back({"Distance", report::Align::left, true});
    double most = 1;
    for (const auto& use : values.gear) {
        most = std::max(most, of_year ? use.in_year->distance : use.gear.distance);
    }
    std::vector<std::vector<Markup>> rows;
    for (const auto& use : values.gear) {
        const auto& gear = use.gear;
        const auto count = static_cast<double>(of_year ? use.in_year->count : gear.activities);
        std::vector<Markup> row{report::text_cell(gear_name(gear)),
                                report::number_cell(figure_text(count), count)};
        if (of_year) {
            row.push_back(
                report::number_cell(long_distance(use.in_year->distance, units), use.in_year->distance));
        }
        row.push_back(report::number_cell(long_distance(gear.distance, units), gear.distance));
        row.push_back(report::text_cell(gear.first.substr(0, 10)));
        row.push_back(report::text_cell(gear.last.substr(0, 10)));
        row.push_back(report::table_bar((of_year ? use.in_year->distance : gear.distance) / most));
        rows.push_back(std::move(row));
    }
    section.body += report::html_table(columns, rows);
    return section;
}

} // namespace harrier::cli
