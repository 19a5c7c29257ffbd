// SPDX-License-Identifier: MIT
#pragma once

// Power of a runner without a power meter. Values in, values out. Pure.

#include <optional>
#include <span>

namespace harrier::analysis {

struct Runner {
    double mass = 0;   // kg
    double height = 0; // m
};

// W at a speed (m/s) and grade: Skiba's model for GOVSS, as GoldenCheetah has it (GOVSS.cpp); the cost of
// running is Minetti's. Air counts as well, and `kinetic`: the change of v²/2 per metre (J/kg/m). Beyond
// 16.66 m/s the model's efficiency is taken as 0.
[[nodiscard]] double skiba_running_power(const Runner& runner, double speed, double grade,
                                         double kinetic = 0);

// W, about as a Stryd shows: 1.04 W per kg and m/s of grade-adjusted speed (Elevate).
[[nodiscard]] double stryd_like_power(double mass, double grade_adjusted_speed);

// W: Skiba's lactate-normalized power, from speeds and grades over 120 s, power over 30 s and its
// fourth-power mean. One value per second. Nothing below two minutes.
[[nodiscard]] std::optional<double> lactate_normalized_power(const Runner& runner,
                                                             std::span<const double> speeds,
                                                             std::span<const double> grades);

} // namespace harrier::analysis
