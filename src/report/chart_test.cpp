// SPDX-License-Identifier: MIT
#include "report/chart.hpp"
#include "report/table.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

namespace harrier::report {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

std::string first_letters(double value) {
    return value > 5 ? "high" : "low";
}

TEST(Sparkline, RisesFromTheLowestToTheHighest) {
    EXPECT_EQ(sparkline(std::vector<double>{0, 1, 2, 3, 4, 5, 6, 7}, 20), "▁▂▃▄▅▆▇█");
    EXPECT_EQ(sparkline(std::vector<double>{-5, 5}, 20), "▁█");
}

TEST(Sparkline, ShowsAGapAsASpaceAndALevelInTheMiddle) {
    EXPECT_EQ(sparkline(std::vector<double>{0, no_value, 7}, 20), "▁ █");
    EXPECT_EQ(sparkline(std::vector<double>{3, 3}, 20), "▅▅");
    EXPECT_EQ(sparkline({}, 20), "");
}

TEST(Sparkline, CondensesToItsWidthByMeans) {
    EXPECT_EQ(sparkline(std::vector<double>{0, 0, 10, 10, no_value, 5}, 3), "▁█▅");
}

TEST(LineChart, DrawsALineFromTheLowestToTheHighestValue) {
    const std::vector<Series> series{{.values = {0, 1, 2, 3}}};
    EXPECT_THAT(line_chart(series, {.width = 5, .rows = 1}), ElementsAre("3 ┤⡠⠊"));
}

TEST(LineChart, TurnsRoundForPace) {
    const std::vector<Series> series{{.values = {0, 1, 2, 3}}};
    EXPECT_THAT(line_chart(series, {.width = 5, .rows = 1, .downwards = true}), ElementsAre("0 ┤⠑⢄"));
}

TEST(LineChart, LabelsItsAxis) {
    const std::vector<Series> series{{.values = {0, 10}}};
    const auto lines = line_chart(series, {.width = 20, .rows = 5, .label = first_letters});
    ASSERT_EQ(lines.size(), 5U);
    EXPECT_TRUE(lines[0].starts_with("high ┤"));
    EXPECT_TRUE(lines[1].starts_with("     │"));
    EXPECT_TRUE(lines[2].starts_with(" low ┤"));
    EXPECT_TRUE(lines[4].starts_with(" low ┤"));
    for (const auto& line : lines) {
        EXPECT_LE(display_width(line), 20);
    }
}

TEST(LineChart, BreaksTheLineAtGaps) {
    const std::vector<Series> series{{.values = {1, no_value, 1, 0}}};
    EXPECT_THAT(line_chart(series, {.width = 5, .rows = 1}), ElementsAre("1 ┤⠁⢣"));
}

TEST(LineChart, ColoursEachSeries) {
    const std::vector<Series> series{{.values = {0, 0}, .colour = "36"}, {.values = {1, 1}, .colour = "35"}};
    EXPECT_THAT(line_chart(series, {.width = 5, .rows = 2, .colour = true}),
                ElementsAre("1 ┤\x1b[35m⠉⠉\x1b[0m", "0 ┤\x1b[36m⣀⣀\x1b[0m"));
}

TEST(LineChart, IsEmptyWithoutValuesOrRoom) {
    EXPECT_THAT(line_chart({}, {}), IsEmpty());
    const std::vector<Series> gaps{{.values = {no_value, no_value}}};
    EXPECT_THAT(line_chart(gaps, {}), IsEmpty());
    const std::vector<Series> series{{.values = {0, 1}}};
    EXPECT_THAT(line_chart(series, {.width = 4}), IsEmpty());
}

TEST(LineChart, DrawsManyMoreValuesThanDots) {
    std::vector<double> values;
    for (int i = 0; i < 100'000; ++i) {
        values.push_back(std::sin(i / 5'000.0));
    }
    const std::vector<Series> series{{.values = values}};
    for (const auto& line : line_chart(series, {.width = 80, .rows = 6})) {
        EXPECT_LE(display_width(line), 80);
    }
}

TEST(AxisLabels, StandAtBothEndsAndBetween) {
    const std::vector<std::string> labels{"Jan", "Feb", "Mar"};
    EXPECT_EQ(axis_labels(labels, 2, 15), "  Jan  Feb  Mar");
    EXPECT_EQ(axis_labels(labels, 2, 10), "  Jan  Mar");
    EXPECT_EQ(axis_labels(labels, 0, 3), "Jan");
    EXPECT_EQ(axis_labels({}, 0, 3), "");
}

} // namespace
} // namespace harrier::report
