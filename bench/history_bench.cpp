// SPDX-License-Identifier: MIT

// How fast an athlete's history becomes figures: growth with the number of days, tiles and runs should be
// linear.

#include "analysis/daily.hpp"
#include "analysis/eddington.hpp"
#include "analysis/geodesic.hpp"
#include "analysis/prediction.hpp"
#include "analysis/route_match.hpp"
#include "analysis/streaks.hpp"
#include "analysis/tiles.hpp"
#include "analysis/training_load.hpp"
#include "analysis/year_over_year.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

namespace {

using namespace harrier;

constexpr model::LatLng home{47.37, 8.54};

// One run a day, with a day of rest now and then.
std::vector<analysis::DatedValue> make_days(std::int64_t count) {
    std::mt19937 random(1);
    std::vector<analysis::DatedValue> days;
    const analysis::Day first(std::chrono::year(2000) / 1 / 1);
    for (std::int64_t i = 0; i < count; ++i) {
        if (random() % 5 != 0) {
            days.push_back({first + std::chrono::days(i), 5 + static_cast<double>(random() % 300) / 10});
        }
    }
    return days;
}

// Sums, form, Eddington number, streaks and years.
void figures_of_days(benchmark::State& state) {
    const auto values = make_days(state.range(0));
    std::vector<analysis::Day> days;
    for (const auto& value : values) {
        days.push_back(value.day);
    }
    for (auto _ : state) {
        const auto sums = analysis::daily_sums(values, days.front(), days.back());
        benchmark::DoNotOptimize(analysis::training_load(sums));
        benchmark::DoNotOptimize(analysis::eddington(sums));
        benchmark::DoNotOptimize(analysis::day_streaks(days, days.back()));
        benchmark::DoNotOptimize(analysis::week_streaks(days, days.back()));
        benchmark::DoNotOptimize(analysis::year_over_year(values));
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(figures_of_days)->ArgName("days")->Arg(1000)->Arg(10'000)->Unit(benchmark::kMicrosecond);

void solve_vdot(benchmark::State& state) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(analysis::time_at_vdot(50, 42195));
    }
}
BENCHMARK(solve_vdot)->Unit(benchmark::kMicrosecond);

// A run of an hour that wanders about, begun at home.
std::vector<model::LatLng> make_track(std::mt19937& random) {
    std::normal_distribution turn(0.0, 0.03);
    std::uniform_real_distribution direction(0.0, 6.28);
    double heading = direction(random);
    const auto scale = analysis::metres_per_degree(home.lat);
    std::vector<model::LatLng> track{home};
    for (int i = 0; i < 3600; ++i) {
        heading += turn(random);
        track.push_back({track.back().lat + 3 * std::cos(heading) / scale.lat,
                         track.back().lng + 3 * std::sin(heading) / scale.lng});
    }
    return track;
}

void tiles_of_an_hour(benchmark::State& state) {
    std::mt19937 random(2);
    const auto track = make_track(random);
    for (auto _ : state) {
        benchmark::DoNotOptimize(analysis::tiles_of_track(track, static_cast<int>(state.range(0))));
    }
}
BENCHMARK(tiles_of_an_hour)->ArgName("zoom")->Arg(14)->Arg(17)->Unit(benchmark::kMicrosecond);

// A square of tiles in a random order, the worst for squares that grow.
void explore_tiles(benchmark::State& state) {
    const auto side = static_cast<std::uint32_t>(std::sqrt(static_cast<double>(state.range(0))));
    std::vector<analysis::Tile> tiles;
    for (std::uint32_t i = 0; i < side * side; ++i) {
        tiles.push_back({8000 + i % side, 5000 + i / side});
    }
    std::mt19937 random(3);
    std::shuffle(tiles.begin(), tiles.end(), random);
    for (auto _ : state) {
        analysis::ExplorerTiles explored(14);
        for (const auto tile : tiles) {
            explored.add(tile);
        }
        benchmark::DoNotOptimize(explored.max_square());
    }
}
BENCHMARK(explore_tiles)
    ->ArgName("tiles")
    ->Arg(1000)
    ->Arg(10'000)
    ->Arg(50'000)
    ->Unit(benchmark::kMillisecond);

void route_shape(benchmark::State& state) {
    std::mt19937 random(4);
    const auto track = make_track(random);
    for (auto _ : state) {
        benchmark::DoNotOptimize(analysis::make_route_shape(track));
    }
}
BENCHMARK(route_shape)->Unit(benchmark::kMicrosecond);

// Runs that all begin at home: a third over ten usual rounds, the others anywhere.
void group_routes(benchmark::State& state) {
    std::mt19937 random(5);
    std::vector<analysis::RouteShape> usual;
    for (int i = 0; i < 10; ++i) {
        usual.push_back(analysis::make_route_shape(make_track(random)));
    }
    std::vector<analysis::RouteShape> runs;
    for (std::int64_t i = 0; i < state.range(0); ++i) {
        runs.push_back(i % 3 == 0 ? usual[random() % usual.size()]
                                  : analysis::make_route_shape(make_track(random)));
    }
    for (auto _ : state) {
        analysis::RouteGroups groups;
        for (const auto& run : runs) {
            groups.add(run);
        }
        benchmark::DoNotOptimize(groups.size());
    }
}
BENCHMARK(group_routes)->ArgName("runs")->Arg(300)->Arg(1000)->Arg(3000)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
