// SPDX-License-Identifier: MIT
#include "archive/sqlite_archive.hpp"
#include "sync/engine.hpp"
#include "sync/verification.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_remote.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace harrier::sync {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr AthleteId runner{7};

class DeepVerificationTest : public testing::Test {
protected:
    DeepVerificationTest()
        : archive(archive::open_sqlite_archive(folder.path() / "archive.db", archive::Access::write)) {
        remote.fill(450, 31h);
        (void)Engine(remote, *archive, clock).run(runner, {.streams = false}, {});
        remote.windows.clear();
    }
    std::vector<Problem> compare() {
        return compare_with_strava(*archive, runner, remote, [this](std::int64_t count) { counted = count; });
    }

    test::TemporaryFolder folder;
    test::FakeClock clock;
    test::FakeRemote remote;
    std::unique_ptr<archive::Archive> archive;
    std::int64_t counted = 0;
};

TEST_F(DeepVerificationTest, FindsNothingWhereAllIsTheSame) {
    EXPECT_THAT(compare(), IsEmpty());
    EXPECT_EQ(counted, 450);
    EXPECT_THAT(remote.windows, SizeIs(testing::Le(5U)));
}

TEST_F(DeepVerificationTest, TellsWhatIsNotHereOtherwiseOrGone) {
    remote.activities[5000] = test::newest_day - 1000h;
    remote.names[1100] = "Renamed";
    remote.activities.erase(1200);
    const auto problems = compare();
    ASSERT_THAT(problems, SizeIs(3));
    EXPECT_EQ(problems[0].kind, ProblemKind::not_here);
    EXPECT_THAT(problems[0].what, HasSubstr("5000"));
    EXPECT_EQ(problems[1].kind, ProblemKind::outdated);
    EXPECT_EQ(problems[1].activity, archive->find_activity(runner, StravaId{1100})->activity_id);
    EXPECT_EQ(problems[2].kind, ProblemKind::not_listed);
    EXPECT_EQ(problems[2].activity, archive->find_activity(runner, StravaId{1200})->activity_id);
    for (const auto& problem : problems) {
        EXPECT_EQ(problem.mend, "harrier sync --full");
    }
    EXPECT_EQ(archive->summary(runner).activities, 450) << "nothing is changed";
    (void)Engine(remote, *archive, clock).run(runner, {.full = true, .streams = false}, {});
    EXPECT_THAT(compare(), SizeIs(1)) << "all is mended but what only a second pass confirms";
}

TEST_F(DeepVerificationTest, WhatTheScopesHideIsNoProblem) {
    remote.private_ones = {1100};
    (void)Engine(remote, *archive, clock).run(runner, {.full = true, .streams = false}, {});
    remote.scopes = {"read", "activity:read"};
    EXPECT_THAT(compare(), IsEmpty());
}

TEST_F(DeepVerificationTest, EndsWithAServerThatDoesNotHeedTheWindow) {
    remote.is_deaf = true;
    (void)compare();
    EXPECT_THAT(remote.windows, SizeIs(testing::Le(15U)));
}

TEST(BudgetAnomalies, AreWindowsThatAreOverfull) {
    net::RateUsage usage;
    usage.read = net::RatePair{{100, 100}, {1000, 999}};
    EXPECT_THAT(find_budget_anomalies(usage), IsEmpty());
    usage.read->quarter_hour.usage = 101;
    usage.overall = net::RatePair{{200, 5}, {2000, 2100}};
    const auto problems = find_budget_anomalies(usage);
    ASSERT_THAT(problems, SizeIs(2));
    EXPECT_EQ(problems[0].what, "2100 requests today, and 2000 are allowed");
    EXPECT_EQ(problems[1].what, "101 requests in this quarter of an hour, and 100 are allowed");
    EXPECT_TRUE(is_notice(problems[0].kind));
}

} // namespace
} // namespace harrier::sync
