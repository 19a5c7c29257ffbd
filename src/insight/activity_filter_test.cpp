// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "insight/activity_filter.hpp"

#include <gmock/gmock.h>

namespace harrier::insight {
namespace {

using std::chrono::local_days;
using std::chrono::year;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr local_days today{year{2026} / 11 / 23};

TEST(ResolveSports, ExpandsAFamily) {
    EXPECT_THAT(resolve_sports("run", {}), ElementsAre("Run", "TrailRun", "VirtualRun"));
    EXPECT_THAT(resolve_sports("RUNS", {}), ElementsAre("Run", "TrailRun", "VirtualRun"));
}

TEST(ResolveSports, TakesASingleTypeInAnySpelling) {
    EXPECT_THAT(resolve_sports("TrailRun", {}), ElementsAre("TrailRun"));
    EXPECT_THAT(resolve_sports("trail-run", {}), ElementsAre("TrailRun"));
    EXPECT_THAT(resolve_sports("weight training", {}), ElementsAre("WeightTraining"));
}

TEST(ResolveSports, TakesSeveralWithCommas) {
    EXPECT_THAT(resolve_sports("swim, yoga", {}), ElementsAre("Swim", "Yoga"));
}

TEST(ResolveSports, KnowsWhatOnlyTheArchiveHolds) {
    EXPECT_THAT(resolve_sports("moonwalk", {{"Moonwalk", 1}}), ElementsAre("Moonwalk"));
}

TEST(ResolveSports, NamesTheSportThatWasMeant) {
    try {
        (void)resolve_sports("trialrun", {{"Run", 7}, {"Moonwalk", 1}});
        FAIL() << "an unknown sport was taken";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::usage);
        EXPECT_THAT(error.message(), HasSubstr("trialrun"));
        EXPECT_THAT(error.message(), HasSubstr("Run, Moonwalk"));
        EXPECT_EQ(error.hint(), "Did you mean:  --sport trailrun");
    }
}

TEST(ResolveSports, EscapesWhatItCannotTake) {
    try {
        (void)resolve_sports("\x1b[31m", {});
        FAIL() << "an unknown sport was taken";
    } catch (const Error& error) {
        EXPECT_THAT(error.message(), HasSubstr("\\x1b[31m"));
    }
}

TEST(LastDay, OfAMonthOrYearIsItsEnd) {
    EXPECT_EQ(parse_last_day("2025", today), local_days(year{2025} / 12 / 31));
    EXPECT_EQ(parse_last_day("2024-02", today), local_days(year{2024} / 2 / 29));
}

TEST(LastDay, OfADayOrASpanIsThatDay) {
    EXPECT_EQ(parse_last_day("2025-03-01", today), local_days(year{2025} / 3 / 1));
    EXPECT_EQ(parse_last_day("yesterday", today), today - std::chrono::days{1});
    EXPECT_EQ(parse_last_day("7d", today), today - std::chrono::days{7});
    EXPECT_FALSE(parse_last_day("someday", today).has_value());
}

} // namespace
} // namespace harrier::insight
