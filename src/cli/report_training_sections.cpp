// SPDX-License-Identifier: MIT

// What it made of the athlete: records, fitness, predictions, the Eddington number.

#include "analysis/training_paces.hpp"
#include "cli/report_sections.hpp"
#include "report/axis.hpp"
#include "report/format.hpp"
#include "report/html_table.hpp"
#include "report/svg_line_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace harrier::cli {

using analysis::Day;
using report::HtmlColumn;
using report::HtmlSection;
using report::KeyFigure;
using report::Markup;

namespace {

constexpr auto to_the_right = report::Align::right;

Day day_of_effort(const archive::RecordEffort& effort) {
    return std::chrono::floor<std::chrono::days>(*effort.start_date_local);
}

// The record of all time over the same distance.
const archive::RecordEffort* all_time_of(const ReportValues& values, double metres) {
    const auto found = std::find_if(values.all_time.begin(), values.all_time.end(),
                                    [&](const auto& one) { return one.distance.metres == metres; });
    return found != values.all_time.end() ? &found->efforts.front() : nullptr;
}

std::vector<std::vector<Markup>> record_cells(const ReportValues& values) {
    std::vector<std::vector<Markup>> rows;
    const auto units = values.question.units;
    for (const auto& [distance, efforts] : values.records) {
        const auto& record = efforts.front();
        const auto& effort = record.effort;
        std::vector<Markup> row{
            report::text_cell(distance.name),
            report::number_cell(race_clock(effort.elapsed_time), effort.elapsed_time),
            report::text_cell(report::format_pace(effort.covered / effort.elapsed_time, units))};
        if (values.question.year) {
            const auto* best = all_time_of(values, distance.metres);
            const bool is_best = best != nullptr && best->activity == record.activity &&
                                 best->effort.elapsed_time == effort.elapsed_time;
            row.push_back(report::text_cell(best == nullptr ? "–"
                                            : is_best       ? "★ record"
                                                            : race_clock(best->effort.elapsed_time)));
        }
        if (values.graded) {
            const auto grade = insight::age_grade_of(record, *values.graded);
            row.push_back(report::text_cell(grade ? fmt::format("{:.1f} %", *grade * 100) : "–"));
        }
        row.push_back(report::day_cell(record.start_date_local));
        row.push_back(report::text_cell(record.name));
        rows.push_back(std::move(row));
    }
    return rows;
}

report::Picture progression_chart(const ReportValues& values, const insight::RecordHistory& history) {
    report::LineSeries series{.name = history.distance.name,
                              .has_dots = true,
                              .form = report::LineForm::steps,
                              .end_label = race_clock(history.steps.back().effort.elapsed_time)};
    std::vector<double> times;
    for (const auto& step : history.steps) {
        times.push_back(step.effort.elapsed_time);
        series.points.push_back({report::day_number(day_of_effort(step)), times.back()});
    }
    report::LineSeries standing{
        .points = {series.points.back(), {report::day_number(values.last), times.back()}},
        .is_thin = true,
        .end_label = std::exchange(series.end_label, "")};
    report::LineChart chart{
        .label = "How the record over " + history.distance.name + " came down",
        .width = 350,
        .height = 200,
        .x_low = report::day_number(values.first),
        .x_high = std::max(report::day_number(values.last), report::day_number(values.first) + 1),
        .x_ticks = report::day_ticks(values.first, values.last),
        .axis = {report::ticks_around(times, false, true, 3),
                 [](double seconds) { return race_clock(seconds); }},
        .series = {std::move(series), std::move(standing)}};
    return report::draw_line_chart(chart);
}

// The distances that runners race, and among these the ones whose record came down at least once.
std::vector<const insight::RecordHistory*> told_histories(const ReportValues& values) {
    constexpr std::array raced{"1K", "1 mile", "5K", "10K", "Half-Marathon", "Marathon"};
    std::vector<const insight::RecordHistory*> told;
    for (const auto& history : values.progressions) {
        const bool is_raced = std::find(raced.begin(), raced.end(), history.distance.name) != raced.end();
        if (is_raced && history.steps.size() > 1) {
            told.push_back(&history);
        }
    }
    return told;
}

// One of the averages by day, or as the mean of each week where days would be too many to see.
report::LineSeries load_series(const ReportValues& values, std::string name,
                               double analysis::LoadDay::*average) {
    constexpr std::size_t most_days = 550;
    report::LineSeries series{.name = std::move(name)};
    const auto& fitness = values.fitness;
    const std::size_t step = values.fitness_end - values.fitness_begin > most_days ? 7 : 1;
    for (auto begin = values.fitness_begin; begin < values.fitness_end; begin += step) {
        const auto end = std::min(begin + step, values.fitness_end);
        double sum = 0;
        for (auto i = begin; i < end; ++i) {
            sum += fitness.days[i].*average;
        }
        series.points.push_back({report::day_number(fitness.first) + static_cast<double>(end - 1),
                                 sum / static_cast<double>(end - begin)});
    }
    return series;
}

std::vector<double> heights_of(const std::vector<report::LineSeries>& all) {
    std::vector<double> values;
    for (const auto& series : all) {
        for (const auto& point : series.points) {
            values.push_back(point.y);
        }
    }
    return values;
}

report::LineChart load_chart(const ReportValues& values, std::string label, double height,
                             std::vector<report::LineSeries> series) {
    const auto first = values.fitness.first + std::chrono::days{values.fitness_begin};
    const auto last = values.fitness.first + std::chrono::days{values.fitness_end - 1};
    const auto ticks = report::ticks_around(heights_of(series), true, false, height > 200 ? 4 : 3);
    return {.label = std::move(label),
            .height = height,
            .x_low = report::day_number(first),
            .x_high = std::max(report::day_number(last), report::day_number(first) + 1),
            .x_ticks = report::day_ticks(first, last),
            .axis = {ticks, report::tick_labels(ticks)},
            .series = std::move(series)};
}

std::vector<KeyFigure> fitness_tiles(const ReportValues& values) {
    const auto& days = values.fitness.days;
    const auto& last = days[values.fitness_end - 1];
    const auto begin = days.begin() + static_cast<std::ptrdiff_t>(values.fitness_begin);
    const auto end = days.begin() + static_cast<std::ptrdiff_t>(values.fitness_end);
    const auto fittest =
        std::max_element(begin, end, [](const auto& a, const auto& b) { return a.ctl < b.ctl; });
    const auto fittest_day = values.fitness.first + std::chrono::days{fittest - days.begin()};
    const auto tile = [](std::string name, double value, std::string note) {
        return KeyFigure{.name = std::move(name),
                         .number = report::format_number(value, 1),
                         .notes = {std::move(note)},
                         .value = value};
    };
    const auto when = "on " + format_day(values.fitness.first + std::chrono::days{values.fitness_end - 1});
    return {tile("Fitness (CTL)", last.ctl, when), tile("Fatigue (ATL)", last.atl, when),
            tile("Form (TSB)", last.tsb, when),
            tile("Highest fitness", fittest->ctl, "on " + format_day(fittest_day))};
}

std::vector<std::vector<Markup>> prediction_cells(const insight::PredictionBasis& basis) {
    std::vector<std::vector<Markup>> rows;
    const auto cell = [](std::optional<double> seconds) {
        return report::optional_cell(race_clock(seconds), seconds);
    };
    for (const auto& one : insight::predict(basis)) {
        rows.push_back({report::text_cell(one.distance.name), cell(one.record), cell(one.vdot),
                        cell(one.riegel), cell(one.cameron), cell(one.critical_speed)});
    }
    return rows;
}

// On how many days at least so many km (or miles) were covered, around the Eddington number.
report::Picture eddington_chart(const ReportValues& values) {
    const auto unit = long_unit(values.question.units);
    const int number = values.eddington.result.number;
    const int last = number * 2 + 5;
    report::LineSeries days{.name = "days with at least so much", .has_area = true};
    report::LineSeries wanted{.name = "days needed", .tone = 1, .is_thin = true};
    std::vector<double> heights;
    for (int i = 1; i <= last; ++i) {
        const auto enough = i * long_metres(values.question.units);
        const auto count =
            static_cast<double>(std::count_if(values.days.begin(), values.days.end(), [&](const auto& day) {
                return day.second.main_distance >= enough;
            }));
        // What lies far above the number would press it to the ground.
        if (count <= 4.0 * number) {
            days.points.push_back({static_cast<double>(i), count});
            wanted.points.push_back({static_cast<double>(i), static_cast<double>(i)});
            heights.push_back(std::max<double>(count, i));
        }
    }
    const double first = days.points.front().x;
    const auto ticks = report::ticks_around(heights, true);
    report::LineChart chart{.label = "Days by distance, and where the Eddington number lies",
                            .height = 220,
                            .x_low = first,
                            .x_high = static_cast<double>(last),
                            .x_ticks = {},
                            .axis = {ticks, report::tick_labels(ticks)},
                            .series = {std::move(wanted), std::move(days)}};
    for (const double tick : report::round_ticks(first, last, 8)) {
        if (tick >= first && tick <= last) {
            chart.x_ticks.push_back({tick, fmt::format("{} {}", report::format_number(tick), unit)});
        }
    }
    return report::draw_line_chart(chart);
}

} // namespace

std::string race_clock(std::optional<double> seconds) {
    constexpr double a_thousandth = 0.001;
    return seconds ? report::format_duration(static_cast<std::int64_t>(std::ceil(*seconds - a_thousandth)))
                   : "–";
}

HtmlSection records_section(const ReportValues& values, PictureShelf& shelf) {
    HtmlSection section{"records", "Records", {}};
    if (values.records.empty()) {
        return section;
    }
    std::vector<HtmlColumn> columns{{"Distance"}, {"Time", to_the_right}, {"Pace", to_the_right, true}};
    if (values.question.year) {
        columns.push_back({"All time", to_the_right});
    }
    if (values.graded) {
        columns.push_back({"Age grade", to_the_right, true});
    }
    columns.push_back({"Date"});
    columns.push_back({"Activity", report::Align::left, true});
    section.body += report::html_table(columns, record_cells(values));
    Markup charts;
    for (const auto* history : told_histories(values)) {
        const auto& name = history->distance.name;
        std::string file = "record-" + name;
        std::replace(file.begin(), file.end(), ' ', '-');
        charts += shelf.show(file, "Record over " + name, progression_chart(values, *history));
    }
    if (!charts.text.empty()) {
        section.body += report::heading("How they came down");
        section.body += report::pair(charts);
    }
    return section;
}

HtmlSection fitness_section(const ReportValues& values, PictureShelf& shelf) {
    HtmlSection section{"fitness", "Fitness", {}};
    const auto series = load_series(values, "", &analysis::LoadDay::ctl);
    if (std::all_of(series.points.begin(), series.points.end(),
                    [](const auto& point) { return point.y == 0; })) {
        return section; // no day, or no load
    }
    section.body += report::key_figures(fitness_tiles(values));
    auto fitness = load_series(values, "Fitness (CTL)", &analysis::LoadDay::ctl);
    fitness.has_area = true;
    auto fatigue = load_series(values, "Fatigue (ATL)", &analysis::LoadDay::atl);
    fatigue.tone = 1;
    fatigue.is_thin = true;
    section.body += shelf.show("fitness", "Fitness and fatigue",
                               report::draw_line_chart(load_chart(values, "Fitness and fatigue", 260,
                                                                  {std::move(fatigue), std::move(fitness)})));
    auto form = load_series(values, "Form (TSB)", &analysis::LoadDay::tsb);
    form.tone = 2;
    form.is_thin = true;
    form.has_area = true;
    section.body += shelf.show(
        "form", "Form", report::draw_line_chart(load_chart(values, "Form", 150, {std::move(form)})),
        "Averages of daily load: fitness over 42 days, fatigue over 7 unless set otherwise; form is their "
        "difference of the day before. Over more than a year and a half the lines are means of weeks.");
    return section;
}

HtmlSection prediction_section(const ReportValues& values) {
    HtmlSection section{"predictions", "Race predictions", {}};
    const auto& basis = values.prediction;
    if (!basis.best) {
        return section;
    }
    const auto units = values.question.units;
    const auto& best = *basis.best;
    section.body += report::paragraph(fmt::format(
        "VDOT {:.1f}, from {} over {}{}.", basis.vdot, race_clock(best.effort.elapsed_time),
        report::format_distance(best.effort.distance, units),
        best.start_date_local ? " on " + format_wall_time(*best.start_date_local).substr(0, 10) : ""));
    if (const auto& fit = basis.critical) {
        section.body +=
            report::paragraph(fmt::format("Critical speed {}, D′ {:.0f} m, from {} efforts of {} to {}.",
                                          report::format_pace(fit->critical, units), fit->capacity,
                                          fit->points, race_clock(fit->shortest), race_clock(fit->longest)));
    }
    section.body += report::html_table({{"Distance"},
                                        {"Record", to_the_right},
                                        {"VDOT", to_the_right},
                                        {"Riegel", to_the_right},
                                        {"Cameron", to_the_right, true},
                                        {"Critical speed", to_the_right, true}},
                                       prediction_cells(basis));
    section.body += report::heading("Training paces");
    std::vector<std::vector<Markup>> paces;
    for (const auto& pace : analysis::training_paces(basis.vdot)) {
        paces.push_back({report::text_cell(pace.intensity.name),
                         report::number_cell(report::format_pace(pace.slowest, units), pace.slowest),
                         report::number_cell(report::format_pace(pace.fastest, units), pace.fastest)});
    }
    section.body += report::html_table({{"Training"}, {"From", to_the_right}, {"To", to_the_right}}, paces);
    return section;
}

HtmlSection eddington_section(const ReportValues& values, PictureShelf& shelf) {
    HtmlSection section{"eddington", "Eddington number", {}};
    const auto& [unit, result] = values.eddington;
    if (result.number == 0) {
        return section;
    }
    std::vector<KeyFigure> all{{.name = sport_title(values.main_sport),
                                .number = report::format_number(result.number),
                                .unit = unit,
                                .notes = {fmt::format("on {} days", result.number),
                                          fmt::format("{} {} or more", result.number, unit)},
                                .value = result.number}};
    int next = result.number;
    constexpr std::size_t steps_shown = 3;
    for (std::size_t i = 0; i < std::min(steps_shown, result.missing.size()); ++i) {
        all.push_back({.name = fmt::format("Missing for {}", ++next),
                       .number = report::format_number(result.missing[i]),
                       .unit = result.missing[i] == 1 ? "day" : "days",
                       .value = result.missing[i]});
    }
    section.body += report::key_figures(all);
    section.body += shelf.show("eddington", "Eddington number", eddington_chart(values));
    return section;
}

} // namespace harrier::cli
