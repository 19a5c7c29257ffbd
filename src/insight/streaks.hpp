// SPDX-License-Identifier: MIT
#pragma once

// Days and weeks on end with an activity, and how regular the weeks are.

#include "analysis/streaks.hpp"
#include "archive/archive.hpp"

#include <string>

namespace harrier::insight {

// So many days of a week are a regular one.
inline constexpr int regular_days = 3;

struct StreakAnswer {
    std::size_t days = 0; // different ones with an activity
    analysis::Streaks of_days;
    analysis::Streaks of_weeks;          // with at least one day
    analysis::Streaks of_regular_weeks;  // with at least `regular_days`
    analysis::Consistency regular_weeks; // how many of all
};

// Activities without a start do not count. `today` is the local day.
[[nodiscard]] StreakAnswer find_streaks(archive::Archive& archive, AthleteId athlete,
                                        const archive::ActivityQuery& query, analysis::Day today);

// {"days":{"current":{"first","last","length"},"longest":…},"weeks":…,"regular_weeks":…,"consistency":{…}}
[[nodiscard]] std::string streaks_json(const StreakAnswer& answer);

} // namespace harrier::insight
