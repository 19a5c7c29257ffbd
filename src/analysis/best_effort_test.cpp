// SPDX-License-Identifier: MIT
#include "analysis/best_effort.hpp"
#include "analysis/cleaning.hpp"
#include "model/recording.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <string>

namespace harrier::analysis {
namespace {

struct Line {
    std::vector<double> time;
    std::vector<double> metres;
};

// Steps of 1 to 6 s at 0 to 6 m/s, now and then a rest.
Line random_line(unsigned seed, std::size_t size) {
    std::mt19937 random(seed);
    std::uniform_int_distribution seconds(1, 6);
    std::uniform_real_distribution speed(0.0, 6.0);
    std::bernoulli_distribution rests(0.15);
    Line line{{0}, {0}};
    while (line.time.size() < size) {
        const int step = seconds(random);
        line.time.push_back(line.time.back() + step);
        line.metres.push_back(line.metres.back() + (rests(random) ? 0 : speed(random) * step));
    }
    return line;
}

// Without a thought for speed: the first time a distance is reached, the last time it is held.
double first_reached(const Line& line, double goal) {
    for (std::size_t i = 0; i < line.time.size(); ++i) {
        if (line.metres[i] >= goal - 1e-6) {
            return i == 0 ? line.time[0]
                          : line.time[i - 1] + (line.time[i] - line.time[i - 1]) *
                                                   std::min(1.0, (goal - line.metres[i - 1]) /
                                                                     (line.metres[i] - line.metres[i - 1]));
        }
    }
    return std::numeric_limits<double>::infinity();
}

double distance_at(const Line& line, double moment) {
    const auto next = std::lower_bound(line.time.begin() + 1, line.time.end() - 1, moment);
    const auto i = static_cast<std::size_t>(next - line.time.begin());
    return line.metres[i - 1] + (line.metres[i] - line.metres[i - 1]) * (moment - line.time[i - 1]) /
                                    (line.time[i] - line.time[i - 1]);
}

double brute_force(const Line& line, double target) {
    std::vector<double> starts = line.time;
    for (double at = 0; at < line.time.back(); at += 2) {
        starts.push_back(at);
    }
    // The starts of windows that end at a knot, a little later and earlier for the rounding.
    for (const double metres : line.metres) {
        const double start = first_reached(line, metres - target);
        starts.insert(starts.end(), {start, start + 1e-7});
    }
    double best = std::numeric_limits<double>::infinity();
    for (const double start : starts) {
        if (start >= 0 && start <= line.time.back()) {
            best = std::min(best, first_reached(line, distance_at(line, start) + target) - start);
        }
    }
    return best;
}

TEST(BestEffort, ExactWindowsAreThoseOfBruteForceOnAThousandTracks) {
    for (unsigned seed = 0; seed < 1000; ++seed) {
        const auto line = random_line(seed, 60);
        const double target = line.metres.back() * (0.05 + 0.9 * (seed % 97) / 97.0);
        const auto window = exact_window(line.time, line.metres, target);
        ASSERT_TRUE(window.has_value()) << seed;
        ASSERT_NEAR(window->seconds(), brute_force(line, target), 1e-5) << "seed " << seed;
        EXPECT_NEAR(distance_at(line, window->end) - distance_at(line, window->begin), target, 1e-5);
        EXPECT_LE(line.time[window->first], window->begin);
        EXPECT_GE(line.time[window->last], window->end);
        const auto whole = strava_window(line.time, line.metres, target);
        EXPECT_GE(whole->seconds(), window->seconds() - 1e-9) << "samples cover a little more";
    }
}

TEST(BestEffort, AStopNeverSpeedsARecordUp) {
    std::mt19937 random(3);
    for (unsigned seed = 0; seed < 300; ++seed) {
        const auto line = random_line(seed, 80);
        const auto at = std::uniform_int_distribution<std::size_t>(1, line.time.size() - 1)(random);
        const double stop = std::uniform_real_distribution(0.5, 400.0)(random);
        auto stopped = line;
        std::for_each(stopped.time.begin() + static_cast<std::ptrdiff_t>(at), stopped.time.end(),
                      [&](double& moment) { moment += stop; });
        if (seed % 2 == 0) { // with a sample where it began, else a gap
            stopped.time.insert(stopped.time.begin() + static_cast<std::ptrdiff_t>(at),
                                stopped.time[at - 1] + stop);
            stopped.metres.insert(stopped.metres.begin() + static_cast<std::ptrdiff_t>(at),
                                  stopped.metres[at - 1]);
        }
        for (const auto mode : {EffortMode::exact, EffortMode::strava}) {
            for (const double target : {20.0, 100.0, 300.0}) {
                const auto before = best_effort(make_course(line.time, line.metres, {}), target, mode);
                const auto after = best_effort(make_course(stopped.time, stopped.metres, {}), target, mode);
                if (before && after && after->refused == Refusal::none) {
                    EXPECT_GE(after->seconds, before->seconds - 1e-9) << seed;
                }
            }
        }
    }
}

TEST(BestEffort, ALaterClockChangesNothing) {
    for (unsigned seed = 0; seed < 50; ++seed) {
        const auto line = random_line(seed, 200);
        auto later = line;
        for (double& moment : later.time) {
            moment += 4096;
        }
        const auto a = exact_window(line.time, line.metres, 250);
        const auto b = exact_window(later.time, later.metres, 250);
        EXPECT_NEAR(a->seconds(), b->seconds(), 1e-8);
        EXPECT_EQ(a->first, b->first);
        EXPECT_EQ(a->last, b->last);
    }
}

TEST(BestEffort, TimesGrowWithTheDistanceAndSoDoesTheEnvelopeOfPaces) {
    for (unsigned seed = 0; seed < 60; ++seed) {
        const auto line = random_line(seed, 1600);
        for (const auto mode : {EffortMode::exact, EffortMode::strava}) {
            const auto efforts = best_efforts(make_course(line.time, line.metres, {}), mode, "Run");
            ASSERT_GE(efforts.size(), 6U);
            const auto paces = pace_envelope(efforts);
            for (std::size_t i = 1; i < efforts.size(); ++i) {
                EXPECT_LE(efforts[i - 1].seconds, efforts[i].seconds);
                EXPECT_LE(paces[i - 1], paces[i]);
                EXPECT_LE(paces[i], efforts[i].pace());
            }
            if (mode == EffortMode::exact) {
                const auto kilometre = efforts[2].seconds;
                EXPECT_GE(efforts[5].seconds, 5 * kilometre - 1e-6) << "five parts, none quicker";
            }
        }
    }
}

TEST(BestEffort, NothingIsCoveredByTooLittle) {
    const std::vector<double> time{0, 100, 200};
    const std::vector<double> metres{0, 499, 998};
    EXPECT_FALSE(exact_window(time, metres, 1000).has_value());
    EXPECT_FALSE(strava_window(time, metres, 1000).has_value());
    EXPECT_FALSE(exact_window({}, {}, 1000).has_value());
    EXPECT_FALSE(exact_window(time, metres, 0).has_value());
    EXPECT_TRUE(exact_window(time, metres, 998).has_value());
    EXPECT_FALSE(strava_end(metres, 1, 500).has_value());
    EXPECT_FALSE(best_effort(make_course(time, metres, {}), 1000, EffortMode::exact).has_value());
}

TEST(BestEffort, ARestAtTheEndsIsLeftOutAndOneInsideCounts) {
    const std::vector<double> time{0, 60, 160, 200, 300, 360};
    const std::vector<double> metres{0, 0, 500, 500, 1000, 1000};
    const auto window = exact_window(time, metres, 1000);
    EXPECT_NEAR(window->begin, 60, 1e-9);
    EXPECT_NEAR(window->end, 300, 1e-9);
}

// 10 km at 4 m/s, a sample each second.
Line even_run() {
    Line line;
    for (int i = 0; i <= 2500; ++i) {
        line.time.push_back(i);
        line.metres.push_back(4.0 * i);
    }
    return line;
}

BestEffort effort_of(const Course& course, std::string_view name, EffortMode mode = EffortMode::exact) {
    const auto all = best_efforts(course, mode, "Run");
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == name; });
    EXPECT_NE(found, all.end()) << name;
    return found == all.end() ? BestEffort{} : *found;
}

TEST(BestEffort, ItsEvidenceIsToldWithIt) {
    auto line = even_run();
    line.time.erase(line.time.begin() + 1000, line.time.begin() + 1020);
    line.metres.erase(line.metres.begin() + 1000, line.metres.begin() + 1020);
    const auto effort = effort_of(make_course(line.time, line.metres, {}), "10K");
    EXPECT_EQ(effort.refused, Refusal::none);
    EXPECT_NEAR(effort.seconds, 2500, 1e-6);
    EXPECT_EQ(effort.first_sample, 0U);
    EXPECT_EQ(effort.last_sample, 2480U);
    EXPECT_EQ(effort.samples, 2481U);
    EXPECT_NEAR(effort.largest_gap, 21, 1e-9);
    EXPECT_NEAR(effort.fastest_step, 4, 1e-9);
    EXPECT_EQ(effort.left_out, 0);
    EXPECT_FALSE(effort.quicker.has_value());
}

// Adds metres to the step that leads to a sample.
void jump(Line& line, std::size_t at, double metres) {
    for (std::size_t i = at; i < line.metres.size(); ++i) {
        line.metres[i] += metres;
    }
}

TEST(BestEffort, AJumpOfTheReceiverGivesNoRecord) {
    auto line = even_run();
    jump(line, 1000, 412);
    jump(line, 1004, 412);
    const auto course = make_course(line.time, line.metres, {});
    for (const auto mode : {EffortMode::exact, EffortMode::strava}) {
        const auto kilometre = effort_of(course, "1K", mode);
        EXPECT_EQ(kilometre.refused, Refusal::none);
        EXPECT_NEAR(kilometre.seconds, 250, 1e-6);
        ASSERT_TRUE(kilometre.quicker.has_value()) << "what was refused is told";
        EXPECT_EQ(kilometre.quicker->doubt, Doubt::jump);
        EXPECT_NEAR(kilometre.quicker->metres, 832, 1e-6);
        EXPECT_LT(kilometre.quicker->end - kilometre.quicker->begin, 60);
    }
    const auto ten = effort_of(course, "10K");
    EXPECT_EQ(ten.refused, Refusal::jump) << "but for the jump it would not be 10 km: two steps are lost";
}

TEST(BestEffort, ACarDrivenHomeGivesNoRecord) {
    auto line = even_run();
    for (int i = 0; i < 170; ++i) { // it sets off slowly: not every step is too fast
        line.time.push_back(line.time.back() + 1);
        line.metres.push_back(line.metres.back() + (i < 10 ? i : 13.5));
    }
    const auto course = make_course(line.time, line.metres, {});
    for (const auto* name : {"400m", "1K", "5K"}) {
        const auto effort = effort_of(course, name);
        EXPECT_EQ(effort.refused, Refusal::none);
        EXPECT_NEAR(effort.seconds, effort.metres / 4, 1e-6);
        ASSERT_TRUE(effort.quicker.has_value());
        EXPECT_EQ(effort.quicker->doubt, Doubt::vehicle);
    }
}

TEST(BestEffort, AWayDuringAPauseGivesNoRecord) {
    auto line = even_run();
    for (std::size_t i = 1000; i < line.time.size(); ++i) {
        line.time[i] += 200; // a tram
        line.metres[i] += 1500;
    }
    const std::vector<TimeSpan> pauses{{999.5, 1199}};
    const auto course = make_course(line.time, line.metres, {}, {}, pauses);
    const auto effort = effort_of(course, "1 mile");
    EXPECT_NEAR(effort.seconds, effort.metres / 4, 1e-6);
    ASSERT_TRUE(effort.quicker.has_value());
    EXPECT_EQ(effort.quicker->doubt, Doubt::pause);
    // The same as the begin of a segment, and with nothing but the gap.
    const std::vector<std::size_t> breaks{1000};
    EXPECT_EQ(effort_of(make_course(line.time, line.metres, {}, breaks), "1 mile").quicker->doubt,
              Doubt::pause);
    EXPECT_EQ(effort_of(make_course(line.time, line.metres, {}), "1 mile").quicker->doubt, Doubt::gap);
}

TEST(BestEffort, ABeltThatCountsTooMuchIsScaled) {
    const auto line = even_run();
    CourseRules rules;
    rules.scale = 0.8;
    const auto course = make_course(line.time, line.metres, rules);
    EXPECT_NEAR(course.length(), 8000, 1e-6);
    EXPECT_NEAR(effort_of(course, "1K").seconds, 1000 / 3.2, 1e-6);
    const auto all = best_efforts(course, EffortMode::exact, "Run");
    EXPECT_EQ(all.back().name, "5K") << "8 km hold no 10 km";
}

TEST(BestEffort, NobodyOutrunsTheWorld) {
    auto line = even_run();
    for (double& metres : line.metres) {
        metres *= 1.75; // 7 m/s: by bike
    }
    const auto course = make_course(line.time, line.metres, {});
    for (const auto& effort : best_efforts(course, EffortMode::exact, "Run")) {
        EXPECT_EQ(effort.refused, Refusal::world_record) << effort.name;
    }
    CourseRules rules;
    rules.fastest = fastest_speed("Ride");
    for (const auto& effort :
         best_efforts(make_course(line.time, line.metres, rules), EffortMode::exact, "Ride")) {
        EXPECT_EQ(effort.refused, Refusal::none) << effort.name;
    }
}

TEST(BestEffort, TheWorldsRecordsAreReadBetweenDistances) {
    EXPECT_NEAR(world_record(400), 43.03, 1e-9);
    EXPECT_NEAR(world_record(1609.344), 223.13, 1e-9);
    EXPECT_NEAR(world_record(42195), 7235, 1e-9);
    EXPECT_EQ(world_record(50), 0);
    EXPECT_GT(world_record(200'000), world_record(100'000));
    for (double metres = 100; metres < 120'000; metres *= 1.1) {
        EXPECT_LT(world_record(metres), world_record(metres * 1.1));
    }
}

TEST(BestEffort, RefusedEffortsHaveNoPaceInTheEnvelope) {
    std::vector<BestEffort> efforts(3);
    efforts[0] = {.target = 400, .seconds = 100, .metres = 400};
    efforts[1] = {.target = 1000, .seconds = 200, .metres = 1000};
    efforts[2] = {.target = 5000, .seconds = 600, .metres = 5000, .refused = Refusal::world_record};
    const auto paces = pace_envelope(efforts);
    EXPECT_NEAR(paces[0], 0.2, 1e-12) << "who ran 1 km at 0.2 s/m ran 400 m so, too";
    EXPECT_NEAR(paces[1], 0.2, 1e-12);
    EXPECT_TRUE(model::is_missing(paces[2]));
}

TEST(BestEffort, EveryRefusalHasItsWord) {
    EXPECT_EQ(word_of(Refusal::none), "");
    EXPECT_EQ(word_of(Refusal::jump), "jump");
    EXPECT_EQ(word_of(Refusal::vehicle), "vehicle");
    EXPECT_EQ(word_of(Refusal::pause), "pause");
    EXPECT_EQ(word_of(Refusal::gap), "gap");
    EXPECT_EQ(word_of(Refusal::world_record), "world_record");
    EXPECT_EQ(word_of(Refusal::treadmill), "treadmill");
}

} // namespace
} // namespace harrier::analysis
