// SPDX-License-Identifier: MIT
#include "archive/sqlite_archive.hpp"
#include "sync/engine.hpp"
#include "sync/mending.hpp"
#include "sync/verification.hpp"
#include "tests/support/archive_dump.hpp"
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

constexpr AthleteId mender{7};

// Damage is done to the file, found by a verification, and mended by the command that it names.
class MendingTest : public testing::Test {
protected:
    MendingTest() {
        remote.fill(4, 24h);
        open();
        sync({.details = true});
    }

    void open() { archive = archive::open_sqlite_archive(path(), archive::Access::write); }
    [[nodiscard]] std::filesystem::path path() const { return folder.path() / "archive.db"; }
    void tamper(const std::string& sql) {
        archive.reset();
        test::change_archive(path(), sql);
        open();
    }
    void sync(SyncOptions options = {}) {
        remote.streams_asked.clear();
        remote.details_asked.clear();
        (void)Engine(remote, *archive, clock).run(mender, options, {});
    }
    void mend() {
        const auto mending = make_damaged_due(*archive, mender, {});
        sync({.full = mending.needs_listing});
    }
    std::vector<ProblemKind> kinds() {
        std::vector<ProblemKind> result;
        for (const auto& problem : verify(*archive, mender, [](auto, auto) {}).problems) {
            EXPECT_EQ(problem.mend, mend_fetched) << problem.what;
            result.push_back(problem.kind);
        }
        return result;
    }

    test::TemporaryFolder folder;
    test::FakeClock clock;
    test::FakeRemote remote;
    std::unique_ptr<archive::Archive> archive;
};

TEST_F(MendingTest, DamagedSamplesAreFetchedAgain) {
    EXPECT_THAT(kinds(), IsEmpty());
    tamper("UPDATE stream SET data = x'00' WHERE source_key = '1002'");
    EXPECT_THAT(kinds(), ElementsAre(ProblemKind::damaged_samples));
    mend();
    EXPECT_THAT(remote.streams_asked, ElementsAre(1002));
    EXPECT_THAT(remote.details_asked, IsEmpty());
    EXPECT_THAT(kinds(), IsEmpty());
}

TEST_F(MendingTest, DamagedRecordsAreListedAndFetchedAgain) {
    tamper("UPDATE source_record SET raw = x'28b52ffd0000' WHERE source_key IN ('1001', '1003')");
    EXPECT_THAT(kinds(), ElementsAre(ProblemKind::damaged_record, ProblemKind::damaged_record,
                                     ProblemKind::damaged_record, ProblemKind::damaged_record))
        << "of the list and of the details";
    mend();
    EXPECT_THAT(remote.streams_asked, IsEmpty());
    EXPECT_THAT(remote.details_asked, ElementsAre(1001, 1003));
    EXPECT_THAT(kinds(), IsEmpty());
}

TEST_F(MendingTest, WhatIsSetAsideIsTriedAgain) {
    tamper("DELETE FROM stream WHERE source_key = '1002'; UPDATE work_item SET state = 'set_aside', attempts "
           "= 5, "
           "last_error = 'cut off' WHERE step = 'streams' AND activity_id = 3");
    const auto problems = verify(*archive, mender, [](auto, auto) {}).problems;
    ASSERT_EQ(problems.size(), 2U);
    EXPECT_EQ(problems[0].kind, ProblemKind::set_aside);
    EXPECT_EQ(problems[0].what, "its streams failed 5 times: cut off");
    mend();
    EXPECT_THAT(remote.streams_asked, ElementsAre(1002));
    EXPECT_THAT(kinds(), IsEmpty());
}

TEST_F(MendingTest, SamplesThatEndLongBeforeTheActivityAreTold) {
    tamper("UPDATE activity SET elapsed_time = 100, distance = 4000 WHERE strava_id = 1002");
    EXPECT_THAT(kinds(), ElementsAre(ProblemKind::short_samples));
    tamper("UPDATE activity SET distance = 1100 WHERE strava_id = 1002");
    EXPECT_THAT(kinds(), IsEmpty()) << "they cover the distance: the watch was stopped late";
}

} // namespace
} // namespace harrier::sync
