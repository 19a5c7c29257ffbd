// SPDX-License-Identifier: MIT
#include "strava/scopes.hpp"

#include <gmock/gmock.h>

namespace harrier::strava {
namespace {

TEST(Scopes, AreReadFromCommasAndSpacesInAnyOrder) {
    EXPECT_EQ(Scopes::parse("activity:read_all, read  profile:read_all,,read"),
              (Scopes{"read", "activity:read_all", "profile:read_all"}));
    EXPECT_TRUE(Scopes::parse(" , ").empty());
}

TEST(Scopes, AreWrittenInOneOrderWithUnknownOnesLast) {
    EXPECT_EQ((Scopes{"activity:write", "zebra:read", "read", "activity:read_all", "ant"}).join(),
              "read,activity:read_all,activity:write,ant,zebra:read");
    EXPECT_EQ(default_scopes().join(), "read,activity:read_all,profile:read_all");
}

TEST(Scopes, AWideScopeAllowsTheNarrowOne) {
    const Scopes granted{"activity:read_all"};
    EXPECT_TRUE(granted.allows("activity:read"));
    EXPECT_FALSE(granted.contains("activity:read"));
    EXPECT_FALSE(granted.allows("read"));
    EXPECT_FALSE((Scopes{"activity:read"}).allows("activity:read_all"));
    EXPECT_TRUE((Scopes{"read_all"}).allows("read"));
    EXPECT_FALSE((Scopes{"activity:write"}).allows("activity:read"));
}

TEST(Scopes, SayWhatIsMissing) {
    EXPECT_EQ(default_scopes().without({"read"}).join(), "activity:read_all,profile:read_all");
    EXPECT_TRUE((Scopes{"read", "activity:read"}).without({"read_all", "activity:read_all"}).empty());
}

TEST(Scopes, EverySubsetOfTheKnownOnesSurvivesJoiningAndParsing) {
    const auto& known = known_scopes();
    ASSERT_EQ(known.size(), 7U);
    for (unsigned bits = 0; bits < 1U << known.size(); ++bits) {
        Scopes subset;
        for (std::size_t i = 0; i < known.size(); ++i) {
            if ((bits >> i & 1U) != 0) {
                subset.add(known[i].name);
            }
        }
        EXPECT_EQ(Scopes::parse(subset.join()), subset);
        EXPECT_TRUE(subset.without(subset).empty());
        EXPECT_EQ(subset.without({}), subset);
    }
}

TEST(Scopes, EachKnownOneSaysWhatItAllows) {
    for (const auto& info : known_scopes()) {
        EXPECT_FALSE(info.allows.empty()) << info.name;
        EXPECT_LE(info.allows.size(), 59U) << info.name; // a line of 80 columns, behind the name
        EXPECT_LE(info.without.size(), 59U) << info.name;
    }
    EXPECT_EQ(find_scope("activity:reed"), nullptr);
    ASSERT_NE(find_scope("activity:read_all"), nullptr);
    EXPECT_THAT(find_scope("activity:read_all")->allows, testing::HasSubstr("Only You"));
}

TEST(RequiredScopes, AreKnownBeforeTheCall) {
    EXPECT_EQ(required_scopes("GET", "/athlete/activities").join(), "activity:read");
    EXPECT_EQ(required_scopes("GET", "/activities/123/streams").join(), "activity:read");
    EXPECT_EQ(required_scopes("PUT", "/activities/123").join(), "activity:write");
    EXPECT_EQ(required_scopes("GET", "/activities/123/").join(), "activity:read");
    EXPECT_EQ(required_scopes("GET", "/athlete/zones").join(), "profile:read_all");
    EXPECT_EQ(required_scopes("GET", "/athletes/1/stats").join(), "read");
    EXPECT_EQ(required_scopes("POST", "/uploads").join(), "activity:write");
}

TEST(RequiredScopes, AreEmptyForUnknownCallsAndForTheAthlete) {
    EXPECT_TRUE(required_scopes("GET", "/athlete").empty());
    EXPECT_TRUE(required_scopes("DELETE", "/activities/1").empty());
    EXPECT_TRUE(required_scopes("GET", "/activities").empty());
    EXPECT_TRUE(required_scopes("GET", "/activities//streams").empty());
    EXPECT_TRUE(required_scopes("GET", "/activities/1/laps/2").empty());
    EXPECT_TRUE(required_scopes("GET", "").empty());
    EXPECT_TRUE(required_scopes("GET", "/").empty());
}

} // namespace
} // namespace harrier::strava
