// SPDX-License-Identifier: MIT
#pragma once

// What a hill makes of a pace: the way on the flat that would have cost as much. Grades are rise over way
// (0.05 = 5 %). Values in, values out. Pure.

#include <optional>
#include <span>
#include <vector>

namespace harrier::analysis {

// Energy per mass and way, J/kg/m; grades beyond ±0.45 count as that. Minetti et al. 2002, J Appl Physiol
// 93:1039.
[[nodiscard]] double minetti_running_cost(double grade);
[[nodiscard]] double minetti_walking_cost(double grade);

enum class GradeModel {
    strava_like, // a table measured on Strava's own grade-adjusted distances, read between its rows
    minetti,     // running cost over that on the flat; downhill too kind, and uphill a little too hard
    quartic,     // a polynomial through the same data as the table; up to ±30 %
    elevate,     // Elevate's polynomial, to compare with; up to ±35 %
};

// How many metres on the flat one metre at this grade is worth. Grades beyond a model's range count as its
// end; a missing one as flat.
[[nodiscard]] double grade_factor(double grade, GradeModel model = GradeModel::strava_like);

// The grade at each sample, between the heights 12.5 m of way behind and before it, themselves means
// over 25 m; within ±0.45. 0 where heights or way are missing. Columns of equal length, `metres` never
// falling.
[[nodiscard]] std::vector<double> grades_of(std::span<const double> metres, std::span<const double> altitude);

// The grade-adjusted way summed up to each sample: each step counts by the grade at its end. As long as
// `metres`; a missing distance adds nothing until the next one.
[[nodiscard]] std::vector<double> grade_adjusted_metres(std::span<const double> metres,
                                                        std::span<const double> grades,
                                                        GradeModel model = GradeModel::strava_like);

} // namespace harrier::analysis
