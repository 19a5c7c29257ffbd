// SPDX-License-Identifier: MIT
#pragma once

// Load by heart rate. Seconds per beat rate are kept with each activity, so a new resting or maximal heart
// rate changes every load at once without a look at the samples. Values in, values out. Pure.

#include "model/metrics.hpp"

#include <array>
#include <span>

namespace harrier::analysis {

struct HeartRange {
    double rest = 0; // bpm
    double max = 0;  // bpm
};

// TRIMP per minute at a share x of the reserve is x·a·e^(b·x).
struct TrimpWeights {
    double a;
    double b;
};
constexpr TrimpWeights trimp_men{0.64, 1.92};
constexpr TrimpWeights trimp_women{0.86, 1.67};              // as in the literature
constexpr TrimpWeights trimp_women_of_others{0.64, 1.67};    // Sauce, Elevate, GoldenCheetah
constexpr TrimpWeights trimp_women_runalyze{0.821776, 1.67}; // 0.64·e^0.25: at the maximum equal to men
constexpr TrimpWeights trimp_unknown{0.725215, 1.795};       // Runalyze

// Banister 1991; Morton, Fitz-Clarke and Banister 1990, J Appl Physiol 69:1171. Below rest counts as rest,
// above the maximum as the maximum. 0 unless rest < max. From the mean of a run it would be less
// (GoldenCheetah): this sums over the seconds.
[[nodiscard]] double banister_trimp(double seconds, double heartrate, const HeartRange& range,
                                    const TrimpWeights& weights);
// `heartrate`: seconds by bpm; a bin counts as its lower end, since sensors write whole numbers.
[[nodiscard]] double banister_trimp(const model::Histogram& heartrate, const HeartRange& range,
                                    const TrimpWeights& weights);

// Edwards 1993: minutes at 50, 60, 70, 80 and 90 % of the maximum, times 1 to 5.
[[nodiscard]] double edwards_trimp(const model::Histogram& heartrate, double max);
// Lucia 2003, Med Sci Sports Exerc 35:872: minutes below the first ventilatory threshold, between both and
// above the second, times 1 to 3.
[[nodiscard]] double lucia_trimp(const model::Histogram& heartrate, double first_threshold,
                                 double second_threshold);

// HRSS: 100 is an hour at the threshold heart rate (Elevate, Sauce, GoldenCheetah's TRIMP100). 0 when that
// hour weighs nothing.
[[nodiscard]] double heartrate_stress_score(double trimp, double threshold, const HeartRange& range,
                                            const TrimpWeights& weights);
// bpm, when nobody knows it: 85 % of the reserve, as Elevate has it.
[[nodiscard]] double estimated_threshold(const HeartRange& range);

// Strava's Suffer Score before 2018, as others found it (djconnel 2011): points per hour in the five zones of
// Strava 25, 60, 115, 250, 300. Today's Relative Effort is another figure and not published.
[[nodiscard]] double legacy_suffer_score(std::span<const double, 5> zone_seconds);

} // namespace harrier::analysis
