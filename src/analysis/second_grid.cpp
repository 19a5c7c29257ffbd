// SPDX-License-Identifier: MIT
#include "analysis/second_grid.hpp"

#include "model/recording.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace harrier::analysis {

namespace {

std::size_t seconds_of(std::span<const double> time, double last_held) {
    if (time.empty()) {
        return 0;
    }
    const double span = std::ceil(time.back() - time.front() + last_held - 1e-9);
    return static_cast<std::size_t>(std::clamp(span, 0.0, static_cast<double>(longest_grid)));
}

// A sample at each second: the samples are the grid already.
bool is_each_second(std::span<const double> time) {
    const double begin = time.empty() ? 0 : time.front();
    double expected = 0;
    for (const double moment : time) {
        if (moment - begin != expected++) {
            return false;
        }
    }
    return time.size() > 1 && time.size() <= longest_grid;
}

bool has_value(double value, Zeros zeros) {
    return std::abs(value) < 1e9 && (zeros == Zeros::count || value > 0);
}

} // namespace

std::vector<double> second_grid(std::span<const double> time, std::span<const double> values, Zeros zeros) {
    return second_grid(time, values, held_seconds(time), zeros);
}

std::vector<double> second_grid(std::span<const double> time, std::span<const double> values,
                                std::span<const double> held, Zeros zeros) {
    if (is_each_second(time) && values.size() == time.size()) {
        std::vector<double> grid(values.size());
        const double none = zeros == Zeros::count ? 0 : model::missing;
        std::transform(values.begin(), values.end(), grid.begin(),
                       [&](double value) { return has_value(value, zeros) ? value : none; });
        return grid;
    }
    const auto size = seconds_of(time, held.empty() ? 0 : held.back());
    std::vector<double> sums(size, 0);
    std::vector<double> covered(size, 0);
    for (std::size_t i = 0; i < std::min(time.size(), values.size()); ++i) {
        const double begin = time[i] - time.front();
        const double end = std::min(begin + held[i], static_cast<double>(size));
        if (!has_value(values[i], zeros) || !(begin < end)) {
            continue;
        }
        const auto first = static_cast<std::size_t>(begin);
        if (static_cast<double>(first) == begin && end == begin + 1) { // nearly always
            sums[first] += values[i];
            covered[first] += 1;
            continue;
        }
        for (auto second = first; second < size; ++second) {
            const auto from = static_cast<double>(second);
            const double share = std::min(end, from + 1) - std::max(begin, from);
            if (share <= 0) {
                break;
            }
            sums[second] += values[i] * share;
            covered[second] += share;
        }
    }
    if (zeros == Zeros::count) {
        return sums;
    }
    std::transform(sums.begin(), sums.end(), covered.begin(), sums.begin(), [](double sum, double share) {
        return share == 1 ? sum : share >= 0.5 ? sum / share : model::missing;
    });
    return sums;
}

std::vector<double> metres_per_second(std::span<const double> time, std::span<const double> metres) {
    std::vector<double> speeds(seconds_of(time, 0), 0);
    if (is_each_second(time)) {
        std::transform(metres.begin() + 1, metres.end(), metres.begin(), speeds.begin(), std::minus<>());
        return speeds;
    }
    std::size_t next = 1;
    double before = metres.empty() ? 0 : metres.front();
    for (std::size_t i = 0; i < speeds.size(); ++i) {
        const double at = std::min(time.front() + static_cast<double>(i) + 1, time.back());
        while (next + 1 < time.size() && time[next] < at) {
            ++next;
        }
        double here = metres[next];
        if (time[next] != at) {
            const double share = (at - time[next - 1]) / (time[next] - time[next - 1]);
            here = metres[next - 1] + share * (here - metres[next - 1]);
        }
        speeds[i] = here - before;
        before = here;
    }
    return speeds;
}

} // namespace harrier::analysis
