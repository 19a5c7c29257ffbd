// SPDX-License-Identifier: MIT
#include "cli/activity_reference.hpp"

#include <gtest/gtest.h>

namespace harrier::cli {
namespace {

TEST(ActivityReference, TakesNumbers) {
    EXPECT_EQ(parse_activity_reference("12")->number, 12);
    EXPECT_EQ(parse_activity_reference(" 3136407847427661018 ")->number, 3136407847427661018);
    EXPECT_FALSE(parse_activity_reference("12")->is_strava_id);
}

TEST(ActivityReference, TakesTheAddressOfAPageInAnyForm) {
    for (const auto* text :
         {"https://www.strava.com/activities/2010513391", "http://strava.com/activities/2010513391",
          "www.strava.com/activities/2010513391/overview", "STRAVA.COM/activities/2010513391?share=1",
          "https://www.strava.com/activities/2010513391#kudos"}) {
        const auto reference = parse_activity_reference(text);
        ASSERT_TRUE(reference.has_value()) << text;
        EXPECT_EQ(reference->number, 2010513391);
        EXPECT_TRUE(reference->is_strava_id);
    }
}

TEST(ActivityReference, RefusesEverythingElse) {
    for (const auto* text :
         {"", "0", "-3", "12x", "1e3", "99999999999999999999", "https://www.strava.com/segments/12",
          "https://strava.com.example.org/activities/12", "https://www.strava.com/activities/12x",
          "https://www.strava.com/activities/", "https://example.org/?u=strava.com/activities/12"}) {
        EXPECT_FALSE(parse_activity_reference(text).has_value()) << text;
    }
}

} // namespace
} // namespace harrier::cli
