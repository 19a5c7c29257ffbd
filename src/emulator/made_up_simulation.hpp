// SPDX-License-Identifier: MIT
#pragma once

// Workout -> samples, as a device would have recorded them. Whole numbers in small units, so that every sum
// over them is exact and the same on every machine. Pure: the same workout gives the same samples.

#include "emulator/made_up_terrain.hpp"
#include "emulator/made_up_workout.hpp"

#include <cstdint>
#include <vector>

namespace harrier::emulator {

struct Sample {
    std::int32_t time_s = 0;
    std::int32_t distance_dm = 0; // never falls
    std::int32_t lat_e6 = 0;      // millionths of a degree
    std::int32_t lng_e6 = 0;
    std::int32_t altitude_dm = 0;
    std::int32_t speed_mmps = 0;
    std::int16_t watts = 0;
    std::int16_t grade_permille = 0;
    std::uint8_t heartrate = 0; // bpm
    std::uint8_t cadence = 0;   // rpm, of one leg in a run
    std::int8_t temperature_c = 0;
    bool moving = false; // of the span since the sample before
};

struct Recording {
    std::vector<Sample> samples; // empty for a manual entry; else begins at 0 s
    bool has_distance = false;
    bool has_position = false; // and with it altitude and grade
    bool has_heartrate = false;
    bool has_cadence = false;
    bool has_watts = false; // measured; estimated ones stay out of the streams
    bool has_temperature = false;
};

[[nodiscard]] Recording simulate(const Workout& workout, const Terrain& terrain);

// What running on a grade costs, as a factor of the flat.
[[nodiscard]] double running_cost(double grade);

} // namespace harrier::emulator
