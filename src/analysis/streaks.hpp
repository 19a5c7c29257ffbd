// SPDX-License-Identifier: MIT
#pragma once

// Days and weeks on end, and how many weeks had enough. Days in any order, as often as they come. Values in,
// values out. Pure.

#include "analysis/daily.hpp"

#include <optional>
#include <span>

namespace harrier::analysis {

struct Streak {
    Day first{}; // of weeks: their Mondays
    Day last{};
    int length = 0; // days or weeks

    friend bool operator==(const Streak&, const Streak&) = default;
};

struct Streaks {
    std::optional<Streak> current{}; // that still goes on
    std::optional<Streak> longest{}; // of equal ones the latest
};

// A streak goes on while its last day is today or yesterday: a day that is not over breaks nothing. It may
// also end tomorrow, which is today further east.
[[nodiscard]] Streaks day_streaks(std::span<const Day> days, Day today);

// The same with ISO weeks that have at least `least` different days. The week of `today` breaks nothing.
[[nodiscard]] Streaks week_streaks(std::span<const Day> days, Day today, int least = 1);

struct Consistency {
    int weeks = 0; // from that of the first day to that of today; today's only once it has enough
    int weeks_enough = 0;

    [[nodiscard]] double share() const { return weeks > 0 ? static_cast<double>(weeks_enough) / weeks : 0; }
};

// In how many ISO weeks there were at least `least` different days.
[[nodiscard]] Consistency weekly_consistency(std::span<const Day> days, Day today, int least = 1);

} // namespace harrier::analysis
