// SPDX-License-Identifier: MIT
#include "archive/linking.hpp"

#include "model/sport.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace harrier::archive {

namespace {

bool agree(double left, double right) {
    return std::abs(left - right) <= largest_relative_difference * std::max(std::abs(left), std::abs(right));
}

// A sport that is in no family is a family of its own.
std::string_view family(const model::Activity& activity) {
    const auto family = model::family_of(activity.sport_type);
    return family.empty() ? std::string_view(activity.sport_type) : family;
}

} // namespace

bool is_same_outing(const model::Activity& left, const model::Activity& right) {
    if (!left.start_date || !right.start_date || !left.elapsed_time || !right.elapsed_time) {
        return false;
    }
    const auto apart = *left.start_date - *right.start_date;
    // No distance is what a session in the gym has; it agrees with no distance alone.
    return std::chrono::abs(apart) <= largest_start_difference && family(left) == family(right) &&
           agree(static_cast<double>(*left.elapsed_time), static_cast<double>(*right.elapsed_time)) &&
           agree(left.distance.value_or(0), right.distance.value_or(0));
}

} // namespace harrier::archive
