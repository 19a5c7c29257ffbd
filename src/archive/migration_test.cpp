// SPDX-License-Identifier: MIT
#include "archive/schema.hpp"
#include "archive/stream_codec.hpp"
#include "base/file.hpp"
#include "base/kill_point.hpp"
#include "tests/support/archive_dump.hpp"
#include "tests/support/archive_fixture.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace harrier::archive {
namespace {

using test::stored_athlete;

// Each test runs for every version that harrier once had.
class MigrationTest : public test::ArchiveFixture, public testing::WithParamInterface<int> {
protected:
    void SetUp() override { make_old_archive(path()); }

    static void make_old_archive(const std::filesystem::path& file) {
        std::filesystem::create_directories(file.parent_path());
        SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        database.exec(
            fmt::format("PRAGMA journal_mode=WAL; PRAGMA application_id=0x68727231; PRAGMA user_version={};",
                        GetParam()));
        database.exec(read_file(fmt::format("{}/tests/data/archive-v{}.sql", HARRIER_SOURCE, GetParam())));
    }
    [[nodiscard]] std::filesystem::path copy() const {
        return fmt::format("{}.v{}", path().string(), GetParam());
    }
};

INSTANTIATE_TEST_SUITE_P(Versions, MigrationTest, testing::Range(1, schema_version));

TEST_P(MigrationTest, ReadingBringsAnOldArchiveToTheNewTables) {
    const auto archive = open(Access::read);
    const auto activities = archive->activities(stored_athlete, {.where = "name = 'Old run'"});
    ASSERT_EQ(activities.size(), 1U);
    EXPECT_EQ(activities[0].name, "Old run");
    EXPECT_EQ(activities[0].distance, 5000.5);
    EXPECT_FALSE(activities[0].calories);
    EXPECT_EQ(archive->statements(stored_athlete, activities[0].activity_id).size(), 1U);
    EXPECT_TRUE(archive->listing_state(stored_athlete) ==
                (ListingState{.complete_scopes = "read,activity:read_all"}));
}

TEST_P(MigrationTest, KeepsSamplesAsTheyWere) {
    const auto archive = open();
    const auto stream = archive->find_stream(stored_athlete, ActivityId{1});
    ASSERT_EQ(stream.has_value(), GetParam() >= 2) << "version 1 had no samples";
    if (stream) {
        EXPECT_EQ(decode_streams(stream->data).streams.size(), 5U);
    }
}

TEST_P(MigrationTest, GivesTheTablesOfANewArchive) {
    (void)open();
    const auto fresh = m_folder.path() / "fresh.db";
    (void)open_sqlite_archive(fresh, Access::write);
    const auto columns = [](const std::filesystem::path& file) {
        SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
        SQLite::Statement rows(database,
                               "SELECT m.type || ' ' || m.name || ' ' || coalesce(c.name || c.type || "
                               "c.pk || c.\"notnull\", '') AS line FROM sqlite_master m LEFT JOIN "
                               "pragma_table_info(m.name) c ORDER BY line");
        std::string text;
        while (rows.executeStep()) {
            text += rows.getColumn(0).getString() + "\n";
        }
        return text;
    };
    EXPECT_EQ(columns(path()), columns(fresh));
}

TEST_P(MigrationTest, KeepsACopyOfTheOldFileForItsOwnerOnly) {
    (void)open();
    struct stat status {};
    ASSERT_EQ(stat(copy().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    SQLite::Database database(copy().string(), SQLite::OPEN_READONLY);
    SQLite::Statement version(database, "PRAGMA user_version");
    version.executeStep();
    EXPECT_EQ(version.getColumn(0).getInt(), GetParam());
    SQLite::Statement name(database, "SELECT name FROM activity WHERE strava_id = 11");
    ASSERT_TRUE(name.executeStep());
    EXPECT_EQ(name.getColumn(0).getString(), "Old run");
}

TEST_P(MigrationTest, WaitsForNobodyWhoWrites) {
    const auto lock = FileLock::acquire(path().string() + ".lock", std::chrono::milliseconds{0});
    ASSERT_TRUE(lock);
    EXPECT_EQ(error_of([&] { (void)open(Access::read); }).kind(), ErrorKind::locked);
}

TEST_P(MigrationTest, RowsThatReferredToNothingBeforeAreNoHindrance) {
    test::change_archive(path(), "PRAGMA foreign_keys=OFF; INSERT INTO source_record (athlete_id, "
                                 "activity_id, source, source_key, fetched_at, raw) VALUES (26462176, 999, "
                                 "'api_summary', '999', '2026-01-01T00:00:00Z', x'')");
    EXPECT_EQ(names(*open(), {.where = "name = 'Old run'"}).size(), 1U);
}

#ifdef HARRIER_KILLPOINTS
TEST_P(MigrationTest, KilledAnywhereIsMendedByOpeningAgain) {
    (void)open();
    const auto expected = test::dump_archive(path());
    int kills = 0;
    for (int n = 1;; ++n) {
        const auto file = m_folder.path() / fmt::format("killed{}", n) / "archive.db";
        make_old_archive(file);
        const pid_t child = fork();
        if (child == 0) {
            arm_kill_points(n);
            (void)open_sqlite_archive(file, Access::write);
            _exit(0);
        }
        int status = 0;
        ASSERT_EQ(waitpid(child, &status, 0), child);
        (void)open_sqlite_archive(file, Access::write);
        ASSERT_EQ(test::dump_archive(file), expected) << "kill point " << n;
        if (!WIFSIGNALED(status)) {
            break;
        }
        ++kills;
    }
    EXPECT_EQ(kills, 1 + schema_version - GetParam());
}
#endif

} // namespace
} // namespace harrier::archive
