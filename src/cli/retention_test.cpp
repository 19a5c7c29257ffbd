// SPDX-License-Identifier: MIT

// Whole runs that remove what Strava's API gave, and fetch it again when it is asked for.

#include "archive/sqlite_archive.hpp"
#include "cli/config_file.hpp"
#include "cli/exit_code.hpp"
#include "cli/retention.hpp"
#include "cli/run.hpp"
#include "cli/session.hpp"
#include "net/server.hpp"
#include "tests/support/captured_console.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/small_login.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <fstream>

namespace harrier::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// An API of one activity.
class RetentionFlow : public testing::Test {
protected:
    RetentionFlow() {
        server.start([this](const net::ServerRequest& request) {
            asked.push_back(request.path);
            net::ServerResponse response;
            response.headers = {{"Content-Type", "application/json"}};
            constexpr const char* activity =
                R"({"id":77,"athlete":{"id":134815},"name":"Morning","sport_type":"Run","start_date":"2026-11-01T07:00:00Z"})";
            if (request.path.ends_with("/streams")) {
                response.body = R"({"time":{"data":[0,1,2]},"distance":{"data":[0.0,2.5,5.0]}})";
            } else if (request.path == "/athlete/activities") {
                response.body = request.target.find("before") == std::string::npos
                                    ? "[" + std::string(activity) + "]"
                                    : "[]";
            } else {
                response.body = activity;
            }
            return response;
        });
        const auto base = fmt::format("http://127.0.0.1:{}", server.port());
        variables = {{"HARRIER_HOME", (temporary.path() / "home").string()},
                     {"HARRIER_API_BASE", base},
                     {"HARRIER_OAUTH_BASE", base + "/oauth"}};
        auto login = test::small_login("keep", std::chrono::sys_days{std::chrono::year{2030} / 1 / 1});
        login.granted = {"read", "activity:read_all"};
        athlete = login.athlete.athlete_id;
        make_vault(settings()).store(login);
        (void)run({"sync"});
        asked.clear();
    }
    ~RetentionFlow() override { server.stop(); }

    [[nodiscard]] Settings settings() const { return make_settings({}, Environment(variables)); }
    std::string run(const std::vector<std::string>& arguments, int expected = exit_done) {
        test::CapturedConsole console;
        EXPECT_EQ(cli::run(arguments, Environment(variables), console.console, clock, {}), expected)
            << console.err();
        return console.out() + console.err();
    }
    [[nodiscard]] std::int64_t shown() const {
        return open_archive(settings(), archive::Access::read)->summary(athlete).activities;
    }

    test::TemporaryFolder temporary;
    test::FakeClock clock;
    std::map<std::string, std::string, std::less<>> variables;
    AthleteId athlete;
    std::vector<std::string> asked;
    net::Server server{{}};
};

TEST_F(RetentionFlow, EverythingIsKeptUnlessToldOtherwise) {
    clock.advance(std::chrono::days{400});
    EXPECT_FALSE(expiry(settings(), clock));
    (void)run({"sync", "--max-requests", "0"});
    EXPECT_EQ(shown(), 1);
}

TEST_F(RetentionFlow, AfterSevenDaysItGoesAndASyncBringsItBack) {
    (void)run({"config", "set", "retention", "7d"});
    clock.advance(std::chrono::days{6});
    EXPECT_THAT(run({"sync", "--max-requests", "0"}), testing::Not(HasSubstr("Older than 7 days")));
    EXPECT_EQ(shown(), 1);
    clock.advance(std::chrono::days{2});
    EXPECT_THAT(run({"sync", "--max-requests", "0"}),
                HasSubstr("records of Strava's API (1), sets of samples (1)"));
    EXPECT_EQ(shown(), 0);
    EXPECT_THAT(run({"verify"}), HasSubstr("1 activity has expired"));
    (void)run({"sync"});
    EXPECT_EQ(shown(), 1);
    EXPECT_THAT(asked, testing::Contains("/activities/77/streams"));
}

TEST_F(RetentionFlow, ShowFetchesWhatHasExpired) {
    (void)run({"config", "set", "retention", "7d"});
    clock.advance(std::chrono::days{8});
    (void)run({"sync", "--max-requests", "0"});
    asked.clear();
    EXPECT_THAT(run({"show", "77"}), HasSubstr("Morning"));
    EXPECT_THAT(asked, ElementsAre("/activities/77", "/activities/77/streams"));
    asked.clear();
    EXPECT_THAT(run({"show", "1"}), HasSubstr("Morning")) << "by its old number, and from the archive now";
    EXPECT_THAT(asked, IsEmpty());
}

TEST_F(RetentionFlow, APurgeLeavesNothingAndNoOlderCopies) {
    const auto copy = settings().archive_path.string() + ".v5";
    std::ofstream(copy) << "an older archive";
    EXPECT_THAT(run({"logout", "--keep-remote", "--purge"}),
                testing::AllOf(
                    HasSubstr("activities that nothing else tells of (1), older copies of the archive (1)"),
                    HasSubstr("Logged out")));
    EXPECT_FALSE(std::filesystem::exists(copy));
    EXPECT_EQ(shown(), 0);
    EXPECT_THAT(open_archive(settings(), archive::Access::read)->athletes(), IsEmpty());
}

} // namespace
} // namespace harrier::cli
