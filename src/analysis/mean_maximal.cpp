// SPDX-License-Identifier: MIT
#include "analysis/mean_maximal.hpp"

#include "model/recording.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace harrier::analysis {

namespace {

constexpr std::size_t block = 64;

// Values without a missing one between them.
struct Run {
    std::size_t begin = 0;
    std::vector<double> sums;  // of values; one more than these
    std::vector<double> level; // of differences to the mean: it stays in a narrow range
    std::vector<double> lows;  // least and greatest level of each block
    std::vector<double> highs;

    [[nodiscard]] std::size_t size() const { return sums.size() - 1; }
};

double mean_of(std::span<const double> values) {
    double sum = 0;
    std::size_t count = 0;
    for (const double value : values) {
        if (std::isfinite(value)) {
            sum += value;
            ++count;
        }
    }
    return count > 0 ? sum / static_cast<double>(count) : 0;
}

void find_extremes(Run& run) {
    for (std::size_t i = 0; i < run.level.size(); i += block) {
        const auto first = run.level.begin() + static_cast<std::ptrdiff_t>(i);
        const auto last = first + static_cast<std::ptrdiff_t>(std::min(block, run.level.size() - i));
        const auto [low, high] = std::minmax_element(first, last);
        run.lows.push_back(*low);
        run.highs.push_back(*high);
    }
    run.highs.push_back(run.highs.back()); // so that each block has a next one
}

Run make_run(std::span<const double> values, std::size_t begin, double mean) {
    Run run;
    run.begin = begin;
    run.sums.assign(values.size() + 1, 0);
    run.level.assign(values.size() + 1, 0);
    double sum = 0;
    double level = 0;
    double* next_sum = run.sums.data() + 1;
    double* next_level = run.level.data() + 1;
    for (const double value : values) {
        *next_sum++ = sum += value;
        *next_level++ = level += value - mean;
    }
    find_extremes(run);
    return run;
}

std::vector<Run> runs_of(std::span<const double> values) {
    const double mean = mean_of(values);
    std::vector<Run> runs;
    auto begin = values.begin();
    while (begin != values.end()) {
        const auto is_missing = [](double value) { return !std::isfinite(value); };
        const auto end = std::find_if(begin, values.end(), is_missing);
        if (begin != end) {
            runs.push_back(make_run({begin, end}, static_cast<std::size_t>(begin - values.begin()), mean));
        }
        begin = std::find_if_not(end, values.end(), is_missing);
    }
    return runs;
}

// Four at a time, so that none waits for another.
double highest_rise(const double* from, const double* to, std::size_t count) {
    double best[4] = {to[0] - from[0], to[0] - from[0], to[0] - from[0], to[0] - from[0]};
    std::size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        for (std::size_t lane = 0; lane < 4; ++lane) {
            best[lane] = std::max(best[lane], to[i + lane] - from[i + lane]);
        }
    }
    for (; i < count; ++i) {
        best[0] = std::max(best[0], to[i] - from[i]);
    }
    return std::max(std::max(best[0], best[1]), std::max(best[2], best[3]));
}

// The start of the best window. Blocks of starts whose lowest level is not far enough below what the windows'
// ends can reach are passed over; `near`, where a window like this was best, tells early how far that is.
std::size_t best_start(const Run& run, std::size_t duration, std::size_t near) {
    const auto& level = run.level;
    const std::size_t starts = run.size() - duration + 1;
    const std::size_t guess = std::min(near, starts - 1);
    double highest = level[guess + duration] - level[guess];
    std::size_t best = starts;
    for (std::size_t first = 0; first < starts; first += block) {
        const std::size_t end = (first + duration) / block;
        if (std::max(run.highs[end], run.highs[end + 1]) - run.lows[first / block] < highest) {
            continue;
        }
        const std::size_t count = std::min(block, starts - first);
        const double here = highest_rise(&level[first], &level[first + duration], count);
        if (here > highest || (best == starts && here == highest)) {
            highest = here;
            best = first;
        }
    }
    while (level[best + duration] - level[best] < highest) {
        ++best;
    }
    return best;
}

} // namespace

std::vector<Peak> mean_maximal(std::span<const double> values, std::span<const std::uint32_t> durations) {
    const auto runs = runs_of(values);
    std::vector<std::size_t> near(runs.size(), 0);
    std::vector<Peak> peaks;
    peaks.reserve(durations.size());
    for (const auto duration : durations) {
        std::optional<Peak> best;
        for (std::size_t i = 0; i < runs.size(); ++i) {
            const auto& run = runs[i];
            if (duration == 0 || run.size() < duration) {
                continue;
            }
            near[i] = best_start(run, duration, near[i]);
            const double mean = (run.sums[near[i] + duration] - run.sums[near[i]]) / duration;
            if (!best || mean > best->mean) {
                best = Peak{duration, mean, run.begin + near[i]};
            }
        }
        if (best) {
            peaks.push_back(*best);
        }
    }
    return peaks;
}

std::vector<std::uint32_t> every_duration(std::size_t seconds) {
    std::vector<std::uint32_t> durations(seconds);
    std::iota(durations.begin(), durations.end(), 1U);
    return durations;
}

std::vector<std::uint32_t> duration_grid(std::size_t seconds) {
    constexpr double step = 1.03;
    constexpr std::uint32_t round_ones[] = {300, 600, 1200, 1800, 3600, 7200, 10800, 14400, 21600};
    std::vector<std::uint32_t> durations = every_duration(std::min<std::size_t>(seconds, 60));
    for (double next = 60 * step; next <= static_cast<double>(seconds); next *= step) {
        durations.push_back(static_cast<std::uint32_t>(std::lround(next)));
    }
    std::copy_if(std::begin(round_ones), std::end(round_ones), std::back_inserter(durations),
                 [&](auto duration) { return duration <= seconds; });
    std::sort(durations.begin(), durations.end());
    durations.erase(std::unique(durations.begin(), durations.end()), durations.end());
    return durations;
}

} // namespace harrier::analysis
