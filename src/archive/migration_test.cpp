// SPDX-License-Identifier: MIT
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

class MigrationTest : public test::ArchiveFixture {
protected:
    void SetUp() override { make_first_version(path()); }

    static void make_first_version(const std::filesystem::path& file) {
        std::filesystem::create_directories(file.parent_path());
        SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        database.exec("PRAGMA journal_mode=WAL; PRAGMA application_id=0x68727231; PRAGMA user_version=1;");
        database.exec(read_file(HARRIER_SOURCE "/tests/data/archive-v1.sql"));
    }
    [[nodiscard]] std::filesystem::path copy() const { return path().string() + ".v1"; }
};

TEST_F(MigrationTest, ReadingBringsAnOldArchiveToTheNewTables) {
    const auto archive = open(Access::read);
    const auto activities = archive->activities(stored_athlete, {});
    ASSERT_EQ(activities.size(), 1U);
    EXPECT_EQ(activities[0].name, "Old run");
    EXPECT_EQ(activities[0].distance, 5000.5);
    EXPECT_FALSE(activities[0].calories);
    EXPECT_EQ(archive->statements(stored_athlete, activities[0].activity_id).size(), 1U);
    EXPECT_TRUE(archive->listing_state(stored_athlete) ==
                (ListingState{.complete_scopes = "read,activity:read_all"}));
}

TEST_F(MigrationTest, GivesTheTablesOfANewArchive) {
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

TEST_F(MigrationTest, KeepsACopyOfTheOldFileForItsOwnerOnly) {
    (void)open();
    struct stat status {};
    ASSERT_EQ(stat(copy().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    SQLite::Database database(copy().string(), SQLite::OPEN_READONLY);
    SQLite::Statement version(database, "PRAGMA user_version");
    version.executeStep();
    EXPECT_EQ(version.getColumn(0).getInt(), 1);
    SQLite::Statement name(database, "SELECT name FROM activity");
    ASSERT_TRUE(name.executeStep());
    EXPECT_EQ(name.getColumn(0).getString(), "Old run");
}

TEST_F(MigrationTest, WaitsForNobodyWhoWrites) {
    SQLite::Database other(path().string(), SQLite::OPEN_READWRITE);
    const auto lock = FileLock::acquire(path().string() + ".lock", std::chrono::milliseconds{0});
    ASSERT_TRUE(lock);
    EXPECT_EQ(error_of([&] { (void)open(Access::read); }).kind(), ErrorKind::locked);
}

#ifdef HARRIER_KILLPOINTS
TEST_F(MigrationTest, KilledAnywhereIsMendedByOpeningAgain) {
    (void)open();
    const auto expected = test::dump_archive(path());
    int kills = 0;
    for (int n = 1;; ++n) {
        const auto file = m_folder.path() / fmt::format("killed{}", n) / "archive.db";
        make_first_version(file);
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
    EXPECT_EQ(kills, 2);
}
#endif

} // namespace
} // namespace harrier::archive
