// SPDX-License-Identifier: MIT
#include "analysis/distance.hpp"

#include "analysis/cleaning.hpp"
#include "analysis/geodesic.hpp"

#include <algorithm>
#include <cmath>

namespace harrier::analysis {

namespace {

constexpr double longest_held_speed = 10; // s

std::vector<double> distances_by_speed(std::span<const double> time, std::span<const double> speed,
                                       double fastest) {
    std::vector<double> metres;
    metres.reserve(time.size());
    double sum = 0;
    for (std::size_t i = 0; i < time.size(); ++i) {
        if (i > 0 && speed[i] >= 0 && speed[i] <= fastest) {
            sum += speed[i] * std::min(time[i] - time[i - 1], longest_held_speed);
        }
        metres.push_back(sum);
    }
    return metres;
}

bool is_there(double value) {
    return !model::is_missing(value);
}

bool says_something(std::span<const double> metres) {
    double first = model::missing;
    for (const double value : metres) {
        if (!model::is_missing(value)) {
            if (value > first) {
                return true;
            }
            first = model::is_missing(first) ? value : first;
        }
    }
    return false;
}

} // namespace

double DistanceLine::covered() const {
    const auto first = std::find_if(metres.begin(), metres.end(), is_there);
    return first == metres.end() ? 0 : *std::find_if(metres.rbegin(), metres.rend(), is_there) - *first;
}

double DistanceLine::total() const {
    constexpr double longest_start = 200;
    const auto first = std::find_if(metres.begin(), metres.end(), is_there);
    const bool counts_on = first != metres.end() && (*first > longest_start || *first < 0);
    return covered() + (counts_on || first == metres.end() ? 0 : *first);
}

std::vector<double> distances_along(std::span<const double> time, std::span<const double> latitude,
                                    std::span<const double> longitude, std::span<const std::size_t> breaks,
                                    double fastest) {
    std::vector<double> metres(time.size(), model::missing);
    const auto rows = believable_positions(time, latitude, longitude, fastest);
    auto next_break = breaks.begin();
    double sum = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto row = rows[i];
        bool is_joined = i > 0;
        while (next_break != breaks.end() && *next_break <= row) {
            is_joined &= i > 0 && *next_break <= rows[i - 1];
            ++next_break;
        }
        if (is_joined) {
            const auto before = rows[i - 1];
            const double step =
                distance_between({latitude[before], longitude[before]}, {latitude[row], longitude[row]});
            const double seconds = time[row] - time[before];
            sum += seconds > 0 && step > fastest * std::max(1.0, seconds) ? 0 : step;
        }
        metres[row] = sum;
    }
    return metres;
}

DistanceLine distance_line(const model::Streams& streams, std::span<const std::size_t> breaks,
                           std::string_view sport_type) {
    const double fastest = fastest_speed(sport_type);
    if (auto metres = never_falling(streams.distance); says_something(metres)) {
        return {std::move(metres), DistanceSource::file};
    }
    if (!streams.latitude.empty() && !streams.longitude.empty()) {
        auto metres = distances_along(streams.time, streams.latitude, streams.longitude, breaks, fastest);
        if (says_something(metres)) {
            return {std::move(metres), DistanceSource::positions};
        }
    }
    if (!streams.velocity_smooth.empty()) {
        auto metres = distances_by_speed(streams.time, streams.velocity_smooth, fastest);
        if (says_something(metres)) {
            return {std::move(metres), DistanceSource::speed};
        }
    }
    return {};
}

std::optional<double> highest_speed(std::span<const double> time, std::span<const double> metres,
                                    double seconds, double fastest) {
    std::vector<std::size_t> known;
    known.reserve(metres.size());
    for (std::size_t i = 0; i < std::min(time.size(), metres.size()); ++i) {
        if (is_there(metres[i])) {
            known.push_back(i);
        }
    }
    std::optional<double> highest;
    std::size_t begin = 0;
    for (std::size_t end = 1; end < known.size(); ++end) {
        while (begin + 1 < end && time[known[end]] - time[known[begin + 1]] >= seconds) {
            ++begin;
        }
        const double duration = time[known[end]] - time[known[begin]];
        const double speed = (metres[known[end]] - metres[known[begin]]) / duration;
        if (duration >= seconds && speed <= fastest && speed > highest.value_or(-1)) {
            highest = speed;
        }
    }
    return highest;
}

} // namespace harrier::analysis
