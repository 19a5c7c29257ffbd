// SPDX-License-Identifier: MIT
#pragma once

// How good a road race was for one's age and sex, beside the best that anybody of that age has run. Values
// in, values out. Pure.

#include <optional>

namespace harrier::analysis {

enum class Sex { female, male };

// Standards of Masters Long Distance Running of USATF, approved in May 2020 and in January 2025
// (AlanLyttonJones/Age-Grade-Tables, CC0 1.0): 1 mile to 200 km.
enum class RoadTable { road2020, road2025 };

constexpr int youngest_age = 5;
constexpr int oldest_age = 100;

// The best time to expect, s, of anybody and of this age.
struct AgeStandard {
    double open = 0;
    double of_age = 0;
    // Where the distance lies between two of the table: `share` of the way from one to the next by the
    // logarithm of the distance, 0 when it is in the table.
    double lower_metres = 0;
    double upper_metres = 0;
    double share = 0;

    [[nodiscard]] double factor() const { return open / of_age; }
};

// `age` in whole years on the day of the race. Nothing for ages and distances that the table does not reach
// to. Between two distances the standards are interpolated, as the tables' own description says. Strava's
// 1,609 m count as a mile.
[[nodiscard]] std::optional<AgeStandard> age_standard(Sex sex, int age, double metres,
                                                      RoadTable table = RoadTable::road2025);

struct AgeGrade {
    AgeStandard standard;
    double share = 0;       // of the standard's speed: 0.7 = 70 %
    double graded_time = 0; // s, what an athlete of the open class would have run as well
};

// `seconds` above zero.
[[nodiscard]] std::optional<AgeGrade> age_grade(Sex sex, int age, double metres, double seconds,
                                                RoadTable table = RoadTable::road2025);

} // namespace harrier::analysis
