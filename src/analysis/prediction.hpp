// SPDX-License-Identifier: MIT
#pragma once

// Race times from race times. Distances in metres, times in seconds, all above zero. Values in, values out.
// Pure.

#include <cstddef>
#include <optional>
#include <span>

namespace harrier::analysis {

// Daniels and Gilbert, Oxygen Power, 1979: the oxygen uptake (ml/kg/min) of a speed (m/min), the share of the
// greatest one that can be held for a time (min), and from both the VDOT of a performance.
[[nodiscard]] double oxygen_cost(double metres_per_minute);
[[nodiscard]] double sustained_share(double minutes);
[[nodiscard]] double vdot(double metres, double seconds);
// The time (s) over a distance at a VDOT, by bisection to a millionth of a second. `vdot` from 1 to 200.
[[nodiscard]] double time_at_vdot(double vdot, double metres);
// The speed (m/s) at a share of VDOT (training_paces.hpp).
[[nodiscard]] double speed_at_share(double vdot, double share);

// Riegel 1981, American Scientist 69:285: t2 = t1·(d2/d1)^e; good from 3.5 to 230 min.
constexpr double riegel_exponent = 1.06;
[[nodiscard]] double riegel_time(double metres, double seconds, double wanted_metres,
                                 double exponent = riegel_exponent);
// The exponent of two performances of one's own; nothing outside 1 < e < 2 or for equal distances.
[[nodiscard]] std::optional<double> personal_exponent(double metres, double seconds, double other_metres,
                                                      double other_seconds);

// A performance: a race, or a best effort.
struct Performance {
    double metres = 0;
    double seconds = 0;
};

// The exponent that fits all performances best: least squares of the logarithms.
struct FittedExponent {
    double exponent = 0;
    double r_squared = 0;
    std::size_t points = 0;
    double shortest = 0; // m, of those that were used
    double longest = 0;  // m
};
// From those that Riegel's rule is good for (3.5 to 230 min), at least two, the longest at least twice as
// long as the shortest. Nothing otherwise, or outside 1 < e < 2.
[[nodiscard]] std::optional<FittedExponent> fit_exponent(std::span<const Performance> performances);

// Cameron (1998), fitted to world's best times from 400 m to 50 miles.
[[nodiscard]] double cameron_time(double metres, double seconds, double wanted_metres);

} // namespace harrier::analysis
