// SPDX-License-Identifier: MIT
#include "insight/streaks.hpp"

#include "base/time.hpp"
#include "insight/calendar.hpp"

#include <nlohmann/json.hpp>

#include <set>
#include <vector>

namespace harrier::insight {

namespace {

using nlohmann::ordered_json;

ordered_json streak_json(const std::optional<analysis::Streak>& streak) {
    if (!streak) {
        return nullptr;
    }
    return {
        {"first", format_day(streak->first)}, {"last", format_day(streak->last)}, {"length", streak->length}};
}

ordered_json both_json(const analysis::Streaks& streaks) {
    return {{"current", streak_json(streaks.current)}, {"longest", streak_json(streaks.longest)}};
}

} // namespace

StreakAnswer find_streaks(archive::Archive& archive, AthleteId athlete, const archive::ActivityQuery& query,
                          analysis::Day today) {
    std::set<analysis::Day> different;
    for (const auto& activity : archive.activities(athlete, query)) {
        if (const auto start = wall_start(activity)) {
            different.insert(std::chrono::floor<std::chrono::days>(*start));
        }
    }
    const std::vector<analysis::Day> days(different.begin(), different.end());
    return {.days = days.size(),
            .of_days = analysis::day_streaks(days, today),
            .of_weeks = analysis::week_streaks(days, today),
            .of_regular_weeks = analysis::week_streaks(days, today, regular_days),
            .regular_weeks = analysis::weekly_consistency(days, today, regular_days)};
}

std::string streaks_json(const StreakAnswer& answer) {
    const ordered_json object{{"active_days", answer.days},
                              {"days", both_json(answer.of_days)},
                              {"weeks", both_json(answer.of_weeks)},
                              {"regular_weeks", both_json(answer.of_regular_weeks)},
                              {"consistency",
                               {{"days_a_week", regular_days},
                                {"weeks", answer.regular_weeks.weeks},
                                {"weeks_enough", answer.regular_weeks.weeks_enough}}}};
    return object.dump() + "\n";
}

} // namespace harrier::insight
