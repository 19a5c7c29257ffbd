// SPDX-License-Identifier: MIT

// A sync that is killed at every place where a crash matters, and run again. Only in builds with kill points.
// With HARRIER_SOAK set, at every point of a larger account, and at 500 random moments.

#include "archive/sqlite_archive.hpp"
#include "base/kill_point.hpp"
#include "sync/engine.hpp"
#include "tests/support/archive_dump.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_remote.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <new>
#include <random>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace harrier::sync {
namespace {

#ifdef HARRIER_KILLPOINTS

using namespace std::chrono_literals;

constexpr AthleteId athlete{7};

// Requests since the last `exchange`, of this process and of those that were killed: memory of them all.
std::atomic<int>& requests_made() {
    static auto* const shared = new (mmap(nullptr, sizeof(std::atomic<int>), PROT_READ | PROT_WRITE,
                                          MAP_SHARED | MAP_ANONYMOUS, -1, 0)) std::atomic<int>{0};
    return *shared;
}

void sync(const std::filesystem::path& path, test::FakeRemote strava) {
    test::FakeClock clock;
    strava.before_answer = [](int) { ++requests_made(); };
    strava.streams_of = [answer = strava.streams_of](std::int64_t id) {
        ++requests_made();
        return answer(id);
    };
    const auto archive = archive::open_sqlite_archive(path, archive::Access::write);
    Engine(strava, *archive, clock).run(athlete, {}, {});
}

// Runs a sync in a process of its own that dies at the n-th kill point. False when it lived to its end.
bool sync_killed_at(int n, const std::filesystem::path& path, const test::FakeRemote& strava) {
    const pid_t child = fork();
    if (child == 0) {
        arm_kill_points(n);
        sync(path, strava);
        _exit(0);
    }
    int status = 0;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFSIGNALED(status) ? WTERMSIG(status) == SIGKILL : WEXITSTATUS(status) == 0);
    return WIFSIGNALED(status);
}

// Runs a sync in a process of its own that is killed after some time.
void sync_killed_after(std::chrono::microseconds patience, const std::filesystem::path& path,
                       const test::FakeRemote& strava) {
    const pid_t child = fork();
    if (child == 0) {
        sync(path, strava);
        _exit(0);
    }
    usleep(static_cast<useconds_t>(patience.count()));
    kill(child, SIGKILL);
    int status = 0;
    EXPECT_EQ(waitpid(child, &status, 0), child);
}

// An account, a sync of it that nothing disturbs, and what it leaves.
struct Undisturbed {
    explicit Undisturbed(int activities, std::size_t page_size) {
        strava.page_size = page_size;
        // So far apart that one page reaches over all that a later run lists again.
        strava.fill(activities, 31h * (200 / static_cast<int>(page_size)));
        strava.streams_of = [](std::int64_t id) -> strava::StreamsAnswer {
            return id % 10 == 3 ? strava::StreamsAnswer(strava::NotThere{})
                                : test::FakeRemote::samples_of(id);
        };
        sync(folder.path() / "undisturbed.db", strava);
        requests = requests_made().exchange(0);
        dump = test::dump_archive(folder.path() / "undisturbed.db");
    }

    [[nodiscard]] std::filesystem::path fresh(const std::string& name) const {
        for (const char* end : {"", "-wal", "-shm", ".lock"}) {
            std::filesystem::remove(folder.path() / (name + end));
        }
        return folder.path() / name;
    }
    // At most a page and an activity more for each kill, and then the same archive to the last byte. Killed
    // in the last page of a listing it begins that second anew, which is a page more.
    void expect_mended(const std::filesystem::path& path, const std::string& where) {
        sync(path, strava);
        const int more = requests_made().exchange(0) - requests;
        EXPECT_LE(more, 3) << where;
        costlier += more > 2 ? 1 : 0;
        most_more = std::max(most_more, more);
        ASSERT_EQ(test::dump_archive(path), dump) << where;
    }

    test::TemporaryFolder folder;
    test::FakeRemote strava;
    int requests = 0;
    int most_more = 0; // requests that a kill has cost
    int costlier = 0;  // kills that cost more than two
    std::string dump;
};

// Kills at the points first, first + step, … until a sync lives to its end. Returns the kills.
int kill_at_points(Undisturbed& undisturbed, int first, int step) {
    for (int n = first;; n += step) {
        const auto path = undisturbed.fresh("killed.db");
        if (!sync_killed_at(n, path, undisturbed.strava)) {
            requests_made() = 0;
            return (n - first) / step;
        }
        undisturbed.expect_mended(path, fmt::format("kill point {}", n));
    }
}

TEST(Kill, AnywhereIsMendedByRunningAgain) {
    Undisturbed undisturbed(23, 10);
    ASSERT_EQ(std::count(undisturbed.dump.begin(), undisturbed.dump.end(), '\n') > 23 * 3, true);
    const int kills = kill_at_points(undisturbed, 1, 1);
    EXPECT_LE(undisturbed.costlier, 2) << "those in the last page";
    EXPECT_GE(kills, 3 * undisturbed.requests)
        << "four points around each answer, two where there is nothing";
}

TEST(Kill, IsMendedInALargerAccountToo) {
    const bool all = std::getenv("HARRIER_SOAK") != nullptr;
    Undisturbed undisturbed(300, 200);
    const int kills = kill_at_points(undisturbed, all ? 1 : 61, all ? 1 : 97);
    EXPECT_LE(undisturbed.costlier, 2) << "those in the last page";
    std::cout << kills << " kill points of an account of 300 activities with streams; a kill cost at most "
              << undisturbed.most_more << " requests\n";
    EXPECT_GE(kills, all ? 4 * 300 : 12);
}

TEST(Kill, AtAnyMomentIsMendedByRunningAgain) {
    const int kills = std::getenv("HARRIER_SOAK") != nullptr ? 500 : 10;
    Undisturbed undisturbed(300, 200);
    std::mt19937 random(1); // NOLINT(cert-msc51-cpp): the same moments every time
    for (int i = 0; i < kills; ++i) {
        const auto path = undisturbed.fresh("killed.db");
        const std::chrono::microseconds patience{random() % 120'000};
        sync_killed_after(patience, path, undisturbed.strava);
        undisturbed.expect_mended(path, fmt::format("killed after {} us", patience.count()));
    }
    std::cout << kills
              << " kills at random moments of an account of 300 activities with streams; a kill cost at "
              << "most " << undisturbed.most_more << " requests\n";
}

#else

TEST(Kill, AnywhereIsMendedByRunningAgain) {
    GTEST_SKIP() << "this build has no kill points";
}

#endif

} // namespace
} // namespace harrier::sync
