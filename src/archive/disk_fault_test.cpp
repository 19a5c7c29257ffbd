// SPDX-License-Identifier: MIT

// What opens, migrates, copies and fills an archive, on a disk of which the n-th operation fails: with
// HARRIER_SOAK set for every n, else for some.

#include "archive/backup.hpp"
#include "archive/schema.hpp"
#include "base/file.hpp"
#include "tests/support/archive_dump.hpp"
#include "tests/support/fault_disk.hpp"
#include "tests/support/imported_items.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>
#include <iostream>

namespace harrier::archive {
namespace {

using test::DiskFault;
using testing::HasSubstr;

class DiskFaultTest : public test::ArchiveFixture {
protected:
    DiskFaultTest() : ArchiveFixture(test::TemporaryFolder::memory()) {}

    // `work` on what `prepare` makes, struck at its n-th operation for n = 1, 2, … until none strikes; then
    // again without a fault, which must end in what it gives undisturbed.
    void strike_everywhere(const std::string& name, const std::function<void()>& prepare,
                           const std::function<void()>& work) {
        begin_anew(prepare);
        work();
        const auto expected = test::dump_archive(path());
        const int step = std::getenv("HARRIER_SOAK") != nullptr ? 1 : 11;
        int faults = 0;
        for (const auto fault : {DiskFault::io_error, DiskFault::disk_full}) {
            for (const bool stays : {false, true}) {
                for (int n = 1;; n += step) {
                    begin_anew(prepare);
                    if (!is_struck(n, fault, stays, work)) {
                        break;
                    }
                    ++faults;
                    const auto where = fmt::format("{}, operation {}", name, n);
                    work();
                    ASSERT_EQ(integrity(), "ok") << where;
                    ASSERT_EQ(test::dump_archive(path()), expected) << where;
                }
            }
        }
        std::cout << name << ": " << faults
                  << " faults of the disk, each was told and mended by running it again\n";
        EXPECT_GT(faults, 40 / step);
    }

private:
    void begin_anew(const std::function<void()>& prepare) {
        std::filesystem::remove_all(path().parent_path());
        std::filesystem::create_directories(path().parent_path());
        prepare();
    }
    static bool is_struck(int n, DiskFault fault, bool stays, const std::function<void()>& work) {
        test::FaultDisk disk;
        disk.strike(n, fault, stays);
        try {
            work();
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::io) << n << ": " << error.message();
            EXPECT_THAT(error.message(), HasSubstr("archive.db")) << n;
            EXPECT_FALSE(error.hint().empty()) << n << ": " << error.message();
            EXPECT_TRUE(disk.has_struck());
        }
        return disk.has_struck();
    }
    [[nodiscard]] std::string integrity() const {
        SQLite::Database database(path().string(), SQLite::OPEN_READONLY);
        SQLite::Statement row(database, "PRAGMA integrity_check");
        row.executeStep();
        return row.getColumn(0).getString();
    }
};

TEST_F(DiskFaultTest, ANewArchive) {
    strike_everywhere(
        "a new archive", [] {}, [&] { open().reset(); });
}

TEST_F(DiskFaultTest, AMigration) {
    const auto prepare = [&] {
        SQLite::Database database(path().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        database.exec("PRAGMA journal_mode=WAL; PRAGMA application_id=0x68727231; PRAGMA user_version=1;");
        database.exec(read_file(fmt::format("{}/tests/data/archive-v1.sql", HARRIER_SOURCE)));
    };
    strike_everywhere("a migration", prepare, [&] { open().reset(); });
}

TEST_F(DiskFaultTest, AnImport) {
    const std::vector items{row_with_file(11, "2026-01-01T07:00:00Z", "Row", 1),
                            loose_file(2, outing("2026-01-02T07:00:00Z")),
                            row(12, "2026-01-03T07:00:00Z", "Another row")};
    strike_everywhere(
        "an import", [&] { store(*open(), {record(12, "2026-01-03T07:00:00Z")}); },
        [&] { open()->store_import(stored_athlete, items); });
}

TEST_F(DiskFaultTest, ABackupAndItsReturn) {
    const auto copy = path().parent_path() / "copy-of-archive.db";
    strike_everywhere(
        "a backup", [&] { store(*open(), {record(12, "2026-01-03T07:00:00Z")}); },
        [&] {
            (void)back_up(path(), copy, true);
            (void)restore(copy, path());
        });
}

} // namespace
} // namespace harrier::archive
