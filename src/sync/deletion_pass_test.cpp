// SPDX-License-Identifier: MIT
#include "archive/sqlite_archive.hpp"
#include "base/error.hpp"
#include "sync/deletion_pass.hpp"
#include "sync/engine.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_remote.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace harrier::sync {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr AthleteId owner{7};

class DeletionTest : public testing::Test {
protected:
    DeletionTest()
        : archive(archive::open_sqlite_archive(folder.path() / "archive.db", archive::Access::write)) {
        remote.fill(100, 240h); // 1000 is the newest
        sync();
    }

    SyncResult sync(SyncOptions options = {}) {
        options.streams = false;
        remote.details_asked.clear();
        remote.windows.clear();
        return Engine(remote, *archive, clock).run(owner, options, {});
    }
    // A week goes by, and a sync lists everything again.
    SyncResult pass(const SyncOptions& options = {}) {
        clock.advance(24h * 7);
        return sync(options);
    }
    void erase(int first, int count) {
        for (int id = first; id < first + count; ++id) {
            remote.activities.erase(id);
        }
    }
    [[nodiscard]] std::int64_t shown() { return archive->summary(owner).activities; }
    [[nodiscard]] std::vector<std::int64_t> hidden() {
        std::vector<std::int64_t> ids;
        for (const auto id : archive->gaps(owner).tombstones) {
            ids.push_back(id.value);
        }
        return ids;
    }

    test::TemporaryFolder folder;
    test::FakeClock clock;
    test::FakeRemote remote;
    std::unique_ptr<archive::Archive> archive;
};

TEST_F(DeletionTest, TheGuardIsTwentyOrOneInTwenty) {
    EXPECT_EQ(most_deletions(0), 20);
    EXPECT_EQ(most_deletions(400), 20);
    EXPECT_EQ(most_deletions(5000), 250);
}

TEST_F(DeletionTest, EverythingIsListedOnceAWeekAndNoOftener) {
    clock.advance(24h * 5);
    sync();
    EXPECT_THAT(remote.windows, SizeIs(1)) << "the newest alone";
    clock.advance(24h);
    sync();
    EXPECT_THAT(remote.windows, SizeIs(2)) << "100 activities, and the empty page behind them";
    sync();
    EXPECT_THAT(remote.windows, SizeIs(1));
}

TEST_F(DeletionTest, GoneInTwoPassesAndNotThereWhenAskedForIsATombstone) {
    erase(1050, 1);
    EXPECT_EQ(pass().deletions.deleted, 0) << "one pass proves nothing";
    EXPECT_THAT(remote.details_asked, IsEmpty());
    clock.advance(24h);
    const auto result = sync();
    EXPECT_EQ(result.deletions.deleted, 1) << "confirmed on the next day";
    EXPECT_THAT(remote.details_asked, ElementsAre(1050));
    EXPECT_EQ(shown(), 99);
    EXPECT_THAT(hidden(), SizeIs(1));
    pass();
    EXPECT_THAT(remote.details_asked, IsEmpty()) << "asked for once";
}

TEST_F(DeletionTest, WhatTheListLeavesOutAndStravaStillHasStays) {
    remote.unlisted_ones = {1050};
    pass();
    EXPECT_EQ(pass().deletions.deleted, 0);
    EXPECT_THAT(remote.details_asked, ElementsAre(1050));
    EXPECT_EQ(shown(), 100);
    pass();
    EXPECT_THAT(remote.details_asked, IsEmpty()) << "it needs two more passes to be doubted again";
}

TEST_F(DeletionTest, TooManyAreNotBelieved) {
    erase(1030, 60);
    pass();
    auto result = pass();
    EXPECT_EQ(result.deletions.refused, 60);
    EXPECT_EQ(result.deletions.listed, 100);
    EXPECT_THAT(remote.details_asked, IsEmpty());
    EXPECT_EQ(shown(), 100);
    EXPECT_TRUE(result.complete);
    result = sync({.allow_deletions = true});
    EXPECT_EQ(result.deletions.deleted, 60);
    EXPECT_EQ(shown(), 40);
}

TEST_F(DeletionTest, AListBrokenHalfWayDoesNotCount) {
    erase(1050, 1);
    remote.page_size = 20;
    for (int i = 0; i < 3; ++i) {
        clock.advance(24h * 7);
        remote.before_answer = [](int request) {
            if (request == 3) {
                throw Error(ErrorKind::network, "cut off");
            }
        };
        EXPECT_THROW(sync(), Error);
        remote.before_answer = nullptr;
    }
    EXPECT_EQ(sync().deletions.deleted, 0) << "that was one whole pass, with four beginnings";
    EXPECT_EQ(pass().deletions.deleted, 1);
}

TEST_F(DeletionTest, FewerScopesDeleteNothing) {
    remote.private_ones = {1000, 1050, 1051};
    pass();
    remote.scopes = {"read", "activity:read"};
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(pass().deletions.deleted, 0);
        EXPECT_THAT(remote.details_asked, IsEmpty());
    }
    EXPECT_EQ(shown(), 100);
    remote.scopes = {"read", "activity:read_all"};
    erase(1050, 1);
    pass();
    EXPECT_EQ(pass().deletions.deleted, 1) << "with the old eyes again";
}

TEST_F(DeletionTest, AFlipToPrivateHidesWithoutTheScopeAndComesBack) {
    remote.scopes = {"read", "activity:read"};
    sync({.full = true});
    remote.private_ones = {1050};
    remote.detail_of = [&](std::int64_t id) -> strava::DetailAnswer {
        return remote.private_ones.contains(id) ? strava::DetailAnswer(strava::NotThere{})
                                                : strava::DetailAnswer(remote.full_detail(id));
    };
    for (int i = 0; i < 3; ++i) {
        pass();
    }
    EXPECT_EQ(shown(), 99);
    remote.private_ones.clear();
    pass();
    EXPECT_EQ(shown(), 100);
    EXPECT_THAT(hidden(), IsEmpty());
}

TEST_F(DeletionTest, ABackDatedUploadIsThereAfterTheNextWholePass) {
    remote.page_size = 20;
    remote.activities[5000] = test::newest_day - 24h * 730;
    sync();
    EXPECT_EQ(shown(), 100);
    pass();
    EXPECT_EQ(shown(), 101);
}

TEST_F(DeletionTest, MaxRequestsEndsTheQuestionsAndTheNextRunGoesOn) {
    erase(1050, 4);
    pass();
    const auto result = pass({.max_requests = 4});
    EXPECT_FALSE(result.complete);
    EXPECT_EQ(result.deletions.deleted, 2);
    EXPECT_EQ(sync().deletions.deleted, 2);
    EXPECT_EQ(shown(), 96);
}

} // namespace
} // namespace harrier::sync
