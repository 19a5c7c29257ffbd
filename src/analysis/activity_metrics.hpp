// SPDX-License-Identifier: MIT
#pragma once

// All that is kept of an activity's samples, in one look at them: best efforts, curves, histograms, explored
// tiles, and the figures that need every sample. What depends on an athlete's thresholds (zones, loads,
// scores) is made of these later; splits are cheap and not kept. Pure.

#include "analysis/best_effort.hpp"
#include "analysis/course.hpp"
#include "analysis/distance.hpp"
#include "model/metrics.hpp"
#include "model/recording.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace harrier::analysis {

// Grows whenever the same samples give other metrics.
constexpr int algorithm_version = 2;

// What the samples do not tell. Without it the recording's own sport and distance count.
struct ActivityContext {
    std::string_view sport_type{};           // Strava's word, as the athlete has it now
    bool trainer = false;                    // indoors: a run without positions was on a treadmill
    std::optional<double> distance{};        // m, as the athlete has it now
    std::optional<double> treadmill_scale{}; // true metres per recorded metre, as the athlete says
};

// Any recording will do, an empty one too. O(n) but for the curves: n times the number of durations.
[[nodiscard]] model::Metrics measure(const model::Recording& recording, const ActivityContext& context = {});

// s; the durations that the curves of model::Metrics stand for.
inline constexpr std::array<std::uint32_t, 40> curve_durations_s{
    1,    2,    3,    5,    10,   15,   20,    30,    45,    60,    75,    90,   120,  150,
    180,  240,  300,  360,  420,  480,  600,   720,   900,   1200,  1500,  1800, 2400, 2700,
    3000, 3600, 4500, 5400, 7200, 9000, 10800, 14400, 18000, 21600, 28800, 36000};
[[nodiscard]] constexpr std::span<const std::uint32_t> curve_durations() {
    return curve_durations_s;
}

// How far the recorded metres can be believed.
struct DistanceTrust {
    double scale = 1;         // true metres per recorded metre
    bool is_confirmed = true; // false: a belt of which nobody has said how far it was
};

// A treadmill's metres are an estimate: they count by the athlete's scale, or once the athlete (or the
// device, calibrated at the end) has given a distance that differs from the samples' by more than 0.5 %.
// Elsewhere samples that hold more than 2 % more than the activity are scaled down to it; nothing is scaled
// up. Scales below 0.5 and above 2 are not believed.
[[nodiscard]] DistanceTrust trust_distance(const model::Recording& recording, const DistanceLine& line,
                                           const ActivityContext& context);

// The line that `measure` finds best efforts on; `--why` and charts of them need it again. Times are s after
// the recording's start.
[[nodiscard]] Course course_of(const model::Recording& recording, const ActivityContext& context = {});

// Why an effort is no record, for people; "" when it can be one.
[[nodiscard]] std::string reason_of(const BestEffort& effort);

} // namespace harrier::analysis
