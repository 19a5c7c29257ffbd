// SPDX-License-Identifier: MIT
#include "emulator/made_up_json_parts.hpp"

#include "base/units.hpp"
#include "emulator/made_up_profile.hpp"

#include <fmt/format.h>

namespace harrier::emulator {

namespace {

// Ids of laps and efforts lie above 2^53, where a double no longer tells neighbours apart.
std::int64_t part_id(const Workout& workout, std::int64_t kind, std::int64_t number) {
    return (workout.id << 26U) + (kind << 20U) + number * 1009 + 1;
}

// m/s with two decimals, as laps and splits have them.
std::int64_t centimetres_per_second(int mmps) {
    return (mmps + 5) / 10;
}

int pace_zone(const Workout& workout, int mmps) {
    const double share = mmps / 1000.0 / workout.threshold_mps;
    return share < 0.78
               ? 1
               : (share < 0.88 ? 2 : (share < 0.95 ? 3 : (share < 1.02 ? 4 : (share < 1.1 ? 5 : 6))));
}

void write_owner(JsonText& json, const Workout& workout) {
    json.key("activity").open_object().whole("id", workout.id).text("visibility", workout.visibility);
    json.whole("resource_state", 1).close_object();
    json.key("athlete")
        .open_object()
        .whole("id", made_up_athlete_id)
        .whole("resource_state", 1)
        .close_object();
}

void write_start(JsonText& json, const Workout& workout, int after_s) {
    json.text("start_date", format_instant(workout.shown_start() + std::chrono::seconds{after_s}));
    json.text("start_date_local",
              format_wall_time(workout.shown_start_local() + std::chrono::seconds{after_s}));
}

void write_lap(JsonText& json, const Performed& performed, Range range, int number) {
    const Workout& workout = performed.workout;
    const Recording& recording = performed.recording;
    const Totals totals = total(recording.samples, range);
    json.open_object().whole("id", part_id(workout, 1, number)).whole("resource_state", 2);
    json.text("name", fmt::format("Lap {}", number));
    write_owner(json, workout);
    json.whole("elapsed_time", totals.elapsed_s).whole("moving_time", totals.moving_s);
    write_start(json, workout, recording.samples[range.first].time_s);
    json.decimal("distance", totals.distance_dm, 1);
    json.decimal("average_speed", centimetres_per_second(totals.average_speed_mmps(false)), 2);
    json.decimal("max_speed", totals.max_speed_mmps, 3).whole("lap_index", number).whole("split", number);
    json.whole("start_index", static_cast<std::int64_t>(number == 1 ? 0 : range.first + 1));
    json.whole("end_index", static_cast<std::int64_t>(range.last));
    if (recording.has_position) {
        json.decimal("total_elevation_gain", totals.climb_dm, 1);
    } else {
        json.whole("total_elevation_gain", 0);
    }
    if (recording.has_cadence) {
        json.decimal("average_cadence", totals.average_cadence_tenths, 1);
    }
    json.boolean("device_watts", recording.has_watts);
    if (recording.has_watts) {
        json.decimal("average_watts", totals.average_watts_tenths, 1);
    }
    if (recording.has_heartrate) {
        json.decimal("average_heartrate", totals.average_heartrate_tenths, 1);
        json.decimal("max_heartrate", totals.max_heartrate * 10, 1);
    }
    if (workout.motion == Motion::run) {
        json.whole("pace_zone", pace_zone(workout, totals.average_speed_mmps(false)));
    }
    json.close_object();
}

// Speed on the flat for the same effort, averaged over the moving time.
int grade_adjusted_mmps(std::span<const Sample> samples, Range range, int moving_s) {
    double adjusted_m = 0;
    for (std::size_t i = range.first + 1; i <= range.last; ++i) {
        const double step_m = (samples[i].distance_dm - samples[i - 1].distance_dm) / 10.0;
        adjusted_m += step_m * running_cost(samples[i].grade_permille / 1000.0);
    }
    return moving_s == 0 ? 0 : static_cast<int>(adjusted_m * 1000.0 / moving_s + 0.5);
}

void write_split(JsonText& json, const Performed& performed, Range range, int number) {
    const auto& samples = performed.recording.samples;
    const Totals totals = total(samples, range);
    const bool is_run = performed.workout.motion == Motion::run;
    const bool is_race = performed.workout.session == Session::race;
    const int speed = totals.average_speed_mmps(is_race);
    json.open_object().decimal("distance", totals.distance_dm, 1).whole("elapsed_time", totals.elapsed_s);
    json.decimal("elevation_difference", totals.altitude_change_dm, 1).whole("moving_time", totals.moving_s);
    json.whole("split", number).decimal("average_speed", centimetres_per_second(speed), 2);
    if (is_run) {
        const int adjusted =
            grade_adjusted_mmps(samples, range, is_race ? totals.elapsed_s : totals.moving_s);
        json.decimal("average_grade_adjusted_speed", centimetres_per_second(adjusted), 2);
    } else {
        json.null("average_grade_adjusted_speed");
    }
    if (performed.recording.has_heartrate) {
        json.decimal("average_heartrate", totals.average_heartrate_tenths, 1);
    }
    json.whole("pace_zone", is_run ? pace_zone(performed.workout, speed) : 0).close_object();
}

} // namespace

void write_laps(JsonText& json, const Performed& performed) {
    json.open_array();
    int number = 0;
    for (const Range range : lap_ranges(performed.workout, performed.recording.samples)) {
        write_lap(json, performed, range, ++number);
    }
    json.close_array();
}

void write_splits(JsonText& json, const Performed& performed, double length_m) {
    json.open_array();
    int number = 0;
    for (const Range range : split_ranges(performed.recording.samples, length_m)) {
        write_split(json, performed, range, ++number);
    }
    json.close_array();
}

void write_best_efforts(JsonText& json, const Performed& performed) {
    const Workout& workout = performed.workout;
    json.open_array();
    int number = 0;
    for (const BestEffort& effort : best_efforts(performed.recording.samples)) {
        const Totals totals = total(performed.recording.samples, effort.range);
        json.open_object().whole("id", part_id(workout, 2, ++number)).whole("resource_state", 2);
        json.text("name", effort.name);
        write_owner(json, workout);
        json.whole("elapsed_time", totals.elapsed_s).whole("moving_time", totals.moving_s);
        write_start(json, workout, performed.recording.samples[effort.range.first].time_s);
        json.whole("distance", effort.distance_m).null("pr_rank");
        json.key("achievements").open_array().close_array();
        json.whole("start_index", static_cast<std::int64_t>(effort.range.first));
        json.whole("end_index", static_cast<std::int64_t>(effort.range.last)).close_object();
    }
    json.close_array();
}

} // namespace harrier::emulator
