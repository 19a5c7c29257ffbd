// SPDX-License-Identifier: MIT
#include "analysis/mean_maximal.hpp"

#include "model/recording.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace harrier::analysis {

namespace {

constexpr std::size_t lanes = 32; // independent maxima: enough to keep a processor's vector units busy
constexpr std::size_t block = 16 * lanes;

// Values without a missing one between them, and their sums.
struct Run {
    std::size_t begin = 0;
    std::vector<double> sums; // of values; one more than these
    std::vector<float> level; // of differences to the mean

    [[nodiscard]] std::size_t size() const { return sums.size() - 1; }
};

std::vector<Run> runs_of(std::span<const double> values) {
    double sum = 0;
    std::size_t count = 0;
    for (const double value : values) {
        if (std::isfinite(value)) {
            sum += value;
            ++count;
        }
    }
    const double mean = count > 0 ? sum / static_cast<double>(count) : 0;
    std::vector<Run> runs;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) {
            continue;
        }
        auto& run = runs.emplace_back();
        run.begin = i;
        run.sums.push_back(0);
        run.level.push_back(0);
        double level = 0;
        for (; i < values.size() && std::isfinite(values[i]); ++i) {
            level += values[i] - mean;
            run.sums.push_back(run.sums.back() + values[i]);
            run.level.push_back(static_cast<float>(level));
        }
    }
    return runs;
}

template <class Number>
Number highest_rise(const Number* from, const Number* to, std::size_t count) {
    if (count < lanes) {
        Number highest = to[0] - from[0];
        for (std::size_t i = 1; i < count; ++i) {
            highest = std::max(highest, to[i] - from[i]);
        }
        return highest;
    }
    Number best[lanes];
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        best[lane] = to[lane] - from[lane];
    }
    std::size_t i = lanes;
    for (; i + lanes <= count; i += lanes) {
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            const Number rise = to[i + lane] - from[i + lane];
            best[lane] = best[lane] < rise ? rise : best[lane];
        }
    }
    for (; i < count; ++i) {
        best[0] = std::max(best[0], to[i] - from[i]);
    }
    return *std::max_element(std::begin(best), std::end(best));
}

// The start of the best window: the first block that holds one, and then the first one in it.
template <class Number>
std::size_t best_start(const std::vector<Number>& sums, std::size_t duration) {
    const std::size_t starts = sums.size() - duration;
    Number highest = 0;
    std::size_t begin = starts;
    for (std::size_t i = 0; i < starts; i += block) {
        const auto here =
            highest_rise(sums.data() + i, sums.data() + i + duration, std::min(block, starts - i));
        if (begin == starts || here > highest) {
            highest = here;
            begin = i;
        }
    }
    while (begin + 1 < starts && sums[begin + duration] - sums[begin] < highest) {
        ++begin;
    }
    return begin;
}

std::size_t best_start(const Run& run, std::size_t duration) {
    constexpr std::size_t exact_up_to = 120; // s; there single precision could be off by 0.1 W
    return duration <= exact_up_to ? best_start(run.sums, duration) : best_start(run.level, duration);
}

} // namespace

std::vector<Peak> mean_maximal(std::span<const double> values, std::span<const std::uint32_t> durations) {
    const auto runs = runs_of(values);
    std::vector<Peak> peaks;
    for (const auto duration : durations) {
        std::optional<Peak> best;
        for (const auto& run : runs) {
            if (duration == 0 || run.size() < duration) {
                continue;
            }
            const auto start = best_start(run, duration);
            const double mean = (run.sums[start + duration] - run.sums[start]) / duration;
            if (!best || mean > best->mean) {
                best = Peak{duration, mean, run.begin + start};
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
