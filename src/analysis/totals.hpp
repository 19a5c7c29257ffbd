// SPDX-License-Identifier: MIT
#pragma once

// How long, how far, how high: the totals that a device wrote and what the samples prove, weighed against
// each other. Values in, values out. Pure. docs/metrics.md gives the rules and their sources.
//
// A device's total stands unless the samples disprove it. They disprove
// - a time that is shorter than they last, by more than 2 s and 1 %;
// - a time (and timer) that is longer by more than 60 s and 10 %, when they hold 98 % of the distance: then
//   they also hold the whole time;
// - a distance that is shorter than theirs by more than 20 m and 2 % (20 % when only positions tell), or that
//   nobody covers in the time.

#include "analysis/ascent.hpp"
#include "analysis/distance.hpp"
#include "model/recording.hpp"

#include <cstddef>
#include <optional>
#include <span>

namespace harrier::analysis {

// Who said a total.
enum class TotalSource {
    none,
    device,  // the file's own total
    samples, // reckoned from samples
};

enum class MovingSource {
    none,
    timer,   // the device's timer stood still for a while, or the file says when it paused
    speed,   // the timer never stopped: what was slower than a walk is rest
    elapsed, // nothing tells of rest
};

struct MeasuredTotals {
    double begin = 0; // s after the recording's start: when the activity began; 0 but for odd files
    std::optional<double> elapsed_time; // s
    TotalSource elapsed_source = TotalSource::none;
    std::optional<double> moving_time; // s, at most elapsed_time
    MovingSource moving_source = MovingSource::none;
    std::optional<double> distance; // m
    TotalSource distance_source = TotalSource::none;
    Ascent ascent;
    bool samples_are_whole = false; // they last 90 % of the elapsed time or more: means can be taken of them
};

// `streams` and `breaks` are those of the recording, mended (cleaning.hpp); `line` is theirs (distance.hpp).
[[nodiscard]] MeasuredTotals measure_totals(const model::Recording& recording, const model::Streams& streams,
                                            std::span<const std::size_t> breaks, const DistanceLine& line);

} // namespace harrier::analysis
