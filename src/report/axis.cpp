// SPDX-License-Identifier: MIT
#include "report/axis.hpp"

#include "base/time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace harrier::report {

using analysis::Day;

namespace {

std::vector<double> ticks_every(double step, double low, double high) {
    std::vector<double> ticks;
    const double first = std::floor(low / step + 1e-9);
    const double last = std::ceil(high / step - 1e-9);
    for (double i = first; i <= last; ++i) {
        ticks.push_back(i * step);
    }
    return ticks;
}

} // namespace

std::vector<double> round_ticks(double low, double high, int wanted) {
    const double rough = (high - low) / wanted;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    constexpr std::array factors{1.0, 2.0, 5.0, 10.0};
    const auto* factor = std::find_if(factors.begin(), factors.end() - 1,
                                      [&](double one) { return one * power >= rough * 0.999; });
    return ticks_every(*factor * power, low, high);
}

std::vector<double> clock_ticks(double low, double high, int wanted) {
    constexpr std::array<double, 16> steps{1,   2,   5,    10,   15,   30,   60,    120,
                                           300, 600, 1200, 1800, 3600, 7200, 14400, 86400};
    const double rough = (high - low) / wanted;
    const auto* step = std::find_if(steps.begin(), steps.end() - 1, [&](double one) { return one >= rough; });
    return ticks_every(*step, low, high);
}

double day_number(Day day) {
    return static_cast<double>(day.time_since_epoch().count());
}

std::string_view month_name(unsigned month) {
    constexpr std::array<std::string_view, 12> names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return names.at(month - 1);
}

std::vector<Tick> day_ticks(Day first, Day last) {
    constexpr std::chrono::days most_for_months{500};
    const bool by_month = last - first <= most_for_months;
    std::vector<Tick> ticks;
    const std::chrono::year_month_day begin{first};
    for (auto month = begin.year() / begin.month(); Day{month / 1} <= last; month += std::chrono::months{1}) {
        const Day day{month / 1};
        const bool is_january = month.month() == std::chrono::January;
        if (day < first || (!by_month && !is_january)) {
            continue;
        }
        ticks.push_back(
            {day_number(day), is_january && (!by_month || day > first)
                                  ? fmt::to_string(static_cast<int>(month.year()))
                                  : std::string(month_name(static_cast<unsigned>(month.month())))});
    }
    if (ticks.empty()) {
        ticks.push_back({day_number(first), format_day(first)});
    }
    return ticks;
}

} // namespace harrier::report
