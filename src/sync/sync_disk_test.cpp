// SPDX-License-Identifier: MIT

// A sync onto a disk of which the n-th operation fails: with HARRIER_SOAK set for every n, else for some.

#include "archive/sqlite_archive.hpp"
#include "sync/engine.hpp"
#include "tests/support/archive_dump.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_remote.hpp"
#include "tests/support/fault_disk.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

namespace harrier::sync {
namespace {

using test::DiskFault;
using testing::HasSubstr;

constexpr AthleteId whose{7};

class SyncDiskTest : public testing::Test {
protected:
    SyncDiskTest() {
        m_strava.page_size = 4;
        m_strava.fill(9, std::chrono::hours{31} * 50);
        m_strava.streams_of = [this](std::int64_t id) {
            ++m_requests;
            return id == 1003 ? strava::StreamsAnswer(strava::NotThere{})
                              : strava::StreamsAnswer(test::FakeRemote::samples_of(id));
        };
        m_strava.before_answer = [this](int) { ++m_requests; };
    }

    // What was said to be stored is counted in `m_told`.
    void sync() {
        test::FakeClock clock;
        const auto archive = archive::open_sqlite_archive(path(), archive::Access::write);
        Engine(m_strava, *archive, clock).run(whose, {}, [this](const SyncProgress& progress) {
            m_told = progress;
        });
    }
    // True when the disk failed before the sync was done.
    bool sync_on_faulty_disk(int n, DiskFault fault, bool stays) {
        test::FaultDisk disk;
        disk.strike(n, fault, stays);
        try {
            sync();
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::io) << n << ": " << error.message();
            EXPECT_THAT(error.message(), HasSubstr("archive.db")) << n;
            EXPECT_FALSE(error.hint().empty()) << n << ": " << error.message();
        }
        return disk.has_struck();
    }
    void begin_anew() {
        for (const char* end : {"", "-wal", "-shm", ".lock", ".new"}) {
            std::filesystem::remove(path().string() + end);
        }
        m_told = {};
        m_requests = 0;
    }
    [[nodiscard]] std::filesystem::path path() const { return m_folder.path() / "archive.db"; }
    std::int64_t count(const std::string& sql) {
        SQLite::Database database(path().string(), SQLite::OPEN_READONLY);
        SQLite::Statement row(database, sql);
        row.executeStep();
        return row.getColumn(0).getInt64();
    }
    void expect_nothing_lost(const std::string& where) {
        if (m_told.activities == 0) {
            return; // there need not be an archive
        }
        EXPECT_GE(count("SELECT count(*) FROM activity"), m_told.activities) << where;
        EXPECT_GE(count("SELECT count(*) FROM stream"), m_told.streams) << where;
        EXPECT_EQ(count("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), 0)
            << where;
    }

    test::TemporaryFolder m_folder{test::TemporaryFolder::memory()};
    test::FakeRemote m_strava;
    SyncProgress m_told;
    int m_requests = 0;
};

TEST_F(SyncDiskTest, LosesNothingThatItSaidWasStoredAndGoesOn) {
    sync();
    const auto expected = test::dump_archive(path());
    const int requests = std::exchange(m_requests, 0);
    const int step = std::getenv("HARRIER_SOAK") != nullptr ? 1 : 17;
    int faults = 0;
    for (const auto fault : {DiskFault::io_error, DiskFault::disk_full}) {
        for (const bool stays : {false, true}) {
            for (int n = 1;; n += step) {
                begin_anew();
                if (!sync_on_faulty_disk(n, fault, stays)) {
                    break;
                }
                ++faults;
                const auto where = fmt::format("operation {}", n);
                expect_nothing_lost(where);
                sync();
                ASSERT_EQ(test::dump_archive(path()), expected) << where;
                // A page and an activity more; in the last page of a listing, a page more (kill_test.cpp).
                ASSERT_LE(m_requests, requests + 3) << where;
            }
        }
    }
    EXPECT_GT(faults, 100 / step);
    std::cout << faults
              << " faults of the disk while it syncs: nothing was lost, each was completed by the next run\n";
}

} // namespace
} // namespace harrier::sync
