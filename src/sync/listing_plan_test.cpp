// SPDX-License-Identifier: MIT
#include "sync/listing_plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace harrier::sync {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

constexpr Instant newest_day = std::chrono::sys_days{std::chrono::year{2026} / 11 / 20};

TEST(ListingPlan, JoinsWhatIsLeftOpenWithTheNewestWhenTheyMeet) {
    const PlanInput input{.state = {.resume_before = newest_day - 24h * 10},
                          .newest = newest_day,
                          .now = newest_day,
                          .full = false,
                          .since = std::nullopt,
                          .granted = "activity:read_all",
                          .sees_private = true,
                          .used = "activity:read_all",
                          .saw_private = true};
    const auto plan = plan_listing(input);
    EXPECT_THAT(plan.stretches, ElementsAre(Stretch{}));
    EXPECT_TRUE(plan.whole);
}

TEST(ListingPlan, HoldsSeveralStretchesInOne) {
    EXPECT_EQ(hull({}), std::nullopt);
    const std::vector<Stretch> two{{.after = newest_day - 2h, .before = newest_day},
                                   {.after = newest_day - 9h, .before = newest_day - 8h}};
    EXPECT_EQ(hull(two), (Stretch{.after = newest_day - 9h, .before = newest_day}));
    const std::vector<Stretch> open{two[0], {.after = std::nullopt, .before = newest_day - 8h}};
    EXPECT_EQ(hull(open), (Stretch{.after = std::nullopt, .before = newest_day}));
}

} // namespace
} // namespace harrier::sync
