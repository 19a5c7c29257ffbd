// SPDX-License-Identifier: MIT
#include "emulator/made_up_calendar.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace harrier::emulator {

namespace {

using std::chrono::days;
using std::chrono::local_days;

constexpr int entries_of_a_cycle = 600;
constexpr int most_cycles = 5;

enum class Phase { base, build, taper, recovery, injury, summer };

// Weeks are counted back from the last one of a cycle, which is week 0.
struct PhaseSpan {
    int newest_week;
    Phase phase;
};

constexpr std::array<PhaseSpan, 20> phases{{
    {0, Phase::base},       {2, Phase::recovery},  {4, Phase::taper},   {7, Phase::build},
    {19, Phase::summer},    {24, Phase::base},     {30, Phase::taper},  {32, Phase::build},
    {42, Phase::base},      {53, Phase::recovery}, {56, Phase::taper},  {59, Phase::build},
    {71, Phase::summer},    {76, Phase::base},     {86, Phase::injury}, {93, Phase::base},
    {105, Phase::recovery}, {108, Phase::taper},   {110, Phase::build}, {120, Phase::summer},
}};
constexpr int summer_ends = 127;

constexpr std::array<Race, 12> races{{
    {4, 42195, "Werrastein Marathon"},
    {9, 21097, "Talquell Half"},
    {13, 10000, "Lauter 10K"},
    {24, 5000, "Erlenbrück 5K"},
    {30, 21097, "Spring Half along the Lauter"},
    {44, 10000, "New Year's 10K"},
    {56, 42195, "Werrastein Marathon"},
    {61, 21097, "Talquell Half"},
    {76, 10000, "Lauter 10K"},
    {108, 21097, "Talquell Half"},
    {127, 5000, "Erlenbrück 5K"},
    {140, 10000, "Lauter 10K"},
}};

// How fit, in m/s held for an hour, `week` weeks before the end of a cycle; straight lines between.
struct Fitness {
    double week;
    double threshold_mps;
};

constexpr std::array<Fitness, 14> fitness{{{-1, 3.95},
                                           {3, 4.00},
                                           {6, 4.08},
                                           {19, 3.94},
                                           {30, 3.96},
                                           {42, 3.80},
                                           {52, 3.78},
                                           {57, 3.86},
                                           {72, 3.62},
                                           {85, 3.38},
                                           {92, 3.66},
                                           {113, 3.58},
                                           {140, 3.42},
                                           {157, 3.30}}};

Phase phase_of(int week) {
    if (week >= summer_ends) {
        return Phase::base;
    }
    Phase phase = Phase::base;
    for (const PhaseSpan& span : phases) {
        phase = week >= span.newest_week ? span.phase : phase;
    }
    return phase;
}

double threshold_at(double week, int cycle) {
    double threshold = fitness.back().threshold_mps;
    for (std::size_t i = 1; i < fitness.size(); ++i) {
        if (week < fitness[i].week) {
            const Fitness& a = fitness[i - 1];
            const Fitness& b = fitness[i];
            const double f = std::max(0.0, week - a.week) / (b.week - a.week);
            threshold = a.threshold_mps + (b.threshold_mps - a.threshold_mps) * f;
            break;
        }
    }
    return threshold - 0.12 * cycle;
}

Zone zone_of(int week) {
    return week == 20 || (week >= 72 && week <= 74) ? Zone::denver : Zone::berlin;
}

const Race* find_race(int week) {
    const auto* found = std::find_if(races.begin(), races.end(),
                                     [week](const Race& r) { return r.weeks_before_end == week; });
    return found == races.end() ? nullptr : found;
}

// Monday is day 0, Sunday day 6.
struct DaySession {
    int day;
    Session session;
};
using Week = std::vector<DaySession>;

Week base_week(int week) {
    Week plan{
        {1, Session::easy}, {3, week % 3 == 0 ? Session::hills : Session::easy}, {6, Session::long_run}};
    plan.push_back({5, week % 2 == 1 ? Session::ride : Session::easy});
    if (week % 2 == 0) {
        plan.push_back({2, week % 4 == 0 ? Session::strength : Session::yoga});
    }
    if (week % 4 == 3) {
        plan.push_back({4, Session::commute});
    }
    return plan;
}

Week build_week(int week) {
    Week plan{{1, Session::intervals}, {2, Session::easy}, {3, Session::tempo}, {6, Session::long_run}};
    if (week % 4 != 0) { // each fourth week is lighter
        plan.push_back({5, week % 3 == 0 ? Session::ride : Session::easy});
    }
    if (week % 4 == 1) {
        plan.push_back({4, Session::strength});
    }
    return plan;
}

Week summer_week(int week) {
    switch (week % 4) {
    case 0:
        return {{1, Session::easy}, {3, Session::tempo}, {5, Session::long_ride}, {6, Session::long_run}};
    case 1:
        return {{1, Session::easy}, {2, Session::open_swim}, {4, Session::easy}, {6, Session::hike}};
    case 2:
        return {{1, Session::easy}, {3, Session::hills}, {5, Session::trail_run}, {6, Session::ride}};
    default:
        return {{1, Session::easy}, {3, Session::easy}, {5, Session::e_bike}, {6, Session::trail_run}};
    }
}

Week injured_week(int week) {
    return {{1, Session::swim},
            {3, week % 2 == 0 ? Session::yoga : Session::strength},
            {5, week % 3 == 0 ? Session::virtual_ride : Session::ride},
            {6, Session::walk}};
}

Week plan_of(int week) {
    switch (phase_of(week)) {
    case Phase::base:
        return base_week(week);
    case Phase::build:
        return build_week(week);
    case Phase::taper:
        return {{1, Session::intervals}, {3, Session::easy}, {5, Session::yoga}, {6, Session::long_run}};
    case Phase::recovery:
        return {{2, Session::swim}, {3, Session::easy}, {6, Session::easy}};
    case Phase::injury:
        return injured_week(week);
    case Phase::summer:
        break;
    }
    return summer_week(week);
}

Week with_race(Week week) {
    std::erase_if(week, [](DaySession s) { return s.day >= 4 || s.session == Session::tempo; });
    week.push_back({5, Session::shakeout});
    week.push_back({6, Session::race});
    return week;
}

local_days years_before(local_days day, int years) {
    const std::chrono::year_month_day date(day);
    return local_days(
        std::chrono::year_month_day(date.year() - std::chrono::years{years}, date.month(), date.day()));
}

DiaryEntry make_entry(local_days day, Session session, local_days last_sunday, int cycle) {
    const double week = static_cast<double>((last_sunday - day).count()) / 7.0;
    const int whole_week = static_cast<int>((last_sunday + days{700} - day).count() / 7) - 100;
    DiaryEntry entry{day, session, nullptr, week, cycle, 0, threshold_at(week, cycle), zone_of(whole_week)};
    entry.race = session == Session::race ? find_race(whole_week) : nullptr;
    if (entry.zone != Zone::berlin && (session == Session::open_swim || session == Session::commute)) {
        entry.session = Session::easy; // no lake and no office on a journey
    }
    return entry;
}

bool is_winter(local_days day) {
    const auto month = static_cast<unsigned>(std::chrono::year_month_day(day).month());
    return month <= 2 || month == 12;
}

// Leaves out or adds ordinary sessions, evenly spread, until exactly six hundred are left.
std::vector<DiaryEntry> make_exact(std::vector<DiaryEntry> entries, local_days first,
                                   local_days last_sunday) {
    std::vector<local_days> chosen;
    const auto spread = [&chosen](const std::vector<local_days>& candidates, std::size_t wanted) {
        for (std::size_t i = 0; i < wanted && !candidates.empty(); ++i) {
            chosen.push_back(candidates[i * candidates.size() / wanted]);
        }
    };
    std::vector<local_days> candidates;
    if (entries.size() > entries_of_a_cycle) {
        for (const DiaryEntry& entry : entries) {
            const bool ordinary = entry.session == Session::easy || entry.session == Session::strength;
            if (ordinary && entry.day != first) { // the first day stays: exactly three years
                candidates.push_back(entry.day);
            }
        }
        spread(candidates, entries.size() - entries_of_a_cycle);
        std::erase_if(entries, [&chosen](const DiaryEntry& entry) {
            return std::find(chosen.begin(), chosen.end(), entry.day) != chosen.end();
        });
        return entries;
    }
    std::size_t used = 0;
    for (local_days day = first; day <= entries.back().day; day += days{1}) {
        if (used < entries.size() && entries[used].day == day) {
            ++used;
        } else {
            candidates.push_back(day);
        }
    }
    spread(candidates, entries_of_a_cycle - entries.size());
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        const Session session = i % 3 == 0 ? Session::commute : (i % 3 == 1 ? Session::yoga : Session::swim);
        entries.push_back(make_entry(chosen[i], session, last_sunday, entries.front().cycle));
    }
    return entries;
}

// Some winter evenings on a treadmill.
void move_indoors(std::vector<DiaryEntry>& entries) {
    int seen = 0;
    for (DiaryEntry& entry : entries) {
        if (entry.session == Session::easy && is_winter(entry.day) && ++seen % 6 == 0) {
            entry.session = Session::treadmill;
        }
    }
}

std::vector<DiaryEntry> write_cycle(local_days last_day, int cycle) {
    const local_days first = years_before(last_day, 3) + days{1};
    const auto from_sunday = std::chrono::weekday(last_day) - std::chrono::Sunday;
    const local_days last_sunday = last_day - from_sunday;
    std::vector<DiaryEntry> entries;
    entries.push_back(make_entry(first, Session::easy, last_sunday, cycle));
    for (int week = 157; week >= -1; --week) {
        const Week plan = find_race(week) != nullptr ? with_race(plan_of(week)) : plan_of(std::max(week, 0));
        const local_days monday = last_sunday - days{7 * week + 6};
        for (const DaySession& item : plan) {
            const local_days day = monday + days{item.day};
            if (day > first && day <= last_day) {
                entries.push_back(make_entry(day, item.session, last_sunday, cycle));
            }
        }
    }
    const auto by_day = [](const DiaryEntry& a, const DiaryEntry& b) { return a.day < b.day; };
    std::stable_sort(entries.begin(), entries.end(), by_day);
    entries = make_exact(std::move(entries), first, last_sunday);
    std::stable_sort(entries.begin(), entries.end(), by_day);
    move_indoors(entries);
    return entries;
}

// More than fifteen years hold: short rides, evenly spread over all days.
void add_commutes(std::vector<DiaryEntry>& entries, int wanted) {
    const local_days first = entries.front().day;
    const auto span = (entries.back().day - first).count();
    std::vector<DiaryEntry> commutes;
    for (int i = 0; i < wanted; ++i) {
        DiaryEntry entry = entries.front();
        entry.day = first + days{static_cast<int>(std::int64_t{i} * span / wanted)};
        entry.session = Session::commute;
        entry.of_day = !commutes.empty() && commutes.back().day == entry.day ? commutes.back().of_day + 1 : 1;
        entry.zone = Zone::berlin;
        commutes.push_back(entry);
    }
    entries.insert(entries.end(), commutes.begin(), commutes.end());
    std::stable_sort(entries.begin(), entries.end(),
                     [](const DiaryEntry& a, const DiaryEntry& b) { return a.day < b.day; });
}

} // namespace

std::vector<DiaryEntry> write_diary(local_days last_day, int count) {
    const int needed = (std::max(count, 1) + entries_of_a_cycle - 1) / entries_of_a_cycle;
    const int cycles = std::min(needed, most_cycles);
    std::vector<DiaryEntry> entries;
    for (int cycle = cycles - 1; cycle >= 0; --cycle) {
        const std::vector<DiaryEntry> part = write_cycle(years_before(last_day, 3 * cycle), cycle);
        entries.insert(entries.end(), part.begin(), part.end());
    }
    const auto wanted = static_cast<std::size_t>(std::max(count, 0));
    if (wanted > entries.size()) {
        add_commutes(entries, static_cast<int>(wanted - entries.size()));
    }
    entries.erase(entries.begin(), entries.end() - static_cast<std::ptrdiff_t>(wanted));
    return entries;
}

} // namespace harrier::emulator
