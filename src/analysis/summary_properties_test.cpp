// SPDX-License-Identifier: MIT

// What holds for every recording, tried on made-up ones (fixed seeds) and on such that no device would write.

#include "analysis/geodesic.hpp"
#include "analysis/summary.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <functional>
#include <limits>
#include <random>

namespace harrier::analysis {
namespace {

using model::missing;

constexpr std::vector<double> model::Streams::*all_columns[] = {
    &model::Streams::time,      &model::Streams::latitude,     &model::Streams::longitude,
    &model::Streams::distance,  &model::Streams::altitude,     &model::Streams::velocity_smooth,
    &model::Streams::heartrate, &model::Streams::cadence,      &model::Streams::watts,
    &model::Streams::temp,      &model::Streams::grade_smooth,
};

struct Plan {
    double latitude = 46;
    double longitude = 7;
    std::size_t samples = 1800;
    bool has_distance = false;
};

// A run that turns, slows down, loses its satellites and records now and then.
model::Recording make_run(unsigned seed, const Plan& plan = {}) {
    std::mt19937 random(seed);
    std::normal_distribution turn(0.0, 0.1);
    std::uniform_real_distribution part(0.0, 1.0);
    model::Recording recording;
    recording.sport_type = "Run";
    recording.start = model::Moment(std::chrono::seconds(1'700'000'000));
    auto& streams = recording.streams;
    double heading = 0;
    double time = 0;
    double metres = 0;
    model::LatLng place{plan.latitude, plan.longitude};
    for (std::size_t i = 0; i < plan.samples; ++i) {
        const double step = part(random) < 0.9 ? 1 : std::floor(1 + 8 * part(random));
        const double speed = part(random) < 0.05 ? 0 : 2.5 + part(random);
        heading += turn(random);
        const auto scale = metres_per_degree(place.lat);
        place.lat += speed * step * std::cos(heading) / scale.lat;
        place.lng = wrapped_degrees(place.lng + speed * step * std::sin(heading) / scale.lng);
        time += step;
        metres += speed * step;
        const bool is_lost = part(random) < 0.02;
        streams.time.push_back(time);
        streams.latitude.push_back(is_lost ? missing : place.lat);
        streams.longitude.push_back(is_lost ? missing : place.lng);
        streams.altitude.push_back(400 + 30 * std::sin(time / 200));
        streams.heartrate.push_back(part(random) < 0.1 ? missing : 140 + 10 * part(random));
        if (plan.has_distance) {
            streams.distance.push_back(metres);
        }
    }
    return recording;
}

// Stands still for a while in the middle; what comes behind is later.
model::Recording with_stop(model::Recording recording, double seconds) {
    auto& streams = recording.streams;
    const auto middle = static_cast<std::ptrdiff_t>(streams.size() / 2);
    for (const auto column : all_columns) {
        auto& values = streams.*column;
        if (!values.empty()) {
            const double held = values[static_cast<std::size_t>(middle) - 1];
            values.insert(values.begin() + middle, static_cast<std::size_t>(seconds), held);
        }
    }
    for (std::size_t i = static_cast<std::size_t>(middle); i < streams.size(); ++i) {
        const auto stood = static_cast<double>(i) - static_cast<double>(middle) + 1;
        streams.time[i] += std::min(stood, seconds);
    }
    return recording;
}

TEST(SummaryProperties, ALaterStartChangesTheDateOnly) {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        auto recording = make_run(seed);
        auto before = summarize(recording);
        recording.start = *recording.start + std::chrono::hours(5000);
        auto after = summarize(recording);
        EXPECT_EQ(*after.start_date - *before.start_date, std::chrono::hours(5000));
        before.start_date = after.start_date;
        EXPECT_EQ(before, after);
    }
}

TEST(SummaryProperties, MovingTimeIsAtMostElapsedTime) {
    for (unsigned seed = 1; seed <= 100; ++seed) {
        auto recording = make_run(seed, {.samples = 1 + seed * 5, .has_distance = seed % 2 == 0});
        std::mt19937 random(seed);
        std::uniform_real_distribution total(0.0, 4000.0);
        if (seed % 3 == 0) {
            recording.totals.timer_time = total(random);
        }
        if (seed % 5 == 0) {
            recording.totals.elapsed_time = total(random);
        }
        const auto activity = summarize(recording);
        EXPECT_LE(activity.moving_time.value(), activity.elapsed_time.value()) << "seed " << seed;
        EXPECT_GE(activity.moving_time.value(), 0);
        EXPECT_GE(static_cast<double>(*activity.elapsed_time) + 2,
                  (recording.streams.time.back() - recording.streams.time.front()) * 0.99)
            << "seed " << seed;
    }
}

TEST(SummaryProperties, AStopMakesItLongerButNotFurther) {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        for (const bool has_distance : {false, true}) {
            const auto recording = make_run(seed, {.has_distance = has_distance});
            const auto before = summarize(recording);
            const auto after = summarize(with_stop(recording, 300));
            EXPECT_EQ(*after.elapsed_time, *before.elapsed_time + 300);
            EXPECT_LE(*after.distance, *before.distance + 1e-6);
            EXPECT_NEAR(static_cast<double>(*after.moving_time), static_cast<double>(*before.moving_time), 6);
        }
    }
}

TEST(SummaryProperties, APlaceOnEarthIsAsGoodAsAnother) {
    for (unsigned seed = 1; seed <= 5; ++seed) {
        const double here = summarize(make_run(seed)).distance.value();
        for (const Plan& plan : {Plan{.longitude = 179.999}, Plan{.longitude = -179.999},
                                 Plan{.latitude = -46}, Plan{.latitude = 0}, Plan{.latitude = 79.995}}) {
            EXPECT_NEAR(summarize(make_run(seed, plan)).distance.value(), here, here * 1e-4)
                << plan.latitude << ' ' << plan.longitude;
        }
    }
}

TEST(SummaryProperties, ARunOverThePoleIsAsLongAsItIs) {
    auto recording = make_run(1, {.samples = 201});
    auto& streams = recording.streams;
    for (std::size_t i = 0; i < streams.size(); ++i) {
        const double from_pole = (static_cast<double>(i) - 100) * 0.00002; // 2.2 m a sample
        streams.time[i] = static_cast<double>(i);
        streams.latitude[i] = 90 - std::abs(from_pole);
        streams.longitude[i] = from_pole < 0 ? 30 : -150;
    }
    EXPECT_NEAR(summarize(recording).distance.value(), 200 * 0.00002 * 111'693.98, 0.05);
    EXPECT_LE(summary_track(recording).size(), streams.size());
}

TEST(SummaryProperties, TwoHoursOfNoiseAtOneHeightClimbLessThanTenMetres) {
    auto recording = make_run(3, {.samples = 7200});
    std::mt19937 random(11);
    std::normal_distribution noise(300.0, 1.0);
    for (std::size_t i = 0; i < recording.streams.size(); ++i) {
        recording.streams.altitude[i] = noise(random);
        recording.streams.time[i] = static_cast<double>(i);
    }
    EXPECT_LT(summarize(recording).total_elevation_gain.value(), 10);
}

TEST(SummaryProperties, TheOrderOfSamplesDoesNotMatterWhereTimesTellIt) {
    auto recording = make_run(4, {.has_distance = true});
    const auto before = summarize(recording);
    for (std::size_t i = 10; i + 1 < recording.streams.size(); i += 50) {
        for (const auto column : all_columns) {
            if (auto& values = recording.streams.*column; !values.empty()) {
                std::swap(values[i], values[i + 1]);
            }
        }
    }
    EXPECT_EQ(summarize(recording), before);
}

double awkward(std::mt19937& random) {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    constexpr double values[] = {missing, infinite, -infinite, 0.0,    -0.0,  1.0,    -1.0,  90.0,
                                 -180.0,  1e18,     -1e18,     1e-300, 1e308, -1e308, 65535, 4294967295.0};
    return values[random() % std::size(values)];
}

// Whatever is in it, nothing crashes and no figure is infinite; the sanitizers watch.
TEST(SummaryProperties, NoRecordingIsTooOdd) {
    for (unsigned seed = 1; seed <= 400; ++seed) {
        std::mt19937 random(seed);
        auto recording = make_run(seed, {.samples = random() % 60, .has_distance = seed % 2 == 0});
        for (const auto column : all_columns) {
            auto& values = recording.streams.*column;
            for (auto& value : values) {
                value = random() % 4 == 0 ? awkward(random) : value;
            }
            if (random() % 16 == 0) {
                values.resize(random() % 8);
            }
        }
        recording.breaks = {random() % 3, random() % 70, 1, 1, std::numeric_limits<std::size_t>::max()};
        recording.totals.elapsed_time = awkward(random);
        recording.totals.timer_time = awkward(random);
        recording.totals.distance = awkward(random);
        recording.totals.ascent = awkward(random);
        recording.totals.average_watts = awkward(random);
        recording.pauses = {{*recording.start + std::chrono::seconds(9), *recording.start},
                            {*recording.start - std::chrono::hours(9), *recording.start}};
        if (seed % 7 == 0) {
            recording.start.reset();
        }
        const auto activity = summarize(recording);
        for (const auto& value : {activity.distance, activity.average_heartrate, activity.average_speed,
                                  activity.max_speed, activity.total_elevation_gain}) {
            EXPECT_TRUE(std::isfinite(value.value_or(0))) << "seed " << seed;
        }
        EXPECT_LE(activity.moving_time.value_or(0), activity.elapsed_time.value_or(0));
        EXPECT_LE(summary_track(recording).size(), recording.streams.size());
    }
}

TEST(SummaryProperties, TenHoursAndAHugeGapAreNoTrouble) {
    auto recording = make_run(5, {.samples = 36'000, .has_distance = true});
    auto& time = recording.streams.time;
    for (std::size_t i = 18'000; i < time.size(); ++i) {
        time[i] += 40 * 86'400; // forty days on a shelf, and the same recording goes on
    }
    const auto activity = summarize(recording);
    EXPECT_GT(*activity.elapsed_time, 40 * 86'400);
    EXPECT_LT(*activity.moving_time, 100'000);
    EXPECT_LE(summary_track(recording).size(), 350U);
}

} // namespace
} // namespace harrier::analysis
