// SPDX-License-Identifier: MIT

// Golden numbers of best efforts and splits, those of a marathon that Strava published among them.

#include "analysis/best_effort.hpp"
#include "analysis/mean_maximal.hpp"
#include "analysis/splits.hpp"
#include "tests/support/golden_numbers.hpp"

#include <algorithm>
#include <numeric>

namespace harrier::analysis {
namespace {

using tests::GoldenCase;
using tests::GoldenNumbers;
using tests::GoldenOutcome;
using tests::json;

using Column = std::vector<double>;

// The largest or least sum of so many values.
GoldenOutcome check_sub_segment(const GoldenCase& one) {
    auto values = one.input.at("data").get<Column>();
    const std::uint32_t length = one.input.at("length");
    const double sign = one.name.find("minimum") != std::string::npos ? -1 : 1;
    for (double& value : values) {
        value *= sign;
    }
    const auto peaks = mean_maximal(values, std::array{length});
    EXPECT_EQ(peaks.size(), 1U);
    expect_golden({{"sum", std::round(peaks.at(0).mean * length * sign)},
                   {"first_index", peaks[0].begin},
                   {"last_index", peaks[0].begin + length - 1}},
                  one);
    return GoldenOutcome::checked;
}

TEST_F(GoldenNumbers, BestEfforts) {
    for_each_case("best_efforts", [](const GoldenCase& one) {
        if (one.input.contains("data")) {
            return check_sub_segment(one);
        }
        const std::string mode = one.input.value("mode", "");
        if (mode != "strava" && mode != "exact") {
            return GoldenOutcome::unknown;
        }
        const auto time = one.input.at("time_s").get<Column>();
        const auto metres = one.input.at("distance_m").get<Column>();
        const double target = one.input.at("target_m");
        const auto window =
            mode == "exact" ? exact_window(time, metres, target) : strava_window(time, metres, target);
        EXPECT_TRUE(window.has_value());
        expect_golden({{"seconds", window->seconds()},
                       {"from_s", window->begin},
                       {"to_s", window->end},
                       {"start_index", window->first},
                       {"end_index", window->last}},
                      one);
        return GoldenOutcome::checked;
    });
}

Column marathon_stream(const json& input) {
    return tests::read_golden_json(input.at("stream")).at("distance").at("data").get<Column>();
}

std::size_t fewest_samples(const Column& metres, double target) {
    Column index(metres.size());
    std::iota(index.begin(), index.end(), 0.0);
    return static_cast<std::size_t>(strava_window(index, metres, target).value().seconds());
}

GoldenOutcome check_window(const GoldenCase& one) {
    const auto metres = marathon_stream(one.input);
    const std::size_t start = one.input.at("start_index");
    const double target = one.input.at("target_m");
    const auto end = strava_end(metres, start, target).value();
    EXPECT_EQ(end, one.input.at("end_index").get<std::size_t>()) << "Strava's own";
    EXPECT_TRUE(std::any_of(effort_distances.begin(), effort_distances.end(), [&](const auto& distance) {
        return distance.name == one.input.at("name") && distance.strava_metres == target;
    }));
    expect_golden({{"window_m", metres.at(end) - metres.at(start)},
                   {"window_without_last_sample_m", metres.at(end - 1) - metres.at(start)},
                   {"index_count", end - start},
                   {"fewest_indices_any_start", fewest_samples(metres, target)}},
                  one);
    return GoldenOutcome::checked;
}

GoldenOutcome check_all_windows(const GoldenCase& one) {
    const auto metres = marathon_stream(one.input);
    const auto efforts = tests::read_golden_json(one.input.at("efforts")).at("best_efforts");
    int holds = 0;
    int fewest = 0;
    for (const auto& effort : efforts) {
        const std::size_t start = effort.at("start_index");
        const std::size_t end = effort.at("end_index");
        holds += strava_end(metres, start, effort.at("distance")) == end ? 1 : 0;
        fewest += fewest_samples(metres, effort.at("distance")) == end - start ? 1 : 0;
    }
    expect_golden({{"efforts", efforts.size()}, {"window_rule_holds", holds}, {"fewest_indices", fewest}},
                  one);
    return GoldenOutcome::checked;
}

TEST_F(GoldenNumbers, BestEffortsOfStrava) {
    for_each_case("best_efforts_strava_file", [](const GoldenCase& one) {
        if (one.input.contains("start_index")) {
            return check_window(one);
        }
        if (one.input.contains("stream")) {
            return check_all_windows(one);
        }
        // Strava reckoned one effort twice, in different years.
        return one.input.contains("effort") ? GoldenOutcome::quoted : GoldenOutcome::unknown;
    });
}

GoldenOutcome check_split_lengths(const GoldenCase& one) {
    const auto metres = marathon_stream(one.input);
    Column time(metres.size()); // the capture has none
    std::iota(time.begin(), time.end(), 0.0);
    const Splitter splitter({.time = time, .metres = metres});
    const auto splits = splitter.by_length(one.input.at("split_length_m"), EffortMode::strava);
    Column lengths;
    for (const auto& split : splits) {
        lengths.push_back(split.metres);
    }
    expect_golden({{"count", splits.size()}, {"distances_m", lengths}}, one);
    EXPECT_NEAR(std::accumulate(lengths.begin(), lengths.end(), 0.0), metres.back() - metres.front(), 1e-6);
    return GoldenOutcome::checked;
}

// Strava's own splits add up as ours do, and to the whole activity.
GoldenOutcome check_sums(const GoldenCase& one) {
    const auto activity = tests::read_golden_json(one.input.at("file"));
    double metres = 0;
    int moving = 0;
    int elapsed = 0;
    for (const auto& split : activity.at(one.input.at("key").get<std::string>())) {
        metres += split.at("distance").get<double>();
        moving += split.at("moving_time").get<int>();
        elapsed += split.at("elapsed_time").get<int>();
    }
    expect_golden({{"distance_m", metres}, {"moving_s", moving}, {"elapsed_s", elapsed}}, one);
    EXPECT_NEAR(metres, activity.at("distance"), 0.05);
    return GoldenOutcome::checked;
}

GoldenOutcome check_race_speed(const GoldenCase& one) {
    const auto speed = [&](const char* name) {
        const auto& part = one.input.at(name);
        Split split;
        split.metres = part.at("distance_m");
        split.end = part.at("elapsed_s");
        split.moving = part.at("moving_s");
        EXPECT_NEAR(split.speed().value(), split.metres / split.moving, 1e-9);
        return split.race_speed().value();
    };
    expect_golden({{"last_split_mps", speed("last_split")}, {"whole_mps", speed("whole")}}, one);
    return GoldenOutcome::checked;
}

TEST_F(GoldenNumbers, Splits) {
    for_each_case("splits", [](const GoldenCase& one) {
        if (one.input.contains("split_length_m")) {
            return check_split_lengths(one);
        }
        if (one.input.contains("key")) {
            return check_sums(one);
        }
        return one.input.contains("workout_type") ? check_race_speed(one) : GoldenOutcome::unknown;
    });
}

} // namespace
} // namespace harrier::analysis
