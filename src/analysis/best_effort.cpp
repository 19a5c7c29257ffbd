// SPDX-License-Identifier: MIT
#include "analysis/best_effort.hpp"

#include "model/recording.hpp"
#include "model/sport.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace harrier::analysis {

namespace {

constexpr double hair = 1e-6; // m: differences of decimals are off by less
constexpr double tie = 1e-9;  // s

class Quickest {
public:
    void offer(const Window& window) {
        const double more = m_best ? window.seconds() - m_best->seconds() : -1;
        if (more < -tie || (more <= tie && window.begin < m_best->begin)) {
            m_best = window;
            m_longest = window.seconds() + tie;
            m_shorter = window.seconds() - tie / 2;
        }
    }
    // Nothing that lasts longer can be it.
    [[nodiscard]] double longest() const { return m_longest; }
    // Nor can what begins later than the best one unless it is shorter than this.
    [[nodiscard]] double shorter() const { return m_shorter; }
    [[nodiscard]] std::optional<Window> best() const { return m_best; }

private:
    std::optional<Window> m_best;
    double m_longest = std::numeric_limits<double>::infinity();
    double m_shorter = std::numeric_limits<double>::infinity();
};

// A line of knots, read without a check at each step: its two lengths are equal (is_covered).
struct Knots {
    const double* time;
    const double* metres;
    std::size_t size;

    // Where `goal` lies between a knot and the next one.
    [[nodiscard]] double time_of(double goal, std::size_t before) const {
        const double share = (goal - metres[before]) / (metres[before + 1] - metres[before]);
        return time[before] + std::clamp(share, 0.0, 1.0) * (time[before + 1] - time[before]);
    }
    // Whether `goal` lies there before `limit`, without the division.
    [[nodiscard]] bool is_before(double limit, double goal, std::size_t before) const {
        return (std::min(goal, metres[before + 1]) - metres[before]) * (time[before + 1] - time[before]) <=
               (limit - time[before]) * (metres[before + 1] - metres[before]);
    }
};

// The windows that begin at a knot: as late as its distance is held, to where the goal is reached first.
void offer_starts(const Knots& knots, double target, Quickest& quickest) {
    std::size_t end = 0;
    for (std::size_t start = 0; start < knots.size; ++start) {
        if (start + 1 < knots.size && knots.metres[start + 1] <= knots.metres[start]) {
            continue;
        }
        const double goal = knots.metres[start] + target;
        while (end < knots.size && knots.metres[end] < goal - hair) {
            ++end;
        }
        if (end == knots.size) {
            return;
        }
        if (knots.is_before(knots.time[start] + quickest.shorter(), goal, end - 1)) {
            quickest.offer({knots.time[start], knots.time_of(goal, end - 1), start, end});
        }
    }
}

// The windows that end at a knot, where its distance is reached first.
void offer_ends(const Knots& knots, double target, Quickest& quickest) {
    std::size_t start = 0;
    const double first_goal = knots.metres[0] - hair;
    for (std::size_t end = 1; end < knots.size; ++end) {
        const double goal = knots.metres[end] - target;
        if (goal < first_goal || knots.metres[end] <= knots.metres[end - 1]) {
            continue;
        }
        while (knots.metres[start + 1] <= goal + hair) {
            ++start;
        }
        if (knots.time[end] - knots.time[start + 1] <= quickest.longest()) {
            quickest.offer({knots.time_of(goal, start), knots.time[end], start, end});
        }
    }
}

// The windows from sample to sample.
void offer_samples(const Knots& knots, double target, Quickest& quickest) {
    std::size_t end = 0;
    for (std::size_t start = 0; start < knots.size; ++start) {
        const double goal = knots.metres[start] + target - hair;
        while (end < knots.size && knots.metres[end] < goal) {
            ++end;
        }
        if (end == knots.size) {
            return;
        }
        if (knots.time[end] - knots.time[start] <= quickest.longest()) {
            quickest.offer({knots.time[start], knots.time[end], start, end});
        }
    }
}

bool is_covered(std::span<const double> time, std::span<const double> metres, double target) {
    return target > 2 * hair && time.size() == metres.size() && !metres.empty() &&
           metres.back() - metres.front() >= target - hair;
}

std::optional<Window> find_window(std::span<const double> time, std::span<const double> metres, double target,
                                  EffortMode mode) {
    return mode == EffortMode::exact ? exact_window(time, metres, target)
                                     : strava_window(time, metres, target);
}

Refusal refusal_of(Doubt doubt) {
    switch (doubt) {
    case Doubt::jump:
        return Refusal::jump;
    case Doubt::vehicle:
        return Refusal::vehicle;
    case Doubt::pause:
        return Refusal::pause;
    case Doubt::gap:
        return Refusal::gap;
    }
    return Refusal::none;
}

// The doubt of a window that takes the most metres from it.
RefusedWindow explain(const Course& course, const Window& window) {
    RefusedWindow refused{window.begin, window.end, Doubt::jump, 0};
    double most = 0;
    for (const auto& one : course.doubts) {
        if (one.end > window.begin && one.begin < window.end) {
            refused.metres += one.metres;
            if (one.metres > most) {
                most = one.metres;
                refused.doubt = one.doubt;
            }
        }
    }
    return refused;
}

BestEffort describe(const Course& course, std::span<const double> metres, const Window& window, double target,
                    EffortMode mode) {
    BestEffort effort;
    effort.target = target;
    effort.seconds = window.seconds();
    effort.begin = window.begin;
    effort.end = window.end;
    effort.metres = mode == EffortMode::exact ? target : metres[window.last] - metres[window.first];
    effort.first_sample = course.sample[window.first];
    effort.last_sample = course.sample[window.last];
    effort.samples = effort.last_sample - effort.first_sample + 1;
    for (std::size_t i = window.first + 1; i <= window.last; ++i) {
        const double seconds = course.time[i] - course.time[i - 1];
        effort.largest_gap = std::max(effort.largest_gap, seconds);
        effort.fastest_step = std::max(effort.fastest_step, (metres[i] - metres[i - 1]) / seconds);
    }
    effort.left_out = course.doubts.empty() ? 0 : explain(course, window).metres;
    return effort;
}

struct Record {
    double metres;
    double seconds;
};
constexpr Record world_records[] = {
    {100, 9.58},   {200, 19.19},       {400, 43.03},   {800, 100.91},   {1000, 131.96},
    {1500, 206},   {1609.344, 223.13}, {2000, 283.13}, {3000, 437.55},  {5000, 755.36},
    {10000, 1571}, {21097.5, 3402},    {42195, 7235},  {100000, 21935},
};

void refuse_world_records(std::vector<BestEffort>& efforts) {
    constexpr double tells_of_all = 1000; // m; a shorter one may be an error of the receiver
    bool refuse_all = false;
    for (auto& effort : efforts) {
        if (effort.refused == Refusal::none && effort.seconds < world_record(effort.metres)) {
            effort.refused = Refusal::world_record;
            refuse_all |= effort.target >= tells_of_all;
        }
    }
    for (auto& effort : efforts) {
        if (refuse_all && effort.refused == Refusal::none) {
            effort.refused = Refusal::world_record;
        }
    }
}

} // namespace

std::optional<Window> exact_window(std::span<const double> time, std::span<const double> metres,
                                   double target) {
    if (!is_covered(time, metres, target)) {
        return std::nullopt;
    }
    const Knots knots{time.data(), metres.data(), metres.size()};
    Quickest quickest;
    offer_starts(knots, target, quickest);
    offer_ends(knots, target, quickest);
    return quickest.best();
}

std::optional<Window> strava_window(std::span<const double> time, std::span<const double> metres,
                                    double target) {
    if (!is_covered(time, metres, target)) {
        return std::nullopt;
    }
    Quickest quickest;
    offer_samples({time.data(), metres.data(), metres.size()}, target, quickest);
    return quickest.best();
}

std::optional<std::size_t> strava_end(std::span<const double> metres, std::size_t start, double target) {
    for (std::size_t end = start + 1; end < metres.size(); ++end) {
        if (metres[end] >= metres[start] + target - hair) {
            return end;
        }
    }
    return std::nullopt;
}

std::string_view word_of(Refusal refusal) {
    switch (refusal) {
    case Refusal::none:
        return "";
    case Refusal::jump:
        return word_of(Doubt::jump);
    case Refusal::vehicle:
        return word_of(Doubt::vehicle);
    case Refusal::pause:
        return word_of(Doubt::pause);
    case Refusal::gap:
        return word_of(Doubt::gap);
    case Refusal::world_record:
        return "world_record";
    case Refusal::treadmill:
        return "treadmill";
    }
    return "";
}

std::optional<BestEffort> best_effort(const Course& course, double target, EffortMode mode,
                                      std::string_view name) {
    const auto counted = find_window(course.time, course.metres, target, mode);
    // Without doubts both lines are the same.
    const auto recorded =
        course.doubts.empty() ? counted : find_window(course.time, course.recorded, target, mode);
    if (!recorded) {
        return std::nullopt;
    }
    BestEffort effort;
    if (counted) {
        effort = describe(course, course.metres, *counted, target, mode);
        if (recorded->seconds() < counted->seconds() - tie) {
            effort.quicker = explain(course, *recorded);
        }
    } else {
        effort = describe(course, course.recorded, *recorded, target, mode);
        effort.refused = refusal_of(explain(course, *recorded).doubt);
    }
    effort.name = name;
    return effort;
}

std::vector<BestEffort> best_efforts(const Course& course, EffortMode mode, std::string_view sport_type) {
    std::vector<BestEffort> efforts;
    for (const auto& distance : effort_distances) {
        if (auto effort = best_effort(course, distance.target(mode), mode, distance.name)) {
            efforts.push_back(*effort);
        }
    }
    if (model::measure_of(sport_type) == model::Measure::pace) {
        refuse_world_records(efforts);
    }
    return efforts;
}

double world_record(double metres) {
    if (metres < std::begin(world_records)->metres) {
        return 0;
    }
    auto next = std::find_if(std::begin(world_records) + 1, std::end(world_records) - 1,
                             [&](const Record& one) { return one.metres >= metres; });
    const auto& before = *(next - 1);
    const double share = std::log(metres / before.metres) / std::log(next->metres / before.metres);
    return before.seconds * std::pow(next->seconds / before.seconds, share);
}

std::vector<double> pace_envelope(std::span<const BestEffort> efforts) {
    std::vector<double> paces(efforts.size(), model::missing);
    double best = std::numeric_limits<double>::infinity();
    for (std::size_t i = efforts.size(); i-- > 0;) {
        if (efforts[i].refused == Refusal::none) {
            best = std::min(best, efforts[i].pace());
        }
        paces[i] = std::isfinite(best) ? best : model::missing;
    }
    return paces;
}

} // namespace harrier::analysis
