// SPDX-License-Identifier: MIT

// Whole runs of sync against an API of a few lines.

#include "archive/sqlite_archive.hpp"
#include "cli/exit_code.hpp"
#include "cli/run.hpp"
#include "cli/session.hpp"
#include "net/server.hpp"
#include "net/url.hpp"
#include "tests/support/captured_console.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/small_login.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <charconv>
#include <functional>
#include <mutex>

namespace harrier::cli {
namespace {

using test::CapturedConsole;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

class SyncFlow : public testing::Test {
protected:
    SyncFlow() {
        server.start([this](const net::ServerRequest& request) { return answer(request); });
        const auto base = fmt::format("http://127.0.0.1:{}", server.port());
        variables = {{"HARRIER_HOME", (temporary.path() / "home").string()},
                     {"HARRIER_API_BASE", base},
                     {"HARRIER_OAUTH_BASE", base + "/oauth"}};
        log_in({"read", "activity:read_all"});
    }
    ~SyncFlow() override { server.stop(); }

    [[nodiscard]] Settings settings() const { return make_settings({}, Environment(variables)); }

    void log_in(const strava::Scopes& granted) {
        auto login = test::small_login("sync", std::chrono::sys_days{std::chrono::year{2030} / 1 / 1});
        login.granted = granted;
        make_vault(settings()).store(login);
    }

    // One activity a day at noon UTC, newest first, as Strava lists them.
    [[nodiscard]] std::string listing(const net::Parameters& query) const {
        std::int64_t before = std::numeric_limits<std::int64_t>::max();
        if (const auto text = net::find(query, "before")) {
            std::from_chars(text->data(), text->data() + text->size(), before);
        }
        std::string page;
        int rows = net::find(query, "page") == "1" ? 0 : 200;
        for (int id = activities; id > 0 && rows < 200; --id) {
            const Instant start = std::chrono::sys_days{std::chrono::year{2024} / 1 / 1} +
                                  std::chrono::days{id} + std::chrono::hours{12};
            if (start.time_since_epoch().count() < before) {
                page += fmt::format(
                    R"({}{{"id":{},"athlete":{{"id":134815}},"name":"No. {}","sport_type":"Run","start_date":"{}"}})",
                    page.empty() ? "" : ",", id, id, format_instant(start));
                ++rows;
            }
        }
        return "[" + page + "]";
    }

    net::ServerResponse answer(const net::ServerRequest& request) {
        const std::lock_guard lock(mutex);
        asked.push_back(request.target);
        if (on_request) {
            on_request(asked.size());
        }
        net::ServerResponse response;
        response.headers = {{"X-RateLimit-Limit", "200,2000"},
                            {"X-RateLimit-Usage", fmt::format("{0},{0}", asked.size())},
                            {"X-ReadRateLimit-Limit", fmt::format("{},1000", read_limit)},
                            {"X-ReadRateLimit-Usage", fmt::format("{0},{0}", asked.size())}};
        response.body = request.path == "/athlete"
                            ? R"({"id":134815,"firstname":"Ada","measurement_preference":"feet"})"
                            : listing(net::decode_form(request.query));
        return response;
    }
    std::vector<std::string> requests() {
        const std::lock_guard lock(mutex);
        return std::exchange(asked, {});
    }

    int run(CapturedConsole& console, const std::vector<std::string>& arguments, std::stop_token stop = {}) {
        return cli::run(arguments, Environment(variables), console.console, clock, std::move(stop));
    }
    [[nodiscard]] std::int64_t stored() const {
        return open_archive(settings(), archive::Access::read)->summary(AthleteId{134815}).activities;
    }

    test::TemporaryFolder temporary;
    test::FakeClock clock;
    std::map<std::string, std::string, std::less<>> variables;
    std::mutex mutex;
    std::vector<std::string> asked;
    std::function<void(std::size_t request)> on_request;
    int activities = 450;
    int read_limit = 100;
    net::Server server{{}};
};

TEST_F(SyncFlow, SaysWhatItDidAndWhatComesNext) {
    CapturedConsole console;
    EXPECT_EQ(run(console, {"sync"}), exit_done);
    EXPECT_EQ(console.out(), "450 new, 0 updated, 0 unchanged; 5 requests, 0.0 s.\n"
                             "To see your newest runs:  harrier runs\n");
    EXPECT_THAT(console.err(),
                StartsWith("200 activities, 1 page, back to 2024-09-08, limit 1/100, day 1/1,000\n"
                           "399 activities, 2 pages, "));
    EXPECT_EQ(stored(), 450);
    EXPECT_THAT(requests(), SizeIs(5));
}

TEST_F(SyncFlow, ChangesNothingTheSecondTimeAndAsksOnce) {
    CapturedConsole first;
    run(first, {"sync"});
    (void)requests();
    CapturedConsole second;
    EXPECT_EQ(run(second, {"sync"}), exit_done);
    EXPECT_THAT(second.out(), StartsWith("0 new, 0 updated, 200 unchanged; 1 request, "));
    EXPECT_THAT(requests(), SizeIs(1));
}

TEST_F(SyncFlow, PrintsOneObjectAsJson) {
    CapturedConsole console;
    EXPECT_EQ(run(console, {"sync", "--json", "--no-streams"}), exit_done);
    EXPECT_EQ(console.out(), R"({"new":450,"updated":0,"unchanged":0,"failed":0,"requests":5})"
                             "\n");
}

TEST_F(SyncFlow, DrawsItsProgressInPlaceOnATerminal) {
    CapturedConsole console;
    console.be_terminal();
    run(console, {"sync"});
    EXPECT_THAT(console.err(), AllOf(StartsWith("\r\x1b[K200 activities"), EndsWith("\r\x1b[K")));
    EXPECT_THAT(console.err(), Not(HasSubstr("\n")));
}

TEST_F(SyncFlow, ReadsUnitsAndWeightOnce) {
    log_in({"read", "activity:read_all", "profile:read_all"});
    CapturedConsole console;
    run(console, {"sync"});
    EXPECT_THAT(requests(), SizeIs(6));
    run(console, {"sync"});
    EXPECT_THAT(requests(), SizeIs(1));
    const auto archive = open_archive(settings(), archive::Access::read);
    EXPECT_EQ(archive->athletes().at(0).measurement_preference, "feet");
}

TEST_F(SyncFlow, StopsAtTheRateLimitAndSaysWhatIsStored) {
    read_limit = 2;
    CapturedConsole console;
    EXPECT_EQ(run(console, {"sync"}), exit_try_later);
    EXPECT_THAT(requests(), SizeIs(2));
    EXPECT_THAT(console.err(), AllOf(HasSubstr("00:15"), HasSubstr("399 activities of this run are stored"),
                                     EndsWith("harrier sync\n")));
    read_limit = 100;
    EXPECT_EQ(run(console, {"sync"}), exit_done);
    EXPECT_EQ(stored(), 450);
}

TEST_F(SyncFlow, IsInterruptedAtAnyTimeAndGoesOn) {
    std::stop_source stop;
    on_request = [&](std::size_t request) {
        if (request == 2) {
            stop.request_stop();
        }
    };
    CapturedConsole console;
    EXPECT_EQ(run(console, {"sync"}, stop.get_token()), exit_interrupted);
    EXPECT_THAT(console.err(), AllOf(HasSubstr("stored"), EndsWith("Go on with:  harrier sync\n")));
    on_request = nullptr;
    EXPECT_EQ(run(console, {"sync"}), exit_done);
    EXPECT_EQ(stored(), 450);
}

TEST_F(SyncFlow, StopsAfterSoManyRequests) {
    CapturedConsole console;
    EXPECT_EQ(run(console, {"sync", "--max-requests", "2"}), exit_done);
    EXPECT_THAT(requests(), SizeIs(2));
    EXPECT_THAT(console.out(), HasSubstr("Stopped at --max-requests. To go on:  harrier sync\n"));
    EXPECT_EQ(stored(), 399);
}

TEST_F(SyncFlow, StoresWhatStartedSinceADay) {
    CapturedConsole console;
    EXPECT_EQ(run(console, {"sync", "--since", "2025-03-01"}), exit_done);
    EXPECT_EQ(stored(), 26); // 2025-03-01 … 2025-03-26
    EXPECT_EQ(run(console, {"sync"}), exit_done);
    EXPECT_EQ(stored(), 450);
}

TEST_F(SyncFlow, AsksAndCreatesNothingForAWrongCommandLine) {
    for (const auto& arguments : std::vector<std::vector<std::string>>{{"sync", "--since", "someday"},
                                                                       {"sync", "--max-requests", "-1"},
                                                                       {"sync", "--streams"},
                                                                       {"sync", "--details"},
                                                                       {"sync", "--watch"}}) {
        CapturedConsole console;
        EXPECT_EQ(run(console, arguments), exit_usage) << arguments[1];
        EXPECT_THAT(console.err(), StartsWith("harrier: ")) << arguments[1];
    }
    EXPECT_THAT(requests(), SizeIs(0));
    EXPECT_FALSE(std::filesystem::exists(settings().archive_path));
}

TEST_F(SyncFlow, NamesTheMissingScopeWithoutARequest) {
    log_in({"read"});
    CapturedConsole console;
    EXPECT_EQ(run(console, {"sync"}), exit_login_needed);
    EXPECT_THAT(console.err(), AllOf(HasSubstr("activity:read"), HasSubstr("harrier login")));
    EXPECT_THAT(requests(), SizeIs(0));
}

TEST_F(SyncFlow, LeavesAnArchiveAloneThatAnotherProcessWrites) {
    const auto other = open_archive(settings(), archive::Access::write);
    CapturedConsole console;
    EXPECT_EQ(run(console, {"sync"}), exit_locked);
    EXPECT_THAT(requests(), SizeIs(0));
}

} // namespace
} // namespace harrier::cli
