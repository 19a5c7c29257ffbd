// SPDX-License-Identifier: MIT
#include "archive/streams/distance_guide.hpp"

#include <cmath>

namespace harrier::archive {

namespace {

// Twice the step, rounded to the nearest step; a half goes away from zero.
std::int64_t rounded_half(double doubled) {
    if (!(std::abs(doubled) < 0x1p52)) {
        return 0; // also where something is missing
    }
    const auto halves = static_cast<std::int64_t>(doubled);
    return (halves + (halves < 0 ? -1 : 1)) / 2;
}

constexpr unsigned fixed_bits = 30; // behind the point

std::int64_t product(std::int64_t a, std::int64_t b) {
    return (a * b) >> fixed_bits;
}

// The cosine of a latitude by its series in powers of (degrees / 90)^2, in 2^-30.
std::int64_t cosine(double degrees) {
    constexpr std::int64_t series[] = {-27060, 987048, -22401992, 272375560, -1324675879, 1073741824};
    const auto part = static_cast<std::int64_t>(std::abs(degrees) * (0x1p30 / 90));
    const std::int64_t square = product(part, part);
    std::int64_t sum = 0;
    for (const std::int64_t factor : series) {
        sum = product(sum, square) + factor;
    }
    return sum;
}

// In 1/4096 m, squared; the lengths of a degree are those of the WGS 84 ellipsoid to about 10 m.
std::int64_t squared_step(double latitude, double latitude_step, double longitude_step) {
    constexpr double fine = 0x1p36; // parts of a degree
    const std::int64_t along = cosine(latitude);
    const std::int64_t square = product(along, along);
    const std::int64_t metres_north = 111'694 - product(1'120, square);
    const std::int64_t metres_east = 111'693 - product(374, square); // times the cosine
    const std::int64_t north = (static_cast<std::int64_t>(latitude_step * fine) * metres_north) >> 24U;
    const std::int64_t east =
        product((static_cast<std::int64_t>(longitude_step * fine) * metres_east) >> 24U, along);
    return north * north + east * east;
}

} // namespace

void DistanceGuide::steps_by_speed(double units, const PresentRows& rows, std::size_t first,
                                   std::span<std::int64_t> steps) const {
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const std::size_t row = rows.at(first + i);
        const std::size_t row_before = rows.at(first + i - (first + i == 0 ? 0 : 1));
        const double seconds = time[row] - time[row_before];
        steps[i] = rounded_half(speed[row] * seconds * (2 * units));
    }
}

void DistanceGuide::steps_by_position(double units, const PresentRows& rows, std::size_t first,
                                      std::span<std::int64_t> steps) const {
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const std::size_t row = rows.at(first + i);
        const std::size_t row_before = rows.at(first + i - (first + i == 0 ? 0 : 1));
        const double latitude_step = latitude[row] - latitude[row_before];
        const double longitude_step = longitude[row] - longitude[row_before];
        const bool is_near = std::abs(latitude[row]) <= 90 && std::abs(latitude_step) < 1 &&
                             std::abs(longitude_step) < 1; // no when one is missing
        const std::int64_t squared = is_near ? squared_step(latitude[row], latitude_step, longitude_step) : 0;
        steps[i] = rounded_half(std::sqrt(static_cast<double>(squared)) * (2 * units / 4096));
    }
}

} // namespace harrier::archive
