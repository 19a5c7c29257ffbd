// SPDX-License-Identifier: MIT
#include "analysis/zones.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

namespace harrier::analysis {

namespace {

constexpr std::array friel_names{"1", "2", "3", "4", "5a", "5b", "5c"};

std::vector<Zone> shares_of(double whole, std::span<const double> percents,
                            std::span<const char* const> names = {}, double from = 0) {
    std::vector<double> bounds;
    bounds.reserve(percents.size());
    for (const double percent : percents) {
        bounds.push_back(from + percent / 100 * (whole - from));
    }
    return make_zones(bounds, names);
}

void add_time(ZoneTimes& times, std::span<const Zone> zones, double value, double seconds) {
    const auto next = std::upper_bound(zones.begin(), zones.end(), value,
                                       [](double at, const Zone& zone) { return at < zone.low; });
    if (next == zones.begin()) {
        times.below += seconds;
    } else {
        times.seconds[static_cast<std::size_t>(next - zones.begin()) - 1] += seconds;
    }
}

// m/s at which running takes this oxygen, ml/kg/min (Daniels and Gilbert 1979).
double speed_at_oxygen(double oxygen) {
    constexpr double a = 0.000104;
    constexpr double b = 0.182258;
    constexpr double c = -4.60;
    return (-b + std::sqrt(b * b - 4 * a * (c - oxygen))) / (2 * a) / 60;
}

} // namespace

std::vector<Zone> make_zones(std::span<const double> lower_bounds, std::span<const char* const> names) {
    std::vector<Zone> zones;
    zones.reserve(lower_bounds.size());
    for (std::size_t i = 0; i < lower_bounds.size(); ++i) {
        zones.push_back(
            {i < names.size() ? std::string(names[i]) : std::to_string(i + 1), lower_bounds[i],
             i + 1 < lower_bounds.size() ? lower_bounds[i + 1] : std::numeric_limits<double>::infinity()});
    }
    return zones;
}

std::vector<Zone> max_heartrate_zones(double max) {
    return karvonen_zones(0, max);
}

std::vector<Zone> karvonen_zones(double rest, double max) {
    constexpr std::array percents{50.0, 60.0, 70.0, 80.0, 90.0};
    return shares_of(max, percents, {}, rest);
}

std::vector<Zone> friel_run_zones(double threshold) {
    constexpr std::array percents{0.0, 85.0, 90.0, 95.0, 100.0, 103.0, 106.0};
    return shares_of(threshold, percents, friel_names);
}

std::vector<Zone> friel_ride_zones(double threshold) {
    constexpr std::array percents{0.0, 81.0, 90.0, 94.0, 100.0, 103.0, 106.0};
    return shares_of(threshold, percents, friel_names);
}

std::vector<Zone> coggan_zones(double ftp) {
    constexpr std::array percents{0.0, 55.0, 75.0, 90.0, 105.0, 120.0, 150.0};
    return shares_of(ftp, percents);
}

std::vector<Zone> critical_speed_zones(double critical_speed) {
    constexpr std::array percents{0.0, 80.0, 87.0, 95.0, 105.0, 119.0};
    return shares_of(critical_speed, percents);
}

std::vector<Zone> swim_speed_zones(double critical_speed) {
    constexpr std::array percents{0.0, 93.0, 97.0, 99.0, 102.0, 109.0};
    return shares_of(critical_speed, percents);
}

std::vector<Zone> friel_pace_zones(double threshold_speed) {
    // Of the threshold's time per way; the table's classes of 5a and 4 overlap at 99 %.
    constexpr std::array times{129.0, 114.0, 106.0, 99.0, 97.0, 90.0};
    std::vector<double> bounds{0};
    for (const double percent : times) {
        bounds.push_back(threshold_speed / (percent / 100));
    }
    return make_zones(bounds, friel_names);
}

std::vector<Zone> daniels_zones(double vdot) {
    constexpr std::array percents{59.0, 75.0, 83.0, 95.0, 105.0};
    constexpr std::array names{"E", "M", "T", "I", "R"};
    std::vector<double> bounds;
    for (const double percent : percents) {
        bounds.push_back(speed_at_oxygen(percent / 100 * vdot));
    }
    return make_zones(bounds, names);
}

ZoneTimes time_in_zones(std::span<const double> values, std::span<const double> seconds,
                        std::span<const Zone> zones) {
    ZoneTimes times{0, std::vector<double>(zones.size(), 0)};
    for (std::size_t i = 0; i < std::min(values.size(), seconds.size()); ++i) {
        if (std::isfinite(values[i])) {
            add_time(times, zones, values[i], seconds[i]);
        }
    }
    return times;
}

ZoneTimes time_in_zones(const model::Histogram& histogram, std::span<const Zone> zones) {
    ZoneTimes times{0, std::vector<double>(zones.size(), 0)};
    for (std::size_t i = 0; i < histogram.seconds.size(); ++i) {
        const double seconds = static_cast<double>(histogram.seconds[i]);
        double from = static_cast<double>(histogram.first + i) * histogram.step;
        const double to = from + histogram.step;
        if (histogram.step == 1) {
            add_time(times, zones, from, seconds);
            continue;
        }
        for (const auto& zone : zones) { // borders within the bin, ascending
            if (zone.low > from && zone.low < to) {
                add_time(times, zones, from, seconds * (zone.low - from) / histogram.step);
                from = zone.low;
            }
        }
        add_time(times, zones, from, seconds * (to - from) / histogram.step);
    }
    return times;
}

} // namespace harrier::analysis
