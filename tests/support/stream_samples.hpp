// SPDX-License-Identifier: MIT
#pragma once

// Made-up samples as a watch would record them, one a second, in the units of its file. The same on every
// machine: nothing but a generator of our own and plain arithmetic.

#include "archive/stream_codec.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace harrier::tests {

// SplitMix64: G. Steele, D. Lea and C. Flood, "Fast splittable pseudorandom number generators", 2014.
class SampleRandom {
public:
    explicit SampleRandom(std::uint64_t seed) : m_state(seed) {}

    std::uint64_t bits() {
        m_state += 0x9E3779B97F4A7C15;
        std::uint64_t mixed = m_state;
        mixed = (mixed ^ mixed >> 30U) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ mixed >> 27U) * 0x94D049BB133111EB;
        return mixed ^ mixed >> 31U;
    }
    // At least 0, less than `limit`.
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(bits() % limit); }
    // Mean 0, deviation 1, nearly normal: a sum of twelve uniform numbers.
    double noise() {
        double sum = -6;
        for (int i = 0; i < 12; ++i) {
            sum += static_cast<double>(bits() >> 11U) * 0x1p-53;
        }
        return sum;
    }

private:
    std::uint64_t m_state;
};

// A run of 1 Hz with positions in semicircles, distance in cm, altitude in steps of 0.2 m, speed in mm/s,
// heart rate and cadence. The receiver's error wanders, its positions and the speed of the foot pod scatter.
inline archive::StoredStreams made_up_run(std::size_t seconds, std::uint64_t seed = 1) {
    constexpr double degrees_per_semicircle = 180.0 / 2147483648.0;
    constexpr double metres_per_semicircle = 40'030'174.0 / 4294967296.0;
    SampleRandom random(seed);
    archive::StoredStreams stored;
    auto& s = stored.streams;
    double east = 0;
    double north = 0;
    double direction_east = 1;
    double direction_north = 0;
    double error_east = 0;
    double error_north = 0;
    double pace = 3;
    double height = 210;
    double slope = 0;
    double effort = 120;
    double steps = 84;
    double distance = 0;
    for (std::size_t i = 0; i < seconds; ++i) {
        pace += 0.02 * (3 - pace) + 0.04 * random.noise();
        const double turn = 0.05 * random.noise();
        const double east_before = direction_east;
        direction_east += turn * direction_north;
        direction_north -= turn * east_before;
        const double length = std::sqrt(direction_east * direction_east + direction_north * direction_north);
        direction_east /= length;
        direction_north /= length;
        east += pace * direction_east;
        north += pace * direction_north;
        distance += pace + 0.04 * random.noise();
        error_east += 0.10 * random.noise() - 0.01 * error_east;
        error_north += 0.10 * random.noise() - 0.01 * error_north;
        slope += 0.002 * random.noise() - 0.02 * slope;
        height += slope * pace;
        effort += 0.01 * (152 - effort) + 0.35 * random.noise();
        steps += 0.1 * (84 - steps) + 0.3 * random.noise();
        s.time.push_back(static_cast<double>(i));
        s.latitude.push_back(std::round(560'000'000 + (north + error_north) / metres_per_semicircle) *
                             degrees_per_semicircle);
        s.longitude.push_back(std::round(101'000'000 + (east + error_east) / metres_per_semicircle / 0.68) *
                              degrees_per_semicircle);
        s.distance.push_back(std::round(std::max(distance, 0.0) * 100) / 100);
        s.altitude.push_back(std::round((height + 500) * 5) / 5 - 500);
        s.velocity_smooth.push_back(std::round((pace + 0.03 * random.noise()) * 1000) / 1000);
        s.heartrate.push_back(std::round(effort));
        s.cadence.push_back(std::round(steps));
    }
    return stored;
}

// Small, and a bit of everything: gaps, forms of all kinds, a missing column, own columns, breaks and pauses.
inline archive::StoredStreams mixed_streams() {
    using model::missing;
    auto stored = made_up_run(48, 7);
    auto& s = stored.streams;
    s.temp.assign(48, missing);
    for (std::size_t i = 0; i < 48; ++i) {
        s.heartrate[i] = i % 2 == 0 ? missing : s.heartrate[i];
        s.watts.push_back(i < 10 || i > 20 ? static_cast<double>(200 + i % 7) : missing);
    }
    s.latitude[30] = s.longitude[30] = missing;
    stored.extra.push_back({"Form Power", "W", {}});
    stored.extra.push_back({"odd", "", {}});
    stored.extra.push_back({"Nothing", "m", {}});
    SampleRandom random(3);
    for (std::size_t i = 0; i < 48; ++i) {
        stored.extra[0].values.push_back(static_cast<float>(0.1) * static_cast<float>(i));
        stored.extra[1].values.push_back(random.noise());
    }
    stored.breaks = {1, 30, 47};
    const auto moment = [](std::int64_t ms) { return model::Moment{std::chrono::milliseconds{ms}}; };
    stored.pauses = {{moment(1'700'000'000'000), moment(1'700'000'060'500)},
                     {moment(1'700'000'100'000), moment(1'700'000'100'000)}};
    return stored;
}

} // namespace harrier::tests
