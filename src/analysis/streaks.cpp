// SPDX-License-Identifier: MIT
#include "analysis/streaks.hpp"

#include <algorithm>
#include <vector>

namespace harrier::analysis {

namespace {

constexpr std::chrono::days a_day{1};
constexpr std::chrono::days a_week{7};

std::vector<Day> distinct(std::span<const Day> given) {
    std::vector<Day> sorted(given.begin(), given.end());
    std::sort(sorted.begin(), sorted.end());
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    return sorted;
}

// The Mondays of weeks with enough days, ascending.
std::vector<Day> weeks_with(std::span<const Day> given, int least) {
    std::vector<Day> weeks;
    int count = 0;
    Day week{};
    for (const auto date : distinct(given)) {
        const auto monday = monday_of(date);
        count = monday == week && count > 0 ? count + 1 : 1;
        week = monday;
        if (count == std::max(least, 1)) {
            weeks.push_back(monday);
        }
    }
    return weeks;
}

// `dates` ascending and different, `step` apart when they follow each other.
Streaks streaks_of(std::span<const Day> dates, std::chrono::days step, Day now) {
    Streaks result;
    Streak streak;
    for (std::size_t i = 0; i < dates.size(); ++i) {
        const bool follows = i > 0 && dates[i] - dates[i - 1] == step;
        streak = {follows ? streak.first : dates[i], dates[i], follows ? streak.length + 1 : 1};
        if (!result.longest || streak.length >= result.longest->length) {
            result.longest = streak;
        }
        if (streak.last >= now - step && streak.last <= now + step) {
            result.current = streak;
        }
    }
    return result;
}

} // namespace

Streaks day_streaks(std::span<const Day> days, Day today) {
    return streaks_of(distinct(days), a_day, today);
}

Streaks week_streaks(std::span<const Day> days, Day today, int least) {
    return streaks_of(weeks_with(days, least), a_week, monday_of(today));
}

Consistency weekly_consistency(std::span<const Day> days, Day today, int least) {
    Consistency result;
    if (days.empty()) {
        return result;
    }
    const auto first = monday_of(*std::min_element(days.begin(), days.end()));
    const auto now = monday_of(today);
    for (const auto monday : weeks_with(days, least)) {
        result.weeks_enough += monday <= now ? 1 : 0;
        result.weeks += monday == now ? 1 : 0;
    }
    result.weeks += first < now ? static_cast<int>((now - first) / a_week) : 0;
    return result;
}

} // namespace harrier::analysis
