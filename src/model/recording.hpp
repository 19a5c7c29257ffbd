// SPDX-License-Identifier: MIT
#pragma once

// What an activity file holds, whatever its format: samples as columns, laps, pauses, and the totals that the
// device wrote itself. Units are SI, names are Strava's where it has one. What was not recorded is absent,
// never zero.

#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace harrier::model {

using Moment = std::chrono::sys_time<std::chrono::milliseconds>;

// A sample that a sensor did not give.
constexpr double missing = std::numeric_limits<double>::quiet_NaN();
[[nodiscard]] inline bool is_missing(double value) {
    return std::isnan(value);
}

// Columns of equal length; a column that no sample has is empty. `time` is always there when anything is.
struct Streams {
    std::vector<double> time;      // s since the recording's start, as recorded: may repeat or step back
    std::vector<double> latitude;  // degrees; missing where the position is
    std::vector<double> longitude; // degrees
    std::vector<double> distance;  // m since the start
    std::vector<double> altitude;  // m
    std::vector<double> velocity_smooth; // m/s
    std::vector<double> heartrate;       // bpm
    std::vector<double> cadence;         // rpm; of one leg on foot
    std::vector<double> watts;
    std::vector<double> temp;         // °C
    std::vector<double> grade_smooth; // %

    [[nodiscard]] std::size_t size() const { return time.size(); }
    friend bool operator==(const Streams&, const Streams&) = default;
};

// A column that an app on the device invented (FIT developer data).
struct ExtraColumn {
    std::string name;
    std::string units;
    std::vector<double> values;
};

// Totals as the device wrote them for a lap or a whole activity.
struct Totals {
    std::optional<double> elapsed_time;  // s
    std::optional<double> timer_time;    // s with the timer running
    std::optional<double> distance;      // m
    std::optional<double> ascent;        // m
    std::optional<double> descent;       // m
    std::optional<double> average_speed; // m/s
    std::optional<double> max_speed;     // m/s
    std::optional<double> average_heartrate;
    std::optional<double> max_heartrate;
    std::optional<double> average_cadence;
    std::optional<double> max_cadence;
    std::optional<double> average_watts;
    std::optional<double> max_watts;
    std::optional<double> normalized_watts;
    std::optional<double> work;         // J
    std::optional<double> calories;     // kcal
    std::optional<double> average_temp; // °C
};

struct Lap {
    std::optional<Moment> start;
    std::optional<Moment> end;
    std::string trigger; // "manual", "distance", "time", "session_end", … as the format says it; "" = unknown
    std::string intensity;
    Totals totals;
};

// One length of a pool.
struct PoolLength {
    std::optional<Moment> start;
    std::optional<double> elapsed_time; // s
    std::optional<int> strokes;
    bool active = true; // false = rest
    std::string stroke;
};

// The timer stood still.
struct Pause {
    Moment from;
    Moment to;
};

struct Device {
    std::optional<int> manufacturer; // FIT's number
    std::optional<int> product;
    std::string name;
    std::optional<double> software_version;
};

// What the device knew about its user.
struct UserProfile {
    std::optional<bool> is_female;
    std::optional<double> age;    // years
    std::optional<double> height; // m
    std::optional<double> weight; // kg
    std::optional<double> resting_heartrate;
    std::optional<double> max_heartrate;
    std::optional<double> threshold_heartrate;
    std::optional<double> threshold_power; // W
};

// One activity of a file. A multisport file holds several.
struct Recording {
    std::string
        sport_type; // Strava's word: "Run", "Ride", …; "Workout" when there is none for it; "" = not said
    std::string original_sport; // the file's own word: "running/trail"
    std::string name;
    std::string description;
    std::optional<Moment> start;                    // empty when the file has only relative times
    std::optional<std::chrono::seconds> utc_offset; // local wall time minus UTC, when the file tells
    Streams streams;
    std::vector<ExtraColumn> extra;
    std::vector<Lap> laps;
    std::vector<PoolLength> lengths;
    std::vector<Pause> pauses;
    // Indices of the samples that begin a new segment or track: no line leads to them from the one before.
    std::vector<std::size_t> breaks;
    Totals totals;
    std::optional<double> pool_length; // m
    std::vector<double> rr_intervals;  // s between heart beats
    std::vector<Device> devices;       // the recording device first
    UserProfile user;
};

// Something in a file that was repaired, skipped or could not be believed.
struct Finding {
    std::size_t offset = 0;  // byte in the file
    std::size_t message = 0; // number of the message (FIT) or point (XML), 0-based
    std::string what;
};

// A damaged file gives its good prefix and says what was wrong.
struct DecodedFile {
    std::vector<Recording> recordings;
    std::vector<Finding> findings;
    bool is_cut = false;       // it breaks off: its last recording is only the beginning of one
    bool is_rewritten = false; // harrier wrote it, out of what it had
};

} // namespace harrier::model
