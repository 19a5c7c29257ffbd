// SPDX-License-Identifier: MIT
#include "emulator/made_up_plan.hpp"

#include "emulator/made_up_sessions.hpp"
#include "emulator/made_up_traps.hpp"
#include "emulator/repeatable_random.hpp"

#include <algorithm>
#include <unordered_set>

namespace harrier::emulator {

namespace {

using std::chrono::hours;
using std::chrono::local_days;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Instant fixed_end = std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + hours{20};
// An evening's outing ends before this much of the last day is over.
constexpr hours whole_day{20};

int minute_of_day(const DiaryEntry& entry, RepeatableRandom& random) {
    if (entry.of_day > 0) {
        return 300 + 60 * entry.of_day + static_cast<int>(random.below(20));
    }
    if (entry.session == Session::race) {
        return 600;
    }
    const std::chrono::weekday day(entry.day);
    if (day == std::chrono::Saturday || day == std::chrono::Sunday) {
        return 510 + static_cast<int>(random.below(90));
    }
    return random.chance(45) ? 380 + static_cast<int>(random.below(50))
                             : 1050 + static_cast<int>(random.below(70));
}

// Degrees by the day of the year alone: coldest in mid-January, warmest in mid-July; warmer on a wrist.
int temperature(const DiaryEntry& entry, RepeatableRandom& random) {
    const std::chrono::year_month_day date(entry.day);
    const auto day = (entry.day - local_days(date.year() / 1 / 15)).count();
    const auto from_winter = day > 182 ? 365 - day : (day < 0 ? -day : day);
    const int season = 1 + static_cast<int>(from_winter * 19 / 182);
    return season + static_cast<int>(random.below(9)) + (entry.zone == Zone::denver ? 7 : 1);
}

bool has_old_watch(const DiaryEntry& entry) {
    return entry.cycle > 0 || entry.weeks_before_end > 108;
}

void choose_device(Workout& workout, const DiaryEntry& entry) {
    workout.device = has_old_watch(entry) ? Device::old_watch : Device::new_watch;
    const bool road = workout.session == Session::ride || workout.session == Session::long_ride;
    if (road && !has_old_watch(entry)) {
        workout.device = Device::bike_computer;
        workout.has_power_meter = entry.weeks_before_end < 55;
    } else if (workout.session == Session::virtual_ride) {
        workout.device = Device::none;
        workout.has_power_meter = true;
    } else if (workout.session == Session::commute || workout.session == Session::e_bike ||
               workout.session == Session::walk) {
        workout.device = Device::phone;
        workout.has_heartrate = false;
    }
    if (workout.motion == Motion::still || workout.motion == Motion::pool) {
        workout.device = Device::new_watch;
    }
}

void choose_gear(Workout& workout, const DiaryEntry& entry) {
    const bool fast = workout.session == Session::race || workout.session == Session::intervals;
    switch (workout.motion) {
    case Motion::run:
        workout.gear_id = entry.cycle > 0 || entry.weeks_before_end > 84 ? old_shoes : daily_shoes;
        if (fast && entry.cycle == 0 && entry.weeks_before_end < 62) {
            workout.gear_id = race_shoes;
        } else if (workout.session == Session::trail_run) {
            workout.gear_id = trail_shoes;
        }
        break;
    case Motion::walk:
        workout.gear_id = trail_shoes;
        break;
    case Motion::ride:
        workout.gear_id = workout.device == Device::phone ? town_bike : road_bike;
        break;
    case Motion::pool:
    case Motion::open_water:
    case Motion::still:
        break;
    }
}

// Red lights, shoelaces, and coffee on long rides. A bike computer stops its clock, the new watch mostly
// does.
void add_stops(Workout& workout, RepeatableRandom& random) {
    const bool outdoors = workout.route && (workout.motion == Motion::run || workout.motion == Motion::ride ||
                                            workout.motion == Motion::walk);
    if (!outdoors || workout.session == Session::race || workout.session == Session::intervals) {
        return;
    }
    const bool clock_stops =
        workout.device == Device::bike_computer || (workout.device == Device::new_watch && random.chance(60));
    const int stops = static_cast<int>(random.below(4));
    for (int i = 0; i < stops; ++i) {
        const double at = workout.distance_m * random.between(0.05, 0.95);
        workout.pauses.push_back({at, static_cast<int>(random.between(7, 55)), clock_stops});
    }
    if (workout.session == Session::long_ride || (workout.session == Session::hike && random.chance(70))) {
        const double at = workout.distance_m * random.between(0.45, 0.62);
        workout.pauses.push_back({at, static_cast<int>(random.between(780, 2100)), true});
    }
    std::sort(workout.pauses.begin(), workout.pauses.end(),
              [](const Pause& a, const Pause& b) { return a.at_m < b.at_m; });
}

// Ids grow with the moment of the upload, about as fast as Strava's do.
std::int64_t id_at(Instant upload) {
    constexpr Instant known = std::chrono::sys_days{std::chrono::year{2025} / 10 / 19} + hours{20};
    const std::int64_t id = 16'195'000'000 + (upload - known).count() * 93;
    // Before Strava's time: small ids, still in order.
    return id > 1'000'000'000 ? id : 1'000'000'000 - (1'000'000'000 - id) / 100;
}

void give_ids(std::vector<Workout>& workouts) {
    std::unordered_set<std::int64_t> used;
    for (Workout& workout : workouts) {
        RepeatableRandom random(seed_of(workout.seed, 7));
        workout.upload_delay_s += 3000 + static_cast<std::int64_t>(random.below(9000));
        workout.id = id_at(workout.start + seconds{workout.upload_delay_s});
        while (!used.insert(workout.id).second) {
            ++workout.id;
        }
    }
}

} // namespace

Instant history_end(const MadeUpOptions& options) {
    return options.end == Instant{} ? fixed_end : options.end;
}

Workout plan_workout(const DiaryEntry& entry, const Terrain& terrain, std::uint64_t seed) {
    RepeatableRandom random(seed);
    Workout workout;
    workout.seed = seed;
    workout.session = entry.session;
    workout.zone = entry.zone;
    workout.threshold_mps = entry.threshold_mps;
    const int minute = minute_of_day(entry, random);
    workout.start = moment(entry.zone, entry.day + minutes{minute} + seconds{random.below(60)});
    workout.temperature_c = temperature(entry, random);
    fill_session(workout, entry, terrain, random);
    choose_device(workout, entry);
    choose_gear(workout, entry);
    add_stops(workout, random);
    if (random.chance(4)) { // uploaded days later, in one go
        workout.upload_delay_s = static_cast<std::int64_t>(random.between(2.0, 9.0) * 86400);
    }
    if (random.chance(3)) {
        workout.visibility = "followers_only";
    }
    return workout;
}

std::vector<Workout> plan_workouts(const MadeUpOptions& options, const Terrain& terrain) {
    const auto last_day = std::chrono::floor<std::chrono::days>(history_end(options) - whole_day);
    const std::vector<DiaryEntry> diary =
        write_diary(local_days{last_day.time_since_epoch()}, options.activities);
    std::vector<Workout> workouts;
    workouts.reserve(diary.size());
    for (auto entry = diary.rbegin(); entry != diary.rend(); ++entry) {
        workouts.push_back(plan_workout(*entry, terrain, seed_of(options.seed, workouts.size())));
    }
    set_traps(workouts);
    give_ids(workouts);
    std::stable_sort(workouts.begin(), workouts.end(), [](const Workout& a, const Workout& b) {
        return a.shown_start() != b.shown_start() ? a.shown_start() > b.shown_start() : a.id > b.id;
    });
    return workouts;
}

} // namespace harrier::emulator
