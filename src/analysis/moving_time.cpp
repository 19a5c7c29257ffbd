// SPDX-License-Identifier: MIT
#include "analysis/moving_time.hpp"

#include "model/recording.hpp"
#include "model/sport.hpp"

#include <algorithm>

namespace harrier::analysis {

namespace {

constexpr double window = 3;        // s
constexpr double shortest_rest = 3; // s

// A line through the samples that have a distance, read at times that grow.
class Line {
public:
    Line(std::span<const double> time, std::span<const double> distance) {
        m_knots.reserve(time.size());
        for (std::size_t i = 0; i < std::min(time.size(), distance.size()); ++i) {
            if (!model::is_missing(distance[i])) {
                m_knots.push_back({time[i], distance[i]});
            }
        }
    }

    [[nodiscard]] bool empty() const { return m_knots.size() < 2 || !(begin() < end()); }
    [[nodiscard]] double begin() const { return m_knots.front().time; }
    [[nodiscard]] double end() const { return m_knots.back().time; }

    // Remembers where it was: times that grow are found in constant time.
    class Reader {
    public:
        explicit Reader(const Line& line) : m_line(line) {}
        double at(double time) {
            const auto& knots = m_line.m_knots;
            while (m_next + 1 < knots.size() && knots[m_next].time < time) {
                ++m_next;
            }
            const auto& a = knots[m_next - 1];
            const auto& b = knots[m_next];
            const double span = b.time - a.time;
            return span > 0 ? a.metres + (b.metres - a.metres) * std::clamp((time - a.time) / span, 0.0, 1.0)
                            : b.metres;
        }

    private:
        const Line& m_line;
        std::size_t m_next = 1;
    };

private:
    struct Knot {
        double time;
        double metres;
    };
    std::vector<Knot> m_knots;
};

// Rest that is too short is none.
void drop_short_rests(std::span<const double> time, std::vector<bool>& resting) {
    for (std::size_t i = 1; i < resting.size(); ++i) {
        if (!resting[i]) {
            continue;
        }
        const std::size_t first = i;
        while (i + 1 < resting.size() && resting[i + 1]) {
            ++i;
        }
        if (time[i] - time[first - 1] < shortest_rest) {
            std::fill(resting.begin() + static_cast<std::ptrdiff_t>(first),
                      resting.begin() + static_cast<std::ptrdiff_t>(i) + 1, false);
        }
    }
}

} // namespace

double resting_speed(std::string_view sport_type) {
    const auto family = model::family_of(sport_type);
    if (family == "ride" || family == "skate") {
        return 0.6;
    }
    const bool tells_nothing = family == "climb" || family == "ball" || family == "dance" ||
                               (family == "gym" && sport_type != "Workout");
    return tells_nothing ? 0 : 0.4;
}

std::vector<bool> resting_steps(std::span<const double> time, std::span<const double> distance,
                                std::span<const std::size_t> breaks, double threshold) {
    std::vector<bool> resting(time.size(), false);
    const Line line(time, distance);
    if (threshold > 0 && !line.empty()) {
        Line::Reader from(line);
        Line::Reader to(line);
        for (std::size_t i = 1; i < time.size(); ++i) {
            const double middle = (time[i - 1] + time[i]) / 2;
            const double half = std::max(window, time[i] - time[i - 1]) / 2;
            const double begin = std::max(middle - half, line.begin());
            const double end = std::min(middle + half, line.end());
            // Read also where the answer is not used: the readers go forward only.
            const double metres = to.at(end) - from.at(begin);
            const bool known = time[i - 1] >= line.begin() && time[i] <= line.end() && begin < end;
            resting[i] = known && metres < threshold * (end - begin);
        }
        drop_short_rests(time, resting);
    }
    for (const auto at : breaks) {
        if (at > 0 && at < resting.size()) {
            resting[at] = true;
        }
    }
    return resting;
}

double moving_seconds(std::span<const double> time, const std::vector<bool>& resting) {
    double sum = 0;
    for (std::size_t i = 1; i < std::min(time.size(), resting.size()); ++i) {
        sum += resting[i] ? 0 : time[i] - time[i - 1];
    }
    return sum;
}

} // namespace harrier::analysis
