// SPDX-License-Identifier: MIT
#pragma once

// What is not kept of an activity because it is quick to make again: its splits, and the lines that a chart
// shows. Values in, values out. Pure.

#include "analysis/splits.hpp"
#include "model/recording.hpp"

#include <vector>

namespace harrier::analysis {

// Ready to split the recording by length or by its laps. Any recording will do, an empty one too.
[[nodiscard]] Splitter splitter_of(const model::Recording& recording);

// Columns of equal length over the samples in the order of time; empty where nothing was recorded.
struct ActivityLines {
    std::vector<double> time;      // s since the recording's start
    std::vector<double> metres;    // never falling
    std::vector<double> altitude;  // m
    std::vector<double> speed;     // m/s, over some 20 s around each sample
    std::vector<double> heartrate; // bpm
    std::vector<double> cadence;   // rpm
    std::vector<double> watts;
};

[[nodiscard]] ActivityLines lines_of(const model::Recording& recording);

} // namespace harrier::analysis
