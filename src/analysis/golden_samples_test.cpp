// SPDX-License-Identifier: MIT

// Golden numbers of what is measured from samples: the way between positions, climbs, rest.

#include "analysis/ascent.hpp"
#include "analysis/geodesic.hpp"
#include "analysis/moving_time.hpp"
#include "tests/support/fit_recordings.hpp"
#include "tests/support/golden_numbers.hpp"

#include <algorithm>
#include <random>

namespace harrier::analysis {
namespace {

using tests::GoldenCase;
using tests::GoldenNumbers;
using tests::GoldenOutcome;
using tests::json;

double geodesic(model::LatLng from, model::LatLng to) {
    return vincenty_distance(from, to).value();
}

std::optional<double> measured_distance(const json& input) {
    const model::LatLng from{input.at("lat1"), input.at("lon1")};
    const model::LatLng to{input.at("lat2"), input.at("lon2")};
    const std::string method = input.at("method");
    if (method == "mid_latitude") {
        return mid_latitude_distance(from, to);
    }
    if (method == "vincenty") {
        return geodesic(from, to);
    }
    if (method == "haversine") {
        return haversine_distance(from, to);
    }
    if (method == "haversine minus geodesic") {
        return 100 * (haversine_distance(from, to) / geodesic(from, to) - 1);
    }
    return std::nullopt;
}

// The largest relative error of steps of about so many metres, anywhere and in any direction.
double largest_error(double metres, double most_latitude, int samples) {
    std::mt19937 random(7);
    std::uniform_real_distribution latitude(-most_latitude, most_latitude);
    std::uniform_real_distribution angle(0.0, 6.283185307);
    double worst = 0;
    for (int i = 0; i < samples; ++i) {
        const model::LatLng from{latitude(random), 10};
        const double bearing = angle(random);
        const auto scale = metres_per_degree(from.lat);
        const model::LatLng to{
            std::clamp(from.lat + metres * std::cos(bearing) / scale.lat, -most_latitude, most_latitude),
            from.lng + metres * std::sin(bearing) / scale.lng};
        const double exact = geodesic(from, to);
        if (exact > metres / 2) {
            worst = std::max(worst, std::abs(mid_latitude_distance(from, to) / exact - 1));
        }
    }
    return worst;
}

TEST_F(GoldenNumbers, Distance) {
    for_each_case("distance", [](const GoldenCase& one) {
        if (one.input.contains("step_m")) {
            EXPECT_LT(
                largest_error(one.input.at("step_m"), one.input.at("max_abs_lat"), one.input.at("samples")),
                one.expected.at("max_relative_error_below").get<double>());
            return GoldenOutcome::checked;
        }
        const auto metres = measured_distance(one.input);
        if (!metres) {
            return GoldenOutcome::unknown;
        }
        expect_golden(*metres, one);
        return GoldenOutcome::checked;
    });
}

std::vector<double> ascents(const std::vector<double>& altitude, const json& thresholds) {
    std::vector<double> metres;
    for (const double threshold : thresholds) {
        metres.push_back(climb_with_hysteresis(altitude, threshold).ascent);
    }
    return metres;
}

GoldenOutcome check_device_climb(const GoldenCase& one) {
    const auto folder = tests::checkout("HARRIER_SPORTS_LIB", "src/specs/fixtures");
    if (!folder) {
        return GoldenOutcome::absent;
    }
    const auto file =
        formats::fit::decode(tests::read_bytes(*folder / one.input.at("fit").get<std::string>()));
    const auto metres = ascents(file.recordings.at(0).streams.altitude, one.input.at("thresholds_m"));
    const double device = file.recordings[0].totals.ascent.value();
    expect_golden({{"ascent_m", metres},
                   {"device_total_ascent_m", device},
                   {"h2_minus_device_percent", 100 * (metres.at(2) / device - 1)}},
                  one);
    return GoldenOutcome::checked;
}

TEST_F(GoldenNumbers, Ascent) {
    for_each_case("ascent", [](const GoldenCase& one) {
        if (one.input.contains("altitude_m")) {
            const auto climb = climb_with_hysteresis(one.input.at("altitude_m").get<std::vector<double>>(),
                                                     one.input.at("threshold_m"));
            expect_golden({{"gain_m", climb.ascent}, {"loss_m", climb.descent}}, one);
            return GoldenOutcome::checked;
        }
        if (one.input.contains("fit")) {
            return check_device_climb(one);
        }
        if (one.input.value("activity", json()) == 5002496450) {
            const auto folder =
                tests::checkout("HARRIER_ELEVATE", "desktop/src/specs/integration/strava/fixtures");
            if (!folder) {
                return GoldenOutcome::absent;
            }
            // The numbers are those of activity 6271393008, another ride on Zwift.
            std::ifstream stream(*folder / "6271393008.json");
            const auto file = json::parse(stream);
            expect_golden({{"ascent_m", ascents(file.at("streams").at("altitude"), {0}).at(0)},
                           {"strava_ascent_m", file.at("activity").at("total_elevation_gain")}},
                          one);
            return GoldenOutcome::checked;
        }
        return GoldenOutcome::unknown;
    });
}

// The rule is refined (stretches of real seconds), so it may only agree better than the plain 3-sample mean.
GoldenOutcome check_rest(const GoldenCase& one) {
    const auto folder = tests::checkout("HARRIER_SPORTS_LIB", "src/specs/fixtures");
    if (!folder) {
        return GoldenOutcome::absent;
    }
    std::ifstream stream(*folder / "streams/strava/runs/2451375851.json");
    const auto streams = json::parse(stream);
    const auto theirs = streams.at("resting").get<std::vector<bool>>();
    EXPECT_EQ(theirs.size(), one.input.at("samples"));
    const auto ours =
        resting_steps(streams.at("time").get<std::vector<double>>(),
                      streams.at("distance").get<std::vector<double>>(), {}, one.input.at("threshold_mps"));
    int differing = 0;
    for (std::size_t i = 0; i < theirs.size(); ++i) {
        differing += ours.at(i) != theirs[i] ? 1 : 0;
    }
    EXPECT_LE(differing, one.expected.at("disagreeing_samples").get<int>());
    return GoldenOutcome::checked;
}

TEST_F(GoldenNumbers, MovingTime) {
    for_each_case("moving_time", [](const GoldenCase& one) {
        if (one.input.contains("activity")) {
            return check_rest(one);
        }
        // What two other programs made of a ride that nobody publishes.
        return one.input.contains("distance_km") ? GoldenOutcome::quoted : GoldenOutcome::unknown;
    });
}

} // namespace
} // namespace harrier::analysis
