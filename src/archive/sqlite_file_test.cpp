// SPDX-License-Identifier: MIT
#include "archive/schema.hpp"
#include "archive/sqlite_archive.hpp"
#include "base/file.hpp"
#include "tests/support/archive_dump.hpp"
#include "tests/support/archive_fixture.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace harrier::archive {
namespace {

using model::ActivityRecord;
using test::at;
using test::Counts;
using test::record;
using test::stored_athlete;
using testing::HasSubstr;

using SqliteFileTest = test::ArchiveFixture;

TEST_F(SqliteFileTest, IsReadableByItsOwnerOnly) {
    const auto archive = open();
    store(*archive, {record(1, "2026-01-01T00:00:00Z")});
    for (const auto* suffix : {"", "-wal", "-shm", ".lock"}) {
        struct stat status {};
        ASSERT_EQ(stat((path().string() + suffix).c_str(), &status), 0) << suffix;
        EXPECT_EQ(status.st_mode & 0777U, 0600U) << suffix;
    }
    struct stat status {};
    ASSERT_EQ(stat(path().parent_path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0700U);
}

TEST_F(SqliteFileTest, IsNotCreatedByReading) {
    EXPECT_EQ(error_of([&] { (void)open(Access::read); }).kind(), ErrorKind::no_archive);
    EXPECT_FALSE(std::filesystem::exists(path().parent_path()));
}

TEST_F(SqliteFileTest, LetsOneProcessWriteAtATime) {
    const auto archive = open();
    EXPECT_EQ(error_of([&] { (void)open(Access::write); }).kind(), ErrorKind::locked);
}

TEST_F(SqliteFileTest, IsOneArchiveByWhateverLinkItIsNamed) {
    const auto archive = open();
    const auto link = m_folder.path() / "link.db";
    std::filesystem::create_symlink(path(), link);
    EXPECT_EQ(error_of([&] { (void)open_sqlite_archive(link, Access::write); }).kind(), ErrorKind::locked);
}

TEST_F(SqliteFileTest, LetsReadersReadWhileAWriterWrites) {
    const auto writer = open();
    store(*writer, {record(1, "2026-01-01T00:00:00Z")});
    const auto reader = open(Access::read);
    EXPECT_EQ(reader->summary(stored_athlete).activities, 1);
    store(*writer, {record(2, "2026-01-02T00:00:00Z")});
    EXPECT_EQ(reader->summary(stored_athlete).activities, 2);
    EXPECT_EQ(open(Access::read)->summary(stored_athlete).activities, 2);
}

TEST_F(SqliteFileTest, RefusesToWriteWhenOpenedForReading) {
    store(*open(), {record(1, "2026-01-01T00:00:00Z")});
    const auto reader = open(Access::read);
    EXPECT_EQ(error_of([&] { store(*reader, {record(2, "2026-01-02T00:00:00Z")}); }).kind(), ErrorKind::io);
}

// In a process of its own, which gives root's rights up: root may write everywhere.
TEST_F(SqliteFileTest, IsReadFromAFolderThatCannotBeWritten) {
    store(*open(), {record(1, "2026-01-01T00:00:00Z")});
    const bool is_root = geteuid() == 0;
    using std::filesystem::perms;
    std::filesystem::permissions(m_folder.path(), perms{0755});
    std::filesystem::permissions(path(), perms{0644});
    std::filesystem::permissions(path().parent_path(), perms{0555});
    const pid_t child = fork();
    if (child == 0) {
        constexpr uid_t nobody = 65534;
        const bool unprivileged = !is_root || setuid(nobody) == 0;
        _exit(unprivileged && open(Access::read)->summary(stored_athlete).activities == 1 ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    std::filesystem::permissions(path().parent_path(), perms{0700});
}

TEST_F(SqliteFileTest, LeavesNoLogBehindWhenTheWriterEnds) {
    store(*open(), {record(1, "2026-01-01T00:00:00Z")});
    EXPECT_FALSE(std::filesystem::exists(path().string() + "-wal"));
}

TEST_F(SqliteFileTest, IgnoresTheLogOfAnArchiveThatSomebodyRemoved) {
    {
        const auto archive = open();
        store(*archive, {record(1, "2026-01-01T00:00:00Z")});
        std::filesystem::copy_file(path().string() + "-wal", m_folder.path() / "old-wal");
    }
    std::filesystem::remove(path());
    std::filesystem::rename(m_folder.path() / "old-wal", path().string() + "-wal");
    EXPECT_EQ(open()->summary(stored_athlete).activities, 0);
}

// As a loss of power leaves it that garbled the first page while the log was being brought into the file.
TEST_F(SqliteFileTest, IsReadFromTheLogWhereItsFirstPageIsDamaged) {
    const auto archive = open();
    store(*archive, {record(1, "2026-01-01T00:00:00Z")});
    test::change_archive(path(),
                         "PRAGMA user_version=0; PRAGMA user_version=" + std::to_string(schema_version));
    const auto damaged = m_folder.path() / "damaged.db";
    std::filesystem::copy_file(path().string() + "-wal", damaged.string() + "-wal");
    write_file_atomically(damaged, std::string(512, '?') + read_file(path()).substr(512));
    EXPECT_EQ(open_sqlite_archive(damaged, Access::write)->summary(stored_athlete).activities, 1);

    write_file_atomically(damaged, std::string(512, '?') + read_file(path()).substr(512));
    EXPECT_EQ(error_of([&] { (void)open_sqlite_archive(damaged, Access::write); }).kind(), ErrorKind::data)
        << "without a log it is anybody's";
}

class ForeignFileTest : public test::ArchiveFixture {
protected:
    void expect_refused_unchanged(const std::string& bytes) {
        std::filesystem::create_directories(path().parent_path());
        write_file_atomically(path(), bytes);
        for (const auto access : {Access::read, Access::write}) {
            const auto error = error_of([&] { (void)open(access); });
            EXPECT_EQ(error.kind(), ErrorKind::data) << error.message();
        }
        EXPECT_EQ(read_file(path()), bytes);
        const std::filesystem::directory_iterator files(path().parent_path());
        EXPECT_EQ(std::distance(begin(files), end(files)), 1);
    }

    // The bytes of an archive of our own, with a 32-bit field of the header set.
    std::string archive_with(std::size_t offset, std::uint32_t value) {
        open().reset();
        auto bytes = read_file(path());
        std::filesystem::remove_all(path().parent_path());
        for (std::size_t i = 0; i < 4; ++i) {
            bytes[offset + i] = static_cast<char>(value >> (24U - 8U * i));
        }
        return bytes;
    }
};

TEST_F(ForeignFileTest, RefusesGarbage) {
    expect_refused_unchanged("this is a diary, not a database");
}

TEST_F(ForeignFileTest, RefusesGarbageOfAWholePage) {
    expect_refused_unchanged(std::string(4096, 'x'));
}

TEST_F(ForeignFileTest, RefusesADatabaseOfAnotherProgram) {
    expect_refused_unchanged(archive_with(68, 0));
}

TEST_F(ForeignFileTest, RefusesAnArchiveOfANewerHarrier) {
    const auto bytes = archive_with(60, 99);
    expect_refused_unchanged(bytes);
    EXPECT_THAT(error_of([&] { (void)open(Access::read); }).message(), HasSubstr("newer"));
}

TEST_F(ForeignFileTest, FillsAnEmptyFile) {
    std::filesystem::create_directories(path().parent_path());
    write_file_atomically(path(), "");
    EXPECT_EQ(error_of([&] { (void)open(Access::read); }).kind(), ErrorKind::no_archive);
    EXPECT_THAT(store(*open(), {record(1, "2026-01-01T00:00:00Z")}), Counts(1, 0, 0));
}

TEST_F(SqliteFileTest, SaysWhenTheFileIsDamaged) {
    std::vector<ActivityRecord> records;
    for (int i = 1; i <= 200; ++i) {
        records.push_back(record(i, "2026-01-01T00:00:00Z", std::string(500, 'n')));
    }
    store(*open(), records);
    auto bytes = read_file(path());
    ASSERT_GT(bytes.size(), 40'000U);
    for (std::size_t i = 8192; i < bytes.size(); ++i) {
        bytes[i] = static_cast<char>(i * 31);
    }
    write_file_atomically(path(), bytes);
    const auto error = error_of([&] { (void)open(Access::read)->activities(stored_athlete, {}); });
    EXPECT_EQ(error.kind(), ErrorKind::data) << error.message();
    EXPECT_FALSE(error.hint().empty());
}

} // namespace
} // namespace harrier::archive
