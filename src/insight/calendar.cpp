// SPDX-License-Identifier: MIT
#include "insight/calendar.hpp"

#include <fmt/format.h>

#include <charconv>

namespace harrier::insight {

namespace {

using archive::Grouping;
using std::chrono::days;
using std::chrono::local_days;
using std::chrono::year_month_day;

std::optional<int> whole_number(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = error == std::errc{} && end == text.data() + text.size() && number >= 0;
    return whole ? std::optional(number) : std::nullopt;
}

local_days monday_of(local_days day) {
    return day - (std::chrono::weekday(day) - std::chrono::Monday);
}

// ISO 8601: week 1 holds the 4th of January.
local_days first_monday(std::chrono::year year) {
    return monday_of(local_days{year / std::chrono::January / 4});
}

std::optional<local_days> first_day_of_week(std::string_view key) {
    if (key.size() != 8 || key.substr(4, 2) != "-W") {
        return std::nullopt;
    }
    const auto year = whole_number(key.substr(0, 4));
    const auto week = whole_number(key.substr(6));
    if (!year || !week || *week < 1 || *week > 53) {
        return std::nullopt;
    }
    return first_monday(std::chrono::year{*year}) + days{7 * (*week - 1)};
}

bool is_period(Grouping grouping) {
    return grouping == Grouping::week || grouping == Grouping::month || grouping == Grouping::year;
}

} // namespace

std::optional<local_days> first_day(Grouping grouping, std::string_view key) {
    if (grouping == Grouping::week) {
        return first_day_of_week(key);
    }
    const bool right_size = (grouping == Grouping::month && key.size() == 7 && key[4] == '-') ||
                            (grouping == Grouping::year && key.size() == 4);
    const auto year = right_size ? whole_number(key.substr(0, 4)) : std::nullopt;
    const auto month = right_size && key.size() == 7 ? whole_number(key.substr(5)) : std::optional(1);
    if (!year || !month || *month < 1 || *month > 12) {
        return std::nullopt;
    }
    return local_days{std::chrono::year{*year} / static_cast<unsigned>(*month) / 1U};
}

std::string period_key(Grouping grouping, local_days day) {
    if (grouping == Grouping::week) {
        const auto monday = monday_of(day);
        const auto year = year_month_day(monday + days{3}).year(); // the year that its Thursday is in
        return fmt::format("{:04}-W{:02}", static_cast<int>(year),
                           (monday - first_monday(year)).count() / 7 + 1);
    }
    const year_month_day date(day);
    return grouping == Grouping::month ? fmt::format("{:04}-{:02}", static_cast<int>(date.year()),
                                                     static_cast<unsigned>(date.month()))
                                       : fmt::format("{:04}", static_cast<int>(date.year()));
}

std::optional<WallTime> wall_start(const model::Activity& activity) {
    if (activity.start_date_local || !activity.start_date) {
        return activity.start_date_local;
    }
    return WallTime{activity.start_date->time_since_epoch()};
}

std::vector<archive::Totals> fill_gaps(Grouping grouping, std::vector<archive::Totals> totals) {
    if (!is_period(grouping)) {
        return totals;
    }
    std::vector<archive::Totals> filled;
    for (auto& total : totals) {
        const auto wanted = first_day(grouping, total.key);
        while (wanted && !filled.empty()) {
            const auto newer = first_day(grouping, filled.back().key);
            if (!newer || *newer <= *wanted) {
                break;
            }
            auto before = period_key(grouping, *newer - days{1});
            if (before == total.key) {
                break;
            }
            filled.emplace_back().key = std::move(before);
        }
        filled.push_back(std::move(total));
    }
    return filled;
}

} // namespace harrier::insight
