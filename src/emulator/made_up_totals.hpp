// SPDX-License-Identifier: MIT
#pragma once

// Samples -> the sums that Strava shows: of a whole activity, of laps, splits and best efforts. In whole
// numbers of small units. Pure.

#include "emulator/made_up_simulation.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace harrier::emulator {

// Samples `first` to `last`; times and distances are those between the two.
struct Range {
    std::size_t first = 0;
    std::size_t last = 0;
};

struct Totals {
    std::int64_t distance_dm = 0;
    int elapsed_s = 0;
    int moving_s = 0; // the spans whose later sample says `moving`
    int climb_dm = 0; // only rises of 2 m and more count, so that noise does not climb
    int altitude_change_dm = 0;
    int high_dm = 0;
    int low_dm = 0;
    int max_speed_mmps = 0;
    int average_heartrate_tenths = 0; // mean of the samples
    int max_heartrate = 0;
    int average_cadence_tenths = 0; // mean of the moving samples without zeros
    int average_temperature_c = 0;
    int average_watts_tenths = 0; // mean of the moving samples
    int max_watts = 0;
    std::int64_t joules = 0;
    int suffer_score = 0;

    // Over the moving time, in mm/s; over the elapsed time for races.
    [[nodiscard]] int average_speed_mmps(bool is_race) const;
};

[[nodiscard]] Totals total(std::span<const Sample> samples, Range range);

// Normalised power: fourth root of the mean fourth power of the 30-sample means (Coggan), in W.
[[nodiscard]] int weighted_average_watts(std::span<const Sample> samples);

// Splits end at the first sample at or behind each whole multiple of `length_m`; the last one is shorter.
[[nodiscard]] std::vector<Range> split_ranges(std::span<const Sample> samples, double length_m);

// By stage, or by kilometre, or one lap: as the workout's device does it.
[[nodiscard]] std::vector<Range> lap_ranges(const Workout& workout, std::span<const Sample> samples);

struct BestEffort {
    std::string_view name;
    int distance_m;
    Range range;
};

// The quickest window of samples for each distance that Strava names, by elapsed time; the earliest of
// equals.
[[nodiscard]] std::vector<BestEffort> best_efforts(std::span<const Sample> samples);

// Lower ends of the athlete's heart-rate zones, in bpm; the first is 0.
[[nodiscard]] std::span<const int> heartrate_zones();

} // namespace harrier::emulator
