// SPDX-License-Identifier: MIT
#include "analysis/w_balance.hpp"

#include <cmath>
#include <cstddef>

namespace harrier::analysis {

namespace {

// The mean distance of what is below critical power from it.
double mean_below(std::span<const double> power, double critical) {
    double sum = 0;
    std::size_t count = 0;
    for (const double watts : power) {
        if (watts < critical) {
            sum += critical - watts;
            ++count;
        }
    }
    return count > 0 ? sum / static_cast<double>(count) : 0;
}

std::vector<double> integral_balance(std::span<const double> power, const CriticalPower& athlete) {
    const double decay = std::exp(-1 / skiba_tau(mean_below(power, athlete.critical)));
    std::vector<double> balance;
    balance.reserve(power.size());
    double spent = 0;
    for (const double watts : power) {
        spent = spent * decay + std::fdim(watts, athlete.critical);
        balance.push_back(athlete.reserve - spent);
    }
    return balance;
}

double recovered(double left, double below, double reserve, WBalanceModel model) {
    const double missing = reserve - left;
    return model == WBalanceModel::euler ? left + below * missing / reserve
                                         : reserve - missing * std::exp(-below / reserve);
}

} // namespace

std::vector<double> w_balance(std::span<const double> power, const CriticalPower& athlete,
                              WBalanceModel model) {
    if (model == WBalanceModel::integral) {
        return integral_balance(power, athlete);
    }
    std::vector<double> balance;
    balance.reserve(power.size());
    double left = athlete.reserve;
    for (const double watts : power) {
        const double below = athlete.critical - watts;
        left = below > 0 ? recovered(left, below, athlete.reserve, model) : left + below;
        balance.push_back(left);
    }
    return balance;
}

double skiba_tau(double watts_below) {
    return 546 * std::exp(-0.01 * watts_below) + 316;
}

double bartram_tau(double watts_below) {
    return 2287.2 * std::pow(watts_below, -0.688);
}

} // namespace harrier::analysis
