// SPDX-License-Identifier: MIT
#pragma once

// Means over time. Samples are not evenly spaced: a device that records only changes would otherwise weigh a
// minute of rest like a second of work. Values in, values out. Pure.

#include <optional>
#include <span>
#include <vector>

namespace harrier::analysis {

// For each sample the seconds that its value holds: until the next one, but beyond a gap only for the usual
// step, as the last one does too. The usual step is the median of all (steps of no time left out); a gap is
// more than four of them, as Sauce has it. Where no time passes at all, each holds 1 s. `time` in order.
[[nodiscard]] std::vector<double> held_seconds(std::span<const double> time);

enum class Zeros {
    count, // power: not to pedal is 0 W
    skip,  // pulse and cadence: 0 means that the sensor sees nothing, or that the legs rest
};

struct Integral {
    double sum = 0;     // value times seconds
    double seconds = 0; // that have a value

    [[nodiscard]] std::optional<double> mean() const;
};

// Values that are missing or beyond a thousand million have no time. `seconds` as held_seconds gives them, as
// long as `values`.
[[nodiscard]] Integral integrate(std::span<const double> values, std::span<const double> seconds,
                                 Zeros zeros);

// Nothing where all are missing.
[[nodiscard]] std::optional<double> greatest(std::span<const double> values);
[[nodiscard]] std::optional<double> least(std::span<const double> values);

} // namespace harrier::analysis
