// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "base/file.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace harrier {
namespace {

using test::TemporaryFolder;
using testing::HasSubstr;
using testing::StartsWith;
using namespace std::chrono_literals;

mode_t mode_of(const std::filesystem::path& path) {
    struct stat status {};
    EXPECT_EQ(stat(path.c_str(), &status), 0) << path;
    return status.st_mode & 07777U;
}

std::size_t count_entries(const std::filesystem::path& folder) {
    const std::filesystem::directory_iterator entries(folder);
    return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}

template <typename Action>
std::string message_of(Action action) {
    try {
        action();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::io);
        return error.message();
    }
    return "no error";
}

TEST(File, ReadsWhatWasWritten) {
    const TemporaryFolder folder;
    std::string bytes(200'000, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<char>(i * 31);
    }
    write_file_atomically(folder.path() / "a", bytes);
    EXPECT_EQ(read_file(folder.path() / "a"), bytes);
    write_file_atomically(folder.path() / "a", "");
    EXPECT_EQ(read_file(folder.path() / "a"), "");
}

TEST(File, ReadsFilesThatDoNotKnowTheirSize) {
    EXPECT_THAT(read_file("/proc/self/status"), HasSubstr("Pid:"));
}

TEST(File, FindsNothingWhereNothingIs) {
    const TemporaryFolder folder;
    write_file_atomically(folder.path() / "file", "x");
    EXPECT_EQ(find_file(folder.path() / "none"), std::nullopt);
    EXPECT_EQ(find_file(folder.path() / "none" / "deeper"), std::nullopt);
    EXPECT_EQ(find_file(folder.path() / "file" / "below"), std::nullopt);
    EXPECT_EQ(find_file(folder.path() / "file"), "x");
}

TEST(File, NamesTheFileThatCannotBeRead) {
    const TemporaryFolder folder;
    const auto missing = folder.path() / "none";
    EXPECT_EQ(message_of([&] { static_cast<void>(read_file(missing)); }),
              "cannot open " + missing.string() + ": No such file or directory");
    EXPECT_EQ(message_of([&] { static_cast<void>(read_file(folder.path())); }),
              "cannot read " + folder.path().string() + ": Is a directory");
}

TEST(File, SetsTheModeWhateverTheUmask) {
    const TemporaryFolder folder;
    const mode_t before = umask(0077);
    write_file_atomically(folder.path() / "open", "x", 0644);
    umask(0);
    write_file_atomically(folder.path() / "closed", "x", 0600);
    umask(before);
    EXPECT_EQ(mode_of(folder.path() / "open"), 0644U);
    EXPECT_EQ(mode_of(folder.path() / "closed"), 0600U);
}

TEST(File, LeavesTheOldBytesAndNoRubbishWhenTheDiskIsFull) {
    const TemporaryFolder folder;
    write_file_atomically(folder.path() / "a", "old");
    const pid_t child = fork();
    if (child == 0) {
        // A file size limit stands in for the full disk: write fails half-way in the same place.
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{1000, 1000};
        setrlimit(RLIMIT_FSIZE, &limit);
        try {
            write_file_atomically(folder.path() / "a", std::string(5000, 'n'));
        } catch (const Error&) {
            _exit(42);
        }
        _exit(0);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(WEXITSTATUS(status), 42);
    EXPECT_EQ(read_file(folder.path() / "a"), "old");
    EXPECT_EQ(count_entries(folder.path()), 1U);
}

TEST(File, NamesTheFileThatCannotBeWritten) {
    const TemporaryFolder folder;
    EXPECT_THAT(message_of([&] { write_file_atomically(folder.path() / "none" / "a", "x"); }),
                StartsWith("cannot write " + (folder.path() / "none" / "a").string()));
    make_folders(folder.path() / "taken");
    EXPECT_THAT(message_of([&] { write_file_atomically(folder.path() / "taken", "x"); }),
                StartsWith("cannot replace " + (folder.path() / "taken").string()));
    EXPECT_EQ(count_entries(folder.path()), 1U);
}

TEST(File, NeverShowsAReaderAHalfWrittenFile) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "a";
    write_file_atomically(path, std::string(100'000, 'a'));
    std::atomic<bool> done{false};
    std::thread writer([&] {
        for (int i = 0; i < 20; ++i) {
            write_file_atomically(path, std::string(100'000, i % 2 == 0 ? 'b' : 'a'));
        }
        done = true;
    });
    std::size_t torn = 0;
    do {
        const auto bytes = read_file(path);
        torn += bytes == std::string(100'000, bytes.empty() ? '?' : bytes.front()) ? 0U : 1U;
    } while (!done);
    writer.join();
    EXPECT_EQ(torn, 0U);
}

TEST(File, MakesMissingParentsWithTheMode) {
    const TemporaryFolder folder;
    make_folders(folder.path() / "a" / "b" / "c", 0700);
    EXPECT_EQ(mode_of(folder.path() / "a"), 0700U);
    EXPECT_EQ(mode_of(folder.path() / "a" / "b" / "c"), 0700U);
    make_folders(folder.path() / "a" / "b" / "c" / "", 0755); // there already
    EXPECT_EQ(mode_of(folder.path() / "a" / "b" / "c"), 0700U);
}

TEST(File, SaysWhenAFileStandsInAFoldersPlace) {
    const TemporaryFolder folder;
    write_file_atomically(folder.path() / "file", "x");
    EXPECT_THAT(message_of([&] { make_folders(folder.path() / "file"); }), HasSubstr("File exists"));
    EXPECT_THAT(message_of([&] { make_folders(folder.path() / "file" / "below"); }),
                StartsWith("cannot create the folder"));
}

TEST(FileDescriptorOwner, ClosesOnceAndGivesUpOnRelease) {
    int ends[2];
    ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
    {
        FileDescriptor first(ends[0]);
        FileDescriptor second(std::move(first));
        FileDescriptor third(ends[1]);
        third = std::move(second);
        EXPECT_EQ(fcntl(ends[1], F_GETFD), -1); // assigning closed what it held
        EXPECT_EQ(third.get(), ends[0]);
        EXPECT_EQ(third.release(), ends[0]);
        EXPECT_FALSE(third);
    }
    EXPECT_NE(fcntl(ends[0], F_GETFD), -1);
    close(ends[0]);
}

TEST(FileLock, KeepsASecondHolderOutUntilItGoes) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "lock";
    auto first = FileLock::acquire(path, 0ms);
    ASSERT_TRUE(first);
    EXPECT_FALSE(FileLock::acquire(path, 0ms));
    EXPECT_FALSE(FileLock::acquire(path, 30ms));
    first.reset();
    EXPECT_TRUE(FileLock::acquire(path, 0ms));
}

TEST(FileLock, LeavesItsFileInPlaceWithItsMode) {
    const TemporaryFolder folder;
    EXPECT_TRUE(FileLock::acquire(folder.path() / "lock", 0ms));
    EXPECT_EQ(mode_of(folder.path() / "lock"), 0600U);
}

TEST(FileLock, LetsOneThreadInAtATime) {
    const TemporaryFolder folder;
    std::atomic<int> inside{0};
    std::atomic<int> entered{0};
    std::atomic<bool> crowded{false};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            for (int k = 0; k < 10; ++k) {
                const auto lock = FileLock::acquire(folder.path() / "lock", 60s);
                if (lock) {
                    crowded = crowded || ++inside > 1;
                    ++entered;
                    --inside;
                }
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(entered, 80);
    EXPECT_FALSE(crowded);
}

TEST(FileLock, IsFreedByTheKernelWhenItsHolderIsKilled) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "lock";
    int ready[2];
    ASSERT_EQ(pipe2(ready, O_CLOEXEC), 0);
    const pid_t child = fork();
    if (child == 0) {
        const auto lock = FileLock::acquire(path, 0ms);
        static_cast<void>(!write(ready[1], lock ? "y" : "n", 1));
        pause();
        _exit(0);
    }
    char answer = '?';
    ASSERT_EQ(read(ready[0], &answer, 1), 1);
    ASSERT_EQ(answer, 'y');
    EXPECT_FALSE(FileLock::acquire(path, 0ms));
    kill(child, SIGKILL);
    ASSERT_EQ(waitpid(child, nullptr, 0), child);
    EXPECT_TRUE(FileLock::acquire(path, 0ms));
    close(ready[0]);
    close(ready[1]);
}

TEST(FileLock, DoesNotFollowALinkThatSomebodyLaid) {
    const TemporaryFolder folder;
    std::filesystem::create_symlink(folder.path() / "target", folder.path() / "lock");
    EXPECT_THAT(message_of([&] { static_cast<void>(FileLock::acquire(folder.path() / "lock", 0ms)); }),
                StartsWith("cannot open the lock file"));
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "target"));
}

} // namespace
} // namespace harrier
