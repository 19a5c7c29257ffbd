// SPDX-License-Identifier: MIT
#include "cli/details_text.hpp"

#include "insight/distance_name.hpp"
#include "model/sport.hpp"
#include "report/chart.hpp"
#include "report/drawing.hpp"
#include "report/format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace harrier::cli {

namespace {

using analysis::Split;
using insight::ActivityDetails;

constexpr int usual_chart_width = 80;

bool has_numbers(const std::vector<double>& values) {
    return std::any_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
}

// One value for each dot, evenly over the way: a chart's axis is distance, not samples.
std::vector<double> over_the_way(const std::vector<double>& values, const std::vector<double>& metres,
                                 std::size_t dots) {
    if (metres.empty() || !(metres.back() > metres.front())) {
        return values;
    }
    std::vector<double> sums(dots, 0);
    std::vector<int> counts(dots, 0);
    const double scale = static_cast<double>(dots) / (metres.back() - metres.front());
    for (std::size_t i = 0; i < values.size() && i < metres.size(); ++i) {
        if (std::isfinite(values[i]) && std::isfinite(metres[i])) {
            const auto dot = std::min(
                static_cast<std::size_t>(std::max(0.0, (metres[i] - metres.front()) * scale)), dots - 1);
            sums[dot] += values[i];
            ++counts[dot];
        }
    }
    for (std::size_t i = 0; i < dots; ++i) {
        sums[i] = counts[i] > 0 ? sums[i] / counts[i] : i > 0 ? sums[i - 1] : model::missing;
    }
    return sums;
}

std::string chart(const std::string& title, const std::vector<double>& values, const ActivityDetails& details,
                  report::ChartFrame frame) {
    if (!has_numbers(values)) {
        return {};
    }
    const std::array series{report::Series{
        .values = over_the_way(values, details.lines.metres, static_cast<std::size_t>(frame.width) * 2),
        .colour = "36"}};
    std::string text = "\n" + title + "\n";
    for (const auto& line : report::line_chart(series, frame)) {
        text += line + "\n";
    }
    return text;
}

std::string charts(const ActivityDetails& details, Units units, const report::TableStyle& style) {
    const int width = style.width > 0 ? std::min(style.width, usual_chart_width) : usual_chart_width;
    const report::ChartFrame frame{.width = width, .rows = 5, .colour = style.colour};
    auto text = chart(units == Units::metric ? "Altitude m" : "Altitude ft", details.lines.altitude, details,
                      {.width = width, .rows = 5, .colour = style.colour, .label = [units](double metres) {
                           return report::climb_figure(metres, units).number;
                       }});
    const auto& sport = details.activity.sport_type;
    const bool is_pace = model::measure_of(sport) != model::Measure::speed;
    auto speeds = details.lines.speed;
    for (auto& speed : speeds) { // standing still has no pace
        speed = is_pace && speed < 0.5 ? model::missing : speed;
    }
    const auto unit = report::pace_or_speed_figure(sport, 3.0, units).unit;
    text += chart((is_pace ? "Pace " : "Speed ") + unit, speeds, details,
                  {.width = width, .rows = 5, .colour = style.colour, .label = [sport, units](double speed) {
                       return report::pace_or_speed_figure(sport, speed, units).number;
                   }});
    return text + chart("Heart rate bpm", details.lines.heartrate, details, frame);
}

const char* split_unit(bool is_swim, Units units) {
    return is_swim ? (units == Units::metric ? "m" : "yd") : (units == Units::metric ? "km" : "mi");
}

report::Table split_table(const std::vector<Split>& splits, const ActivityDetails& details, std::string first,
                          Units units) {
    const auto& sport = details.activity.sport_type;
    const bool has_heartrate = std::any_of(
        splits.begin(), splits.end(), [](const Split& split) { return split.average_heartrate.has_value(); });
    const bool is_adjusted = std::any_of(splits.begin(), splits.end(), [](const Split& split) {
        return split.grade_adjusted_metres.has_value();
    });
    const bool is_swim = model::measure_of(sport) == model::Measure::swim_pace;
    double fastest = 0;
    for (const auto& split : splits) {
        fastest = std::max(fastest, split.speed().value_or(0));
    }
    std::vector<report::Column> columns{
        {std::move(first), report::Align::right},
        {split_unit(is_swim, units), report::Align::right},
        {"Time", report::Align::right},
        {model::measure_of(sport) == model::Measure::speed ? "Speed" : "Pace", report::Align::right}};
    if (is_adjusted) {
        columns.push_back({"Flat", report::Align::right, false, 1});
    }
    if (has_heartrate) {
        columns.push_back({"HR", report::Align::right, false, 2});
    }
    if (!is_swim) {
        columns.push_back({units == Units::metric ? "Climb m" : "Climb ft", report::Align::right, false, 3});
    }
    columns.push_back({""});
    report::Table table(std::move(columns));
    int number = 0;
    for (const auto& split : splits) {
        constexpr int bar_width = 16;
        const auto speed = split.speed();
        std::vector<std::string> cells{
            fmt::to_string(++number),
            is_swim ? report::format_number(units == Units::metric ? split.metres
                                                                   : split.metres / metres_per_yard)
                    : report::distance_figure(split.metres, units).number,
            report::format_duration(static_cast<std::int64_t>(std::lround(split.elapsed()))),
            report::format_pace_or_speed(sport, speed, units)};
        if (is_adjusted) {
            cells.push_back(report::format_pace_or_speed(sport, split.grade_adjusted_speed(), units));
        }
        if (has_heartrate) {
            cells.push_back(report::format_heart_rate(split.average_heartrate));
        }
        if (!is_swim) {
            cells.push_back(report::climb_figure(split.ascent, units).number);
        }
        cells.push_back(report::bar(fastest > 0 ? speed.value_or(0) / fastest : 0, bar_width));
        table.add_row(std::move(cells));
    }
    return table;
}

std::string effort_text(const ActivityDetails& details, Units units, const report::TableStyle& style) {
    report::Table table({{"Best effort"},
                         {"Time", report::Align::right},
                         {"Pace", report::Align::right},
                         {"", report::Align::left, true}});
    const auto names = insight::effort_distance_names(model::EffortMode::exact);
    for (const auto& effort : details.metrics->best_efforts) {
        if (effort.mode != model::EffortMode::exact) {
            continue;
        }
        const auto name =
            std::find_if(names.begin(), names.end(), [&](const insight::EffortDistanceName& one) {
                return one.metres == effort.distance;
            });
        table.add_row(
            {name == names.end() ? report::format_distance(effort.distance, units) : name->name,
             report::format_duration(static_cast<std::int64_t>(std::ceil(effort.elapsed_time - 0.001))),
             report::format_pace(effort.covered / effort.elapsed_time, units),
             effort.refused.empty() ? "" : "no record: " + effort.refused});
    }
    return table.empty() ? std::string() : "\n" + table.render(style);
}

std::string zone_text(const ActivityDetails& details, const report::TableStyle& style) {
    if (details.heartrate_zones.empty() || details.metrics->heartrate.seconds.empty()) {
        return {};
    }
    const auto times = analysis::time_in_zones(details.metrics->heartrate, details.heartrate_zones);
    double longest = 1;
    for (const double seconds : times.seconds) {
        longest = std::max(longest, seconds);
    }
    report::Table table({{"Zone"}, {"From bpm", report::Align::right}, {"Time", report::Align::right}, {""}});
    for (std::size_t i = 0; i < times.seconds.size(); ++i) {
        constexpr int bar_width = 24;
        table.add_row({"Z" + details.heartrate_zones[i].name,
                       report::format_number(details.heartrate_zones[i].low),
                       report::format_duration(static_cast<std::int64_t>(std::lround(times.seconds[i]))),
                       report::bar(times.seconds[i] / longest, bar_width)});
    }
    return "\n" + table.render(style);
}

std::string metric_text(const ActivityDetails& details, Units units) {
    const auto& metrics = *details.metrics;
    std::string text;
    const auto add = [&](const char* title, const std::string& value) {
        if (value != "–" && !value.empty()) {
            text += fmt::format("{:<18}{}\n", title, value);
        }
    };
    const auto number = [](const std::optional<double>& value, int decimals, const char* unit) {
        return value ? report::format_number(*value, decimals) + unit : std::string();
    };
    const auto& sport = details.activity.sport_type;
    add("Pace on the flat", report::format_pace_or_speed(sport, metrics.grade_adjusted_speed, units));
    add("Normalized power", number(metrics.normalized_power, 0, " W"));
    const bool is_metric = units == Units::metric;
    const auto length = [&](const std::optional<double>& metres, const char* what) {
        return metres ? fmt::format("{:.2f} {}{}", is_metric ? *metres : *metres / metres_per_foot,
                                    is_metric ? "m" : "ft", what)
                      : std::string();
    };
    add("Efficiency", model::measure_of(sport) == model::Measure::pace
                          ? length(metrics.efficiency_factor, " per beat")
                          : number(metrics.efficiency_factor, 2, " W per bpm"));
    add("Decoupling", metrics.decoupling ? number(*metrics.decoupling * 100, 1, " %") : "");
    add("Step", length(metrics.step_length, ""));
    return text.empty() ? text : "\n" + text;
}
} // namespace

std::string details_text(const ActivityDetails& details, Units units, const report::TableStyle& style) {
    auto text = charts(details, units, style);
    if (details.splits.size() > 1) {
        text += "\n" + split_table(details.splits, details, "Split", units).render(style);
    }
    if (details.laps.size() > 1) {
        text += "\n" + split_table(details.laps, details, "Lap", units).render(style);
    }
    if (details.metrics) {
        text += effort_text(details, units, style) + zone_text(details, style) + metric_text(details, units);
    }
    return text;
}

} // namespace harrier::cli
