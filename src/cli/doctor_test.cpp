// SPDX-License-Identifier: MIT

// Whole runs of doctor, against an API of one answer.

#include "cli/exit_code.hpp"
#include "cli/run.hpp"
#include "cli/session.hpp"
#include "net/http_date.hpp"
#include "net/server.hpp"
#include "tests/support/captured_console.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/small_login.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

namespace harrier::cli {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

class DoctorTest : public testing::Test {
protected:
    DoctorTest() {
        server.start([this](const net::ServerRequest&) {
            net::ServerResponse response;
            response.status = status;
            response.body = body;
            const auto now = std::chrono::floor<std::chrono::seconds>(clock.now());
            response.headers.push_back({"Date", net::format_http_date(now + ahead)});
            return response;
        });
        const auto base = fmt::format("http://127.0.0.1:{}", server.port());
        variables = {{"HARRIER_HOME", (home() / "harrier").string()},
                     {"HOME", home().string()},
                     {"HARRIER_API_BASE", base},
                     {"HARRIER_OAUTH_BASE", base + "/oauth"}};
    }
    ~DoctorTest() override { server.stop(); }

    [[nodiscard]] std::filesystem::path home() const { return temporary.path() / "ada"; }
    [[nodiscard]] Settings settings() const { return make_settings({}, Environment(variables)); }

    void log_in(const strava::Scopes& granted, bool needs_login = false) {
        auto login = test::small_login("doctor", std::chrono::sys_days{std::chrono::year{2030} / 1 / 1});
        login.granted = granted;
        login.needs_login = needs_login;
        make_vault(settings()).store(login);
    }

    std::string examine(int expected, const std::vector<std::string>& arguments = {"doctor"}) {
        test::CapturedConsole console;
        EXPECT_EQ(cli::run(arguments, Environment(variables), console.console, clock, {}), expected);
        EXPECT_EQ(console.err(), "");
        return console.out();
    }

    test::TemporaryFolder temporary;
    test::FakeClock clock;
    std::map<std::string, std::string, std::less<>> variables;
    int status = 200;
    std::chrono::seconds ahead{0}; // Strava's clock of this machine's
    std::string body = R"({"id":134815,"firstname":"Ada"})";
    net::Server server{{}};
};

TEST_F(DoctorTest, FindsNothingBadBeforeTheFirstLogin) {
    EXPECT_THAT(examine(exit_done),
                AllOf(ContainsRegex("note archive +none yet"),
                      ContainsRegex("note login +nobody is logged in"), HasSubstr("harrier login")));
}

TEST_F(DoctorTest, ComparesTheClockWithStravas) {
    log_in(strava::default_scopes());
    EXPECT_THAT(examine(exit_done), ContainsRegex("ok   clock +agrees with Strava's"));
    ahead = std::chrono::seconds{20};
    EXPECT_THAT(examine(exit_done), ContainsRegex("ok   clock +agrees with Strava's"));
    ahead = std::chrono::minutes{5};
    EXPECT_THAT(examine(exit_failed),
                AllOf(ContainsRegex("bad  clock +5 .*behind Strava's"), HasSubstr("timedatectl")));
    ahead = -std::chrono::hours{2};
    EXPECT_THAT(examine(exit_failed), ContainsRegex("bad  clock +2 .*ahead of Strava's"));
}

TEST_F(DoctorTest, TellsWhatSyncsLeftBehind) {
    log_in(strava::default_scopes());
    EXPECT_THAT(examine(exit_done, {"doctor", "--offline"}),
                ContainsRegex("ok   sync +nothing is fetched yet"));
    const auto athlete = make_vault(settings()).load()->athlete.athlete_id;
    model::ActivityRecord record;
    record.activity.strava_id = StravaId{7};
    record.activity.sport_type = "Run";
    record.raw = R"({"id":7})";
    const auto archive = open_archive(settings(), archive::Access::write);
    (void)archive->store_listing(athlete, std::span(&record, 1), {}, Instant{});
    EXPECT_THAT(examine(exit_done, {"doctor", "--offline"}),
                ContainsRegex("note sync +Strava's list was not"));
    const archive::ListingState whole{.complete_at = parse_instant("2026-11-20T10:00:00Z")};
    (void)archive->store_listing(athlete, {}, whole, Instant{});
    EXPECT_THAT(examine(exit_done, {"doctor", "--offline"}),
                ContainsRegex("ok   sync +all listed on 2026-11-20"));
    archive->store_outcome(athlete, {.activity_id = ActivityId{1}, .strava_id = StravaId{7}},
                           {.state = archive::WorkState::set_aside, .attempts = 5, .error = "cut off"});
    EXPECT_THAT(examine(exit_done, {"doctor", "--offline"}),
                AllOf(ContainsRegex("note sync +1 request failed so often that it is"),
                      HasSubstr("harrier sync --mend")));
}

TEST_F(DoctorTest, AsksStravaOnce) {
    log_in(strava::default_scopes());
    EXPECT_THAT(examine(exit_done), AllOf(ContainsRegex("ok   Strava +answers"), ContainsRegex("ok   scopes"),
                                          ContainsRegex("ok   token +valid")));
    EXPECT_THAT(examine(exit_done, {"doctor", "--offline"}), Not(HasSubstr("Strava  ")));
}

TEST_F(DoctorTest, NamesTheCureOfWhatStravaRefuses) {
    log_in(strava::default_scopes());
    status = 403;
    body =
        R"({"message":"Forbidden","errors":[{"resource":"Application","field":"Status","code":"Inactive"}]})";
    EXPECT_THAT(examine(exit_failed), AllOf(ContainsRegex("bad  Strava"), HasSubstr("subscription")));
}

TEST_F(DoctorTest, TellsWhichScopesAreMissing) {
    log_in({"read"});
    EXPECT_THAT(examine(exit_failed, {"doctor", "--offline"}),
                AllOf(ContainsRegex("bad  scopes +granted: read; missing: activity:read_all"),
                      HasSubstr("harrier login --scope read,activity:read_all")));
    log_in({"read", "activity:read_all"});
    EXPECT_THAT(examine(exit_done, {"doctor", "--offline"}), ContainsRegex("note scopes"));
}

TEST_F(DoctorTest, TellsThatANewLoginIsNeeded) {
    log_in(strava::default_scopes(), true);
    EXPECT_THAT(examine(exit_failed), ContainsRegex("bad  login"));
}

TEST_F(DoctorTest, SeesLooseModesAndForeignFiles) {
    (void)open_archive(settings(), archive::Access::write);
    std::filesystem::permissions(settings().archive_path, std::filesystem::perms{0644});
    EXPECT_THAT(examine(exit_failed),
                AllOf(ContainsRegex("bad  archive's files"), HasSubstr("chmod 600 ~/harrier/archive.db")));
    std::ofstream(settings().archive_path) << std::string(5000, 'x');
    EXPECT_THAT(examine(exit_failed), ContainsRegex("bad  archive .*not a harrier archive"));
}

TEST_F(DoctorTest, SeesSettingsThatCannotBeRead) {
    std::filesystem::create_directories(settings().config_folder);
    std::ofstream(settings().config_folder / "config.toml") << "[athlete\n";
    EXPECT_THAT(examine(exit_failed), ContainsRegex("bad  settings .*line 1"));
}

TEST_F(DoctorTest, HoldsNoSecretAndNoName) {
    log_in(strava::default_scopes());
    for (const auto& report : {examine(exit_done), examine(exit_done, {"doctor", "--json"})}) {
        for (const auto* secret :
             {"access-doctor", "refresh-doctor", "5ec2e7", "Ada", "Runner", "134815", "12345"}) {
            EXPECT_THAT(report, Not(HasSubstr(secret)));
        }
        EXPECT_THAT(report, Not(HasSubstr(home().string())));
    }
}

} // namespace
} // namespace harrier::cli
