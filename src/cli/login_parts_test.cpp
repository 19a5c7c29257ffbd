// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/browser.hpp"
#include "cli/login_credentials.hpp"
#include "cli/login_report.hpp"
#include "cli/pasted_redirect.hpp"
#include "tests/support/captured_console.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/small_login.hpp"

#include <gmock/gmock.h>

namespace harrier::cli {
namespace {

using test::CapturedConsole;
using test::small_login;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(LoginReport, SaysWhoLoggedInAndWhatEachScopeAllows) {
    auto login = small_login("a");
    login.athlete.lastname = "Run\x1b[31mner";
    EXPECT_EQ(describe_grant(login),
              "Logged in as Ada Run\\x1b[31mner (athlete 134815)\n"
              "Granted:\n"
              "  read               public routes, segments and profiles, your gear and totals\n"
              "  activity:read_all  all activities, also \"Only You\" and inside privacy zones\n");
}

TEST(LoginReport, SaysWhatIsMissingAndTheCommandThatAddsIt) {
    EXPECT_EQ(describe_missing(small_login("a")),
              "Not granted, so this will be missing:\n"
              "  profile:read_all   no weight, no units, no heart-rate and power zones\n"
              "To add it, run:  harrier login --scope read,activity:read_all,profile:read_all\n");
    auto whole = small_login("b");
    whole.granted.add("profile:read_all");
    EXPECT_EQ(describe_missing(whole), "");
}

TEST(LoginReport, WarnsOfALoginWithoutActivitiesEvenWhenNobodyAskedForThem) {
    auto login = small_login("a");
    login.requested = login.granted = {"read"};
    EXPECT_THAT(describe_missing(login), AllOf(HasSubstr("no activities at all"),
                                               HasSubstr("harrier login --scope read,activity:read_all\n")));
    login.requested = login.granted = {"activity:read"};
    EXPECT_EQ(describe_missing(login), "");
}

TEST(LoginReport, EveryLineFitsEightyColumns) {
    auto login = small_login("a");
    login.requested = {};
    for (const auto& info : strava::known_scopes()) {
        login.requested.add(info.name);
    }
    login.granted = login.requested;
    const auto granted = describe_grant(login);
    login.granted = {};
    const auto missing = describe_missing(login);
    for (const auto& line : split(granted + missing, '\n')) {
        if (line.find("harrier login") == std::string::npos) { // a command is one line, however long
            EXPECT_LE(line.size(), 80U) << line;
        }
    }
}

class Credentials : public testing::Test {
protected:
    LoginCredentials find(const std::string& id_flag = "") {
        const Invocation invocation{console.console, settings, clock, {}};
        return find_credentials(invocation, id_flag, previous);
    }
    Error error() {
        try {
            static_cast<void>(find());
        } catch (const Error& caught) {
            return caught;
        }
        return {ErrorKind::internal, "found"};
    }

    CapturedConsole console;
    Settings settings;
    test::FakeClock clock;
    std::optional<strava::Login> previous;
};

TEST_F(Credentials, AreAskedForOnceWithTheSecretHidden) {
    console.be_terminal();
    console.typed = {" 12345 ", "canary-secret"};
    const auto found = find();
    EXPECT_EQ(found.client.client_id, "12345");
    EXPECT_EQ(found.client.client_secret.reveal(), "canary-secret");
    EXPECT_EQ(console.hidden_questions, 1);
    EXPECT_THAT(console.err(), AllOf(HasSubstr("https://www.strava.com/settings/api"), HasSubstr("localhost"),
                                     HasSubstr("subscription"), Not(HasSubstr("canary"))));
    previous = small_login("a");
    EXPECT_EQ(find().client.client_secret.reveal(), "5ec2e7");
    EXPECT_TRUE(find().were_remembered);
}

TEST_F(Credentials, ComeFromTheEnvironmentBeforeTheLastLogin) {
    previous = small_login("a");
    settings.client_id = "777";
    settings.client_secret = Secret(std::string("other"));
    EXPECT_EQ(find().client.client_id, "777");
    EXPECT_EQ(find().client.client_secret.reveal(), "other");
    EXPECT_FALSE(find().were_remembered);
    EXPECT_EQ(find("888").client.client_id, "888");
}

TEST_F(Credentials, TheSecretOfAnotherClientIsNotUsed) {
    previous = small_login("a");
    settings.client_id = "777";
    EXPECT_THAT(error().message(), HasSubstr("client secret"));
}

TEST_F(Credentials, NamingTheClientIdAsksForItsSecretAgain) {
    previous = small_login("a");
    EXPECT_EQ(find("12345").client.client_secret.reveal(), "5ec2e7"); // nobody to ask
    console.be_terminal();
    console.typed = {"new"};
    EXPECT_EQ(find("12345").client.client_secret.reveal(), "new");
}

TEST_F(Credentials, AreNamedWhenTheyAreMissingAndNobodyCanBeAsked) {
    EXPECT_EQ(error().kind(), ErrorKind::usage);
    EXPECT_THAT(error().hint(), HasSubstr("HARRIER_CLIENT_SECRET"));
    console.be_terminal(); // and then the input ends
    EXPECT_EQ(error().kind(), ErrorKind::usage);
}

TEST_F(Credentials, ASlipInTheClientIdIsAskedAgainTwice) {
    console.be_terminal();
    console.typed = {"abc", "", "12345", "canary-secret"};
    EXPECT_EQ(find().client.client_id, "12345");
    console.typed = {"a", "b", "c", "12345"};
    EXPECT_EQ(error().kind(), ErrorKind::usage);
}

TEST_F(Credentials, ASecretInThePlaceOfTheIdIsNotShown) {
    settings.client_id = "0ceaa87b21d0a0b8";
    EXPECT_THAT(error().message() + error().hint(), Not(HasSubstr("0ceaa87b")));
}

class Paste : public testing::Test {
protected:
    PasteOutcome paste(const std::string& line, bool bare = false) {
        return take_pasted_line(listener, line, bare);
    }
    bool is_waiting() { return !listener.wait(std::chrono::milliseconds{0}).has_value(); }

    strava::CallbackListener listener{{.port = 0, .bind_to_browser = false}};
};

TEST_F(Paste, TakesTheAddressWithOurState) {
    const auto outcome =
        paste(listener.redirect_uri() + "?state=" + listener.state() + "&code=abc&scope=read\n");
    EXPECT_TRUE(outcome.taken);
    EXPECT_EQ(outcome.note, "");
    EXPECT_FALSE(is_waiting());
}

TEST_F(Paste, TakesTheAddressOfTheTutorialWithANote) {
    const auto outcome =
        paste("http://localhost/exchange_token?state=&code=abc&scope=read,activity:read_all");
    EXPECT_TRUE(outcome.taken);
    EXPECT_THAT(outcome.note, HasSubstr("no state"));
}

TEST_F(Paste, RefusesAnotherState) {
    const auto outcome = paste("http://localhost/exchange_token?state=theirs&code=abc");
    EXPECT_FALSE(outcome.taken);
    EXPECT_THAT(outcome.note, HasSubstr("another login"));
    EXPECT_TRUE(is_waiting());
}

TEST_F(Paste, TakesABareCodeOnlyWhenThatWasAllowed) {
    const std::string code = "b55003496d87a9f0b694ca1680cd5690d27d9d28";
    EXPECT_THAT(paste(code).note, HasSubstr("--insecure-bare-code"));
    EXPECT_TRUE(is_waiting());
    EXPECT_TRUE(paste(code, true).taken);
    EXPECT_EQ(listener.wait(std::chrono::milliseconds{0})->code.reveal(), code);
}

TEST_F(Paste, RefusesJunkAndAMegabyteAndIgnoresEmptyLines) {
    for (const std::string& line : {std::string("junk"), std::string("https://www.strava.com/dashboard"),
                                    std::string(1'000'000, 'a'), std::string("?code=")}) {
        EXPECT_FALSE(paste(line).taken);
        EXPECT_NE(paste(line).note, "");
    }
    EXPECT_EQ(paste("  ").note, "");
    EXPECT_TRUE(is_waiting());
}

TEST(Browser, NeedsAScreenOnThisMachine) {
    const auto can = [](std::map<std::string, std::string, std::less<>> variables) {
        return can_open_browser(Environment(std::move(variables)));
    };
    EXPECT_FALSE(can({}));
    EXPECT_TRUE(can({{"DISPLAY", ":0"}}));
    EXPECT_TRUE(can({{"WAYLAND_DISPLAY", "wayland-0"}}));
    EXPECT_TRUE(can({{"BROWSER", "firefox"}}));
    EXPECT_FALSE(can({{"DISPLAY", ":0"}, {"SSH_CONNECTION", "1.2.3.4 5 6.7.8.9 22"}}));
}

TEST(Browser, SaysWhenNoneCouldBeStarted) {
    EXPECT_FALSE(
        open_browser("http://127.0.0.1/", Environment({{"PATH", "/nowhere"}, {"BROWSER", "/nowhere/x"}})));
}

} // namespace
} // namespace harrier::cli
