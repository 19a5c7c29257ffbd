// SPDX-License-Identifier: MIT
#include "emulator/made_up_json.hpp"

#include "base/units.hpp"
#include "emulator/json_text.hpp"
#include "emulator/made_up_json_parts.hpp"
#include "emulator/made_up_map.hpp"
#include "emulator/made_up_profile.hpp"
#include "emulator/repeatable_random.hpp"

#include <fmt/format.h>

#include <array>

namespace harrier::emulator {

namespace {

std::string_view device_name(Device device) {
    switch (device) {
    case Device::old_watch:
        return "Peregrine One";
    case Device::new_watch:
        return "Peregrine 4S";
    case Device::bike_computer:
        return "Roadbook 300";
    case Device::phone:
        return "Strava Android App";
    case Device::none:
        break;
    }
    return "Skerry Indoor";
}

std::string external_id(const Workout& workout) {
    switch (workout.device) {
    case Device::new_watch:
    case Device::bike_computer:
        return fmt::format("peregrine_ping_{}", workout.id * 29 + 1787);
    case Device::old_watch:
        return fmt::format("{}.fit", format_instant(workout.start));
    case Device::phone:
    case Device::none:
        break;
    }
    const std::uint64_t high = seed_of(workout.seed, 21);
    const std::uint64_t low = seed_of(workout.seed, 22);
    return fmt::format("{:08X}-{:04X}-4{:03X}-A{:03X}-{:012X}", high >> 32U, (high >> 16U) & 0xffffU,
                       high & 0xfffU, low >> 52U, low & 0xffff'ffff'ffffU);
}

void write_identity(JsonText& json, const Performed& performed, int resource_state) {
    const Workout& workout = performed.workout;
    const Totals& totals = performed.totals;
    json.whole("resource_state", resource_state);
    json.key("athlete")
        .open_object()
        .whole("id", made_up_athlete_id)
        .whole("resource_state", 1)
        .close_object();
    json.text("name", workout.name).decimal("distance", totals.distance_dm, 1);
    json.whole("moving_time", totals.moving_s).whole("elapsed_time", totals.elapsed_s);
    if (performed.recording.has_position) {
        json.decimal("total_elevation_gain", totals.climb_dm, 1);
    } else {
        json.whole("total_elevation_gain", 0);
    }
    json.text("type", workout.type).text("sport_type", workout.sport_type);
    if (workout.workout_type) {
        json.whole("workout_type", *workout.workout_type);
    } else if (workout.motion == Motion::run) {
        json.null("workout_type");
    }
    json.whole("id", workout.id).text("start_date", format_instant(workout.shown_start()));
    json.text("start_date_local", format_wall_time(workout.shown_start_local()));
    json.text("timezone", strava_timezone(workout.zone));
    json.decimal("utc_offset", utc_offset(workout.zone, workout.start).count() * 10, 1);
    json.null("location_city").null("location_state").null("location_country");
}

void write_counts_and_map(JsonText& json, const Performed& performed, bool detailed) {
    const Workout& workout = performed.workout;
    const auto& samples = performed.recording.samples;
    const bool mapped = performed.recording.has_position;
    RepeatableRandom random(seed_of(workout.seed, 31));
    const bool is_race = workout.session == Session::race;
    json.whole("achievement_count", 0)
        .whole("kudos_count", static_cast<int>(random.below(is_race ? 60 : 14)));
    json.whole("comment_count", static_cast<int>(random.below(is_race ? 9 : 2)));
    json.whole("athlete_count", is_race ? 40 + static_cast<int>(random.below(180)) : 1)
        .whole("photo_count", 0);
    json.key("map").open_object().text("id", fmt::format("a{}", workout.id));
    if (detailed) {
        json.text("polyline", mapped ? draw_detailed_line(samples) : "").whole("resource_state", 3);
    }
    json.text("summary_polyline", mapped ? draw_summary_line(samples) : "");
    if (!detailed) {
        json.whole("resource_state", 2);
    }
    json.close_object();
}

void write_position(JsonText& json, std::string_view name, const Recording& recording, bool at_end) {
    json.key(name).open_array();
    if (recording.has_position) {
        const Sample& sample = at_end ? recording.samples.back() : recording.samples.front();
        json.decimal(sample.lat_e6, 6).decimal(sample.lng_e6, 6);
    }
    json.close_array();
}

void write_flags_and_places(JsonText& json, const Performed& performed) {
    const Workout& workout = performed.workout;
    const bool only_me = workout.visibility == "only_me";
    json.boolean("trainer", workout.trainer).boolean("commute", workout.commute);
    json.boolean("manual", workout.manual).boolean("private", only_me);
    json.text("visibility", workout.visibility).boolean("flagged", workout.flagged);
    if (workout.gear_id.empty()) {
        json.null("gear_id");
    } else {
        json.text("gear_id", workout.gear_id);
    }
    write_position(json, "start_latlng", performed.recording, false);
    write_position(json, "end_latlng", performed.recording, true);
}

void write_sensors(JsonText& json, const Performed& performed) {
    const Workout& workout = performed.workout;
    const Recording& recording = performed.recording;
    const Totals& totals = performed.totals;
    json.decimal("average_speed", totals.average_speed_mmps(workout.session == Session::race), 3);
    if (workout.manual) {
        json.whole("max_speed", 0);
    } else {
        json.decimal("max_speed", totals.max_speed_mmps, 3);
    }
    if (recording.has_cadence) {
        json.decimal("average_cadence", totals.average_cadence_tenths, 1);
    }
    if (recording.has_temperature) {
        json.whole("average_temp", totals.average_temperature_c);
    }
    if (workout.motion == Motion::ride) { // without a meter the watts are an estimate
        json.decimal("average_watts", totals.average_watts_tenths, 1);
        if (recording.has_watts) {
            json.whole("max_watts", totals.max_watts);
            json.whole("weighted_average_watts", weighted_average_watts(recording.samples));
        }
        json.decimal("kilojoules", (totals.joules + 50) / 100, 1)
            .boolean("device_watts", recording.has_watts);
    }
    json.boolean("has_heartrate", recording.has_heartrate);
    if (recording.has_heartrate) {
        json.decimal("average_heartrate", totals.average_heartrate_tenths, 1);
        json.decimal("max_heartrate", totals.max_heartrate * 10, 1);
    }
    json.boolean("heartrate_opt_out", false)
        .boolean("display_hide_heartrate_option", recording.has_heartrate);
    if (recording.has_position || workout.motion == Motion::pool) {
        json.decimal("elev_high", totals.high_dm, 1).decimal("elev_low", totals.low_dm, 1);
    }
}

void write_upload(JsonText& json, const Performed& performed) {
    const Workout& workout = performed.workout;
    if (workout.manual) {
        json.null("upload_id").null("external_id");
    } else {
        const std::int64_t upload_id =
            workout.id + 1'083'412'007 + static_cast<std::int64_t>(workout.seed % 997);
        json.whole("upload_id", upload_id).text("upload_id_str", fmt::format("{}", upload_id));
        json.text("external_id", external_id(workout));
    }
    json.boolean("from_accepted_tag", false).whole("pr_count", 0).whole("total_photo_count", 0);
    json.boolean("has_kudoed", false);
    if (performed.recording.has_heartrate) {
        json.decimal("suffer_score", performed.totals.suffer_score * 10, 1);
    }
}

void write_common(JsonText& json, const Performed& performed, bool detailed) {
    write_identity(json, performed, detailed ? 3 : 2);
    write_counts_and_map(json, performed, detailed);
    write_flags_and_places(json, performed);
    write_sensors(json, performed);
    write_upload(json, performed);
    if (performed.workout.trap == Trap::unknown_key) {
        json.raw("ridge", R"({"exposure":"III","summits":[2411,2467]})");
    }
}

// kcal: 1 per kg and km on foot, the work of the legs on a bike, by the clock for the rest.
std::int64_t calories(const Performed& performed) {
    const Totals& totals = performed.totals;
    switch (performed.workout.motion) {
    case Motion::run:
    case Motion::walk:
        return totals.distance_dm * 63 / 10'000;
    case Motion::ride:
        return totals.joules * 107 / 100'000;
    case Motion::pool:
    case Motion::open_water:
        return totals.moving_s / 7;
    case Motion::still:
        break;
    }
    return totals.elapsed_s / 14;
}

void write_lists(JsonText& json, const Performed& performed) {
    const Workout& workout = performed.workout;
    json.key("segment_efforts").open_array().close_array();
    const bool on_land =
        workout.motion == Motion::run || workout.motion == Motion::ride || workout.motion == Motion::walk;
    if (!workout.manual) {
        if (on_land) {
            write_splits(json.key("splits_metric"), performed, metres_per_kilometre);
            write_splits(json.key("splits_standard"), performed, metres_per_mile);
        }
        write_laps(json.key("laps"), performed);
    }
    if (workout.motion == Motion::run) {
        write_best_efforts(json.key("best_efforts"), performed);
    }
}

// The athlete never ran this route before, as far as this block is concerned.
void write_similar(JsonText& json, const Performed& performed) {
    const int speed = performed.totals.average_speed_mmps(performed.workout.session == Session::race);
    json.key("similar_activities").open_object().whole("effort_count", 1);
    for (const auto* name :
         {"average_speed", "min_average_speed", "mid_average_speed", "max_average_speed"}) {
        json.decimal(name, speed, 3);
    }
    json.null("pr_rank").null("frequency_milestone");
    json.key("trend").open_object().key("speeds").open_array().decimal(speed, 3).close_array();
    json.whole("current_activity_index", 0);
    for (const auto* name : {"min_speed", "mid_speed", "max_speed"}) {
        json.decimal(name, speed, 3);
    }
    json.whole("direction", 0).close_object().whole("resource_state", 2).close_object();
}

void write_closing(JsonText& json, const Performed& performed) {
    const Workout& workout = performed.workout;
    json.key("photos").open_object().null("primary").whole("count", 0).close_object();
    json.key("stats_visibility").open_array();
    for (const auto* name : {"heart_rate", "pace", "power", "speed", "calories"}) {
        json.open_object().text("type", name).text("visibility", "everyone").close_object();
    }
    json.close_array().boolean("hide_from_home", false);
    if (!workout.manual) {
        json.text("device_name", device_name(workout.device));
    }
    json.text("embed_token", fmt::format("{:016x}{:016x}{:08x}", seed_of(workout.seed, 41),
                                         seed_of(workout.seed, 42), seed_of(workout.seed, 43) >> 32U));
    if (workout.motion == Motion::run) {
        write_similar(json, performed);
    }
    json.key("available_zones").open_array();
    if (performed.recording.has_heartrate) {
        json.text("heartrate");
    }
    if (workout.motion == Motion::run) {
        json.text("pace");
    }
    if (performed.recording.has_watts) {
        json.text("power");
    }
    json.close_array();
}

} // namespace

Totals totals_of(const Workout& workout, const Recording& recording) {
    if (workout.manual) {
        Totals totals;
        totals.distance_dm = static_cast<std::int64_t>(workout.distance_m * 10);
        totals.moving_s = totals.elapsed_s = workout.duration_s;
        return totals;
    }
    Totals totals = total(recording.samples, {0, recording.samples.size() - 1});
    if (workout.trap == Trap::elapsed_too_short) {
        totals.elapsed_s = totals.moving_s - 1;
    }
    return totals;
}

std::string summary_json(const Performed& performed) {
    JsonText json;
    json.open_object();
    write_common(json, performed, false);
    if (!performed.workout.manual) {
        json.text("device_name", device_name(performed.workout.device));
    }
    return json.close_object().take();
}

std::string detail_json(const Performed& performed, const std::optional<std::string>& gear_json) {
    const Workout& workout = performed.workout;
    JsonText json;
    json.open_object();
    write_common(json, performed, true);
    if (workout.description.empty()) {
        json.null("description");
    } else {
        json.text("description", workout.description);
    }
    json.decimal("calories", calories(performed) * 10, 1);
    json.null("perceived_exertion").null("prefer_perceived_exertion");
    write_lists(json, performed);
    if (gear_json) {
        json.raw("gear", *gear_json);
    }
    write_closing(json, performed);
    return json.close_object().take();
}

std::string laps_json(const Performed& performed) {
    JsonText json;
    write_laps(json, performed);
    return json.take();
}

} // namespace harrier::emulator
