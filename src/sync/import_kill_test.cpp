// SPDX-License-Identifier: MIT

// An import that is killed at random moments, and run again.

#include "archive/sqlite_archive.hpp"
#include "sync/importer.hpp"
#include "tests/support/archive_dump.hpp"
#include "tests/support/made_up_export.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <random>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace harrier::sync {
namespace {

void import_export(const std::filesystem::path& zip, const std::filesystem::path& archive) {
    const auto target = archive::open_sqlite_archive(archive, archive::Access::write);
    (void)Importer(*target, {}).run(AthleteId{77}, find_import_sources(std::vector{zip}), [](const auto&) {});
}

// In a process of its own. True when the signal came before its end.
bool import_killed_after(std::chrono::microseconds time, const std::filesystem::path& zip,
                         const std::filesystem::path& archive) {
    const pid_t child = fork();
    if (child == 0) {
        import_export(zip, archive);
        _exit(0);
    }
    std::this_thread::sleep_for(time);
    kill(child, SIGKILL);
    int status = 0;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status);
}

TEST(ImportKill, AtRandomMomentsIsMendedByRunningAgain) {
    const test::TemporaryFolder folder;
    const auto zip = folder.path() / "export.zip";
    constexpr int rows = 150; // three batches
    std::ofstream(zip, std::ios::binary) << tests::made_up_export(rows).zip();
    const auto undisturbed = folder.path() / "undisturbed.db";
    const auto begin = std::chrono::steady_clock::now();
    import_export(zip, undisturbed);
    const auto duration =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
    const auto expected = test::dump_archive(undisturbed);

    std::mt19937 random(20260101); // NOLINT(cert-msc51-cpp): repeatable
    std::uniform_int_distribution<std::int64_t> moment(0, duration.count());
#ifdef NDEBUG
    constexpr int kills = 50;
#else
    constexpr int kills = 2; // a build that is not optimised takes long, and kills no better
#endif
    int killed = 0;
    for (int i = 0; i < kills; ++i) {
        const auto archive = folder.path() / fmt::format("killed{}.db", i);
        killed += import_killed_after(std::chrono::microseconds{moment(random)}, zip, archive) ? 1 : 0;
        import_export(zip, archive);
        ASSERT_EQ(test::dump_archive(archive), expected) << "kill " << i;
        std::filesystem::remove(archive);
    }
    // On a machine whose speed changes meanwhile some come too late.
    EXPECT_GE(killed, 1);
    std::printf("%d of %d imports were killed before their end; each was completed by running it again\n",
                killed, kills);
}

} // namespace
} // namespace harrier::sync
