// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "strava/detail_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace harrier::strava {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* small_detail =
    R"({"id":7,"name":"a","description":"hot","gear":{"id":"g1","name":"Shoe"},)"
    R"("laps":[{"elapsed_time":60,"moving_time":55,"distance":250.5,"start_date":"2026-11-22T08:03:11Z",)"
    R"("average_heartrate":150.5,"lap_index":1},null,{"elapsed_time":"x"}],)"
    R"("best_efforts":[{"name":"1K","distance":1000,"elapsed_time":240,"pr_rank":null},)"
    R"({"name":"400m","distance":400,"elapsed_time":90,"moving_time":89,"start_index":3,"end_index":93,"pr_rank":2,)"
    R"("start_date":"2026-11-22T08:04:00Z"},{"name":"no distance","elapsed_time":1}],)"
    R"("splits_standard":[{"distance":1609.5,"elapsed_time":400,"split":1}],)"
    R"("splits_metric":[{"distance":1001.5,"elapsed_time":250,"moving_time":245,"split":1,"elevation_difference":-2.5,)"
    R"("average_speed":4.09,"average_grade_adjusted_speed":4.0,"average_heartrate":151.5}]})";

TEST(DetailJson, ReadsLapsEffortsAndSplits) {
    const auto detail = parse_detail(small_detail);
    EXPECT_EQ(detail.record.raw, small_detail);
    EXPECT_EQ(detail.record.activity.description, "hot");
    EXPECT_EQ(detail.record.activity.gear_name, "Shoe");
    ASSERT_THAT(detail.laps, SizeIs(2));
    EXPECT_EQ(detail.laps[0].start, parse_instant("2026-11-22T08:03:11Z"));
    EXPECT_EQ(detail.laps[0].end, parse_instant("2026-11-22T08:04:11Z"));
    EXPECT_EQ(detail.laps[0].totals.timer_time, 55);
    EXPECT_EQ(detail.laps[0].totals.distance, 250.5);
    EXPECT_EQ(detail.laps[0].totals.average_heartrate, 150.5);
    EXPECT_FALSE(detail.laps[1].totals.elapsed_time) << "a wrong type is as good as absent";
    EXPECT_THAT(detail.efforts,
                ElementsAre(model::StravaEffort{.name = "400m",
                                                .distance = 400,
                                                .elapsed_time = 90,
                                                .moving_time = 89,
                                                .start = parse_instant("2026-11-22T08:04:00Z"),
                                                .start_index = 3,
                                                .end_index = 93,
                                                .pr_rank = 2},
                            model::StravaEffort{.name = "1K", .distance = 1000, .elapsed_time = 240}));
    ASSERT_THAT(detail.splits, SizeIs(2));
    EXPECT_EQ(detail.splits[0], (model::StravaSplit{.is_mile = false,
                                                    .number = 1,
                                                    .distance = 1001.5,
                                                    .elapsed_time = 250,
                                                    .moving_time = 245,
                                                    .elevation_difference = -2.5,
                                                    .average_speed = 4.09,
                                                    .average_grade_adjusted_speed = 4.0,
                                                    .average_heartrate = 151.5}));
    EXPECT_TRUE(detail.splits[1].is_mile);
}

TEST(DetailJson, AManualEntryHasNoLists) {
    const auto detail = parse_detail(R"({"id":7,"name":"a","laps":null,"best_efforts":{}})");
    EXPECT_THAT(detail.laps, IsEmpty());
    EXPECT_THAT(detail.efforts, IsEmpty());
    EXPECT_THAT(detail.splits, IsEmpty());
}

TEST(DetailJson, AnAnswerCutAtAnyByteIsRefused) {
    const std::string whole = small_detail;
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_THROW((void)parse_detail(whole.substr(0, size)), Error) << size;
    }
}

// Recorded by strava-ruby-client (MIT): a run of 2018 with a phone.
TEST(DetailJson, ReadsARecordedAnswer) {
    const std::filesystem::path file = HARRIER_SHARED "/captures/activity-detail-run-phone.json";
    if (!std::filesystem::exists(file)) {
        GTEST_SKIP() << "no recorded answers at " << file;
    }
    std::ifstream stream(file);
    const auto detail = parse_detail({std::istreambuf_iterator<char>(stream), {}});
    EXPECT_THAT(detail.laps, SizeIs(1));
    ASSERT_THAT(detail.efforts, SizeIs(11));
    EXPECT_EQ(detail.efforts[0].name, "400m");
    EXPECT_EQ(detail.efforts[0].elapsed_time, 116);
    EXPECT_EQ(detail.efforts[0].end_index, 2020);
    EXPECT_THAT(detail.splits, SizeIs(23 + 15));
    EXPECT_EQ(detail.splits[0].average_grade_adjusted_speed, 3.14);
}

} // namespace
} // namespace harrier::strava
