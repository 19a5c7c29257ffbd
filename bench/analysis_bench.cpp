// SPDX-License-Identifier: MIT

// How fast a recording becomes the figures of an activity. Goal: an hour at one sample a second in well under
// 1 ms.

#include "analysis/geodesic.hpp"
#include "analysis/summary.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstddef>
#include <random>

namespace {

using namespace harrier;

// A run of so many hours with every sensor; `has_totals` as from a FIT file, else as from a GPX file.
model::Recording make_recording(std::int64_t hours, bool has_totals) {
    std::mt19937 random(1);
    std::normal_distribution turn(0.0, 0.05);
    model::Recording recording;
    recording.sport_type = "Run";
    recording.start = model::Moment(std::chrono::seconds(1'700'000'000));
    auto& streams = recording.streams;
    double heading = 0;
    model::LatLng place{47, 8};
    const auto scale = analysis::metres_per_degree(place.lat);
    for (std::int64_t i = 0; i < hours * 3600; ++i) {
        const auto time = static_cast<double>(i);
        heading += turn(random);
        place.lat += 3 * std::cos(heading) / scale.lat;
        place.lng += 3 * std::sin(heading) / scale.lng;
        streams.time.push_back(time);
        streams.latitude.push_back(place.lat);
        streams.longitude.push_back(place.lng);
        streams.altitude.push_back(400 + 50 * std::sin(time / 300) + std::round(turn(random) * 4) / 5);
        streams.heartrate.push_back(150 + std::round(turn(random) * 100));
        streams.cadence.push_back(85);
        streams.watts.push_back(250 + std::round(turn(random) * 1000));
        streams.temp.push_back(18);
        if (has_totals) {
            streams.distance.push_back(3 * time);
            streams.velocity_smooth.push_back(3);
        }
    }
    if (has_totals) {
        const double last = streams.time.back();
        recording.totals.elapsed_time = last;
        recording.totals.timer_time = last;
        recording.totals.distance = 3 * last;
        recording.totals.ascent = 800;
    }
    return recording;
}

void summarize_file(benchmark::State& state, bool has_totals) {
    const auto recording = make_recording(state.range(0), has_totals);
    for (auto _ : state) {
        benchmark::DoNotOptimize(analysis::summarize(recording));
    }
}
BENCHMARK_CAPTURE(summarize_file, fit, true)
    ->ArgName("hours")
    ->Arg(1)
    ->Arg(10)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(summarize_file, gpx, false)
    ->ArgName("hours")
    ->Arg(1)
    ->Arg(10)
    ->Unit(benchmark::kMicrosecond);

void summary_line(benchmark::State& state) {
    const auto recording = make_recording(state.range(0), true);
    for (auto _ : state) {
        benchmark::DoNotOptimize(analysis::summary_track(recording));
    }
}
BENCHMARK(summary_line)->ArgName("hours")->Arg(1)->Arg(10)->Unit(benchmark::kMicrosecond);

} // namespace

BENCHMARK_MAIN();
