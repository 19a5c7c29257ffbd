// SPDX-License-Identifier: MIT
#include "emulator/made_up_sessions.hpp"

#include <fmt/format.h>

#include <array>
#include <span>

namespace harrier::emulator {

namespace {

// What a session is called in Strava's words, and on which routes it happens.
struct Kind {
    Session session;
    Motion motion;
    RouteUse use;
    std::string_view sport_type;
    std::string_view type;
    double shortest_m;
    double longest_m;
    double speed; // times the threshold for runs, else m/s on the flat
};

constexpr std::array<Kind, 20> kinds{{
    {Session::easy, Motion::run, RouteUse::run, "Run", "Run", 5000, 12500, 1},
    {Session::hills, Motion::run, RouteUse::run, "Run", "Run", 9430, 9430, 1},
    {Session::long_run, Motion::run, RouteUse::run, "Run", "Run", 14000, 22000, 1},
    {Session::intervals, Motion::run, RouteUse::track, "Run", "Run", 400, 400, 1},
    {Session::tempo, Motion::run, RouteUse::run, "Run", "Run", 9000, 14500, 1},
    {Session::shakeout, Motion::run, RouteUse::run, "Run", "Run", 5000, 5300, 1},
    {Session::race, Motion::run, RouteUse::race, "Run", "Run", 0, 0, 1},
    {Session::treadmill, Motion::run, RouteUse::run, "Run", "Run", 6000, 9000, 1},
    {Session::trail_run, Motion::run, RouteUse::trail, "TrailRun", "Run", 13000, 22000, 0.92},
    {Session::ride, Motion::ride, RouteUse::ride, "Ride", "Ride", 26000, 50000, 8.2},
    {Session::long_ride, Motion::ride, RouteUse::ride, "Ride", "Ride", 64000, 97000, 7.9},
    {Session::commute, Motion::ride, RouteUse::ride, "Ride", "Ride", 5300, 5300, 6.3},
    {Session::e_bike, Motion::ride, RouteUse::ride, "EBikeRide", "EBikeRide", 43000, 44000, 8.6},
    {Session::virtual_ride, Motion::ride, RouteUse::virtual_ride, "VirtualRide", "VirtualRide", 30400, 30400,
     9.1},
    {Session::swim, Motion::pool, RouteUse::swim, "Swim", "Swim", 1000, 2000, 0.92},
    {Session::open_swim, Motion::open_water, RouteUse::swim, "Swim", "Swim", 1850, 1850, 0.84},
    {Session::hike, Motion::walk, RouteUse::hike, "Hike", "Hike", 11800, 13200, 1.45},
    {Session::walk, Motion::walk, RouteUse::run, "Walk", "Walk", 5000, 7000, 1.5},
    {Session::strength, Motion::still, RouteUse::run, "WeightTraining", "WeightTraining", 0, 0, 1},
    {Session::yoga, Motion::still, RouteUse::run, "Yoga", "Yoga", 0, 0, 1},
}};

const Kind& kind_of(Session session) {
    for (const Kind& kind : kinds) {
        if (kind.session == session) {
            return kind;
        }
    }
    return kinds.front();
}

std::string_view time_of_day(WallTime start) {
    const auto hour =
        std::chrono::duration_cast<std::chrono::hours>(start - std::chrono::floor<std::chrono::days>(start))
            .count();
    return hour < 11 ? "Morning" : (hour < 14 ? "Lunch" : (hour < 17 ? "Afternoon" : "Evening"));
}

std::string_view pick(std::span<const std::string_view> words, RepeatableRandom& random) {
    return words[random.below(words.size())];
}

constexpr std::array<std::string_view, 10> easy_moods{
    "Legs like lead",  "Fog over the Lauter", "Easy does it",      "With Tomke",       "Podcast and puddles",
    "Birds and bells", "First snow ❄️",   "Just ticking over", "Around the block", "Headwind both ways"};

std::string plain_name(const Workout& workout, std::string_view noun, const Terrain& terrain,
                       RepeatableRandom& random) {
    if (workout.route && random.chance(35)) {
        return std::string(terrain.route(*workout.route).name);
    }
    if (workout.session == Session::easy && random.chance(30)) {
        return std::string(pick(easy_moods, random));
    }
    return fmt::format("{} {}", time_of_day(wall_time(workout.zone, workout.start)), noun);
}

// An even effort after a slow first kilometre.
void even_stages(Workout& workout, double intensity) {
    const double warm_m = workout.distance_m * 0.1 < 1000 ? workout.distance_m * 0.1 : 1000.0;
    workout.stages = {{warm_m, intensity * 0.93}, {workout.distance_m, intensity}};
}

void plan_long_run(Workout& workout, const DiaryEntry& entry, RepeatableRandom& random) {
    const double d = workout.distance_m;
    workout.workout_type = 2;
    if (d > 20000 && entry.weeks_before_end < 70 && random.chance(40)) {
        workout.name = fmt::format("Long run, last {} km at race pace", static_cast<int>(d * 0.25 / 1000));
        workout.stages = {{1500, 0.70}, {d * 0.75, 0.76}, {d, 0.89}};
        return;
    }
    workout.name = random.chance(50) ? "Long run" : "Sunday long run";
    workout.stages = {{1500, 0.70}, {d * 0.7, 0.745}, {d, 0.765}};
}

struct Repeats {
    int count;
    double work_m;
    double rest_m;
    double intensity;
};
constexpr std::array<Repeats, 5> repeats{{{6, 1000, 400, 1.055},
                                          {10, 400, 200, 1.12},
                                          {5, 1200, 400, 1.04},
                                          {8, 800, 400, 1.075},
                                          {4, 2000, 600, 1.01}}};

// Warm-up, repeats with a jog between them, cool-down; each a lap.
void plan_repeats(Workout& workout, const Repeats& plan) {
    double at = 2000;
    workout.stages = {{at, 0.72}};
    for (int i = 0; i < plan.count; ++i) {
        workout.stages.push_back({at += plan.work_m, plan.intensity});
        workout.stages.push_back({at += plan.rest_m, 0.60});
    }
    workout.stages.push_back({at += 1400, 0.69});
    workout.distance_m = at;
    workout.laps_by_stage = true;
    workout.workout_type = 3;
    workout.name = fmt::format("{} × {:.0f} m", plan.count, plan.work_m);
    workout.description = fmt::format("{} repeats of {:.0f} m on the track, {:.0f} m jog between them.",
                                      plan.count, plan.work_m, plan.rest_m);
}

void plan_hills(Workout& workout) {
    double at = 2500;
    workout.stages = {{at, 0.73}};
    for (int i = 0; i < 8; ++i) {
        workout.stages.push_back({at += 250, 1.0});
        workout.stages.push_back({at += 250, 0.64});
    }
    workout.stages.push_back({workout.distance_m, 0.72});
    workout.laps_by_stage = true;
    workout.workout_type = 3;
    workout.name = "Hill repeats on the Galgenberg";
}

void plan_tempo(Workout& workout) {
    const double d = workout.distance_m;
    workout.stages = {{2000, 0.73}, {d - 1500, 0.955}, {d, 0.69}};
    workout.laps_by_stage = true;
    workout.workout_type = 3;
    workout.name = fmt::format("Tempo {} km", static_cast<int>((d - 3500) / 1000));
}

// The first marathon fades behind 31 km; the others are run evenly with a quicker end.
void plan_race(Workout& workout, const DiaryEntry& entry) {
    const double d = workout.distance_m;
    const double nominal = entry.race != nullptr ? entry.race->length_m : d;
    const double intensity =
        nominal < 6000 ? 1.045 : (nominal < 11000 ? 1.005 : (nominal < 22000 ? 0.958 : 0.905));
    workout.stages = {
        {400, intensity * 1.03}, {d * 0.74, intensity}, {d * 0.96, intensity * 1.005}, {d, intensity * 1.04}};
    if (nominal > 40000 && entry.weeks_before_end > 40) {
        workout.stages = {
            {1000, intensity * 1.02}, {31000, intensity}, {37000, intensity * 0.93}, {d, intensity * 0.90}};
        workout.description =
            "Went out as planned, met the man with the hammer at 31.\r\nNever again. See you next year.";
    }
    workout.workout_type = 1;
    workout.name = entry.race != nullptr ? std::string(entry.race->name) : "Race";
}

void plan_run(Workout& workout, const DiaryEntry& entry, const Terrain& terrain, RepeatableRandom& random) {
    switch (workout.session) {
    case Session::long_run:
        return plan_long_run(workout, entry, random);
    case Session::intervals:
        return plan_repeats(workout, repeats[random.below(repeats.size())]);
    case Session::hills:
        return plan_hills(workout);
    case Session::tempo:
        return plan_tempo(workout);
    case Session::race:
        return plan_race(workout, entry);
    case Session::shakeout:
        workout.name = "Shakeout";
        return even_stages(workout, 0.74);
    case Session::treadmill:
        workout.name = "Treadmill";
        workout.trainer = true;
        return even_stages(workout, 0.76);
    case Session::trail_run:
        workout.name = plain_name(workout, "Trail Run", terrain, random);
        return even_stages(workout, 0.74);
    default:
        workout.name = plain_name(workout, "Run", terrain, random);
        // Half of the runs carry the 0 that Strava writes for "none", the others null.
        workout.workout_type = random.chance(50) ? std::optional<int>(0) : std::nullopt;
        return even_stages(workout, random.between(0.735, 0.79));
    }
}

void plan_indoors(Workout& workout, RepeatableRandom& random) {
    const bool strength = workout.session == Session::strength;
    workout.trainer = true;
    workout.name = strength ? "Strength, core and hips" : "Yoga for stiff runners 🧘";
    workout.duration_s = static_cast<int>(random.between(1500, 3000));
    workout.workout_type = strength ? std::optional<int>(30) : std::nullopt;
    workout.stages = {{workout.duration_s * 0.2, 0.3},
                      {workout.duration_s * 0.9, strength ? 0.5 : 0.33},
                      {static_cast<double>(workout.duration_s), 0.28}};
}

void plan_other(Workout& workout, const Terrain& terrain, RepeatableRandom& random) {
    switch (workout.session) {
    case Session::commute:
        workout.commute = true;
        workout.name = "To the office and back";
        break;
    case Session::e_bike:
        workout.name = "Electric to the lake ⚡";
        break;
    case Session::virtual_ride:
        workout.name = "Skerry Lighthouse, indoors";
        break;
    case Session::swim:
        workout.trainer = true;
        workout.name = "Pool";
        workout.distance_m = 50.0 * static_cast<double>(20 + random.below(21));
        break;
    case Session::open_swim:
        workout.name = "Across the quarry lake and back";
        break;
    default:
        workout.name = plain_name(workout, workout.type, terrain, random);
        break;
    }
    if (workout.motion == Motion::ride) {
        workout.workout_type = 10;
    }
    even_stages(workout, random.between(0.93, 1.05));
}

} // namespace

void fill_session(Workout& workout, const DiaryEntry& entry, const Terrain& terrain,
                  RepeatableRandom& random) {
    const Kind& kind = kind_of(workout.session);
    workout.motion = kind.motion;
    workout.sport_type = kind.sport_type;
    workout.type = kind.type;
    workout.flat_speed_mps = kind.motion == Motion::run ? kind.speed * workout.threshold_mps : kind.speed;
    if (kind.motion == Motion::still) {
        return plan_indoors(workout, random);
    }
    double wanted_m = random.between(kind.shortest_m, kind.longest_m + 1);
    if (workout.session == Session::race && entry.race != nullptr) {
        wanted_m = entry.race->length_m;
    } else if (workout.session == Session::long_run && entry.weeks_before_end < 70) {
        wanted_m *= random.between(1.05, 1.5); // marathon training
    }
    const std::size_t route = terrain.find_route(kind.use, workout.zone, wanted_m);
    workout.distance_m = terrain.route(route).length_m;
    const bool indoors = workout.session == Session::treadmill || kind.motion == Motion::pool;
    workout.route = indoors ? std::nullopt : std::optional<std::size_t>(route);
    if (workout.motion == Motion::run) {
        plan_run(workout, entry, terrain, random);
    } else {
        plan_other(workout, terrain, random);
    }
}

} // namespace harrier::emulator
