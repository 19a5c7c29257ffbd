// SPDX-License-Identifier: MIT

// Whole runs of sync against an API of a few lines.

#include "archive/sqlite_archive.hpp"
#include "cli/exit_code.hpp"
#include "cli/run.hpp"
#include "cli/session.hpp"
#include "net/http_date.hpp"
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
        auto response = answer_with_rate(request);
        response.headers.push_back(
            {"Date", net::format_http_date(std::chrono::floor<std::chrono::seconds>(clock.now()))});
        return response;
    }
    net::ServerResponse answer_with_rate(const net::ServerRequest& request) {
        const std::lock_guard lock(mutex);
        asked.push_back(request.target);
        if (on_request) {
            on_request(asked.size());
        }
        const auto window = clock.now().time_since_epoch() / std::chrono::minutes{15};
        if (usage_begins_anew && window != usage_window) {
            usage_window = window;
            usage = 0;
        }
        ++usage;
        net::ServerResponse response;
        response.headers = {{"X-RateLimit-Limit", "200,2000"},
                            {"X-RateLimit-Usage", fmt::format("{0},{0}", usage)},
                            {"X-ReadRateLimit-Limit", fmt::format("{},1000", read_limit)},
                            {"X-ReadRateLimit-Usage", fmt::format("{0},{0}", usage)}};
        if (request.path.ends_with("/streams")) {
            return streams(request);
        }
        response.body = request.path == "/athlete"
                            ? R"({"id":134815,"firstname":"Ada","measurement_preference":"feet"})"
                            : listing(net::decode_form(request.query));
        return response;
    }
    // As at Strava without rate headers.
    [[nodiscard]] net::ServerResponse streams(const net::ServerRequest& request) const {
        net::ServerResponse response;
        response.headers = {{"Content-Type", "application/json"}};
        if (request.path == without_streams) {
            response.status = 404;
            response.body =
                R"({"message":"Resource Not Found","errors":[{"resource":"Activity","field":"","code":"not found"}]})";
        } else if (request.path == with_damage) {
            response.body = R"({"time":{"data":[0,1,2]},"heartrate":{"data":[120,121]}})";
        } else {
            response.body = R"({"time":{"data":[0,1,2]},"distance":{"data":[0.0,2.5,5.0]},)"
                            R"("latlng":{"data":[[47.1,8.1],[47.1001,8.1],[47.1002,8.1]]}})";
        }
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
    long usage = 0;                 // as the headers tell it
    bool usage_begins_anew = false; // with each quarter of an hour
    std::int64_t usage_window = 0;
    std::string without_streams; // the path of such an activity
    std::string with_damage;
    int activities = 450;
    int read_limit = 100;
    net::Server server{{}};
};

TEST_F(SyncFlow, SaysWhatItDidAndWhatComesNext) {
    CapturedConsole console;
    EXPECT_EQ(run(console, {"sync", "--no-streams"}), exit_done);
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
    run(first, {"sync", "--no-streams"});
    (void)requests();
    CapturedConsole second;
    EXPECT_EQ(run(second, {"sync", "--no-streams"}), exit_done);
    EXPECT_THAT(second.out(), StartsWith("0 new, 0 updated, 200 unchanged; 1 request, "));
    EXPECT_THAT(requests(), SizeIs(1));
}

TEST_F(SyncFlow, PrintsOneObjectAsJson) {
    CapturedConsole console;
    EXPECT_EQ(run(console, {"sync", "--json", "--no-streams"}), exit_done);
    EXPECT_EQ(
        console.out(),
        R"({"new":450,"updated":0,"unchanged":0,"failed":0,"requests":5,"streams":0,"details":0,"deleted":0,"complete":true})"
        "\n");
}

TEST_F(SyncFlow, DrawsItsProgressInPlaceOnATerminal) {
    CapturedConsole console;
    console.be_terminal();
    run(console, {"sync", "--no-streams"});
    EXPECT_THAT(console.err(), AllOf(StartsWith("\r\x1b[K200 activities"), EndsWith("\r\x1b[K")));
    EXPECT_THAT(console.err(), Not(HasSubstr("\n")));
}

TEST_F(SyncFlow, ReadsUnitsAndWeightOnce) {
    log_in({"read", "activity:read_all", "profile:read_all"});
    CapturedConsole console;
    run(console, {"sync", "--no-streams"});
    EXPECT_THAT(requests(), SizeIs(6));
    run(console, {"sync", "--no-streams"});
    EXPECT_THAT(requests(), SizeIs(1));
    const auto archive = open_archive(settings(), archive::Access::read);
    EXPECT_EQ(archive->athletes().at(0).measurement_preference, "feet");
}

TEST_F(SyncFlow, WithoutWaitingItStopsAtTheLimitAndSaysWhatIsStored) {
    read_limit = 2;
    CapturedConsole console;
    EXPECT_EQ(run(console, {"sync", "--no-streams", "--no-wait"}), exit_try_later);
    EXPECT_THAT(requests(), SizeIs(2));
    EXPECT_THAT(console.err(), AllOf(HasSubstr("00:15"), HasSubstr("399 activities of this run are stored"),
                                     EndsWith("harrier status\n")));
    CapturedConsole again;
    EXPECT_EQ(run(again, {"sync", "--no-streams", "--no-wait"}), exit_try_later);
    EXPECT_THAT(requests(), SizeIs(0)) << "the account is kept over a restart";
    read_limit = 100;
    clock.advance(std::chrono::minutes{16});
    EXPECT_EQ(run(console, {"sync", "--no-streams"}), exit_done);
    EXPECT_EQ(stored(), 450);
}

TEST_F(SyncFlow, WaitsForTheLimitAndGoesOn) {
    read_limit = 2;
    usage_begins_anew = true;
    CapturedConsole console;
    EXPECT_EQ(run(console, {"sync", "--no-streams"}), exit_done);
    EXPECT_EQ(stored(), 450);
    EXPECT_THAT(console.err(), HasSubstr("Strava's limit is used up; going on today at 00:15 (in 15 min)\n"));
    EXPECT_GE(clock.now(),
              std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::minutes{30});
}

TEST_F(SyncFlow, LeavesAReserveToTheUsersOwnCalls) {
    activities = 30;
    read_limit = 20;
    CapturedConsole console;
    EXPECT_EQ(run(console, {"sync", "--no-wait"}), exit_try_later);
    EXPECT_THAT(requests(), SizeIs(18));
    CapturedConsole api;
    EXPECT_EQ(run(api, {"api", "/athlete"}), exit_done) << "of the reserve";
    CapturedConsole all;
    EXPECT_EQ(run(all, {"sync", "--no-wait", "--reserve", "0"}), exit_try_later);
    EXPECT_THAT(requests(), SizeIs(2));
}

TEST_F(SyncFlow, WatchesForNewActivities) {
    std::stop_source stop;
    activities = 3;
    on_request = [&](std::size_t) {
        if (clock.now() >
            std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::minutes{20}) {
            stop.request_stop();
        } else if (clock.now() >
                   std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::minutes{10}) {
            activities = 4;
        }
    };
    CapturedConsole console;
    EXPECT_EQ(run(console, {"sync", "--watch"}, stop.get_token()), exit_interrupted);
    EXPECT_THAT(console.out(),
                AllOf(StartsWith("3 new, "), HasSubstr("1 new, "), HasSubstr("; 1 with samples")));
    EXPECT_EQ(stored(), 4);
}

TEST_F(SyncFlow, IsInterruptedAtAnyTimeAndGoesOn) {
    std::stop_source stop;
    on_request = [&](std::size_t request) {
        if (request == 2) {
            stop.request_stop();
        }
    };
    CapturedConsole console;
    EXPECT_EQ(run(console, {"sync", "--no-streams"}, stop.get_token()), exit_interrupted);
    EXPECT_THAT(console.err(), AllOf(HasSubstr("stored"), EndsWith("Go on with:  harrier sync\n")));
    on_request = nullptr;
    EXPECT_EQ(run(console, {"sync", "--no-streams"}), exit_done);
    EXPECT_EQ(stored(), 450);
}

TEST_F(SyncFlow, StopsAfterSoManyRequests) {
    CapturedConsole console;
    EXPECT_EQ(run(console, {"sync", "--no-streams", "--max-requests", "2"}), exit_done);
    EXPECT_THAT(requests(), SizeIs(2));
    EXPECT_THAT(console.out(), HasSubstr("Stopped at --max-requests. To go on:  harrier sync\n"));
    EXPECT_EQ(stored(), 399);
}

TEST_F(SyncFlow, StoresWhatStartedSinceADay) {
    CapturedConsole console;
    EXPECT_EQ(run(console, {"sync", "--no-streams", "--since", "2025-03-01"}), exit_done);
    EXPECT_EQ(stored(), 26); // 2025-03-01 … 2025-03-26
    EXPECT_EQ(run(console, {"sync", "--no-streams"}), exit_done);
    EXPECT_EQ(stored(), 450);
}

TEST_F(SyncFlow, AsksAndCreatesNothingForAWrongCommandLine) {
    for (const auto& arguments : std::vector<std::vector<std::string>>{{"sync", "--since", "someday"},
                                                                       {"sync", "--max-requests", "-1"},
                                                                       {"sync", "--streams", "--no-streams"},
                                                                       {"sync", "--reserve", "91"}}) {
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
    EXPECT_EQ(run(console, {"sync", "--no-streams"}), exit_login_needed);
    EXPECT_THAT(console.err(), AllOf(HasSubstr("activity:read"), HasSubstr("harrier login")));
    EXPECT_THAT(requests(), SizeIs(0));
}

TEST_F(SyncFlow, LeavesAnArchiveAloneThatAnotherProcessWrites) {
    const auto other = open_archive(settings(), archive::Access::write);
    CapturedConsole console;
    EXPECT_EQ(run(console, {"sync", "--no-streams"}), exit_locked);
    EXPECT_THAT(requests(), SizeIs(0));
}

TEST_F(SyncFlow, FetchesTheSamplesOfEachActivityOnce) {
    activities = 5;
    without_streams = "/activities/3/streams";
    CapturedConsole console;
    EXPECT_EQ(run(console, {"sync"}), exit_done);
    EXPECT_THAT(console.out(),
                StartsWith("5 new, 0 updated, 0 unchanged; 4 with samples, 1 activity has none; "
                           "8 requests, "));
    EXPECT_THAT(console.err(), HasSubstr("5 of 5 streams, limit 8/100, day 8/1,000\n"));
    EXPECT_THAT(requests().back(), StartsWith("/activities/1/streams?keys=time%2Cdistance"));
    CapturedConsole second;
    EXPECT_EQ(run(second, {"sync"}), exit_done);
    EXPECT_THAT(requests(), SizeIs(2)) << "the list alone";
}

TEST_F(SyncFlow, AnActivityThatFailsIsNamedAndStopsNoOther) {
    activities = 3;
    with_damage = "/activities/2/streams";
    CapturedConsole console;
    EXPECT_EQ(run(console, {"sync"}), exit_some_failed);
    EXPECT_THAT(console.out(), HasSubstr("2 with samples; 1 failed; "));
    EXPECT_THAT(console.err(),
                EndsWith("activity 2: cannot read the streams of the activity: time has 3 samples, heartrate "
                         "has 2\nTo try them again:  harrier sync\n"));
    CapturedConsole as_json;
    EXPECT_EQ(run(as_json, {"sync", "--json"}), exit_some_failed);
    EXPECT_THAT(as_json.out(), HasSubstr(R"("failed":1,)"));
    for (int attempt = 3; attempt <= 5; ++attempt) {
        clock.advance(std::chrono::hours{100});
        CapturedConsole again;
        EXPECT_EQ(run(again, {"sync"}), exit_some_failed) << attempt;
        EXPECT_THAT(again.err(), EndsWith(attempt < 5 ? "harrier sync\n" : "harrier sync --full\n"));
    }
    CapturedConsole status;
    run(status, {"status"});
    EXPECT_THAT(status.out(), HasSubstr("1 failed too often; to try again:  harrier sync --full\n"));
    with_damage.clear();
    CapturedConsole mended;
    EXPECT_EQ(run(mended, {"sync", "--full"}), exit_done);
    EXPECT_THAT(mended.out(), HasSubstr("; 1 with samples; "));
}

TEST_F(SyncFlow, ThePlanAsksNothing) {
    activities = 300;
    CapturedConsole before;
    EXPECT_EQ(run(before, {"sync", "--dry-run"}), exit_done);
    EXPECT_EQ(before.out(), "Requests to make:\n"
                            "  list             ?  one for 200 activities; then one for each\n"
                            "  streams          0\n"
                            "At 90 a quarter of an hour and 900 a day, what is known is done at once.\n");
    EXPECT_THAT(requests(), SizeIs(0));
    EXPECT_FALSE(std::filesystem::exists(settings().archive_path));

    CapturedConsole listing;
    run(listing, {"sync", "--no-streams"});
    (void)requests();
    CapturedConsole plan;
    EXPECT_EQ(run(plan, {"sync", "--dry-run"}), exit_done);
    EXPECT_EQ(plan.out(), "Requests to make:\n"
                          "  list             1\n"
                          "  streams        300\n"
                          "At 90 a quarter of an hour and 900 a day, all is done today at 00:45.\n");
    CapturedConsole as_json;
    EXPECT_EQ(run(as_json, {"sync", "--dry-run", "--json"}), exit_done);
    EXPECT_EQ(
        as_json.out(),
        R"({"listing":1,"streams":300,"details":0,"requests":301,"days":1,"done_at":"2026-11-23T00:45:00Z","waiting":0,"set_aside":0})"
        "\n");
    CapturedConsole status;
    run(status, {"status"});
    EXPECT_THAT(status.out(), HasSubstr("the samples of 300 are still to be fetched; done today at 00:45\n"));
    CapturedConsole status_json;
    run(status_json, {"status", "--json"});
    EXPECT_THAT(status_json.out(),
                HasSubstr("\"requests\": 300,\n    \"done_at\": \"2026-11-23T00:45:00Z\""));
    EXPECT_THAT(requests(), SizeIs(0));
}

TEST_F(SyncFlow, SamplesOfTheApiAloneAreExported) {
    activities = 1;
    CapturedConsole console;
    EXPECT_EQ(run(console, {"sync"}), exit_done);
    CapturedConsole exported;
    EXPECT_EQ(run(exported, {"export", "1", "--format", "gpx"}), exit_done);
    EXPECT_THAT(exported.out(), AllOf(HasSubstr("<trkpt lat=\"47.1001\" lon=\"8.1\">"),
                                      HasSubstr("<time>2024-01-02T12:00:02Z</time>")));
    CapturedConsole shown;
    EXPECT_EQ(run(shown, {"show", "1"}), exit_done);
}

} // namespace
} // namespace harrier::cli
