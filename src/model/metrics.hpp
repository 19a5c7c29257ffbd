// SPDX-License-Identifier: MIT
#pragma once

// What is computed from the samples of one activity and kept beside it. Nothing in here depends on the
// athlete's thresholds: zones, loads and scores are made of it when they are asked for.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace harrier::model {

// How a best effort is found (docs/metrics.md).
enum class EffortMode {
    exact,  // between samples, over the true distance
    strava, // from sample to sample, as Strava does
};

// The fastest part of an activity over one distance, and what speaks for it.
struct BestEffort {
    EffortMode mode = EffortMode::exact;
    double distance = 0;         // m, the target
    double elapsed_time = 0;     // s
    double start_time = 0;       // s since the start of the recording
    double covered = 0;          // m between the two ends
    std::size_t start_index = 0; // of samples: the part begins at or behind the first …
    std::size_t end_index = 0;   // … and ends at or before the last
    double largest_gap = 0;      // s between two samples in it
    std::string refused{};       // why it cannot be a record; "" = it can

    friend bool operator==(const BestEffort&, const BestEffort&) = default;
};

// Time spent at values: `seconds[i]` at [(first + i) · step, (first + i + 1) · step).
struct Histogram {
    double step = 1;
    std::size_t first = 0;
    std::vector<float> seconds{};

    friend bool operator==(const Histogram&, const Histogram&) = default;
};

// The best mean over each duration of curve_durations(); missing where the activity is shorter.
using MeanMaximalCurve = std::vector<float>;

// A tile of a slippy map, as OpenStreetMap's.
struct Tile {
    std::uint32_t x = 0; // eastward from 180° W; the map goes on over the antimeridian
    std::uint32_t y = 0; // southward from 85.05° N

    friend auto operator<=>(const Tile&, const Tile&) = default;
};

// The tiles of one zoom that an activity went over, each once, in the order of the first visit.
struct ExploredTiles {
    int zoom = 0;
    std::vector<Tile> tiles{};

    friend bool operator==(const ExploredTiles&, const ExploredTiles&) = default;
};

struct Metrics {
    std::optional<double> grade_adjusted_speed{};    // m/s, mean while moving
    std::optional<double> normalized_graded_speed{}; // m/s
    std::optional<double> normalized_power{};        // W
    std::optional<double> xpower{};                  // W
    std::optional<double> efficiency_factor{};       // m per heart beat on foot, else W per bpm
    std::optional<double> decoupling{};              // share: 0.05 = 5 %
    std::optional<double> step_length{};             // m
    Histogram heartrate{};                           // of 1 bpm
    Histogram watts{};                               // of 5 W
    Histogram speed{.step = 0.05};                   // grade-adjusted on foot, of 0.05 m/s
    MeanMaximalCurve speed_curve{};                  // m/s
    MeanMaximalCurve power_curve{};                  // W
    MeanMaximalCurve heartrate_curve{};              // bpm
    std::vector<BestEffort> best_efforts{};
    std::vector<ExploredTiles> explored{}; // of each zoom that explorers count; empty without positions

    friend bool operator==(const Metrics&, const Metrics&) = default;
};

} // namespace harrier::model
