// SPDX-License-Identifier: MIT
#include "emulator/made_up_profile.hpp"

#include "emulator/made_up_plan.hpp"
#include "emulator/made_up_totals.hpp"

namespace harrier::emulator {

namespace {

struct Gear {
    std::string_view id;
    std::string_view brand;
    std::string_view model;
    std::string_view nickname; // empty: "" for one, null for the others, as in the wild
    std::string_view description;
    bool primary;
    bool retired;
    int frame_type; // 0: shoes
    int weight_kg;
};

constexpr std::array<Gear, 6> all_gear{{
    {old_shoes, "Kestrel", "Daily 2", "", "Through the sole at the toes.", false, true, 0, 0},
    {daily_shoes, "Kestrel", "Daily 4", "", "", true, false, 0, 0},
    {race_shoes, "Swift", "Carbon", "rockets", "Races and track only.", false, false, 0, 0},
    {trail_shoes, "Marten", "Trail GT", "muddy", "", false, false, 0, 0},
    {road_bike, "Ardent", "Fünf", "the red one", "Steel.", true, false, 3, 9},
    {town_bike, "Volta", "Tour", "", "Electric, for the office.", false, false, 2, 23},
}};

constexpr std::array<std::string_view, 3> families{"ride", "run", "swim"};

std::optional<std::size_t> family_of(std::string_view type) {
    if (type == "Run" || type == "VirtualRun") {
        return 1;
    }
    if (type == "Swim") {
        return 2;
    }
    return type == "Ride" || type == "VirtualRide" ? std::optional<std::size_t>(0) : std::nullopt;
}

void write_identity(JsonText& json, int resource_state) {
    json.whole("id", made_up_athlete_id);
    json.text("username", "alma_weit").whole("resource_state", resource_state);
    json.text("firstname", "Alma").text("lastname", "Weitläufer");
    if (resource_state == 3) {
        json.text("bio",
                  "Made up from start to finish. Runs the hills above the Lauter & swims when injured.");
    }
    json.text("city", "Erlenbrück").text("state", "Thüringen").text("country", "Germany").text("sex", "F");
    json.boolean("premium", true).boolean("summit", true);
    json.text("created_at", "2019-04-02T17:26:11Z").text("updated_at", "2026-11-15T19:40:52Z");
    json.whole("badge_type_id", 1);
    if (resource_state == 3) {
        json.decimal("weight", 615, 1);
    }
    json.text("profile_medium", "avatar/athlete/medium.png").text("profile", "avatar/athlete/large.png");
    json.null("friend").null("follower");
}

constexpr std::array<int, 6> power_zone_ends{127, 174, 208, 243, 278, 347};

} // namespace

void Profile::Sum::add(const Contribution& activity) {
    ++count;
    distance_dm += activity.distance_dm;
    moving_s += activity.moving_s;
    elapsed_s += activity.elapsed_s;
    climb_dm += activity.climb_dm;
}

void Profile::add(const Contribution& activity) {
    for (std::size_t i = 0; i < all_gear.size(); ++i) {
        m_gear_dm[i] += all_gear[i].id == activity.gear_id ? activity.distance_dm : 0;
    }
    const auto family = family_of(activity.type);
    if (!family || !activity.is_public) {
        return;
    }
    m_all[*family].add(activity);
    if (activity.start > m_end - std::chrono::days{28}) {
        m_recent[*family].add(activity);
    }
    const auto year = std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(m_end)).year();
    if (activity.start >= std::chrono::sys_days(year / 1 / 1)) {
        m_this_year[*family].add(activity);
    }
}

std::string Profile::athlete_summary_json() const {
    JsonText json;
    json.open_object();
    write_identity(json, 2);
    return json.close_object().take();
}

std::string Profile::athlete_json() const {
    JsonText json;
    json.open_object();
    write_identity(json, 3);
    json.boolean("blocked", false).boolean("can_follow", true);
    json.whole("follower_count", 87).whole("friend_count", 64).whole("mutual_friend_count", 0);
    json.whole("athlete_type", 1)
        .text("date_preference", "%d/%m/%Y")
        .text("measurement_preference", "meters");
    json.key("clubs").open_array().close_array().whole("postable_clubs_count", 0).whole("ftp", 232);
    json.key("bikes").open_array();
    for (std::size_t i = 0; i < all_gear.size(); ++i) {
        if (all_gear[i].frame_type != 0) {
            write_gear(json, i, false);
        }
    }
    json.close_array().key("shoes").open_array();
    for (std::size_t i = 0; i < all_gear.size(); ++i) {
        if (all_gear[i].frame_type == 0) {
            write_gear(json, i, false);
        }
    }
    return json.close_array().close_object().take();
}

std::string Profile::zones_json() const {
    JsonText json;
    json.open_object().key("heart_rate").open_object().boolean("custom_zones", true);
    json.key("zones").open_array();
    const auto starts = heartrate_zones();
    for (std::size_t i = 0; i < starts.size(); ++i) {
        json.open_object().whole("min", starts[i]);
        json.whole("max", i + 1 < starts.size() ? starts[i + 1] : -1).close_object();
    }
    json.close_array().close_object().key("power").open_object().key("zones").open_array();
    int from = 0;
    for (const int until : power_zone_ends) {
        json.open_object().whole("min", from).whole("max", until).close_object();
        from = until + 1;
    }
    json.open_object().whole("min", from).whole("max", -1).close_object();
    return json.close_array().close_object().close_object().take();
}

void Profile::write_sum(JsonText& json, const Sum& sum, bool is_recent) {
    json.open_object().whole("count", sum.count);
    if (sum.count == 0) { // whole zeros, as Strava writes them for nothing at all
        json.whole("distance", 0).whole("moving_time", 0).whole("elapsed_time", 0).whole("elevation_gain", 0);
    } else {
        json.decimal("distance", sum.distance_dm, 1);
        json.whole("moving_time", sum.moving_s).whole("elapsed_time", sum.elapsed_s);
        json.decimal("elevation_gain", sum.climb_dm, 1);
    }
    if (is_recent) {
        json.whole("achievement_count", 0);
    }
    json.close_object();
}

std::string Profile::stats_json() const {
    JsonText json;
    json.open_object();
    const auto write = [&json](std::string_view span, std::size_t family, const Sum& sum, bool is_recent) {
        write_sum(json.key(std::string(span) + "_" + std::string(families[family]) + "_totals"), sum,
                  is_recent);
    };
    for (std::size_t family = 0; family < families.size(); ++family) {
        write("recent", family, m_recent[family], true);
        write("all", family, m_all[family], false);
    }
    for (std::size_t family = 0; family < families.size(); ++family) {
        write("ytd", family, m_this_year[family], false);
    }
    return json.close_object().take();
}

void Profile::write_gear(JsonText& json, std::size_t index, bool detailed) const {
    const Gear& gear = all_gear[index];
    const std::int64_t metres = (m_gear_dm[index] + 5) / 10;
    std::string name = std::string(gear.brand) + " " + std::string(gear.model);
    if (!gear.nickname.empty()) {
        name += " " + std::string(gear.nickname);
    }
    json.open_object().text("id", gear.id).boolean("primary", gear.primary).text("name", name);
    if (gear.nickname.empty() && index != 0) {
        json.null("nickname");
    } else {
        json.text("nickname", gear.nickname);
    }
    json.whole("resource_state", detailed ? 3 : 2).boolean("retired", gear.retired);
    json.whole("distance", metres).decimal("converted_distance", (metres + 50) / 100, 1);
    if (detailed) {
        json.text("brand_name", gear.brand).text("model_name", gear.model);
        if (gear.frame_type != 0) {
            json.whole("frame_type", gear.frame_type).text("description", gear.description);
            json.decimal("weight", gear.weight_kg * 10, 1);
        } else {
            json.text("description", gear.description).whole("notification_distance", 0);
        }
    }
    json.close_object();
}

std::optional<std::string> Profile::gear_json(std::string_view id) const {
    for (std::size_t i = 0; i < all_gear.size(); ++i) {
        if (all_gear[i].id == id) {
            JsonText json;
            write_gear(json, i, true);
            return json.take();
        }
    }
    return std::nullopt;
}

std::optional<std::string> Profile::gear_summary_json(std::string_view id) const {
    for (std::size_t i = 0; i < all_gear.size(); ++i) {
        if (all_gear[i].id == id) {
            JsonText json;
            write_gear(json, i, false);
            return json.take();
        }
    }
    return std::nullopt;
}

} // namespace harrier::emulator
