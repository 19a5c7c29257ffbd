// SPDX-License-Identifier: MIT

// What was done: totals and gear.

#include "base/text.hpp"
#include "cli/report_sections.hpp"
#include "insight/activity_filter.hpp"
#include "report/axis.hpp"
#include "report/format.hpp"
#include "report/html_table.hpp"
#include "report/svg_bar_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace harrier::cli {

using report::HtmlColumn;
using report::HtmlSection;
using report::KeyFigure;
using report::Markup;

namespace {

constexpr auto at_right = report::Align::right;

// "912.4 km by this day in 2025", of the year before the report's.
std::vector<std::string> year_before(const ReportValues& values) {
    if (!values.question.year) {
        return {};
    }
    const int before = *values.question.year - 1;
    const auto line = std::find_if(values.years.years.begin(), values.years.years.end(),
                                   [&](const auto& one) { return one.year == before; });
    if (line == values.years.years.end()) {
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
            report::number_cell(report::format_number(static_cast<double>(total.count)),
                                static_cast<double>(total.count)),
            report::number_cell(long_distance(total.distance, units), total.distance),
            report::number_cell(report::format_duration(total.moving_time), time),
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
         .number = report::format_number(count),
         .notes = {fmt::format("{} of them {}", report::format_number(main_count), to_lower(main))},
         .value = count},
        {.name = "Moving time",
         .number = report::format_number(std::round(time / 3600)),
         .unit = "h",
         .notes = {"all sports"},
         .value = time},
        {.name = "Climb",
         .number = climb.number,
         .unit = climb.unit,
         .notes = {"all sports"},
         .value = total.total_elevation_gain},
        {.name = "Days out",
         .number = report::format_number(days),
         .unit = fmt::format("of {}", report::format_number(span)),
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
                                report::number_cell(report::format_number(count), count)};
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
