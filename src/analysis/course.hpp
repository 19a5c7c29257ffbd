// SPDX-License-Identifier: MIT
#pragma once

// The way over time as a record may rest on it. Metres that nothing proves do not count: they make no effort
// shorter, so a jump of the receiver, a drive home or a way during a pause never gives a record. One line for
// all distances, hence: who ran 5 km in 20 min ran 1 km in less. Values in, values out. Pure.

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace harrier::analysis {

// Why metres do not count.
enum class Doubt {
    jump,    // one step faster than the sport allows
    vehicle, // such steps for 10 s and more, and what lies within 60 s of them
    pause,   // more than 20 m while the timer stood still or from one segment to the next
    gap,     // more than 20 m in a step without samples that is longer than the longest gap
};

[[nodiscard]] std::string_view word_of(Doubt doubt);

// Steps that follow each other and are doubted for the same reason.
struct DoubtfulStretch {
    Doubt doubt = Doubt::jump;
    double begin = 0;  // s
    double end = 0;    // s
    double metres = 0; // recorded there; none of them counts
};

struct TimeSpan {
    double begin = 0; // s
    double end = 0;   // s
};

struct CourseRules {
    double fastest = 34 / 3.6; // m/s; a second counts for no less than one (cleaning.hpp: fastest_speed)
    double longest_gap = 60;   // s; four usual steps where these are longer
    double scale = 1;          // true metres per recorded metre
};

// Knots of a line: time grows strictly, metres never fall, columns are equally long.
struct Course {
    std::vector<double> time;        // s
    std::vector<double> metres;      // that count
    std::vector<double> recorded;    // all of them, scaled
    std::vector<std::size_t> sample; // which sample a knot is
    std::vector<DoubtfulStretch> doubts;

    [[nodiscard]] double length() const { return metres.empty() ? 0 : metres.back() - metres.front(); }
    [[nodiscard]] double recorded_length() const {
        return recorded.empty() ? 0 : recorded.back() - recorded.front();
    }
};

// `time` in order, s; `metres` never falling, missing where unknown (distance.hpp); of samples of one moment
// the last counts. `breaks`: first samples of segments; `pauses`: when the timer stood still, in order.
// A distance that stands still for up to 5 s and then catches up in one step is taken as an even rise.
[[nodiscard]] Course make_course(std::span<const double> time, std::span<const double> metres,
                                 const CourseRules& rules, std::span<const std::size_t> breaks = {},
                                 std::span<const TimeSpan> pauses = {});

} // namespace harrier::analysis
