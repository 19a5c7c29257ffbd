// SPDX-License-Identifier: MIT
#pragma once

// What time, speed and position say of a distance: by how much it grows from sample to sample. A device that
// sums up its speed, or its positions, leaves little to store. Reader and writer must come to the same
// integers on every machine, hence no operation here that compilers or libraries may round in different ways.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace harrier::archive {

// The rows of the numbers that a column holds: those without a missing sample. No list = all rows.
struct PresentRows {
    const std::vector<std::uint32_t>* list = nullptr;
    [[nodiscard]] std::size_t at(std::size_t i) const { return list == nullptr ? i : (*list)[i]; }
};

// Each as long as the column of distances, or empty.
struct DistanceGuide {
    std::span<const double> time;      // s
    std::span<const double> speed;     // m/s
    std::span<const double> latitude;  // degrees
    std::span<const double> longitude; // degrees

    [[nodiscard]] bool has_speed() const { return !time.empty() && !speed.empty(); }
    [[nodiscard]] bool has_position() const { return !latitude.empty() && !longitude.empty(); }

    // For the numbers from `first` on: how far it is from the present sample before, in units of 1/`units` m,
    // rounded; 0 where it cannot be said.
    void steps_by_speed(double units, const PresentRows& rows, std::size_t first,
                        std::span<std::int64_t> steps) const;
    void steps_by_position(double units, const PresentRows& rows, std::size_t first,
                           std::span<std::int64_t> steps) const;
};

} // namespace harrier::archive
