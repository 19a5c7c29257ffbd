// SPDX-License-Identifier: MIT
#include "analysis/mean_maximal.hpp"
#include "model/recording.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <random>

namespace harrier::analysis {
namespace {

std::vector<double> random_power(unsigned seed, std::size_t size, double missing_share) {
    std::mt19937 random(seed);
    std::uniform_real_distribution share(0.0, 1.0);
    std::vector<double> watts(size);
    for (auto& value : watts) {
        value = share(random) < missing_share ? model::missing : std::floor(400 * share(random));
    }
    return watts;
}

TEST(MeanMaximal, CurvesAreThoseOfBruteForce) {
    for (const unsigned seed : {1U, 2U, 3U}) {
        const auto watts = random_power(seed, 400, seed == 3 ? 0.01 : 0);
        const auto durations = every_duration(watts.size());
        const auto peaks = mean_maximal(watts, durations);
        std::size_t next = 0;
        for (const auto duration : durations) {
            double best = -1;
            for (std::size_t i = 0; i + duration <= watts.size(); ++i) {
                const auto begin = watts.begin() + static_cast<std::ptrdiff_t>(i);
                const double mean = std::accumulate(begin, begin + duration, 0.0) / duration;
                best = mean > best ? mean : best; // a missing value compares false
            }
            if (best >= 0) {
                ASSERT_EQ(peaks.at(next).seconds, duration);
                EXPECT_NEAR(peaks[next].mean, best, 1e-3) << duration;
                const auto begin = watts.begin() + static_cast<std::ptrdiff_t>(peaks[next].begin);
                EXPECT_NEAR(std::accumulate(begin, begin + duration, 0.0) / duration, peaks[next].mean, 1e-9);
                ++next;
            }
        }
        EXPECT_EQ(next, peaks.size());
    }
}

TEST(MeanMaximal, TheEarliestOfEqualWindowsCounts) {
    const std::vector<double> watts{100, 200, 200, 100, 200, 200};
    EXPECT_EQ(mean_maximal(watts, std::array<std::uint32_t, 1>{2}), (std::vector<Peak>{{2, 200, 1}}));
}

TEST(MeanMaximal, LongRidesKeepTheirDigits) {
    std::vector<double> watts(36'000, 250);
    std::fill(watts.begin() + 20'000, watts.begin() + 20'300, 251);
    const auto peaks = mean_maximal(watts, std::array<std::uint32_t, 3>{1, 300, 36'000});
    ASSERT_EQ(peaks.size(), 3U);
    EXPECT_EQ(peaks[0], (Peak{1, 251, 20'000}));
    EXPECT_EQ(peaks[1], (Peak{300, 251, 20'000}));
    EXPECT_NEAR(peaks[2].mean, 250 + 300.0 / 36'000, 1e-9);
}

TEST(MeanMaximal, NothingGivesNothing) {
    EXPECT_TRUE(mean_maximal({}, every_duration(10)).empty());
    EXPECT_TRUE(mean_maximal(std::vector<double>(5, model::missing), every_duration(10)).empty());
    EXPECT_TRUE(mean_maximal(std::vector<double>(5, 1), std::array<std::uint32_t, 2>{0, 6}).empty());
}

TEST(MeanMaximal, TheGridHasEverySecondAtFirstAndTheRoundOnes) {
    const auto grid = duration_grid(36'000);
    EXPECT_EQ(grid[0], 1U);
    EXPECT_EQ(grid[59], 60U);
    EXPECT_LT(grid.size(), 300U);
    EXPECT_TRUE(std::is_sorted(grid.begin(), grid.end()));
    for (const std::uint32_t round : {300U, 1200U, 3600U}) {
        EXPECT_TRUE(std::binary_search(grid.begin(), grid.end(), round));
    }
    for (std::size_t i = 60; i < grid.size(); ++i) {
        EXPECT_LE(grid[i], grid[i - 1] * 1.04);
    }
    EXPECT_EQ(duration_grid(5).size(), 5U);
    EXPECT_TRUE(duration_grid(0).empty());
}

} // namespace
} // namespace harrier::analysis
