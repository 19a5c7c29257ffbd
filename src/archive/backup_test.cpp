// SPDX-License-Identifier: MIT
#include "archive/backup.hpp"
#include "base/file.hpp"
#include "tests/support/archive_fixture.hpp"

#include <SQLiteCpp/Database.h>

#include <fstream>
#include <sys/stat.h>

namespace harrier::archive {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class BackupTest : public test::ArchiveFixture {
protected:
    void SetUp() override {
        auto archive = open();
        store(*archive, {test::record(1, "2026-11-20T06:00:00Z", "Morning")});
    }

    [[nodiscard]] std::filesystem::path copy() const { return m_folder.path() / "copy.db"; }

    std::vector<std::string> stored_names() { return names(*open(Access::read), {}); }

    void overwrite(const std::filesystem::path& file, std::streamoff offset, std::string_view bytes) {
        std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
        stream.seekp(offset);
        stream << bytes;
    }
};

TEST_F(BackupTest, ComesBackAsItWas) {
    const auto summary = back_up(path(), copy(), false);
    EXPECT_EQ(summary.activities, 1);
    EXPECT_EQ(summary.bytes, std::filesystem::file_size(copy()));
    store(*open(), {test::record(2, "2026-11-21T06:00:00Z", "Evening")});
    EXPECT_THAT(stored_names(), ElementsAre("Evening", "Morning"));

    const auto restored = restore(copy(), path());
    EXPECT_EQ(restored.activities, 1);
    EXPECT_THAT(stored_names(), ElementsAre("Morning"));
    ASSERT_TRUE(restored.kept.has_value());
    EXPECT_THAT(names(*open_sqlite_archive(*restored.kept, Access::read), {}),
                ElementsAre("Evening", "Morning"));
}

TEST_F(BackupTest, HoldsWhatStandsInTheLogOnly) {
    auto writer = open();
    store(*writer, {test::record(2, "2026-11-21T06:00:00Z", "Evening")});
    EXPECT_EQ(back_up(path(), copy(), false).activities, 2);
}

TEST_F(BackupTest, IsForItsOwnerOnly) {
    back_up(path(), copy(), false);
    struct stat status {};
    ASSERT_EQ(stat(copy().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(BackupTest, ReplacesNothingUnasked) {
    std::ofstream(copy()) << "mine";
    EXPECT_EQ(error_of([&] { back_up(path(), copy(), false); }).kind(), ErrorKind::usage);
    EXPECT_EQ(read_file(copy()), "mine");
    EXPECT_EQ(back_up(path(), copy(), true).activities, 1);
}

TEST_F(BackupTest, RestoresWhereNoArchiveIs) {
    back_up(path(), copy(), false);
    std::filesystem::remove_all(path().parent_path());
    const auto summary = restore(copy(), path());
    EXPECT_FALSE(summary.kept.has_value());
    EXPECT_THAT(stored_names(), ElementsAre("Morning"));
}

TEST_F(BackupTest, KeepsEveryArchiveThatWasReplaced) {
    back_up(path(), copy(), false);
    const auto first = restore(copy(), path()).kept;
    const auto second = restore(copy(), path()).kept;
    EXPECT_NE(first, second);
    EXPECT_TRUE(std::filesystem::exists(*first));
    EXPECT_TRUE(std::filesystem::exists(*second));
}

TEST_F(BackupTest, RefusesADamagedCopyAndLeavesTheArchive) {
    back_up(path(), copy(), false);
    overwrite(copy(), 4096, std::string(4096, 'x'));
    EXPECT_EQ(error_of([&] { restore(copy(), path()); }).kind(), ErrorKind::data);
    EXPECT_THAT(stored_names(), ElementsAre("Morning"));
}

TEST_F(BackupTest, RefusesWhatIsNoArchive) {
    std::ofstream(copy()) << std::string(5000, 'x');
    EXPECT_EQ(error_of([&] { restore(copy(), path()); }).kind(), ErrorKind::data);
    std::filesystem::remove(copy());
    {
        SQLite::Database(copy().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
            .exec("CREATE TABLE t (x)");
    }
    EXPECT_THAT(error_of([&] { restore(copy(), path()); }).message(), HasSubstr("not a copy"));
    std::filesystem::remove(copy());
    EXPECT_EQ(error_of([&] { restore(copy(), path()); }).kind(), ErrorKind::io);
    EXPECT_THAT(stored_names(), ElementsAre("Morning"));
}

TEST_F(BackupTest, WaitsForNobodyWhoWrites) {
    back_up(path(), copy(), false);
    const auto writer = open();
    EXPECT_EQ(error_of([&] { restore(copy(), path()); }).kind(), ErrorKind::locked);
}

} // namespace
} // namespace harrier::archive
