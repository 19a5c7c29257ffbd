// SPDX-License-Identifier: MIT
#include "analysis/streaks.hpp"
#include "analysis/year_over_year.hpp"
#include "base/error.hpp"
#include "insight/activity_filter.hpp"
#include "insight/calendar.hpp"
#include "insight/fitness.hpp"
#include "insight/records.hpp"
#include "model/sport.hpp"
#include "report/activity_columns.hpp"
#include "web/endpoints.hpp"
#include "web/json_text.hpp"
#include "web/sync_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>

namespace harrier::web {

namespace {

using analysis::Day;
using model::Activity;

// What a group of activities adds up to.
struct Sum {
    std::int64_t count = 0;
    double distance = 0;
    std::int64_t moving_time = 0;
    double climb = 0;

    void add(const Activity& activity) {
        ++count;
        distance += activity.distance.value_or(0);
        moving_time += activity.moving_time.value_or(0);
        climb += activity.total_elevation_gain.value_or(0);
    }
    [[nodiscard]] std::string str() const {
        return JsonObject()
            .add("count", json(count))
            .add("distance", json(distance))
            .add("moving_time", json(moving_time))
            .add("total_elevation_gain", json(climb))
            .str();
    }
};

std::optional<Day> day_of(const Activity& activity) {
    return activity.start_date_local
               ? std::optional(std::chrono::floor<std::chrono::days>(*activity.start_date_local))
               : std::nullopt;
}

std::chrono::year_month_day date_of(Day day) {
    return std::chrono::year_month_day(day);
}

std::vector<Activity> all_activities(const Call& call) {
    return call.archive.activities(call.athlete_id(), query_of(call));
}

std::vector<Day> days_of(const std::vector<Activity>& activities) {
    std::vector<Day> days;
    for (const auto& activity : activities) {
        if (const auto day = day_of(activity)) {
            days.push_back(*day);
        }
    }
    return days;
}

std::string streak_json(const analysis::Streaks& streaks) {
    const auto length = [](const std::optional<analysis::Streak>& streak) {
        return json(static_cast<std::int64_t>(streak ? streak->length : 0));
    };
    return JsonObject().add("current", length(streaks.current)).add("longest", length(streaks.longest)).str();
}

std::string streaks_json(const std::vector<Day>& days, Day today) {
    return JsonObject()
        .add("day", streak_json(analysis::day_streaks(days, today)))
        .add("week", streak_json(analysis::week_streaks(days, today)))
        .str();
}

int year_number(const Call& call, std::string_view text, std::string_view name) {
    int year = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
    if (error != std::errc{} || end != text.data() + text.size() || year < 1900 || year > 2200) {
        throw Error(ErrorKind::usage,
                    fmt::format("{} is a year, as {}", name,
                                static_cast<int>(date_of(insight::today(call.host.clock())).year())));
    }
    return year;
}

// One activity that stands out.
std::string outstanding(const Activity* activity) {
    if (activity == nullptr) {
        return "null";
    }
    const auto& start = activity->start_date_local;
    return JsonObject()
        .add("activity_id", json(activity->activity_id.value))
        .add("name", json(std::string_view(activity->name)))
        .add("start_date_local", start ? json(std::string_view(format_wall_time(*start))) : "null")
        .add("sport_type", json(std::string_view(activity->sport_type)))
        .add("distance", json(activity->distance))
        .add("moving_time", json(activity->moving_time))
        .add("total_elevation_gain", json(activity->total_elevation_gain))
        .add("average_speed", json(activity->average_speed))
        .str();
}

// Of those that match, the one with the greatest value; the newest of equal ones.
template <typename Value, typename Matches>
const Activity* greatest(const std::vector<const Activity*>& activities,
                         std::optional<Value> Activity::*field, Matches&& matches) {
    const Activity* best = nullptr;
    for (const auto* activity : activities) {
        const auto& value = (*activity).*field;
        if (value && *value > 0 && matches(*activity) && (best == nullptr || *value > *((*best).*field))) {
            best = activity;
        }
    }
    return best;
}

struct Bar {
    std::int64_t count = 0;
    double distance = 0;
};

template <std::size_t Count>
std::string bars_json(const std::array<Bar, Count>& bars) {
    std::vector<std::string> items;
    for (const auto& bar : bars) {
        items.push_back(JsonObject().add("count", json(bar.count)).add("distance", json(bar.distance)).str());
    }
    return json_array(items);
}

// The activities of a year by month, weekday and hour of the start.
struct YearSums {
    Sum total;
    std::array<Sum, 12> months{};
    std::array<Bar, 7> weekdays{}; // from Monday on
    std::array<Bar, 24> hours{};
    std::vector<const Activity*> activities;
    std::vector<Day> days;
};

YearSums sum_year(const std::vector<Activity>& activities, int year) {
    YearSums sums;
    for (const auto& activity : activities) {
        const auto day = day_of(activity);
        if (!day || static_cast<int>(date_of(*day).year()) != year) {
            continue;
        }
        const auto add = [&](Bar& bar) {
            ++bar.count;
            bar.distance += activity.distance.value_or(0);
        };
        const auto hour = std::chrono::duration_cast<std::chrono::hours>(*activity.start_date_local - *day);
        sums.total.add(activity);
        sums.months[static_cast<unsigned>(date_of(*day).month()) - 1].add(activity);
        add(sums.weekdays[std::chrono::weekday(*day).iso_encoding() - 1]);
        add(sums.hours[static_cast<std::size_t>(hour.count())]);
        sums.activities.push_back(&activity);
        sums.days.push_back(*day);
    }
    return sums;
}

// Metres by the day of the year, one line for each year.
std::string cumulative_json(const std::vector<Activity>& activities, std::vector<std::string>& years) {
    std::vector<analysis::DatedValue> values;
    for (const auto& activity : activities) {
        if (const auto day = day_of(activity)) {
            values.push_back({*day, activity.distance.value_or(0)});
        }
    }
    JsonObject lines;
    for (const auto& line : analysis::year_over_year(values)) {
        std::vector<std::string> items;
        for (const double metres : line.sums) {
            items.push_back(json(std::round(metres)));
        }
        years.push_back(fmt::to_string(line.year));
        lines.add(years.back(), json_array(items));
    }
    return lines.str();
}

// Of the week, month or year of `today`: this one, the last one, and the last one up to the same day.
std::string period_json(const std::vector<Activity>& activities, archive::Grouping grouping, Day today) {
    const auto first = *insight::first_day(grouping, insight::period_key(grouping, today));
    const auto last_first =
        *insight::first_day(grouping, insight::period_key(grouping, first - std::chrono::days{1}));
    const auto to_date = last_first + (today - first);
    Sum current;
    Sum last;
    Sum last_to_date;
    for (const auto& activity : activities) {
        const auto day = day_of(activity);
        if (!day || *day < last_first) {
            continue;
        }
        (*day >= first ? current : last).add(activity);
        if (*day < first && *day <= to_date) {
            last_to_date.add(activity);
        }
    }
    return JsonObject()
        .add("this", current.str())
        .add("last", last.str())
        .add("last_to_date", last_to_date.str())
        .add("first_day", json(std::string_view(format_day(first))))
        .str();
}

// The records that were set in the last 90 days and still stand, newest first.
std::string recent_records(const Call& call, Day today) {
    constexpr auto recently = std::chrono::days{90};
    constexpr std::size_t most = 8;
    insight::RecordsQuestion question;
    question.activities.sport_types = insight::resolve_sports("run", {});
    auto all = insight::find_records(call.archive, call.athlete_id(), question);
    auto rows =
        insight::record_rows(all, insight::find_graded_athlete(call.athlete, call.host.athlete_settings()));
    std::vector<std::pair<WallTime, std::size_t>> recent;
    std::size_t row = 0;
    for (const auto& [distance, efforts] : all) {
        for (const auto& record : efforts) {
            if (record.start_date_local && *record.start_date_local >= WallTime{today - recently}) {
                recent.emplace_back(*record.start_date_local, row);
            }
            ++row;
        }
    }
    std::stable_sort(recent.begin(), recent.end(),
                     [](const auto& left, const auto& right) { return left.first > right.first; });
    recent.resize(std::min(recent.size(), most));
    report::Rows chosen{rows.names, {}};
    for (const auto& [when, index] : recent) {
        chosen.rows.push_back(rows.rows[index]);
    }
    return report::to_json_array(chosen);
}

} // namespace

Answer calendar(const Call& call) {
    const auto today = insight::today(call.host.clock());
    const auto text = call.word("year");
    const int year = text.empty() ? static_cast<int>(date_of(today).year()) : year_number(call, text, "year");
    const auto query = query_of(call);
    const auto thresholds = call.profile().load_thresholds();
    struct CalendarDay {
        Sum sum;
        double load = 0;
    };
    std::map<Day, CalendarDay> days;
    for (const auto& activity : call.archive.activities(call.athlete_id(), query)) {
        const auto day = day_of(activity);
        if (day && static_cast<int>(date_of(*day).year()) == year) {
            days[*day].sum.add(activity);
        }
    }
    call.archive.for_each_measured(call.athlete_id(), [&](const archive::MeasuredActivity& one) {
        const auto& sports = query.sport_types;
        const bool is_asked_for =
            sports.empty() || std::find(sports.begin(), sports.end(), one.sport_type) != sports.end();
        if (one.start_date_local && is_asked_for) {
            const auto found = days.find(std::chrono::floor<std::chrono::days>(*one.start_date_local));
            if (found != days.end()) {
                found->second.load += insight::load_of(one, thresholds).load;
            }
        }
    });
    std::vector<std::string> items;
    for (const auto& [day, values] : days) {
        items.push_back(JsonObject()
                            .add("date", json(std::string_view(format_day(day))))
                            .add("distance", json(values.sum.distance))
                            .add("moving_time", json(values.sum.moving_time))
                            .add("count", json(values.sum.count))
                            .add("load", json(values.load))
                            .str());
    }
    return {.body = JsonObject().add("days", json_array(items)).str() + "\n"};
}

Answer year(const Call& call) {
    constexpr double shortest_of_the_fastest = 3000; // m
    const int number = year_number(call, call.parts.front(), "the last part of the path");
    const auto today = insight::today(call.host.clock());
    const auto activities = all_activities(call);
    const auto sums = sum_year(activities, number);
    std::vector<std::string> years;
    std::vector<std::string> months;
    const auto cumulative = cumulative_json(activities, years);
    for (const auto& month : sums.months) {
        months.push_back(month.str());
    }
    auto days = sums.days;
    std::sort(days.begin(), days.end());
    days.erase(std::unique(days.begin(), days.end()), days.end());
    const auto any = [](const Activity&) { return true; };
    const auto long_run = [](const Activity& one) {
        return model::family_of(one.sport_type) == "run" &&
               one.distance.value_or(0) >= shortest_of_the_fastest;
    };
    return {
        .body =
            JsonObject()
                .add("year", json(static_cast<std::int64_t>(number)))
                .add("years", json_array(years))
                .add("totals", sums.total.str())
                .add("cumulative", cumulative)
                .add("weekdays", bars_json(sums.weekdays))
                .add("hours", bars_json(sums.hours))
                .add("months", json_array(months))
                .add("longest", outstanding(greatest(sums.activities, &Activity::distance, any)))
                .add("highest", outstanding(greatest(sums.activities, &Activity::total_elevation_gain, any)))
                .add("fastest", outstanding(greatest(sums.activities, &Activity::average_speed, long_run)))
                .add("streaks", streaks_json(days, today))
                .add("active_days", json(static_cast<std::int64_t>(days.size())))
                .str() +
            "\n"};
}

Answer overview(const Call& call) {
    constexpr std::size_t newest = 12;
    const auto today = insight::today(call.host.clock());
    auto activities = all_activities(call);
    const auto days = days_of(activities);
    const auto period = [&](archive::Grouping grouping) { return period_json(activities, grouping, today); };
    const auto periods = JsonObject()
                             .add("week", period(archive::Grouping::week))
                             .add("month", period(archive::Grouping::month))
                             .add("year", period(archive::Grouping::year))
                             .str();
    activities.resize(std::min(activities.size(), newest));
    return {.body = JsonObject()
                        .add("periods", periods)
                        .add("streaks", streaks_json(days, today))
                        .add("newest", report::to_json_array(report::activity_rows(activities, {})))
                        .add("recent_records", recent_records(call, today))
                        .add("sync", sync_json(call.host, &call.archive))
                        .str() +
                    "\n"};
}

} // namespace harrier::web
