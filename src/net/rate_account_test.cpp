// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "base/file.hpp"
#include "net/budgeted_transport.hpp"
#include "net/http_date.hpp"
#include "net/rate_account.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_transport.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <iostream>
#include <map>
#include <random>
#include <sys/wait.h>
#include <unistd.h>

namespace harrier::net {
namespace {

using namespace std::chrono_literals;
using std::chrono::floor;
using std::chrono::seconds;

Instant at(const char* text) {
    return parse_instant(text).value();
}

// Of an app that may read `limit` times in a quarter of an hour and ten times that in a day.
Response answer(Instant date, long quarter_hour, long day, int status = 200, long limit = 100) {
    return {.status = status,
            .headers = {{"Date", format_http_date(date)},
                        {"X-RateLimit-Limit", fmt::format("{},{}", 2 * limit, 20 * limit)},
                        {"X-RateLimit-Usage", fmt::format("{},{}", quarter_hour, day)},
                        {"X-ReadRateLimit-Limit", fmt::format("{},{}", limit, 10 * limit)},
                        {"X-ReadRateLimit-Usage", fmt::format("{},{}", quarter_hour, day)}},
            .body = {}};
}

Request athlete_request() {
    Request request;
    request.url = "http://strava/api/v3/athlete";
    return request;
}

class AccountTest : public testing::Test {
protected:
    [[nodiscard]] RateAccount open(Clock& by, const std::string& app = "12345") const {
        return {file(), app, by, [](std::uint32_t bound) { return bound / 2; }};
    }
    [[nodiscard]] std::filesystem::path file() const { return folder.path() / "state" / "rate.json"; }
    [[nodiscard]] Instant now() { return floor<seconds>(clock.now()); }
    // Takes until nothing is left.
    static int drain(RateAccount& account, int reserve) {
        int taken = 0;
        while (!account.take(RequestKind::read, reserve) && taken < 100'000) {
            ++taken;
        }
        return taken;
    }

    test::TemporaryFolder folder{test::TemporaryFolder::memory()};
    test::FakeClock clock; // 2026-11-23 00:00:00
};

TEST_F(AccountTest, GivesTheLimitLessTheReserveAndThenTheBoundaryWithJitter) {
    auto account = open(clock);
    EXPECT_EQ(drain(account, 10), 90);
    const auto denial = account.take(RequestKind::read, 10);
    ASSERT_TRUE(denial);
    EXPECT_EQ(denial->until, at("2026-11-23T00:15:08Z"));
    EXPECT_EQ(denial->wait, 15min + 8s);
    EXPECT_EQ(drain(account, 0), 10) << "the reserve is for the user's own calls";
    clock.advance(15min);
    EXPECT_EQ(drain(account, 10), 90);
}

TEST_F(AccountTest, TheDayHasALimitToo) {
    auto account = open(clock);
    int taken = 0;
    for (int quarter = 0; quarter < 96; ++quarter) {
        taken += drain(account, 10);
        clock.advance(15min);
    }
    EXPECT_EQ(taken, 900 + 0) << "and none of the next day's, which begins now";
    EXPECT_EQ(drain(account, 10), 90);
}

TEST_F(AccountTest, UploadsCountOnlyTowardsTheOverallLimit) {
    auto account = open(clock);
    EXPECT_EQ(drain(account, 0), 100);
    int uploads = 0;
    while (!account.take(RequestKind::upload, 0)) {
        ++uploads;
    }
    EXPECT_EQ(uploads, 100);
}

TEST_F(AccountTest, IsSharedByAllProcesses) {
    constexpr int processes = 8;
    std::vector<pid_t> children;
    for (int i = 0; i < processes; ++i) {
        const pid_t child = fork();
        if (child == 0) {
            auto account = open(clock);
            _exit(drain(account, 10));
        }
        children.push_back(child);
    }
    int taken = 0;
    for (const pid_t child : children) {
        int status = 0;
        ASSERT_EQ(waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFEXITED(status));
        taken += WEXITSTATUS(status);
    }
    EXPECT_EQ(taken, 90);
}

TEST_F(AccountTest, AnswersCorrectItBothWays) {
    auto account = open(clock);
    ASSERT_FALSE(account.take(RequestKind::read, 0));
    account.settle(answer(now(), 60, 300)); // others use the app, too
    EXPECT_EQ(account.look()->usage.read->quarter_hour.usage, 60);
    EXPECT_EQ(account.look()->usage.read->day.usage, 300);
    // Requests that Strava did not count after all.
    for (int i = 0; i < 5; ++i) {
        ASSERT_FALSE(account.take(RequestKind::read, 0));
        account.settle({.status = 200, .headers = {}, .body = {}});
    }
    EXPECT_EQ(account.look()->usage.read->quarter_hour.usage, 65);
    ASSERT_FALSE(account.take(RequestKind::read, 0));
    account.settle(answer(now(), 61, 301));
    EXPECT_EQ(account.look()->usage.read->quarter_hour.usage, 61);
}

TEST_F(AccountTest, AnswersThatOvertakeEachOtherNeverMakeItForget) {
    auto account = open(clock);
    for (int i = 0; i < 3; ++i) {
        ASSERT_FALSE(account.take(RequestKind::read, 0));
    }
    account.settle(answer(now(), 3, 3));
    account.settle(answer(now(), 1, 1));
    EXPECT_EQ(account.look()->usage.read->quarter_hour.usage, 3);
    account.settle(answer(now(), 2, 2));
    EXPECT_EQ(account.look()->usage.read->quarter_hour.usage, 3);
}

TEST_F(AccountTest, ARefusalClosesItForEverybodyUntilTheBoundary) {
    auto first = open(clock);
    auto second = open(clock);
    ASSERT_FALSE(first.take(RequestKind::read, 0));
    first.settle(answer(now(), 101, 500, 429));
    const auto denial = second.take(RequestKind::upload, 0);
    ASSERT_TRUE(denial);
    EXPECT_EQ(denial->until, at("2026-11-23T00:15:08Z"));
    clock.advance(15min + 7s);
    EXPECT_TRUE(second.take(RequestKind::read, 0)) << "the boundary alone is not enough";
    clock.advance(1s);
    EXPECT_FALSE(second.take(RequestKind::read, 0));
}

TEST_F(AccountTest, ARefusalOfTheDayClosesItUntilMidnight) {
    auto account = open(clock);
    ASSERT_FALSE(account.take(RequestKind::read, 0));
    account.settle(answer(now(), 5, 1000, 429));
    EXPECT_EQ(account.take(RequestKind::read, 0)->until, at("2026-11-24T00:00:08Z"));
    EXPECT_TRUE(
        RateAccount(file(), "12345", clock, [](std::uint32_t) { return 0U; }).take(RequestKind::read, 0))
        << "kept over a restart";
}

TEST_F(AccountTest, WindowsAreThoseOfStravasClock) {
    auto account = open(clock);
    ASSERT_FALSE(account.take(RequestKind::read, 0));
    account.settle(answer(at("2026-11-23T00:14:00Z"), 90, 90)); // this clock is 14 minutes late
    EXPECT_TRUE(account.take(RequestKind::read, 10));
    clock.advance(1min + 9s);
    EXPECT_FALSE(account.take(RequestKind::read, 10));
    auto later = open(clock); // a later process learns it from the file
    EXPECT_EQ(drain(later, 10), 89);
    EXPECT_EQ(later.take(RequestKind::read, 10)->wait, 14min + 59s);
}

TEST_F(AccountTest, AJumpOfTheClockOpensNoWindowTwiceAndHangsNobody) {
    for (const auto jump : {15min, -15min, 24 * 60min, -24 * 60min}) {
        const auto name = folder.path() / fmt::format("jump{}", jump.count()) / "rate.json";
        test::FakeClock jumping;
        RateAccount account(name, "1", jumping, [](std::uint32_t) { return 0U; });
        ASSERT_FALSE(account.take(RequestKind::read, 0));
        account.settle(answer(floor<seconds>(jumping.now()), 100, 100));
        jumping.jump(jump);
        const auto denial = account.take(RequestKind::read, 0);
        ASSERT_TRUE(denial) << jump.count();
        EXPECT_EQ(denial->wait, 15min + 1s) << jump.count();
        jumping.advance(15min + 1s);
        EXPECT_FALSE(account.take(RequestKind::read, 0)) << jump.count();
    }
}

TEST_F(AccountTest, TellsWhatIsKnownWithEndedWindowsFree) {
    auto account = open(clock);
    EXPECT_FALSE(account.look());
    ASSERT_FALSE(account.take(RequestKind::read, 0));
    account.settle(answer(now(), 66, 209));
    clock.advance(6min);
    EXPECT_EQ(account.look()->usage.overall->quarter_hour.usage, 66);
    EXPECT_EQ(account.look()->seen_at, at("2026-11-23T00:00:00Z"));
    clock.advance(9min);
    EXPECT_EQ(account.look()->usage.overall->quarter_hour.usage, 0);
    EXPECT_EQ(account.look()->usage.overall->day.usage, 209);
    EXPECT_FALSE(open(clock, "another app").look());
}

TEST_F(AccountTest, AGarbledFileIsForgotten) {
    make_folders(file().parent_path());
    for (const char* text : {"", "{", "[]", "null", "{\"app\":\"12345\"}", "{\"app\":7}"}) {
        write_file_atomically(file(), text, 0600);
        auto account = open(clock);
        EXPECT_FALSE(account.look()) << text;
        EXPECT_FALSE(account.take(RequestKind::read, 0)) << text;
    }
}

TEST_F(AccountTest, GarbledHeadersChangeNothing) {
    auto account = open(clock);
    ASSERT_FALSE(account.take(RequestKind::read, 0));
    account.settle(answer(now(), 10, 10));
    ASSERT_FALSE(account.take(RequestKind::read, 0));
    auto garbled = answer(now(), 0, 0);
    garbled.headers[2].value = "lots";
    garbled.headers[4].value = ",";
    account.settle(garbled);
    EXPECT_EQ(account.look()->usage.read->quarter_hour.usage, 11);
}

// Strava for several processes in simulated time.
struct SimulatedStrava {
    Response serve(Instant now) {
        const auto window = now.time_since_epoch() / 15min;
        const long in_quarter = ++quarters[window];
        const long in_day = ++days[now.time_since_epoch() / 24h];
        const bool is_refused = in_quarter > limit || in_day > 10 * limit;
        return answer(now, in_quarter, in_day, is_refused ? 429 : 200, limit);
    }

    long limit = 100; // of a quarter of an hour
    std::map<std::int64_t, long> quarters;
    std::map<std::int64_t, long> days;
    long own = 0;      // requests of the processes
    long refusals = 0; // of them
    long too_soon = 0; // of them: sent in a window after a refusal in it had come back
};

// A process that always has something to ask; its requests take some seconds.
struct SimulatedProcess {
    SimulatedProcess(const std::filesystem::path& file, Clock& clock, std::mt19937& random)
        : account(file, "1", clock, [&random](std::uint32_t bound) {
              return static_cast<std::uint32_t>(random() % (bound + 1));
          }) {}

    RateAccount account;
    std::optional<Instant> answered_at;
    std::optional<Response> response;
    Instant idle_until{};
};

// An hour of eight processes. `foreign` requests of others use the same app at the begin of each window.
SimulatedStrava simulate(const std::filesystem::path& file, unsigned seed, int foreign, long limit = 100) {
    std::mt19937 random(seed);
    test::FakeClock clock;
    clock.advance(8h);
    SimulatedStrava strava;
    strava.limit = limit;
    std::int64_t refused_window = -1;
    std::deque<SimulatedProcess> processes;
    for (int i = 0; i < 8; ++i) {
        processes.emplace_back(file, clock, random);
    }
    for (int second = 0; second < 3600; ++second) {
        const auto now = floor<seconds>(clock.now());
        for (int i = 0; second % 900 == 0 && i < foreign; ++i) {
            (void)strava.serve(now);
        }
        for (auto& process : processes) {
            if (process.answered_at && *process.answered_at <= now) {
                process.account.settle(*process.response);
                if (process.response->status == 429) {
                    ++strava.refusals;
                    refused_window = now.time_since_epoch() / 15min;
                }
                process.answered_at.reset();
            }
            if (process.answered_at || now < process.idle_until) {
                continue;
            }
            if (const auto denial = process.account.take(RequestKind::read, 10)) {
                process.idle_until = now + denial->wait;
            } else {
                ++strava.own;
                strava.too_soon += refused_window == now.time_since_epoch() / 15min ? 1 : 0;
                process.response = strava.serve(now);
                process.answered_at = now + seconds{1 + random() % 4};
            }
        }
        clock.advance(1s);
    }
    return strava;
}

TEST_F(AccountTest, EightProcessesNeverExceedALimitAndUseWhatTheReserveLeaves) {
    for (const long limit : {100L, 200L}) {
        const long usable_ones = limit * 9 / 10;
        long fewest = limit;
        for (unsigned seed = 1; seed <= 8; ++seed) {
            const auto file = folder.path() / fmt::format("s{}-{}", limit, seed) / "rate.json";
            const auto strava = simulate(file, seed, 0, limit);
            for (const auto& [quarter, count] : strava.quarters) {
                ASSERT_LE(count, usable_ones) << seed;
                ASSERT_GE(count, usable_ones * 95 / 100) << seed;
                fewest = std::min(fewest, count);
            }
            ASSERT_EQ(strava.quarters.size(), 4U);
            ASSERT_EQ(strava.refusals, 0) << seed;
        }
        std::cout << "8 processes for an hour, 8 times: never more than the " << usable_ones
                  << " requests a quarter of an hour that the reserve leaves of " << limit
                  << ", and at least " << fewest << '\n';
    }
}

TEST_F(AccountTest, AfterARefusalNobodyAsksBeforeTheBoundary) {
    long refusals = 0;
    for (unsigned seed = 1; seed <= 20; ++seed) {
        // Others use up each window at its very begin.
        const auto strava = simulate(folder.path() / fmt::format("r{}", seed) / "rate.json", seed, 120);
        refusals += strava.refusals;
        ASSERT_EQ(strava.too_soon, 0) << seed;
    }
    EXPECT_GT(refusals, 0);
    std::cout << refusals << " refusals because of others; 0 requests between one and its boundary\n";
}

TEST_F(AccountTest, TheTransportSendsNothingThatIsNotLeft) {
    test::FakeTransport strava([&](const Request&) { return answer(now(), 1, 1); });
    auto account = open(clock);
    BudgetedTransport transport(strava, account);
    (void)drain(account, 0);
    try {
        (void)transport.send(athlete_request());
        FAIL() << "nothing was thrown";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::rate_limited);
        EXPECT_EQ(error.message(), "Strava's rate limit is used up until 00:15 UTC");
    }
    EXPECT_TRUE(strava.requests().empty());
}

TEST_F(AccountTest, TheTransportWaitsAndSendsARefusedGetAgain) {
    int sent = 0;
    test::FakeTransport strava(
        [&](const Request&) { return ++sent == 1 ? answer(now(), 101, 101, 429) : answer(now(), 1, 102); });
    auto account = open(clock);
    BudgetedTransport transport(strava, account);
    EXPECT_EQ(transport.send(athlete_request()).status, 429) << "nothing to wait with";
    std::vector<seconds> waits;
    transport.wait_with([&](const Denial& denial, const std::stop_token& stop) {
        waits.push_back(denial.wait);
        return clock.sleep(denial.wait, stop);
    });
    EXPECT_EQ(transport.send(athlete_request()).status, 200);
    EXPECT_THAT(waits, testing::ElementsAre(15min + 8s));
    std::stop_source stop;
    stop.request_stop();
    (void)drain(account, 0);
    EXPECT_THROW((void)transport.send(athlete_request(), stop.get_token()), Error);
}

} // namespace
} // namespace harrier::net
