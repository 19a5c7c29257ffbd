// SPDX-License-Identifier: MIT
#include "analysis/cleaning.hpp"

#include "analysis/geodesic.hpp"
#include "model/sport.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace harrier::analysis {

namespace {

constexpr std::vector<double> model::Streams::*sensor_columns[] = {
    &model::Streams::latitude,     &model::Streams::longitude,       &model::Streams::distance,
    &model::Streams::altitude,     &model::Streams::velocity_smooth, &model::Streams::heartrate,
    &model::Streams::cadence,      &model::Streams::watts,           &model::Streams::temp,
    &model::Streams::grade_smooth,
};

bool fits(const std::vector<double>& column, std::size_t size) {
    return column.empty() || column.size() == size;
}

constexpr double day = 86'400; // s

// Within three centuries, so that everything reckoned from it is a number.
bool is_time(double seconds) {
    return std::abs(seconds) < 1e10;
}

// Where a stretch without samples of more than a day splits off less than 1 %, that part goes.
std::span<const std::size_t> without_strays(std::span<const std::size_t> rows, std::span<const double> time) {
    std::size_t begin = 0;
    std::size_t end = rows.size();
    for (std::size_t i = 1; i < rows.size(); ++i) {
        if (time[rows[i]] - time[rows[i - 1]] > day) {
            if (i * 100 < rows.size()) {
                begin = i;
            } else if ((rows.size() - i) * 100 < rows.size()) {
                end = i;
                break;
            }
        }
    }
    return rows.subspan(begin, end - begin);
}

std::vector<std::size_t> rows_by_time(std::span<const double> time) {
    std::vector<std::size_t> rows;
    rows.reserve(time.size());
    for (std::size_t i = 0; i < time.size(); ++i) {
        if (is_time(time[i])) {
            rows.push_back(i);
        }
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [&](std::size_t a, std::size_t b) { return time[a] < time[b]; });
    return rows;
}

std::vector<double> pick(const std::vector<double>& column, std::span<const std::size_t> rows) {
    std::vector<double> picked;
    picked.reserve(rows.size());
    for (const auto row : rows) {
        picked.push_back(column[row]);
    }
    return picked;
}

bool is_clean(const model::Streams& streams) {
    const auto& time = streams.time;
    if (time.empty() || !is_time(time.front())) {
        return time.empty();
    }
    for (std::size_t i = 1; i < time.size(); ++i) {
        if (!(time[i] >= time[i - 1]) || !(time[i] - time[i - 1] <= day)) {
            return false;
        }
    }
    return is_time(time.back()) &&
           std::all_of(std::begin(sensor_columns), std::end(sensor_columns),
                       [&](auto column) { return fits(streams.*column, time.size()); });
}

} // namespace

std::optional<Cleaned> mend(const model::Streams& streams, std::span<const std::size_t> breaks) {
    if (is_clean(streams)) {
        return std::nullopt;
    }
    const auto size = streams.time.size();
    const auto all_rows = rows_by_time(streams.time);
    const auto rows = without_strays(all_rows, streams.time);
    Cleaned cleaned;
    cleaned.streams.time = pick(streams.time, rows);
    for (const auto column : sensor_columns) {
        if ((streams.*column).size() == size) {
            cleaned.streams.*column = pick(streams.*column, rows);
        }
    }
    // A segment's first sample begins one wherever it comes to stand; so does the first of the file.
    std::vector<bool> begins(size, false);
    if (size > 0 && !breaks.empty()) {
        begins[0] = true;
    }
    for (const auto at : breaks) {
        if (at < size) {
            begins[at] = true;
        }
    }
    for (std::size_t i = 1; i < rows.size(); ++i) {
        if (begins[rows[i]]) {
            cleaned.breaks.push_back(i);
        }
    }
    return cleaned;
}

double fastest_speed(std::string_view sport_type) {
    constexpr double metres_per_second = 1 / 3.6;
    const auto family = model::family_of(sport_type);
    if (family == "run" || family == "walk" || family == "hike") {
        return 34 * metres_per_second;
    }
    if (family == "swim") {
        return 12 * metres_per_second;
    }
    return (family == "ride" || family == "skate" ? 130 : 300) * metres_per_second;
}

bool is_position(double latitude, double longitude) {
    return std::abs(latitude) <= 90 && std::abs(longitude) <= 180 && (latitude != 0 || longitude != 0);
}

std::vector<std::size_t> believable_positions(std::span<const double> time, std::span<const double> latitude,
                                              std::span<const double> longitude, double fastest) {
    std::vector<std::size_t> valid;
    const auto size = std::min({time.size(), latitude.size(), longitude.size()});
    valid.reserve(size);
    for (std::size_t i = 0; i < size; ++i) {
        if (is_position(latitude[i], longitude[i])) {
            valid.push_back(i);
        }
    }
    const auto too_fast = [&](std::size_t a, std::size_t b) {
        const double seconds = time[b] - time[a];
        const double furthest = fastest * std::max(1.0, seconds);
        // Along the meridian and then the parallel it is never shorter: this settles nearly all.
        constexpr double most_per_degree = 111'700; // m
        const double detour = most_per_degree * (std::abs(latitude[b] - latitude[a]) +
                                                 std::abs(wrapped_degrees(longitude[b] - longitude[a])));
        return seconds > 0 && detour > furthest &&
               distance_between({latitude[a], longitude[a]}, {latitude[b], longitude[b]}) > furthest;
    };
    std::size_t kept = 0;
    bool reached_too_fast = false; // the sample before was, and is still to be judged
    for (std::size_t i = 0; i < valid.size(); ++i) {
        const bool is_spike = reached_too_fast && too_fast(valid[kept - 1], valid[i]);
        if (is_spike) {
            --kept;
        }
        reached_too_fast = kept > 0 && too_fast(valid[kept - 1], valid[i]);
        valid[kept++] = valid[i];
    }
    valid.resize(kept);
    return valid;
}

std::vector<double> never_falling(std::span<const double> distance) {
    constexpr double farthest = 1e9; // m; beyond it is no distance but a fault
    std::vector<double> rising(distance.begin(), distance.end());
    double greatest = -std::numeric_limits<double>::infinity();
    for (auto& metres : rising) {
        if (!(std::abs(metres) < farthest)) {
            metres = model::missing;
            continue;
        }
        greatest = std::max(greatest, metres);
        metres = greatest;
    }
    return rising;
}

} // namespace harrier::analysis
