// SPDX-License-Identifier: MIT

// How fast a recording becomes the figures of an activity. Goals, of one core: all metrics of an hour at one
// sample a second in 1 ms, of ten hours with the full power curve in 80 ms.

#include "analysis/activity_metrics.hpp"
#include "analysis/geodesic.hpp"
#include "analysis/mean_maximal.hpp"
#include "analysis/second_grid.hpp"
#include "analysis/summary.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

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

// What decoding a file leaves behind: the allocator then keeps some megabytes at hand.
void free_a_large_block() {
    std::vector<char> block(8 << 20);
    benchmark::DoNotOptimize(block.data());
}

// All that is kept of a recording's samples.
void measure_recording(benchmark::State& state) {
    free_a_large_block();
    const auto recording = make_recording(state.range(0), true);
    for (auto _ : state) {
        benchmark::DoNotOptimize(analysis::measure(recording));
    }
}
BENCHMARK(measure_recording)->ArgName("hours")->Arg(1)->Arg(10)->Unit(benchmark::kMicrosecond);

// The best mean power over every duration.
void full_curve(benchmark::State& state) {
    const auto recording = make_recording(state.range(0), true);
    const auto watts =
        analysis::second_grid(recording.streams.time, recording.streams.watts, analysis::Zeros::count);
    const auto durations = analysis::every_duration(watts.size());
    for (auto _ : state) {
        benchmark::DoNotOptimize(analysis::mean_maximal(watts, durations));
    }
}
BENCHMARK(full_curve)->ArgName("hours")->Arg(1)->Arg(10)->Unit(benchmark::kMillisecond);

// The whole analysis with the full curve.
void measure_with_full_curve(benchmark::State& state) {
    const auto recording = make_recording(state.range(0), true);
    for (auto _ : state) {
        benchmark::DoNotOptimize(analysis::measure(recording));
        const auto watts =
            analysis::second_grid(recording.streams.time, recording.streams.watts, analysis::Zeros::count);
        benchmark::DoNotOptimize(analysis::mean_maximal(watts, analysis::every_duration(watts.size())));
    }
}
BENCHMARK(measure_with_full_curve)->ArgName("hours")->Arg(10)->Unit(benchmark::kMillisecond);

// A thousand runs of an hour, one after the other.
void measure_history(benchmark::State& state) {
    const auto recording = make_recording(1, true);
    for (auto _ : state) {
        for (int i = 0; i < 1000; ++i) {
            benchmark::DoNotOptimize(analysis::measure(recording));
        }
    }
}
BENCHMARK(measure_history)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
