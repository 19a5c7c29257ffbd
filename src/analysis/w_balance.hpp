// SPDX-License-Identifier: MIT
#pragma once

// What is left of the work above critical power or speed, second by second. Never cut at 0: a negative value
// says that critical power or W' is set too low. With speeds it is D' (m). Values in, values out. Pure.

#include <span>
#include <vector>

namespace harrier::analysis {

struct CriticalPower {
    double critical = 0; // W, or m/s
    double reserve = 0;  // J, or m: W' or D'
};

enum class WBalanceModel {
    differential, // Skiba 2015, after Froncioni and Clarke, recovery by the exact exponential step
    euler,        // the same in plain steps: GoldenCheetah, Sauce
    integral,     // Skiba 2012, Med Sci Sports Exerc 44:1526
};

// The balance behind each second. `power`: one value per second, all finite.
[[nodiscard]] std::vector<double> w_balance(std::span<const double> power, const CriticalPower& athlete,
                                            WBalanceModel model = WBalanceModel::differential);

// Time constants of recovery, s, of the W below critical power at which one recovers: Skiba 2012, Bartram
// 2018 (above 0 W).
[[nodiscard]] double skiba_tau(double watts_below);
[[nodiscard]] double bartram_tau(double watts_below);

} // namespace harrier::analysis
