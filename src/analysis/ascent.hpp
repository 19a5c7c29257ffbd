// SPDX-License-Identifier: MIT
#pragma once

// How much was climbed. Heights in metres; those that are missing or beyond 100 km are skipped. Values in,
// values out. Pure.

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace harrier::analysis {

struct Climb {
    double ascent = 0;
    double descent = 0;
};

// Counts a change when it leaves the height counted last by more than `threshold` (m); 0 gives the sum of all
// rises. With 2 m it is 0.4 to 1.7 % below what three barometric devices wrote themselves.
[[nodiscard]] Climb climb_with_hysteresis(std::span<const double> altitude, double threshold);

// The same summed up to each sample, as long as `altitude`.
[[nodiscard]] std::vector<Climb> climb_line(std::span<const double> altitude, double threshold);

// The height without the noise of a satellite receiver: the median of 5 samples, then the mean within 12.5 m
// of way on both sides (within 4 samples where `distance` is empty). As long as `altitude`; what is missing
// stays so.
[[nodiscard]] std::vector<double> smoothed_altitude(std::span<const double> altitude,
                                                    std::span<const double> distance);

// Standard deviation (m) of a sample's height around the line of its two neighbours, from the median of
// second differences over samples at most 2 s apart. Nothing where fewer than 60 such samples tell.
[[nodiscard]] std::optional<double> altitude_noise(std::span<const double> time,
                                                   std::span<const double> altitude);

enum class AscentMethod {
    none,       // no altitude
    device,     // the file's own total
    hysteresis, // 2 m
    smoothed,   // smoothed, then 10 m: the altitude is noisier than a barometer's
    simulated,  // 0 m: a virtual world has no noise
};

struct Ascent {
    AscentMethod method = AscentMethod::none;
    Climb climb;
};

// From samples alone, by the method that the sport and the noise (above 0.5 m: smoothed) ask for. `time` in
// order, `distance` never falling or empty; columns of equal length.
[[nodiscard]] Ascent measure_ascent(std::span<const double> time, std::span<const double> distance,
                                    std::span<const double> altitude, std::string_view sport_type);

// The same climb summed up to each sample: its last element is that of measure_ascent. Empty without heights.
[[nodiscard]] std::vector<Climb> measure_climb_line(std::span<const double> time,
                                                    std::span<const double> distance,
                                                    std::span<const double> altitude,
                                                    std::string_view sport_type);

} // namespace harrier::analysis
