// SPDX-License-Identifier: MIT
#include "emulator/made_up_totals.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace harrier::emulator {

namespace {

constexpr std::array<int, 5> zone_starts{0, 115, 143, 157, 172};
// Points for an hour in each zone.
constexpr std::array<int, 5> zone_points{12, 24, 45, 100, 120};

std::int64_t rounded_ratio(std::int64_t numerator, std::int64_t denominator) {
    return denominator == 0 ? 0 : (2 * numerator + denominator) / (2 * denominator);
}

std::size_t zone_of(int heartrate) {
    std::size_t zone = 0;
    while (zone + 1 < zone_starts.size() && heartrate >= zone_starts[zone + 1]) {
        ++zone;
    }
    return zone;
}

// Counts a rise only when it reaches the threshold above the last turning point that counted.
class ClimbCounter {
public:
    explicit ClimbCounter(int altitude_dm) : m_reference_dm(altitude_dm) {}

    void add(int altitude_dm) {
        constexpr int threshold_dm = 20;
        const int rise = altitude_dm - m_reference_dm;
        if (rise >= threshold_dm) {
            m_climb_dm += rise;
            m_reference_dm = altitude_dm;
        } else if (rise <= -threshold_dm) {
            m_reference_dm = altitude_dm;
        }
    }
    [[nodiscard]] int climb_dm() const { return m_climb_dm; }

private:
    int m_reference_dm;
    int m_climb_dm = 0;
};

struct Sums {
    std::int64_t heartrate = 0;
    std::int64_t temperature = 0;
    std::int64_t cadence = 0;
    std::int64_t watts = 0;
    std::int64_t moving = 0;  // samples
    std::int64_t turning = 0; // samples with a cadence
    std::int64_t zone_seconds_points = 0;
};

void take_averages(Totals& totals, const Sums& sums, std::int64_t samples) {
    totals.average_heartrate_tenths = static_cast<int>(rounded_ratio(sums.heartrate * 10, samples));
    // Shifted, so that rounding works below freezing as well.
    totals.average_temperature_c =
        static_cast<int>(rounded_ratio(sums.temperature + 100 * samples, samples)) - 100;
    totals.average_cadence_tenths = static_cast<int>(rounded_ratio(sums.cadence * 10, sums.turning));
    totals.average_watts_tenths = static_cast<int>(rounded_ratio(sums.watts * 10, sums.moving));
    totals.suffer_score = static_cast<int>(rounded_ratio(sums.zone_seconds_points, 3600));
}

} // namespace

int Totals::average_speed_mmps(bool is_race) const {
    return static_cast<int>(rounded_ratio(distance_dm * 100, is_race ? elapsed_s : moving_s));
}

Totals total(std::span<const Sample> samples, Range range) {
    Totals totals;
    if (samples.empty()) {
        return totals;
    }
    const Sample& first = samples[range.first];
    const Sample& last = samples[range.last];
    totals.distance_dm = last.distance_dm - first.distance_dm;
    totals.elapsed_s = last.time_s - first.time_s;
    totals.altitude_change_dm = last.altitude_dm - first.altitude_dm;
    totals.high_dm = totals.low_dm = first.altitude_dm;
    ClimbCounter climb(first.altitude_dm);
    Sums sums;
    for (std::size_t i = range.first; i <= range.last; ++i) {
        const Sample& sample = samples[i];
        climb.add(sample.altitude_dm);
        totals.high_dm = std::max(totals.high_dm, sample.altitude_dm);
        totals.low_dm = std::min(totals.low_dm, sample.altitude_dm);
        totals.max_speed_mmps = std::max(totals.max_speed_mmps, sample.speed_mmps);
        totals.max_heartrate = std::max(totals.max_heartrate, static_cast<int>(sample.heartrate));
        sums.heartrate += sample.heartrate;
        sums.temperature += sample.temperature_c;
        const int span_s = i == range.first ? 0 : sample.time_s - samples[i - 1].time_s;
        sums.zone_seconds_points += std::int64_t{span_s} * zone_points[zone_of(sample.heartrate)];
        if (sample.moving && i > range.first) {
            totals.moving_s += span_s;
            totals.max_watts = std::max(totals.max_watts, static_cast<int>(sample.watts));
            totals.joules += std::int64_t{span_s} * sample.watts;
            sums.cadence += sample.cadence;
            sums.turning += sample.cadence > 0 ? 1 : 0;
            sums.watts += sample.watts;
            ++sums.moving;
        }
    }
    totals.climb_dm = climb.climb_dm();
    take_averages(totals, sums, static_cast<std::int64_t>(range.last - range.first + 1));
    return totals;
}

int weighted_average_watts(std::span<const Sample> samples) {
    constexpr std::size_t window = 30;
    if (samples.size() <= window) {
        return 0;
    }
    std::int64_t sum = 0;
    double fourth_powers = 0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        sum += samples[i].watts;
        if (i >= window) {
            sum -= samples[i - window].watts;
            const double mean = static_cast<double>(sum) / window;
            fourth_powers += mean * mean * mean * mean;
        }
    }
    return static_cast<int>(
        std::sqrt(std::sqrt(fourth_powers / static_cast<double>(samples.size() - window))) + 0.5);
}

std::vector<Range> split_ranges(std::span<const Sample> samples, double length_m) {
    std::vector<Range> ranges;
    std::size_t first = 0;
    int count = 1;
    for (std::size_t i = 1; i < samples.size(); ++i) {
        if (samples[i].distance_dm >= count * length_m * 10) {
            ranges.push_back({first, i});
            first = i;
            while (samples[i].distance_dm >= count * length_m * 10) {
                ++count; // a leap can pass more than one boundary
            }
        }
    }
    if (first + 1 < samples.size()) {
        ranges.push_back({first, samples.size() - 1});
    }
    return ranges;
}

std::vector<Range> lap_ranges(const Workout& workout, std::span<const Sample> samples) {
    if (samples.empty()) {
        return {};
    }
    if (workout.laps_by_stage && workout.device != Device::phone) {
        std::vector<Range> ranges;
        std::size_t first = 0;
        for (std::size_t stage = 0; stage + 1 < workout.stages.size(); ++stage) {
            const double until_dm = workout.stages[stage].until_m * 10;
            std::size_t i = first;
            while (i + 1 < samples.size() && samples[i].distance_dm < until_dm) {
                ++i;
            }
            if (i > first) {
                ranges.push_back({first, i});
                first = i;
            }
        }
        if (first + 1 < samples.size()) {
            ranges.push_back({first, samples.size() - 1});
        }
        return ranges;
    }
    if (workout.motion == Motion::run && workout.device == Device::new_watch) {
        return split_ranges(samples, 1000);
    }
    return {{0, samples.size() - 1}};
}

std::vector<BestEffort> best_efforts(std::span<const Sample> samples) {
    constexpr std::array<std::pair<std::string_view, int>, 13> targets{{{"400m", 400},
                                                                        {"1/2 mile", 805},
                                                                        {"1K", 1000},
                                                                        {"1 mile", 1609},
                                                                        {"2 mile", 3219},
                                                                        {"5K", 5000},
                                                                        {"10K", 10000},
                                                                        {"15K", 15000},
                                                                        {"10 mile", 16090},
                                                                        {"20K", 20000},
                                                                        {"Half-Marathon", 21097},
                                                                        {"30K", 30000},
                                                                        {"Marathon", 42195}}};
    std::vector<BestEffort> efforts;
    for (const auto& [name, distance_m] : targets) {
        std::optional<Range> best;
        int best_s = 0;
        std::size_t last = 0;
        for (std::size_t first = 0; first < samples.size(); ++first) {
            while (last < samples.size() &&
                   samples[last].distance_dm - samples[first].distance_dm < distance_m * 10) {
                ++last;
            }
            if (last == samples.size()) {
                break;
            }
            const int elapsed_s = samples[last].time_s - samples[first].time_s;
            if (!best || elapsed_s < best_s) {
                best = Range{first, last};
                best_s = elapsed_s;
            }
        }
        if (best) {
            efforts.push_back({name, distance_m, *best});
        }
    }
    return efforts;
}

std::span<const int> heartrate_zones() {
    return zone_starts;
}

} // namespace harrier::emulator
