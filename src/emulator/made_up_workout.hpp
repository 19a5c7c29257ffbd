// SPDX-License-Identifier: MIT
#pragma once

// One outing of the made-up athlete as it was planned: everything that the simulation needs to make the same
// samples again, and what the athlete wrote about it. Plain values.

#include "base/time.hpp"
#include "emulator/made_up_zone.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::emulator {

enum class Session {
    easy,
    hills,
    long_run,
    intervals,
    tempo,
    shakeout,
    race,
    treadmill,
    trail_run,
    ride,
    long_ride,
    commute,
    e_bike,
    virtual_ride,
    swim,
    open_swim,
    hike,
    walk,
    strength,
    yoga,
};

// How the body moves, which decides the simulation.
enum class Motion { run, walk, ride, pool, open_water, still };

// What recorded it: the old watch records at odd seconds and without a pause of its own; the newer devices
// record each second and stop their clock at a stop.
enum class Device { old_watch, new_watch, bike_computer, phone, none };

// What is wrong with it, on purpose. Names of the activities: docs/made-up-athlete.md.
enum class Trap {
    none,
    teleport,          // a jump of the GPS position there and back, counted as distance
    car_ride,          // the watch went on in a car
    long_belt,         // a treadmill whose distance is too long
    elapsed_too_short, // elapsed_time is one second less than moving_time
    unknown_key,       // a key and a sport type that no client knows
};

struct Stage {
    double until_m = 0;   // in s for Motion::still
    double intensity = 1; // times flat_speed_mps
};

struct Pause {
    double at_m = 0;
    int duration_s = 0;
    bool clock_stops = false; // the device writes nothing during the pause
};

struct Workout {
    std::uint64_t seed = 0;
    std::int64_t id = 0;
    Instant start{};
    Zone zone = Zone::berlin;
    Session session = Session::easy;
    Motion motion = Motion::run;
    Device device = Device::new_watch;
    Trap trap = Trap::none;

    std::optional<std::size_t> route; // empty: indoors
    double distance_m = 0;
    int duration_s = 0; // of Motion::still
    double flat_speed_mps = 3;
    double threshold_mps = 3.6;
    int temperature_c = 12;
    std::vector<Stage> stages; // by distance; the last one ends the outing
    std::vector<Pause> pauses;
    bool laps_by_stage = false;

    std::string name;
    std::string description;
    std::string_view sport_type = "Run";
    std::string_view type = "Run";
    std::optional<int> workout_type;
    std::string_view gear_id; // empty: none
    std::string_view visibility = "everyone";
    bool trainer = false;
    bool commute = false;
    bool manual = false;
    bool flagged = false;
    bool hides_start_time = false;
    bool has_heartrate = true;
    bool has_power_meter = false;
    std::int64_t upload_delay_s = 0; // how long after its start it was uploaded; ids follow uploads

    // What `start_date` says: of a hidden start only the day is left.
    [[nodiscard]] Instant shown_start() const;
    [[nodiscard]] WallTime shown_start_local() const;
};

} // namespace harrier::emulator
