// SPDX-License-Identifier: MIT

// A sync that takes days at Strava's limits, killed on each of them. With HARRIER_SOAK set, of 5,000
// activities at the limits that Strava gives; else of fewer, at limits as much smaller.

#include "cli/exit_code.hpp"
#include "tests/support/emulated_account.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <new>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace harrier::cli {
namespace {

using test::CapturedConsole;
using test::EmulatedAccount;

// The time of several processes: it only moves when one of them sleeps.
class SharedClock final : public Clock {
public:
    explicit SharedClock(std::chrono::milliseconds now)
        : m_now(*new (mmap(nullptr, sizeof(std::atomic<std::int64_t>), PROT_READ | PROT_WRITE,
                           MAP_SHARED | MAP_ANONYMOUS, -1, 0)) std::atomic<std::int64_t>(now.count())) {}

    std::chrono::sys_time<std::chrono::milliseconds> now() override {
        return std::chrono::sys_time<std::chrono::milliseconds>(steady());
    }
    std::chrono::milliseconds steady() override { return std::chrono::milliseconds{m_now.load()}; }
    bool sleep(std::chrono::milliseconds duration, std::stop_token stop = {}) override {
        m_now += duration.count();
        return !stop.stop_requested();
    }

private:
    std::atomic<std::int64_t>& m_now;
};

class SyncDays : public testing::Test {
protected:
    // The emulator goes by the shared clock, counts each day's requests, and ends the client at one of them.
    void watch(EmulatedAccount& account, SharedClock& clock, long requests_before_kill) {
        account.before_answer = [&, requests_before_kill] {
            account.clock().advance(clock.now() - account.clock().now());
            const auto day = clock.now().time_since_epoch() / std::chrono::hours{24};
            m_requests_of_day = day == m_day ? m_requests_of_day + 1 : 1;
            m_day = day;
            ++m_requests;
            if (m_requests_of_day == requests_before_kill && m_child > 0) {
                kill(m_child, SIGKILL);
                ++m_kills;
            }
        };
    }
    // True when the sync came to its end.
    bool sync_in_a_process(EmulatedAccount& account, SharedClock& clock) {
        m_child = fork();
        if (m_child == 0) {
            CapturedConsole console;
            const int exit = account.run(console, {"sync"}, clock);
            _exit(exit);
        }
        int status = 0;
        EXPECT_EQ(waitpid(m_child, &status, 0), m_child.load());
        m_child = 0;
        EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == exit_done);
        return WIFEXITED(status);
    }

    std::atomic<pid_t> m_child = 0;
    std::int64_t m_day = 0;
    std::atomic<long> m_requests_of_day = 0;
    std::atomic<long> m_requests = 0;
    std::atomic<int> m_kills = 0;
};

TEST_F(SyncDays, KilledEachDayItKeepsToTheNumberOfRequestsAndToTheTimeThatItTold) {
    const bool is_whole = std::getenv("HARRIER_SOAK") != nullptr;
    const int activities = is_whole ? 5000 : 300;
    const int pages = is_whole ? 26 : 3;
    emulator::EmulatorOptions options;
    options.limits =
        is_whole ? emulator::RateLimits{200, 2000, 100, 1000} : emulator::RateLimits{24, 240, 12, 120};
    EmulatedAccount account(options, activities);
    SharedClock clock(account.clock().now().time_since_epoch());
    const auto begin = clock.now();
    watch(account, clock, options.limits.read_day / 3);

    std::optional<Instant> told; // on the first day
    while (!sync_in_a_process(account, clock)) {
        if (!told) {
            CapturedConsole plan;
            ASSERT_EQ(account.run(plan, {"sync", "--dry-run", "--json"}, clock), exit_done);
            told = parse_instant(nlohmann::json::parse(plan.out()).at("done_at").get<std::string>());
        }
    }
    const auto took = clock.now() - begin;
    ASSERT_TRUE(told);
    const auto error = std::chrono::abs(*told - clock.now());
    EXPECT_LE(error, took / 20);
    // Besides: the athlete's units, a second page without anything new; for each kill a page and an activity,
    // for each night a token that has become too old.
    EXPECT_LE(m_requests, pages + activities + 3 + 3 * m_kills);
    EXPECT_TRUE(!is_whole || m_requests * 100 <= (pages + activities) * 101) << m_requests;
    EXPECT_GE(m_requests, pages + activities - 1);
    EXPECT_GE(m_kills, 3);
    EXPECT_EQ(account.archive()->summary(EmulatedAccount::athlete_id).activities, activities);
    EXPECT_EQ(account.archive()->summary(EmulatedAccount::athlete_id).with_streams, activities - 1);
    std::cout << fmt::format(
        "{} activities with streams at {} requests a day: {} requests, {:.2f} days, {} kills; the "
        "time told on the first day was {} s off\n",
        activities, options.limits.read_day, m_requests.load(),
        std::chrono::duration<double, std::ratio<86400>>(took).count(), m_kills.load(),
        std::chrono::duration_cast<std::chrono::seconds>(error).count());
}

} // namespace
} // namespace harrier::cli
