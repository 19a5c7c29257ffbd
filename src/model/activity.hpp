// SPDX-License-Identifier: MIT
#pragma once

// An activity as harrier knows it: one outing, merged from everything that was said about it. Names, units
// and meanings are those of Strava's SummaryActivity; whatever a source did not say is empty, never zero.

#include "base/ids.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace harrier::model {

struct LatLng {
    double lat; // degrees
    double lng;

    friend bool operator==(const LatLng&, const LatLng&) = default;
};

struct Activity {
    ActivityId activity_id;            // the archive's own number; 0 before it is stored
    std::optional<StravaId> strava_id; // empty for an activity that only a file knows
    AthleteId athlete_id;
    std::string sources; // who says so, comma-separated: "api_summary"; filled by the archive

    std::string name;
    std::optional<std::string> description;
    std::optional<std::string> private_note;
    std::string sport_type;          // kept as a string: Strava adds sports
    std::optional<std::string> type; // Strava's older, coarser sport
    std::optional<int> workout_type; // run: 0 none, 1 race, 2 long run, 3 workout; ride: 10, 11, 12

    std::optional<Instant> start_date;
    std::optional<WallTime> start_date_local;
    std::optional<std::string> timezone; // as Strava writes it: "(GMT-05:00) America/New_York"
    std::optional<double> utc_offset;    // s

    std::optional<double> distance;             // m
    std::optional<std::int64_t> moving_time;    // s
    std::optional<std::int64_t> elapsed_time;   // s
    std::optional<double> total_elevation_gain; // m
    std::optional<double> elev_high;            // m
    std::optional<double> elev_low;             // m

    std::optional<double> average_speed; // m/s
    std::optional<double> max_speed;     // m/s
    std::optional<bool> has_heartrate;
    std::optional<double> average_heartrate; // bpm
    std::optional<double> max_heartrate;     // bpm
    std::optional<double> average_cadence;   // rpm; of one leg in a run
    std::optional<double> average_temp;      // °C
    std::optional<double> average_watts;
    std::optional<double> weighted_average_watts;
    std::optional<double> max_watts;
    std::optional<bool> device_watts;
    std::optional<double> kilojoules;
    std::optional<double> calories; // kcal
    std::optional<double> suffer_score;

    std::optional<std::string> gear_id;   // Strava's: "b1234" a bike, "g1234" shoes
    std::optional<std::string> gear_name; // as the export says it, which has no ids, or a detail
    std::optional<bool> trainer;
    std::optional<bool> commute;
    std::optional<bool> manual;
    std::optional<bool> is_private;        // `private` at Strava
    std::optional<std::string> visibility; // everyone, followers_only, only_me
    std::optional<bool> flagged;

    std::optional<LatLng> start_latlng;
    std::optional<LatLng> end_latlng;
    std::optional<std::string> summary_polyline; // encoded, precision 5; empty = no GPS

    std::optional<std::int64_t> achievement_count;
    std::optional<std::int64_t> kudos_count;
    std::optional<std::int64_t> comment_count;
    std::optional<std::int64_t> athlete_count; // not stable between two listings: never a sign of change
    std::optional<std::int64_t> photo_count;
    std::optional<std::int64_t> total_photo_count;
    std::optional<std::int64_t> pr_count;

    std::optional<std::int64_t> upload_id;
    std::optional<std::string> external_id;
    std::optional<std::string> device_name;

    friend bool operator==(const Activity&, const Activity&) = default;
};

// One activity as a source said it, with the exact bytes of the record: nothing ever has to be fetched twice.
struct ActivityRecord {
    Activity activity;
    std::string raw;
};

} // namespace harrier::model
