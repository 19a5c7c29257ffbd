// SPDX-License-Identifier: MIT
#include "analysis/course.hpp"

#include "model/recording.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

namespace harrier::analysis {

namespace {

constexpr double longest_stall = 5;     // s
constexpr double unproven_slack = 20;   // m: a watch adds some when it wakes up
constexpr double shortest_drive = 10;   // s faster than the sport allows
constexpr std::size_t fewest_steps = 3; // of a drive; a jump there and back has two
constexpr double around_a_drive = 60;   // s
constexpr double steps_of_longest_gap = 4;

enum class StepDoubt : std::uint8_t { none, jump, vehicle, pause, gap };

// Samples that have a distance, one per moment.
Course knots_of(std::span<const double> time, std::span<const double> metres, double scale) {
    Course course;
    const auto size = std::min(time.size(), metres.size());
    course.time.reserve(size);
    course.recorded.reserve(size);
    course.sample.reserve(size);
    for (std::size_t i = 0; i < size; ++i) {
        if (!std::isfinite(metres[i]) || !std::isfinite(time[i])) {
            continue;
        }
        const double here = metres[i] * scale;
        if (!course.time.empty() && time[i] <= course.time.back()) {
            course.recorded.back() = std::max(course.recorded.back(), here);
            course.sample.back() = i;
            continue;
        }
        course.recorded.push_back(course.recorded.empty() ? here : std::max(course.recorded.back(), here));
        course.time.push_back(time[i]);
        course.sample.push_back(i);
    }
    return course;
}

// Drops the knots at which the distance stood still before it caught up in one step.
void smooth_catch_ups(Course& course, double fastest) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < course.time.size(); ++i) {
        const double rise = kept > 0 ? course.recorded[i] - course.recorded[kept - 1] : 0;
        if (kept > 1 && rise > fastest * std::max(1.0, course.time[i] - course.time[kept - 1])) {
            std::size_t first = kept - 1; // where the distance came to stand still
            while (first > 0 && course.recorded[first - 1] == course.recorded[kept - 1]) {
                --first;
            }
            const double stalled = course.time[kept - 1] - course.time[first];
            if (stalled > 0 && stalled <= longest_stall &&
                rise <= fastest * (course.time[i] - course.time[first])) {
                kept = first + 1;
            }
        }
        course.time[kept] = course.time[i];
        course.recorded[kept] = course.recorded[i];
        course.sample[kept] = course.sample[i];
        ++kept;
    }
    course.time.resize(kept);
    course.recorded.resize(kept);
    course.sample.resize(kept);
}

double gap_limit(const std::vector<double>& time, double longest_gap) {
    if (time.size() < 2) {
        return longest_gap;
    }
    // Where even the mean step is short, no usual step is long.
    const double mean = (time.back() - time.front()) / static_cast<double>(time.size() - 1);
    if (mean * 2 * steps_of_longest_gap < longest_gap) {
        return longest_gap;
    }
    std::vector<double> steps;
    steps.reserve(time.size());
    for (std::size_t i = 1; i < time.size(); ++i) {
        steps.push_back(time[i] - time[i - 1]);
    }
    const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
    std::nth_element(steps.begin(), middle, steps.end());
    return std::max(longest_gap, steps_of_longest_gap * *middle);
}

// A stretch of a drive, from its first impossible step to its last.
void doubt_around(const Course& course, std::size_t first, std::size_t last, std::vector<StepDoubt>& doubts) {
    const double from = course.time[first - 1] - around_a_drive;
    const double to = course.time[last] + around_a_drive;
    const auto begin = std::upper_bound(course.time.begin(), course.time.end(), from);
    for (auto i = std::max<std::size_t>(1, static_cast<std::size_t>(begin - course.time.begin()));
         i < doubts.size() && course.time[i - 1] < to; ++i) {
        doubts[i] = StepDoubt::vehicle;
    }
}

void find_drives(const Course& course, std::vector<StepDoubt>& doubts) {
    constexpr double longest_lull = 10; // s below the limit within a drive
    std::vector<std::size_t> jumps;
    for (std::size_t i = 1; i < doubts.size(); ++i) {
        if (doubts[i] == StepDoubt::jump) {
            jumps.push_back(i);
        }
    }
    for (std::size_t i = 0; i < jumps.size();) {
        std::size_t next = i;
        double seconds = 0;
        do {
            seconds += course.time[jumps[next]] - course.time[jumps[next] - 1];
            ++next;
        } while (next < jumps.size() &&
                 course.time[jumps[next] - 1] - course.time[jumps[next - 1]] <= longest_lull);
        if (seconds >= shortest_drive && next - i >= fewest_steps) {
            doubt_around(course, jumps[i], jumps[next - 1], doubts);
        }
        i = next;
    }
}

std::vector<StepDoubt> judge(const Course& course, const CourseRules& rules,
                             std::span<const std::size_t> breaks, std::span<const TimeSpan> pauses) {
    std::vector<StepDoubt> doubts(course.time.size(), StepDoubt::none);
    const double longest_gap = gap_limit(course.time, rules.longest_gap);
    auto next_break = breaks.begin();
    auto pause = pauses.begin();
    bool any_jump = false;
    for (std::size_t i = 1; i < course.time.size(); ++i) {
        const double begin = course.time[i - 1];
        const double end = course.time[i];
        const double metres = course.recorded[i] - course.recorded[i - 1];
        bool is_paused = false;
        while (next_break != breaks.end() && *next_break <= course.sample[i]) {
            is_paused |= *next_break > course.sample[i - 1];
            ++next_break;
        }
        while (pause != pauses.end() && pause->end <= begin) {
            ++pause;
        }
        is_paused |= pause != pauses.end() && pause->begin < end && pause->begin < pause->end;
        if (metres > rules.fastest * std::max(1.0, end - begin)) {
            doubts[i] = StepDoubt::jump;
            any_jump = true;
        } else if (metres > unproven_slack && is_paused) {
            doubts[i] = StepDoubt::pause;
        } else if (metres > unproven_slack && end - begin > longest_gap) {
            doubts[i] = StepDoubt::gap;
        }
    }
    if (any_jump) {
        find_drives(course, doubts);
    }
    return doubts;
}

std::optional<Doubt> doubt_of(StepDoubt doubt) {
    switch (doubt) {
    case StepDoubt::none:
        return std::nullopt;
    case StepDoubt::jump:
        return Doubt::jump;
    case StepDoubt::vehicle:
        return Doubt::vehicle;
    case StepDoubt::pause:
        return Doubt::pause;
    case StepDoubt::gap:
        return Doubt::gap;
    }
    return std::nullopt;
}

} // namespace

std::string_view word_of(Doubt doubt) {
    switch (doubt) {
    case Doubt::jump:
        return "jump";
    case Doubt::vehicle:
        return "vehicle";
    case Doubt::pause:
        return "pause";
    case Doubt::gap:
        return "gap";
    }
    return "";
}

Course make_course(std::span<const double> time, std::span<const double> metres, const CourseRules& rules,
                   std::span<const std::size_t> breaks, std::span<const TimeSpan> pauses) {
    auto course = knots_of(time, metres, rules.scale);
    smooth_catch_ups(course, rules.fastest);
    const auto doubts = judge(course, rules, breaks, pauses);
    if (std::all_of(doubts.begin(), doubts.end(), [](auto one) { return one == StepDoubt::none; })) {
        course.metres = course.recorded;
        return course;
    }
    course.metres.reserve(course.time.size());
    double left_out = 0;
    for (std::size_t i = 0; i < course.time.size(); ++i) {
        if (const auto doubt = doubt_of(doubts[i])) {
            const double step = course.recorded[i] - course.recorded[i - 1];
            left_out += step;
            if (doubts[i - 1] == doubts[i] && !course.doubts.empty()) {
                course.doubts.back().end = course.time[i];
                course.doubts.back().metres += step;
            } else {
                course.doubts.push_back({*doubt, course.time[i - 1], course.time[i], step});
            }
        }
        const double here = course.recorded[i] - left_out;
        course.metres.push_back(course.metres.empty() ? here : std::max(course.metres.back(), here));
    }
    return course;
}

} // namespace harrier::analysis
