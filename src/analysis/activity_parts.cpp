// SPDX-License-Identifier: MIT
#include "analysis/activity_parts.hpp"

#include "analysis/cleaning.hpp"
#include "analysis/distance.hpp"
#include "analysis/grade_adjusted_pace.hpp"
#include "analysis/moving_time.hpp"
#include "model/sport.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace harrier::analysis {

namespace {

constexpr double half_of_a_speed = 10; // s, around a sample

// Samples in order, and how far it was at each.
struct Ordered {
    std::optional<Cleaned> mended;
    const model::Streams& streams;
    std::span<const std::size_t> breaks;
    DistanceLine line;

    explicit Ordered(const model::Recording& recording)
        : mended(mend(recording.streams, recording.breaks)),
          streams(mended ? mended->streams : recording.streams),
          breaks(mended ? mended->breaks : recording.breaks),
          line(distance_line(streams, breaks, recording.sport_type)) {}
    Ordered(const Ordered&) = delete; // it refers to itself
    Ordered& operator=(const Ordered&) = delete;
};

// Mean speed from the first sample within the span around each one to the last.
std::vector<double> speeds_around(std::span<const double> time, std::span<const double> metres) {
    std::vector<double> speeds(time.size(), model::missing);
    std::size_t first = 0;
    std::size_t last = 0;
    for (std::size_t i = 0; i < time.size() && i < metres.size(); ++i) {
        while (time[first] < time[i] - half_of_a_speed) {
            ++first;
        }
        last = std::max(last, i);
        while (last + 1 < time.size() && time[last + 1] <= time[i] + half_of_a_speed) {
            ++last;
        }
        if (time[last] > time[first]) {
            speeds[i] = (metres[last] - metres[first]) / (time[last] - time[first]);
        }
    }
    return speeds;
}

} // namespace

Splitter splitter_of(const model::Recording& recording) {
    const Ordered ordered(recording);
    const auto& streams = ordered.streams;
    const auto& metres = ordered.line.metres;
    const auto resting =
        resting_steps(streams.time, metres, ordered.breaks, resting_speed(recording.sport_type));
    const auto climbed = measure_climb_line(streams.time, metres, streams.altitude, recording.sport_type);
    std::vector<double> adjusted;
    if (model::measure_of(recording.sport_type) == model::Measure::pace && !streams.altitude.empty() &&
        !metres.empty()) {
        adjusted = grade_adjusted_metres(metres, grades_of(metres, streams.altitude));
    }
    return Splitter({.time = streams.time,
                     .metres = metres,
                     .resting = metres.empty() ? nullptr : &resting,
                     .climbed = climbed,
                     .altitude = streams.altitude,
                     .heartrate = streams.heartrate,
                     .adjusted_metres = adjusted});
}

ActivityLines lines_of(const model::Recording& recording) {
    const Ordered ordered(recording);
    const auto& streams = ordered.streams;
    return {.time = streams.time,
            .metres = ordered.line.metres,
            .altitude = streams.altitude,
            .speed = ordered.line.metres.empty() ? std::vector<double>{}
                                                 : speeds_around(streams.time, ordered.line.metres),
            .heartrate = streams.heartrate,
            .cadence = streams.cadence,
            .watts = streams.watts};
}

} // namespace harrier::analysis
