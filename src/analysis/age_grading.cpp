// SPDX-License-Identifier: MIT
#include "analysis/age_grading.hpp"

#include "analysis/age_factors.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace harrier::analysis {

namespace {

constexpr double factor_unit = 1e-4;
constexpr double same_distance = 1e-6;
constexpr double rounded_distance = 3e-4; // Strava's mile has 1,609 m

double standard_of_age(const AgeFactors& table, int age, std::size_t column) {
    const auto row = static_cast<std::size_t>(age - youngest_age);
    return table.open[column] / (table.factors[row * table.metres.size() + column] * factor_unit);
}

} // namespace

std::optional<AgeStandard> age_standard(Sex sex, int age, double metres, RoadTable table) {
    const auto factors = age_factors(sex, table);
    if (const double shortest = factors.metres.front();
        metres < shortest && metres >= shortest * (1 - rounded_distance)) {
        metres = shortest;
    }
    const auto upper = std::lower_bound(factors.metres.begin(), factors.metres.end(),
                                        metres * (1 - same_distance)); // not below it
    if (age < youngest_age || age > oldest_age || upper == factors.metres.end() || !std::isfinite(metres)) {
        return std::nullopt;
    }
    const auto column = static_cast<std::size_t>(upper - factors.metres.begin());
    AgeStandard standard{.open = factors.open[column],
                         .of_age = standard_of_age(factors, age, column),
                         .lower_metres = *upper,
                         .upper_metres = *upper};
    if (*upper <= metres * (1 + same_distance)) {
        return standard;
    }
    if (column == 0) {
        return std::nullopt;
    }
    standard.lower_metres = factors.metres[column - 1];
    standard.share = std::log(metres / standard.lower_metres) / std::log(*upper / standard.lower_metres);
    standard.open = std::lerp(factors.open[column - 1], standard.open, standard.share);
    standard.of_age = std::lerp(standard_of_age(factors, age, column - 1), standard.of_age, standard.share);
    return standard;
}

std::optional<AgeGrade> age_grade(Sex sex, int age, double metres, double seconds, RoadTable table) {
    const auto standard = age_standard(sex, age, metres, table);
    if (!standard || !(seconds > 0)) {
        return std::nullopt;
    }
    return AgeGrade{.standard = *standard,
                    .share = standard->of_age / seconds,
                    .graded_time = seconds * standard->factor()};
}

} // namespace harrier::analysis
