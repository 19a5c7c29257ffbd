// SPDX-License-Identifier: MIT
#include "analysis/ascent.hpp"

#include "model/recording.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace harrier::analysis {

namespace {

constexpr double barometer_threshold = 2; // m
constexpr double receiver_threshold = 10; // m
constexpr double loudest_barometer = 0.5; // m
constexpr double half_window = 12.5;      // m of way
constexpr std::size_t half_window_samples = 4;

// Below space.
bool is_height(double metres) {
    return std::abs(metres) < 100'000;
}

struct Point {
    std::size_t row;
    double metres; // of way
    double height;
};

double median_of_three(double a, double b, double c) {
    return std::max(std::min(a, b), std::min(std::max(a, b), c));
}

// The least and the greatest of four are none; the median of five is that of the others.
double median_of_five(std::span<const Point, 5> points) {
    const double a = points[0].height;
    const double b = points[1].height;
    const double c = points[2].height;
    const double d = points[3].height;
    return median_of_three(std::max(std::min(a, b), std::min(c, d)), std::min(std::max(a, b), std::max(c, d)),
                           points[4].height);
}

// Single spikes go. At the ends the window shrinks to what is there on both sides.
std::vector<Point> without_spikes(const std::vector<Point>& points) {
    auto calm = points;
    const auto size = points.size();
    for (std::size_t i = 2; i + 2 < size; ++i) {
        calm[i].height = median_of_five(std::span<const Point, 5>(points.data() + i - 2, 5));
    }
    for (const std::size_t i : {std::size_t{1}, size - 2}) {
        if (size >= 3) {
            calm[i].height = median_of_three(points[i - 1].height, points[i].height, points[i + 1].height);
        }
    }
    return calm;
}

std::vector<Point> points_of(std::span<const double> altitude, std::span<const double> distance) {
    std::vector<Point> points;
    points.reserve(altitude.size());
    double metres = 0;
    for (std::size_t row = 0; row < altitude.size(); ++row) {
        if (row < distance.size() && !model::is_missing(distance[row])) {
            metres = distance[row];
        }
        if (is_height(altitude[row])) {
            points.push_back({row, metres, altitude[row]});
        }
    }
    return points;
}

class Hysteresis {
public:
    explicit Hysteresis(double threshold) : m_threshold(threshold) {}

    void add(double height) {
        if (!is_height(height)) {
            return;
        }
        if (model::is_missing(m_reference)) {
            m_reference = height;
        } else if (height > m_reference + m_threshold) {
            m_climb.ascent += height - m_reference;
            m_reference = height;
        } else if (height < m_reference - m_threshold) {
            m_climb.descent += m_reference - height;
            m_reference = height;
        }
    }
    [[nodiscard]] const Climb& climb() const { return m_climb; }

private:
    double m_threshold;
    double m_reference = model::missing;
    Climb m_climb;
};

// How a climb is reckoned from samples.
struct Method {
    AscentMethod method = AscentMethod::none;
    double threshold = 0;
    std::vector<double> smooth; // in place of the altitude, where it is noisy

    [[nodiscard]] std::span<const double> heights(std::span<const double> altitude) const {
        return smooth.empty() ? altitude : std::span<const double>(smooth);
    }
};

} // namespace

Climb climb_with_hysteresis(std::span<const double> altitude, double threshold) {
    Hysteresis hysteresis(threshold);
    for (const double height : altitude) {
        hysteresis.add(height);
    }
    return hysteresis.climb();
}

std::vector<Climb> climb_line(std::span<const double> altitude, double threshold) {
    std::vector<Climb> line;
    line.reserve(altitude.size());
    Hysteresis hysteresis(threshold);
    for (const double height : altitude) {
        hysteresis.add(height);
        line.push_back(hysteresis.climb());
    }
    return line;
}

std::vector<double> smoothed_altitude(std::span<const double> altitude, std::span<const double> distance) {
    std::vector<double> smooth(altitude.size(), model::missing);
    const auto points = without_spikes(points_of(altitude, distance));
    std::size_t begin = 0;
    std::size_t end = 0;
    double sum = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const auto reaches = [&](std::size_t other) {
            const auto between = other > i ? other - i : i - other;
            return distance.empty() ? between <= half_window_samples
                                    : std::abs(points[other].metres - points[i].metres) <= half_window;
        };
        while (end < points.size() && reaches(end)) {
            sum += points[end++].height;
        }
        while (!reaches(begin)) {
            sum -= points[begin++].height;
        }
        smooth[points[i].row] = sum / static_cast<double>(end - begin);
    }
    return smooth;
}

std::optional<double> altitude_noise(std::span<const double> time, std::span<const double> altitude) {
    constexpr std::size_t fewest = 60;
    constexpr double widest_step = 2; // s
    std::vector<double> changes;
    for (std::size_t i = 2; i < std::min(time.size(), altitude.size()); ++i) {
        const double before = time[i - 1] - time[i - 2];
        const double behind = time[i] - time[i - 1];
        if (before > 0 && before <= widest_step && behind > 0 && behind <= widest_step) {
            const double change = std::abs(altitude[i] - 2 * altitude[i - 1] + altitude[i - 2]);
            if (std::isfinite(change)) {
                changes.push_back(change);
            }
        }
    }
    if (changes.size() < fewest) {
        return std::nullopt;
    }
    const auto middle = changes.begin() + static_cast<std::ptrdiff_t>(changes.size() / 2);
    std::nth_element(changes.begin(), middle, changes.end());
    // The median of a normal distribution's absolute values, and the variance of 1, -2, 1.
    constexpr double median_per_deviation = 0.6745;
    return *middle / (median_per_deviation * std::sqrt(6.0));
}

namespace {

Method choose_method(std::span<const double> time, std::span<const double> distance,
                     std::span<const double> altitude, std::string_view sport_type) {
    if (std::none_of(altitude.begin(), altitude.end(), is_height)) {
        return {};
    }
    if (sport_type.starts_with("Virtual")) {
        return {AscentMethod::simulated, 0, {}};
    }
    if (altitude_noise(time, altitude).value_or(0) > loudest_barometer) {
        return {AscentMethod::smoothed, receiver_threshold, smoothed_altitude(altitude, distance)};
    }
    return {AscentMethod::hysteresis, barometer_threshold, {}};
}

} // namespace

Ascent measure_ascent(std::span<const double> time, std::span<const double> distance,
                      std::span<const double> altitude, std::string_view sport_type) {
    const auto chosen = choose_method(time, distance, altitude, sport_type);
    if (chosen.method == AscentMethod::none) {
        return {};
    }
    return {chosen.method, climb_with_hysteresis(chosen.heights(altitude), chosen.threshold)};
}

std::vector<Climb> measure_climb_line(std::span<const double> time, std::span<const double> distance,
                                      std::span<const double> altitude, std::string_view sport_type) {
    const auto chosen = choose_method(time, distance, altitude, sport_type);
    if (chosen.method == AscentMethod::none) {
        return {};
    }
    return climb_line(chosen.heights(altitude), chosen.threshold);
}

} // namespace harrier::analysis
