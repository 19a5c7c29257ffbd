// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "emulator/fault_plan.hpp"

#include <gtest/gtest.h>

namespace harrier::emulator {
namespace {

using namespace std::chrono_literals;

Strike ask(FaultPlan& plan, std::string_view endpoint) {
    return plan.strike({endpoint, std::nullopt, true});
}
Strike ask_page(FaultPlan& plan, long long page) {
    return plan.strike({"activities", page, true});
}

TEST(FaultPlan, StrikesTheNamedRequestAndTheNextOnes) {
    FaultPlan plan({"500@n=3x2"});
    std::vector<bool> struck;
    for (int i = 0; i < 6; ++i) {
        struck.push_back(ask(plan, "athlete").status.has_value());
    }
    EXPECT_EQ(struck, (std::vector<bool>{false, false, true, true, false, false}));
}

TEST(FaultPlan, StrikesAPageOfTheListOnce) {
    FaultPlan plan({"429@page=3"});
    EXPECT_FALSE(ask_page(plan, 1).status);
    EXPECT_FALSE(ask(plan, "athlete").status);
    EXPECT_EQ(ask_page(plan, 3).status, 429);
    EXPECT_FALSE(ask_page(plan, 3).status);
}

TEST(FaultPlan, StrikesTheNthRequestOfAnEndpoint) {
    FaultPlan plan({"truncate@streams:nth=2"});
    EXPECT_FALSE(ask(plan, "streams").truncate);
    EXPECT_FALSE(ask(plan, "activity").truncate);
    EXPECT_TRUE(ask(plan, "streams").truncate);
    EXPECT_FALSE(ask(plan, "streams").truncate);
}

TEST(FaultPlan, CountsOauthRequestsOnlyWhereTheyAreNamed) {
    FaultPlan plan({"drop@n=1", "503@token"});
    const auto oauth = plan.strike({"token", std::nullopt, false});
    EXPECT_FALSE(oauth.drop);
    EXPECT_EQ(oauth.status, 503);
    EXPECT_TRUE(ask(plan, "athlete").drop);
    EXPECT_EQ(plan.api_requests(), 1);
}

TEST(FaultPlan, TakesEveryFormOfTheHelp) {
    FaultPlan plan({"slow=30s@n=4", "short-page@2", "401@n=10", "insert@page=2", "delete@page=2", "drop@n=7",
                    "500@streams:x*", "slow=500ms@laps:nth=2x3", "402@activity-zones", "short-page@page=5"});
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(ask(plan, "athlete").delay, 0ms);
    }
    EXPECT_EQ(ask(plan, "athlete").delay, 30s);
    const auto second_page = ask_page(plan, 2);
    EXPECT_TRUE(second_page.insert);
    EXPECT_TRUE(second_page.erase);
    for (int i = 0; i < 20; ++i) {
        EXPECT_GE(ask(plan, "streams").status.value_or(0), 401); // the 10th request is struck twice
    }
    EXPECT_TRUE(plan.short_pages(2).here);
    EXPECT_EQ(plan.short_pages(3).before, 1);
    EXPECT_EQ(plan.short_pages(6).before, 2);
    EXPECT_FALSE(plan.short_pages(6).here);
}

TEST(FaultPlan, RefusesWhatItCannotRead) {
    for (const std::string spec : {"429", "429@", "@n=1", "200@n=1", "600@n=1", "boom@n=1", "429@page=0",
                                   "429@page=x", "slow@n=1", "slow=30@n=1", "slow=s@n=1", "500@stream",
                                   "short-page@streams", "500@n=1y3", "500@n=99999999999999999999"}) {
        try {
            const FaultPlan plan({spec});
            ADD_FAILURE() << spec << " was taken";
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::usage) << spec;
            EXPECT_NE(error.message().find(spec), std::string::npos) << error.message();
            EXPECT_NE(error.hint().find("WHAT@WHERE"), std::string::npos) << error.hint();
        }
    }
}

TEST(FaultPlan, GuessesAMisspeltEndpoint) {
    try {
        const FaultPlan plan({"500@streems"});
        FAIL() << "it was taken";
    } catch (const Error& error) {
        EXPECT_NE(error.message().find("did you mean 'streams'"), std::string::npos) << error.message();
    }
}

} // namespace
} // namespace harrier::emulator
