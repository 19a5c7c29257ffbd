// SPDX-License-Identifier: MIT
#pragma once

// Critical power and W', critical speed and D': what can be held for long, and what lies above it to be spent
// once (Monod and Scherrer 1965; Morton 1996, Ergonomics 39:611). Values in, values out. Pure.

#include <cstddef>
#include <optional>
#include <span>

namespace harrier::analysis {

// A best mean over a duration: W or m/s.
struct MeanEffort {
    double seconds = 0;
    double mean = 0;
};

enum class CriticalModel {
    work_time,    // work = W' + CP·t, a straight line
    inverse_time, // P = CP + W'/t, a straight line over 1/t
    hyperbolic,   // t = W'/(P - CP), by least squares of the times
    morton3,      // P = CP + W'/(t + k): Morton 1996, with a greatest power Pmax = CP + W'/k
};

struct CriticalFit {
    double critical = 0;  // CP in W, or CS in m/s
    double capacity = 0;  // W' in J, or D' in m
    double r_squared = 0; // of the model's own axis
    std::size_t points = 0;
    double shortest = 0; // s, of the efforts that were used
    double longest = 0;  // s
    double offset = 0;   // s, k of morton3, else 0
    // Pmax of morton3; nothing where the efforts do not show one (k = 0).
    std::optional<double> maximum{};
};

// From the efforts of 2 to 20 min, at least three of them, the longest at least twice as long as the
// shortest; morton3 from those of 10 s to 20 min, since only short ones know of Pmax, and at least four.
// Nothing otherwise, or when the fit makes no sense (critical or capacity not above zero).
[[nodiscard]] std::optional<CriticalFit> fit_critical(std::span<const MeanEffort> efforts,
                                                      CriticalModel model = CriticalModel::work_time);

// The mean that the model allows for a duration (s, above zero).
[[nodiscard]] double mean_at(const CriticalFit& fit, double seconds);
// The time (s) over a distance (m), for a critical speed. Nothing for a distance below D'.
[[nodiscard]] std::optional<double> time_over(const CriticalFit& fit, double metres);

} // namespace harrier::analysis
