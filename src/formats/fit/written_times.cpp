// SPDX-License-Identifier: MIT
#include "formats/fit/written_times.hpp"

#include "formats/fit/messages.hpp"

#include <algorithm>
#include <cmath>

namespace harrier::formats::fit {

namespace {

using std::chrono::milliseconds;

constexpr double longest = 1e10; // s

std::uint32_t absolute_time(model::Moment start, double seconds) {
    if (!(std::abs(seconds) < longest)) {
        return WrittenTimes::none;
    }
    return to_fit_time(start + milliseconds(std::llround(seconds * 1000))).value_or(WrittenTimes::none);
}

std::uint32_t relative_time(double base, double seconds) {
    const double time = std::floor(base + seconds + 0.5);
    const bool fits = time >= 0 && time < static_cast<double>(first_absolute_time);
    return fits ? static_cast<std::uint32_t>(time) : WrittenTimes::none;
}

} // namespace

std::optional<std::uint32_t> to_fit_time(std::optional<model::Moment> moment) {
    // Of moments beyond these the sums below could overflow.
    const model::Moment first = to_moment(first_absolute_time) - milliseconds(500);
    const model::Moment last = to_moment(WrittenTimes::none) - milliseconds(500);
    if (!moment || *moment < first || *moment >= last) {
        return std::nullopt;
    }
    const auto second = std::chrono::floor<std::chrono::seconds>(*moment + milliseconds(500));
    return static_cast<std::uint32_t>((second - to_moment(0)).count() / 1000);
}

WrittenTimes written_times(const model::Recording& recording) {
    WrittenTimes times;
    times.samples.reserve(recording.streams.size());
    const auto start = to_fit_time(recording.start);
    if (start) {
        times.start = *start;
        for (const double time : recording.streams.time) {
            times.samples.push_back(absolute_time(*recording.start, time));
        }
    } else {
        double earliest = 0;
        for (const double time : recording.streams.time) {
            earliest = std::min(earliest, std::abs(time) < longest ? time : 0);
        }
        const double base = std::ceil(-earliest);
        times.start = relative_time(base, 0);
        for (const double time : recording.streams.time) {
            times.samples.push_back(relative_time(base, time));
        }
    }
    times.end = times.start;
    for (const auto time : times.samples) {
        times.end = std::max(times.end, time == WrittenTimes::none ? 0 : time);
    }
    for (const auto& pause : recording.pauses) {
        times.end = std::max(times.end, to_fit_time(pause.to).value_or(0));
    }
    return times;
}

} // namespace harrier::formats::fit
