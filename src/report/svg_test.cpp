// SPDX-License-Identifier: MIT
#include "report/axis.hpp"
#include "report/svg.hpp"
#include "report/svg_bar_chart.hpp"
#include "report/svg_calendar.hpp"
#include "report/svg_line_chart.hpp"

#include <gmock/gmock.h>

#include <chrono>

namespace harrier::report {
namespace {

using analysis::Day;
using std::chrono::local_days;
using std::chrono::year;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::size_t count_of(std::string_view text, std::string_view part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) {
        ++count;
    }
    return count;
}

TEST(Svg, CoordinatesHaveOneDecimalAtMost) {
    EXPECT_EQ(coordinate(12.54), "12.5");
    EXPECT_EQ(coordinate(-0.04), "0");
    EXPECT_EQ(coordinate(-3), "-3");
    EXPECT_EQ(coordinate(0.5), ".5");
    EXPECT_EQ(coordinate(-0.5), "-.5");
}

// Steps are taken between rounded places, so that errors do not add up.
TEST(Svg, APathIsStepsThatEndWhereTheyShould) {
    EXPECT_EQ(path_through(std::vector<Point>{{10, 20}, {12.5, 19}, {12.5, 19}, {0, 19.5}}),
              "M10 20l2.5-1l-12.5 .5");
    std::vector<Point> many;
    for (int i = 0; i <= 100; ++i) {
        many.push_back({i * 0.333, 0});
    }
    const auto path = path_through(many);
    EXPECT_EQ(count_of(path, "l"), 100U);
    EXPECT_EQ(count_of(path, "l.3 ") * 3 + count_of(path, "l.4 ") * 4, 333U);
}

TEST(Svg, AFileStandsAloneAndHasItsColours) {
    const Picture picture{100, 50, "a \"label\"", svg_text({1, 2}, "<x>", "t", Anchor::end)};
    const auto file = picture_file(picture, "Runs & <rides>");
    EXPECT_THAT(file, AllOf(HasSubstr("xmlns=\"http://www.w3.org/2000/svg\""), HasSubstr("<style>"),
                            HasSubstr("Runs &amp; &lt;rides&gt;"), HasSubstr("&lt;x&gt;"),
                            HasSubstr("aria-label=\"a &quot;label&quot;\"")));
    EXPECT_THAT(inline_picture(picture).text, Not(HasSubstr("<style")));
}

TEST(Axis, TicksAreRoundAndReachAroundTheValues) {
    EXPECT_THAT(round_ticks(0, 1830), ElementsAre(0, 500, 1000, 1500, 2000));
    EXPECT_THAT(round_ticks(-31, 27, 3), ElementsAre(-40, -20, 0, 20, 40));
    EXPECT_THAT(round_ticks(0, 1, 4), ElementsAre(0, 0.5, 1));
    EXPECT_THAT(clock_ticks(1206, 2050, 3), ElementsAre(1200, 1500, 1800, 2100));
}

TEST(Axis, DaysAreMarkedByMonthOrYear) {
    const auto months = day_ticks(local_days{year{2025} / 11 / 5}, local_days{year{2026} / 2 / 3});
    ASSERT_EQ(months.size(), 3U);
    EXPECT_EQ(months[0].label, "Dec");
    EXPECT_EQ(months[1].label, "2026");
    EXPECT_EQ(months[2].label, "Feb");
    const auto years = day_ticks(local_days{year{2020} / 5 / 1}, local_days{year{2026} / 2 / 3});
    ASSERT_EQ(years.size(), 6U);
    EXPECT_EQ(years.front().label, "2021");
    EXPECT_EQ(years.front().at, day_number(local_days{year{2021} / 1 / 1}));
    EXPECT_EQ(day_ticks(local_days{year{2026} / 2 / 2}, local_days{year{2026} / 2 / 3}).front().label,
              "2026-02-02");
}

TEST(LineChart, PutsValuesWhereTheAxisSaysAndStepsHoldUntilTheNext) {
    LineChart chart{.label = "x",
                    .width = 144,
                    .height = 122,
                    .x_low = 0,
                    .x_high = 10,
                    .x_ticks = {{0, "a"}},
                    .axis = {{0, 50, 100}, [](double) { return std::string("0"); }},
                    .series = {{.points = {{0, 100}, {10, 0}}, .form = LineForm::steps}}};
    // 36 at the left, 8 at the right; 22 above, 26 below.
    EXPECT_THAT(draw_line_chart(chart).body.text, HasSubstr("d=\"M36 22l100 0l0 74\""));
    chart.series[0].form = LineForm::straight;
    EXPECT_THAT(draw_line_chart(chart).body.text, HasSubstr("d=\"M36 22l100 74\""));
    chart.series[0].points.clear();
    EXPECT_THAT(draw_line_chart(chart).body.text, Not(HasSubstr("class=\"s0\"")));
}

TEST(LineChart, LabelsOfEndsDoNotLieOverEachOther) {
    LineChart chart{.label = "x",
                    .x_ticks = {},
                    .axis = {{0, 100}, [](double) { return std::string("0"); }},
                    .series = {{.points = {{1, 50}}, .end_label = "2024"},
                               {.points = {{1, 90}}, .end_label = "2025"},
                               {.points = {{1, 51}}, .end_label = "2026"}}};
    const auto text = draw_line_chart(chart).body.text;
    EXPECT_THAT(text, AllOf(HasSubstr(">2026<"), HasSubstr(">2025<"), Not(HasSubstr(">2024<"))));
}

TEST(ColumnChart, EmptyColumnsHaveALabelAndNoColumn) {
    const ColumnChart chart{.label = "x",
                            .axis = {{0, 10}, [](double) { return std::string("0"); }},
                            .columns = {{"Jan", 5, "Jan: 5"}, {"Feb", 0}, {"Mar", 10}}};
    const auto text = draw_column_chart(chart).body.text;
    EXPECT_EQ(count_of(text, "<rect"), 2U);
    EXPECT_THAT(text, AllOf(HasSubstr(">Feb<"), HasSubstr("<title>Jan: 5</title>")));
    EXPECT_THAT(table_bar(0.5).text, HasSubstr("width=\"60\""));
    EXPECT_THAT(table_bar(1e-9).text, HasSubstr("width=\"1\""));
    EXPECT_THAT(table_bar(0).text, HasSubstr("width=\"0\""));
}

TEST(Calendar, HasEveryDayOfTheYearOnceUpToTheLast) {
    const Day tenth{year{2024} / 1 / 10};
    const auto whole = draw_calendar(2024, {{tenth, {3, "a <run>"}}}, local_days{year{2025} / 3 / 1});
    EXPECT_EQ(count_of(whole.body.text, "z"), 366U);
    EXPECT_EQ(count_of(whole.body.text, "class=\"d3\""), 1U);
    EXPECT_THAT(whole.body.text, HasSubstr("<title>a &lt;run&gt;</title>"));
    const auto part = draw_calendar(2024, {}, local_days{year{2024} / 1 / 31});
    EXPECT_EQ(count_of(part.body.text, "z"), 31U);
}

} // namespace
} // namespace harrier::report
