// SPDX-License-Identifier: MIT
#include "analysis/average.hpp"
#include "analysis/moving_time.hpp"
#include "analysis/splits.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace harrier::analysis {
namespace {

using Column = std::vector<double>;

struct Outing {
    Column time;
    Column metres;
    Column altitude;
    Column heartrate;
    Column adjusted;
    std::vector<bool> resting;
    std::vector<Climb> climbed;

    [[nodiscard]] SplitSamples samples() const {
        return {time, metres, &resting, climbed, altitude, heartrate, adjusted};
    }
};

Outing random_outing(unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_int_distribution seconds(1, 5);
    std::uniform_real_distribution share(0.0, 1.0);
    Outing outing;
    double time = 0;
    double metres = 0;
    double adjusted = 0;
    for (int i = 0; i < 1500; ++i) {
        const double step = i % 300 == 299 ? 90 : seconds(random);
        const double way = i % 200 < 15 ? 0 : step * (1 + 3 * share(random));
        time += i > 0 ? step : 0;
        metres += i > 0 ? way : 0;
        adjusted += i > 0 ? way * (0.8 + share(random)) : 0;
        outing.time.push_back(time);
        outing.metres.push_back(share(random) < 0.02 && i > 0 && i < 1499 ? model::missing : metres);
        outing.adjusted.push_back(adjusted);
        outing.altitude.push_back(300 + 80 * std::sin(metres / 400));
        outing.heartrate.push_back(share(random) < 0.1 ? model::missing : 120 + 40 * share(random));
    }
    outing.resting = resting_steps(outing.time, outing.metres, {}, 0.4);
    outing.climbed = measure_climb_line(outing.time, outing.metres, outing.altitude, "Run");
    return outing;
}

struct Total {
    double elapsed = 0, metres = 0, moving = 0, ascent = 0, descent = 0, difference = 0, adjusted = 0;
};

Total add_up(const std::vector<Split>& splits) {
    Total total;
    for (const auto& split : splits) {
        total.elapsed += split.elapsed();
        total.metres += split.metres;
        total.moving += split.moving;
        total.ascent += split.ascent;
        total.descent += split.descent;
        total.difference += split.elevation_difference;
        total.adjusted += split.grade_adjusted_metres.value();
    }
    return total;
}

TEST(Splits, TheirSumsAreTheWhole) {
    for (unsigned seed = 0; seed < 40; ++seed) {
        const auto outing = random_outing(seed);
        const Splitter splitter(outing.samples());
        const auto climb = measure_ascent(outing.time, outing.metres, outing.altitude, "Run").climb;
        const auto whole = splitter.whole().value();
        EXPECT_NEAR(whole.average_heartrate.value(),
                    integrate(outing.heartrate, held_seconds(outing.time), Zeros::skip).mean().value(), 1e-9);
        const Column laps{300, 777.7, 2500};
        for (const auto& splits :
             {splitter.by_length(1000, EffortMode::exact), splitter.by_length(1000, EffortMode::strava),
              splitter.by_length(mile, EffortMode::exact), splitter.by_length(400, EffortMode::strava),
              splitter.by_length(123.4, EffortMode::exact), splitter.by_times(laps)}) {
            ASSERT_GT(splits.size(), 2U);
            const auto total = add_up(splits);
            EXPECT_NEAR(total.elapsed, outing.time.back() - outing.time.front(), 1e-6);
            EXPECT_NEAR(total.moving, moving_seconds(outing.time, outing.resting), 1e-6);
            EXPECT_NEAR(total.metres, outing.metres.back(), 1e-6);
            EXPECT_NEAR(total.ascent, climb.ascent, 1e-6);
            EXPECT_NEAR(total.descent, climb.descent, 1e-6);
            EXPECT_NEAR(total.difference, outing.altitude.back() - outing.altitude.front(), 1e-6);
            EXPECT_NEAR(total.adjusted, outing.adjusted.back(), 1e-6);
        }
    }
}

TEST(Splits, ThePulseOfTheWholeLiesBetweenThoseOfTheParts) {
    const auto outing = random_outing(7);
    const Splitter splitter(outing.samples());
    const double whole = splitter.whole()->average_heartrate.value();
    double least = 1e9;
    double most = 0;
    for (const auto& split : splitter.by_length(1000, EffortMode::exact)) {
        least = std::min(least, split.average_heartrate.value());
        most = std::max(most, split.average_heartrate.value());
    }
    EXPECT_LT(least, whole);
    EXPECT_GT(most, whole);
}

TEST(Splits, ExactBordersLieBetweenSamples) {
    const Column time{0, 100, 200, 300, 400, 500};
    const Column metres{0, 300, 700, 1200, 1800, 2100};
    const Splitter splitter({.time = time, .metres = metres});
    const auto splits = splitter.by_length(1000, EffortMode::exact);
    ASSERT_EQ(splits.size(), 3U);
    EXPECT_NEAR(splits[0].end, 260, 1e-9);
    EXPECT_NEAR(splits[0].metres, 1000, 1e-9);
    EXPECT_NEAR(splits[1].end, 400 + 200.0 / 3, 1e-9);
    EXPECT_NEAR(splits[2].metres, 100, 1e-9);
    EXPECT_NEAR(splits[0].speed().value(), 1000.0 / 260, 1e-9);
    const auto stravas = splitter.by_length(1000, EffortMode::strava);
    ASSERT_EQ(stravas.size(), 2U);
    EXPECT_NEAR(stravas[0].metres, 1200, 1e-9);
    EXPECT_NEAR(stravas[1].metres, 900, 1e-9) << "the next border is at 2000 m, not 1000 m further on";
}

TEST(Splits, BordersCountFromTheStartAlsoWhereTheFirstSampleIsLate) {
    const Column time{0, 100, 200};
    const Column late{10, 500, 1010};
    const auto splits = Splitter({.time = time, .metres = late}).by_length(1000, EffortMode::exact);
    ASSERT_EQ(splits.size(), 2U);
    EXPECT_NEAR(splits[0].metres, 990, 1e-9);
    const Column counts_on{5010, 5500, 6020};
    EXPECT_NEAR(Splitter({.time = time, .metres = counts_on}).by_length(1000, EffortMode::exact)[0].metres,
                1000, 1e-9)
        << "a distance that goes on from an activity before";
}

TEST(Splits, ARestBehindTheLastBorderBelongsToTheLastPart) {
    const Column time{0, 100, 200, 260};
    const Column metres{0, 500, 1000, 1000};
    const auto splits = Splitter({.time = time, .metres = metres}).by_length(1000, EffortMode::exact);
    ASSERT_EQ(splits.size(), 1U);
    EXPECT_EQ(splits[0].elapsed(), 260);
}

TEST(Splits, WithoutADistanceThereAreOnlyLaps) {
    const Column time{0, 10, 20};
    const Splitter splitter({.time = time});
    EXPECT_TRUE(splitter.by_length(1000, EffortMode::exact).empty());
    const Column ends{5, 5, 30};
    const auto laps = splitter.by_times(ends);
    ASSERT_EQ(laps.size(), 2U);
    EXPECT_EQ(laps[0].elapsed(), 5);
    EXPECT_FALSE(laps[0].average_heartrate.has_value());
    EXPECT_FALSE(laps[0].grade_adjusted_speed().has_value());
    EXPECT_FALSE(Splitter({}).whole().has_value());
    EXPECT_TRUE(Splitter({}).by_times(ends).empty());
    const Column metres{0, 500, 2e8};
    EXPECT_TRUE(Splitter({.time = time, .metres = metres}).by_length(1, EffortMode::exact).empty());
}

TEST(Splits, LapsOfARecordingEndWhereTheNextOneBegins) {
    model::Recording recording;
    recording.start = model::Moment(std::chrono::seconds(1'000'000));
    recording.laps.resize(3);
    recording.laps[0].start = recording.start;
    recording.laps[1].start = *recording.start + std::chrono::milliseconds(61'500);
    recording.laps[1].end = *recording.start + std::chrono::seconds(100);
    EXPECT_EQ(lap_ends(recording), (Column{61.5, 100}));
    recording.start.reset();
    EXPECT_TRUE(lap_ends(recording).empty());
}

} // namespace
} // namespace harrier::analysis
