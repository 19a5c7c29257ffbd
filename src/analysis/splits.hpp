// SPDX-License-Identifier: MIT
#pragma once

// An activity in parts: by kilometre, mile, any other length, or at given times (laps). The parts add up to
// the whole: time, moving time, way, climb, grade-adjusted way, and heart beats. Values in, values out. Pure.
//
// Strava ends a split at the first sample at or behind the border, borders counting from the start: so it
// does in 43 of 43 kilometres and 27 of 27 miles of a marathon it published. Ours reads between samples.

#include "analysis/ascent.hpp"
#include "analysis/best_effort.hpp"
#include "model/recording.hpp"

#include <optional>
#include <span>
#include <vector>

namespace harrier::analysis {

constexpr double mile = 1609.344; // m

struct Split {
    double begin = 0; // s
    double end = 0;   // s
    double metres = 0;
    double moving = 0;                       // s
    double ascent = 0;                       // m
    double descent = 0;                      // m
    double elevation_difference = 0;         // m, from end to end
    std::optional<double> average_heartrate; // over the time with a pulse
    std::optional<double> grade_adjusted_metres;

    [[nodiscard]] double elapsed() const { return end - begin; }
    // m/s over the moving time; Strava takes the elapsed time for races.
    [[nodiscard]] std::optional<double> speed() const;
    [[nodiscard]] std::optional<double> race_speed() const;
    [[nodiscard]] std::optional<double> grade_adjusted_speed() const;
};

// Columns of equal length, or empty.
struct SplitSamples {
    std::span<const double> time{};             // s, in order
    std::span<const double> metres{};           // never falling, missing where unknown
    const std::vector<bool>* resting = nullptr; // moving_time.hpp; without, all time is moving
    std::span<const Climb> climbed{};           // ascent.hpp: measure_climb_line
    std::span<const double> altitude{};         // m, missing where unknown
    std::span<const double> heartrate{};        // bpm, missing where unknown
    std::span<const double> adjusted_metres{};  // grade_adjusted_pace.hpp
};

// Sums once, splits often.
class Splitter {
public:
    explicit Splitter(const SplitSamples& samples);

    // Parts of so many metres (1 or more), the last one shorter. None without a distance, or if they were
    // more than 100,000.
    [[nodiscard]] std::vector<Split> by_length(double metres, EffortMode mode) const;
    // Parts that end at these times (s, ascending), and the rest.
    [[nodiscard]] std::vector<Split> by_times(std::span<const double> times) const;
    [[nodiscard]] std::optional<Split> whole() const;

private:
    // All that adds up, from the first sample on.
    struct Sums {
        double time = 0;
        double metres = 0;
        double moving = 0;
        double ascent = 0;
        double descent = 0;
        double height = 0;
        double adjusted = 0;
        double beats = 0; // bpm times s
        double beat_seconds = 0;
    };
    [[nodiscard]] Sums between(std::size_t before, double share) const;
    [[nodiscard]] Sums when_reached(double metres) const;
    [[nodiscard]] Split part(const Sums& from, const Sums& to) const;
    void sum_heartrate(const SplitSamples& samples);

    std::vector<Sums> m_sums;
    bool m_has_adjusted = false;
};

// When the laps of a recording end, s after its start, ascending; the last one's end is left to the samples.
[[nodiscard]] std::vector<double> lap_ends(const model::Recording& recording);

} // namespace harrier::analysis
