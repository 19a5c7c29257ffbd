// SPDX-License-Identifier: MIT

// A sync that is killed at every place where a crash matters, and run again. Only in builds with kill points.

#include "archive/sqlite_archive.hpp"
#include "base/kill_point.hpp"
#include "sync/engine.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_remote.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

namespace harrier::sync {
namespace {

#ifdef HARRIER_KILLPOINTS

using namespace std::chrono_literals;

constexpr AthleteId athlete{7};

int sync(const std::filesystem::path& path, test::FakeRemote strava) {
    test::FakeClock clock;
    const auto archive = archive::open_sqlite_archive(path, archive::Access::write);
    return Engine(strava, *archive, clock).run(athlete, {}, {}).requests;
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

struct Dump {
    std::vector<model::Activity> activities; // in the order of Strava's ids, without the archive's numbers
    archive::ListingState state;

    friend bool operator==(const Dump&, const Dump&) = default;
};

Dump dump(const std::filesystem::path& path) {
    const auto archive = archive::open_sqlite_archive(path, archive::Access::read);
    Dump result{archive->activities(athlete, {.sort = "strava_id"}), archive->listing_state(athlete)};
    for (auto& activity : result.activities) {
        activity.activity_id = {};
    }
    return result;
}

TEST(Kill, AnywhereIsMendedByRunningAgain) {
    test::FakeRemote strava;
    strava.fill(700, 31h);
    const test::TemporaryFolder folder;
    const auto undisturbed = folder.path() / "undisturbed.db";
    const int requests = sync(undisturbed, strava);
    const auto expected = dump(undisturbed);
    ASSERT_EQ(expected.activities.size(), 700U);

    int kills = 0;
    for (int n = 1;; ++n) {
        const auto path = folder.path() / ("killed" + std::to_string(n) + ".db");
        if (!sync_killed_at(n, path, strava)) {
            break;
        }
        ++kills;
        // At most once more: the newest page and the one that was under way.
        EXPECT_LE(sync(path, strava), requests + 2) << "kill point " << n;
        ASSERT_EQ(dump(path), expected) << "kill point " << n;
    }
    EXPECT_GE(kills, 2 + 4 * requests);
}

#else

TEST(Kill, AnywhereIsMendedByRunningAgain) {
    GTEST_SKIP() << "this build has no kill points";
}

#endif

} // namespace
} // namespace harrier::sync
