// SPDX-License-Identifier: MIT
#pragma once

// The quickest stretch of a run over a distance, in elapsed time, with what it rests on. Values in, values
// out. Pure.
//
// Two rules. `strava`: windows of whole samples that cover at least Strava's target in whole metres; it gives
// Strava's window for 13 of 13 efforts of a marathon it published. `exact`: true metres, read between
// samples. The line of distance over time is made of straight pieces, so the quickest window begins or ends
// at a sample: two passes with two pointers that go forward only find it, O(n) per distance.
//
// Times grow with the distance by construction: a window over 5 km holds one over 1 km. So does the pace when
// one distance is a multiple of the other (the mean of parts is no quicker than the quickest part); for any
// two distances pace_envelope holds it.

#include "analysis/course.hpp"
#include "model/metrics.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace harrier::analysis {

using model::EffortMode;

struct EffortDistance {
    std::string_view name; // as Strava spells it
    double metres;         // true
    double strava_metres;  // Strava's target, in parts cut to whole metres

    [[nodiscard]] constexpr double target(EffortMode mode) const {
        return mode == EffortMode::exact ? metres : strava_metres;
    }
};

inline constexpr std::array effort_distances{
    EffortDistance{"400m", 400, 400},
    EffortDistance{"1/2 mile", 804.672, 805},
    EffortDistance{"1K", 1000, 1000},
    EffortDistance{"1 mile", 1609.344, 1609},
    EffortDistance{"2 mile", 3218.688, 3219},
    EffortDistance{"5K", 5000, 5000},
    EffortDistance{"10K", 10000, 10000},
    EffortDistance{"15K", 15000, 15000},
    EffortDistance{"10 mile", 16093.44, 16090},
    EffortDistance{"20K", 20000, 20000},
    EffortDistance{"Half-Marathon", 21097.5, 21097},
    EffortDistance{"30K", 30000, 30000},
    EffortDistance{"Marathon", 42195, 42195},
    EffortDistance{"50K", 50000, 50000},
};

// A stretch of a line of knots.
struct Window {
    double begin = 0;      // s
    double end = 0;        // s
    std::size_t first = 0; // knot at `begin`, or the last one before it
    std::size_t last = 0;  // knot at `end`, or the first one behind it

    [[nodiscard]] double seconds() const { return end - begin; }
};

// `time` strictly growing, `metres` never falling and finite, equally long. Nothing when they cover less than
// `target` (m). Of windows equal to 1e-9 s the earliest; standing still at either end is left out.
[[nodiscard]] std::optional<Window> exact_window(std::span<const double> time, std::span<const double> metres,
                                                 double target);
[[nodiscard]] std::optional<Window> strava_window(std::span<const double> time,
                                                  std::span<const double> metres, double target);

// The first sample at which `target` metres from sample `start` are covered: where Strava ends an effort.
[[nodiscard]] std::optional<std::size_t> strava_end(std::span<const double> metres, std::size_t start,
                                                    double target);

// Why an effort is no record.
enum class Refusal {
    none,
    jump, // the distance is only covered with metres that do not count (course.hpp): the most are of a jump …
    vehicle,
    pause,
    gap,
    world_record, // nobody has run so fast over this distance, or over another of 1 km and more in this run
    treadmill,    // a belt whose scale nobody has confirmed
};

[[nodiscard]] std::string_view word_of(Refusal refusal);

// A window that would have been quicker, had its metres counted.
struct RefusedWindow {
    double begin = 0; // s
    double end = 0;   // s
    Doubt doubt = Doubt::jump;
    double metres = 0; // that do not count
};

struct BestEffort {
    std::string_view name{};
    double target = 0;  // m
    double seconds = 0; // elapsed
    double begin = 0;   // s
    double end = 0;     // s
    double metres = 0;  // covered: the target, or a little more in Strava's windows
    Refusal refused = Refusal::none;

    // The evidence.
    std::size_t first_sample = 0; // at or before `begin`
    std::size_t last_sample = 0;  // at or behind `end`
    std::size_t samples = 0;      // in the window, both ends counted
    double largest_gap = 0;       // s between two of them
    double fastest_step = 0;      // m/s between two of them
    double left_out = 0;          // m recorded in the window that do not count
    std::optional<RefusedWindow> quicker{};

    [[nodiscard]] double pace() const { return seconds / metres; } // s/m
};

// Nothing when less than the target was recorded. Refused (with the window as recorded) when it was recorded
// but does not count.
[[nodiscard]] std::optional<BestEffort> best_effort(const Course& course, double target, EffortMode mode,
                                                    std::string_view name = {});

// Of all standard distances that were recorded, in their order. On foot (`sport_type`, Strava's word) nothing
// is a record that beats the world's.
[[nodiscard]] std::vector<BestEffort> best_efforts(const Course& course, EffortMode mode,
                                                   std::string_view sport_type);

// The least time (s) anybody has run so many metres in, between the records of 2025 by the logarithms of
// both; 0 below 100 m. Men's: 100 m 9.58, 400 m 43.03, mile 223.13, 5 km 755.36, marathon 7235 s.
[[nodiscard]] double world_record(double metres);

// For each effort (distances growing) the best pace, s/m, that was held for at least its distance. Grows with
// the distance. Refused ones do not count; missing where none is left.
[[nodiscard]] std::vector<double> pace_envelope(std::span<const BestEffort> efforts);

} // namespace harrier::analysis
