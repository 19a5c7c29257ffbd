// SPDX-License-Identifier: MIT
#pragma once

// Zones of heart rate, power and speed, and the time in each. Values in, values out. Pure.

#include "model/metrics.hpp"

#include <span>
#include <string>
#include <vector>

namespace harrier::analysis {

// Values from `low` up to, but without, `high` (infinite for the highest one).
struct Zone {
    std::string name;
    double low = 0;
    double high = 0;

    friend bool operator==(const Zone&, const Zone&) = default;
};

// Each zone ends where the next one begins.
[[nodiscard]] std::vector<Zone> make_zones(std::span<const double> lower_bounds,
                                           std::span<const char* const> names = {});

// bpm. From 50, 60, 70, 80 and 90 % of the maximum; Karvonen: of what lies between rest and maximum.
[[nodiscard]] std::vector<Zone> max_heartrate_zones(double max);
[[nodiscard]] std::vector<Zone> karvonen_zones(double rest, double max);
// By the threshold heart rate (Friel), on foot and by bike: 1 to 4 and 5a to 5c.
[[nodiscard]] std::vector<Zone> friel_run_zones(double threshold);
[[nodiscard]] std::vector<Zone> friel_ride_zones(double threshold);

// W. From 0, 55, 75, 90, 105, 120 and 150 % of FTP (Coggan).
[[nodiscard]] std::vector<Zone> coggan_zones(double ftp);

// m/s. From 0, 80, 87, 95, 105 and 119 % of critical speed, in water 0, 93, 97, 99, 102, 109 (GoldenCheetah).
[[nodiscard]] std::vector<Zone> critical_speed_zones(double critical_speed);
[[nodiscard]] std::vector<Zone> swim_speed_zones(double critical_speed);
// m/s. By threshold pace (Friel): slower than 129 % of its time is zone 1, quicker than 90 % zone 5c.
[[nodiscard]] std::vector<Zone> friel_pace_zones(double threshold_speed);
// m/s. Easy, marathon, threshold, interval and repetition from 59, 75, 83, 95 and 105 % of VDOT (Daniels).
[[nodiscard]] std::vector<Zone> daniels_zones(double vdot);

// Seconds in each zone, and below the first one.
struct ZoneTimes {
    double below = 0;
    std::vector<double> seconds;
};

// `seconds`: how long each value holds (average.hpp: held_seconds); missing values have no time.
[[nodiscard]] ZoneTimes time_in_zones(std::span<const double> values, std::span<const double> seconds,
                                      std::span<const Zone> zones);
// A bin that a border cuts is shared out evenly, except that bins of 1 (bpm) hold whole numbers.
[[nodiscard]] ZoneTimes time_in_zones(const model::Histogram& histogram, std::span<const Zone> zones);

} // namespace harrier::analysis
