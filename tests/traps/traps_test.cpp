// SPDX-License-Identifier: MIT

// The made-up athlete's odd activities, found by their names: none of them gives a record that nobody ran.

#include "analysis/activity_metrics.hpp"
#include "emulator/activity_source.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::tests {
namespace {

using nlohmann::json;

// As the streams of Strava's API become samples.
model::Streams samples_of(const emulator::StreamSet& set) {
    const std::map<std::string, std::vector<double> model::Streams::*> columns{
        {"time", &model::Streams::time},           {"distance", &model::Streams::distance},
        {"altitude", &model::Streams::altitude},   {"velocity_smooth", &model::Streams::velocity_smooth},
        {"heartrate", &model::Streams::heartrate}, {"cadence", &model::Streams::cadence},
        {"watts", &model::Streams::watts},         {"grade_smooth", &model::Streams::grade_smooth},
    };
    model::Streams samples;
    for (const auto& column : set.columns) {
        const auto data = json::parse(column.data_json);
        if (column.type == "latlng") {
            for (const auto& place : data) {
                samples.latitude.push_back(place.at(0));
                samples.longitude.push_back(place.at(1));
            }
        } else if (const auto found = columns.find(column.type); found != columns.end()) {
            samples.*found->second = data.get<std::vector<double>>();
        }
    }
    return samples;
}

struct Measured {
    json summary;
    json detail;
    model::Metrics metrics;

    // Seconds of the best effort that can be a record; 0 where there is none.
    [[nodiscard]] double record(double distance) const {
        const auto found =
            std::find_if(metrics.best_efforts.begin(), metrics.best_efforts.end(), [&](const auto& one) {
                return one.mode == model::EffortMode::strava && std::abs(one.distance - distance) < 1 &&
                       one.refused.empty();
            });
        return found == metrics.best_efforts.end() ? 0 : found->elapsed_time;
    }
    // Strava's own.
    [[nodiscard]] double told(double distance) const {
        for (const auto& effort : detail.at("best_efforts")) {
            if (effort.at("distance") == distance) {
                return effort.at("elapsed_time");
            }
        }
        return 0;
    }
};

class Traps : public testing::Test {
protected:
    static void SetUpTestSuite() { athlete = emulator::make_made_up_athlete({}); }
    static void TearDownTestSuite() { athlete.reset(); }

    static Measured measure(const json& summary, std::optional<double> scale = std::nullopt) {
        Measured measured{summary, json::parse(athlete->detail_json(summary["id"]).value()), {}};
        if (const auto set = athlete->streams(summary["id"])) {
            model::Recording recording;
            recording.sport_type = summary["sport_type"];
            recording.streams = samples_of(*set);
            measured.metrics = analysis::measure(recording, {.trainer = summary.value("trainer", false),
                                                             .distance = summary["distance"],
                                                             .treadmill_scale = scale});
        }
        return measured;
    }
    static json named(std::string_view name) {
        for (const auto& activity : athlete->activities()) {
            auto summary = json::parse(activity.summary_json);
            if (summary["name"] == name) {
                return summary;
            }
        }
        throw std::runtime_error("no activity is called " + std::string(name));
    }

    static inline std::unique_ptr<emulator::ActivitySource> athlete;
};

TEST_F(Traps, GpsJumpedAcrossTheValley) {
    const auto run = measure(named("GPS jumped across the valley"));
    EXPECT_LT(run.told(400), 43) << "Strava believes it";
    EXPECT_GT(run.record(400), 80);
    EXPECT_GT(run.record(1000), 220);
    const auto& tiles = run.metrics.explored.at(0).tiles;
    const double way = run.summary["distance"];
    EXPECT_LT(static_cast<double>(tiles.size()), 2 + 2 * way / 1500) << "nobody explored the other side";
}

TEST_F(Traps, ForgotToStopTheWatchDroveHome) {
    const auto run = measure(named("Forgot to stop the watch, drove home"));
    EXPECT_LT(run.told(1000), 100) << "Strava believes it";
    EXPECT_GT(run.record(400), 80);
    EXPECT_GT(run.record(1000), 220);
}

TEST_F(Traps, TreadmillWithALongBelt) {
    const auto summary = named("Treadmill with a long belt");
    const auto run = measure(summary);
    EXPECT_FALSE(run.metrics.best_efforts.empty());
    EXPECT_EQ(run.record(1000), 0) << "nobody has confirmed the distance";
    const auto scaled = measure(summary, 1 / 1.18);
    EXPECT_GT(scaled.record(1000), run.told(1000) * 1.1);
}

TEST_F(Traps, ClubNightWatchLeftAtHome) {
    EXPECT_EQ(measure(named("Club night, watch left at home")).metrics, model::Metrics{});
}

TEST_F(Traps, StrapLeftAtHome) {
    const auto run = measure(named("Strap left at home"));
    EXPECT_TRUE(run.metrics.heartrate.seconds.empty());
    EXPECT_FALSE(run.metrics.efficiency_factor.has_value());
    EXPECT_FALSE(run.metrics.decoupling.has_value());
    EXPECT_TRUE(run.metrics.normalized_graded_speed.has_value());
    EXPECT_EQ(run.record(1000), run.told(1000));
}

TEST_F(Traps, OldWatchSmartRecording) {
    const auto run = measure(named("Old watch, smart recording"));
    EXPECT_EQ(run.record(1000), run.told(1000));
    EXPECT_GT(run.metrics.best_efforts.at(0).largest_gap, 1);
}

TEST_F(Traps, StartHiddenFromTheNeighbours) {
    const auto run = measure(named("Start hidden from the neighbours"));
    EXPECT_EQ(run.record(1000), run.told(1000));
    EXPECT_TRUE(run.metrics.grade_adjusted_speed.has_value());
}

TEST_F(Traps, StoodAndTalkedWatchRunning) {
    const auto run = measure(named("Stood and talked, watch running"));
    EXPECT_EQ(run.record(1000), run.told(1000));
    const double moving = run.summary["moving_time"];
    EXPECT_NEAR(run.metrics.grade_adjusted_speed.value(), run.summary["distance"].get<double>() / moving, 0.4)
        << "the talk is no slow running";
}

TEST_F(Traps, RedLightsAllTheWay) {
    const auto run = measure(named("Red lights all the way"));
    EXPECT_EQ(run.record(1000), run.told(1000)) << "a stop counts";
}

// Where nothing is odd our windows are those of the made-up Strava.
TEST_F(Traps, OtherRunsHaveTheEffortsThatTheyTell) {
    std::size_t runs = 0;
    for (const auto& activity : athlete->activities()) {
        const auto summary = json::parse(activity.summary_json);
        const std::string name = summary["name"];
        const bool is_odd = name.starts_with("GPS jumped") || name.starts_with("Forgot to stop") ||
                            summary.value("trainer", false) || summary.value("manual", false);
        if (summary["sport_type"] != "Run" || is_odd || runs == 40) {
            continue;
        }
        SCOPED_TRACE(name);
        const auto run = measure(summary);
        ++runs;
        for (const double distance : {400.0, 805.0, 1000.0, 1609.0, 5000.0, 10'000.0}) {
            EXPECT_EQ(run.record(distance), run.told(distance)) << distance;
        }
    }
    EXPECT_EQ(runs, 40U);
}

} // namespace
} // namespace harrier::tests
