// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "insight/distance_name.hpp"

#include <gmock/gmock.h>

namespace harrier::insight {
namespace {

using testing::HasSubstr;

std::string meant(std::string_view word) {
    const auto distances = effort_distance_names(model::EffortMode::exact);
    return find_effort_distance(word, distances).name;
}

TEST(DistanceName, IsFoundInEverySpelling) {
    for (const auto* word : {"5K", "5k", "5 km", "5km", "5000", "5000m"}) {
        EXPECT_EQ(meant(word), "5K") << word;
    }
    for (const auto* word : {"half", "Half-Marathon", "half marathon", "21097.5"}) {
        EXPECT_EQ(meant(word), "Half-Marathon") << word;
    }
    EXPECT_EQ(meant("10 miles"), "10 mile");
    EXPECT_EQ(meant("mile"), "1 mile");
    EXPECT_EQ(meant("MARATHON"), "Marathon");
    EXPECT_EQ(meant("400"), "400m");
}

TEST(DistanceName, IsRefusedWithTheList) {
    try {
        (void)meant("7K");
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::usage);
        EXPECT_THAT(error.hint(), HasSubstr("1/2 mile, 1K"));
    }
}

TEST(DistanceName, HasStravasMetresInItsMode) {
    EXPECT_EQ(find_effort_distance("half", effort_distance_names(model::EffortMode::strava)).metres, 21097);
    EXPECT_EQ(find_effort_distance("21097.5", effort_distance_names(model::EffortMode::strava)).metres,
              21097);
}

} // namespace
} // namespace harrier::insight
