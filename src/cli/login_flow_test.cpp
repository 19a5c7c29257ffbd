// SPDX-License-Identifier: MIT

// Whole runs of login, token and logout against a token endpoint of a few lines.

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "cli/exit_code.hpp"
#include "cli/run.hpp"
#include "cli/session.hpp"
#include "net/server.hpp"
#include "net/url.hpp"
#include "tests/support/captured_console.hpp"
#include "tests/support/raw_client.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <sys/stat.h>
#include <thread>

namespace harrier::cli {
namespace {

using test::CapturedConsole;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* grant =
    R"({"token_type":"Bearer","expires_in":21600,"refresh_token":"canary-refresh","access_token":"canary-access",)"
    R"("athlete":{"id":134815,"firstname":"Ada","lastname":"Runner"}})";

class LoginFlow : public testing::Test {
protected:
    LoginFlow() {
        server.start([this](const net::ServerRequest& request) { return answer(request); });
        variables = {{"HARRIER_HOME", (temporary.path() / "home").string()},
                     {"HARRIER_OAUTH_BASE", base() + "/oauth"},
                     {"HARRIER_API_BASE", base()},
                     {"HARRIER_CLIENT_ID", "12345"},
                     {"HARRIER_CLIENT_SECRET", "canary-secret"}};
    }
    ~LoginFlow() override { server.stop(); }

    [[nodiscard]] std::string base() const { return fmt::format("http://127.0.0.1:{}", server.port()); }

    net::ServerResponse answer(const net::ServerRequest& request) {
        const std::lock_guard lock(mutex);
        asked.push_back(request.method + " " + request.target + " " + request.body);
        net::ServerResponse response;
        if (request.path == "/oauth/revoke") {
            response.status = revoke_status;
        } else {
            response.status = token_status;
            response.body = token_body;
        }
        return response;
    }
    [[nodiscard]] std::vector<std::string> requests() {
        const std::lock_guard lock(mutex);
        return asked;
    }

    int run(CapturedConsole& console, std::vector<std::string> arguments, std::stop_token stop = {}) {
        SystemClock clock;
        return cli::run(arguments, Environment(variables), console.console, clock, stop);
    }
    // Lines for `harrier login --no-browser`; "URL" in them is the redirect, with our state and the code.
    int log_in_by_pasting(CapturedConsole& console, std::vector<std::string> lines,
                          const std::string& query = "code=canary-code&scope=read,activity:read_all") {
        console.console.read_line_until =
            [&, next = 0U](const std::stop_token&) mutable -> std::optional<std::string> {
            if (next == lines.size()) {
                return std::nullopt;
            }
            auto line = lines[next++];
            const auto link = net::parse_url(trim(console.out()));
            const auto parameters = net::decode_form(link.value().query);
            const auto url = net::find(parameters, "redirect_uri").value() +
                             "?state=" + net::find(parameters, "state").value() + "&" + query;
            return line == "URL" ? url : line;
        };
        return run(console, {"login", "--no-browser", "--timeout", "20"});
    }
    void log_in() {
        CapturedConsole console;
        ASSERT_EQ(log_in_by_pasting(console, {"URL"}), exit_done) << console.err();
    }
    [[nodiscard]] std::optional<strava::Login> stored() const {
        return make_vault(make_settings({}, Environment(variables))).load();
    }

    test::TemporaryFolder temporary;
    std::map<std::string, std::string, std::less<>> variables;
    std::mutex mutex;
    std::vector<std::string> asked;
    int token_status = 200;
    std::string token_body = grant;
    int revoke_status = 200;
    net::Server server{{}};
};

TEST_F(LoginFlow, APastedAddressLogsIn) {
    CapturedConsole console;
    EXPECT_EQ(log_in_by_pasting(console, {"junk", "http://localhost/?state=theirs&code=x", "URL"}),
              exit_done);
    EXPECT_THAT(console.out(), HasSubstr("\nLogged in as Ada Runner (athlete 134815)\nGranted:\n  read "));
    EXPECT_THAT(console.err(),
                AllOf(HasSubstr("another login"), HasSubstr("profile:read_all"),
                      HasSubstr("harrier login --scope read,activity:read_all,profile:read_all\n"),
                      HasSubstr("harrier sync")));
    EXPECT_THAT(console.out() + console.err(), Not(HasSubstr("canary")));
    EXPECT_THAT(requests(),
                testing::ElementsAre("POST /oauth/token client_id=12345&client_secret=canary-secret"
                                     "&grant_type=authorization_code&code=canary-code"));
    ASSERT_TRUE(stored());
    EXPECT_EQ(stored()->granted.join(), "read,activity:read_all");
    EXPECT_EQ(stored()->requested, strava::default_scopes());
}

TEST_F(LoginFlow, TheStoryOfTheTutorialIsExplainedAtTheFirstStep) {
    CapturedConsole console;
    EXPECT_EQ(log_in_by_pasting(console, {"http://localhost/exchange_token?state=&code=c0de&scope=read"}),
              exit_done);
    EXPECT_THAT(console.err(),
                AllOf(HasSubstr("no state"), HasSubstr("activity:read_all  no activities at all"),
                      Not(HasSubstr("harrier sync"))));
}

TEST_F(LoginFlow, CancelEndsWithACureAndKeepsTheOldLogin) {
    log_in();
    CapturedConsole console;
    EXPECT_EQ(log_in_by_pasting(console, {"URL"}, "error=access_denied"), exit_login_needed);
    EXPECT_THAT(console.err(), AllOf(HasSubstr("Cancel"), HasSubstr("harrier login")));
    EXPECT_THAT(console.out(), Not(HasSubstr("Logged in")));
    EXPECT_EQ(requests().size(), 1U);
    EXPECT_TRUE(stored());
}

TEST_F(LoginFlow, AWrongSecretIsExplainedAndTheOldLoginStays) {
    log_in();
    token_status = 401;
    token_body =
        R"({"message":"Authorization Error","errors":[{"resource":"Application","field":"","code":"invalid"}]})";
    variables.erase("HARRIER_CLIENT_SECRET");
    CapturedConsole console;
    EXPECT_EQ(log_in_by_pasting(console, {"URL"}), exit_login_needed);
    EXPECT_THAT(console.err(), AllOf(HasSubstr("secret"), HasSubstr("harrier login --client-id 12345")));
    EXPECT_EQ(requests().size(), 2U);
    EXPECT_TRUE(stored());
}

TEST_F(LoginFlow, AnotherAthleteThanBeforeIsNoticed) {
    log_in();
    token_body.replace(token_body.find("134815"), 6, "666666");
    CapturedConsole console;
    EXPECT_EQ(log_in_by_pasting(console, {"URL"}), exit_done);
    EXPECT_THAT(console.err(), AllOf(HasSubstr("another athlete than before"), HasSubstr("athlete 134815"),
                                     HasSubstr("harrier logout")));
}

TEST_F(LoginFlow, TheEndOfTheInputIsNoAnswerAndTheTimeLimitIs) {
    CapturedConsole console;
    console.console.read_line_until = [](const std::stop_token&) { return std::nullopt; };
    EXPECT_EQ(run(console, {"login", "--no-browser", "--timeout", "1"}), exit_login_needed);
    EXPECT_THAT(console.err(), HasSubstr("within 1 s"));
    EXPECT_TRUE(requests().empty());
}

TEST_F(LoginFlow, AnInterruptEndsTheWaiting) {
    std::stop_source source;
    CapturedConsole console;
    console.console.out.write = [&](std::string_view) { source.request_stop(); }; // once the link is out
    EXPECT_EQ(run(console, {"login", "--no-browser"}, source.get_token()), exit_interrupted);
}

TEST_F(LoginFlow, WrongFlagsAreNamedBeforeAnythingIsAsked) {
    for (const auto& [flag, value, words] :
         {std::tuple{"--scope", "activity:reed", "Did you mean:  activity:read"},
          std::tuple{"--scope", ",", "names no scope"}, std::tuple{"--timeout", "0", "between 1 s and a day"},
          std::tuple{"--port", "70000", "not a port"}}) {
        CapturedConsole console;
        EXPECT_EQ(run(console, {"login", "--no-browser", flag, value}), exit_usage) << value;
        EXPECT_THAT(console.err(), HasSubstr(words));
        EXPECT_EQ(console.out(), "");
    }
}

// One request as a browser sends it; the answer's head and body.
std::string visit(const std::string& address, const std::string& cookie = "") {
    const auto url = net::parse_url(address).value();
    test::RawClient client(static_cast<std::uint16_t>(std::stoi(url.port)));
    client.send(fmt::format("GET {}{}{} HTTP/1.1\r\nHost: {}:{}\r\n{}\r\n", url.path,
                            url.query.empty() ? "" : "?", url.query, url.host, url.port, cookie));
    return client.receive_all();
}

std::string between(const std::string& text, const std::string& before, const std::string& after) {
    const auto from = text.find(before) + before.size();
    return text.substr(from, text.find(after, from) - from);
}

TEST_F(LoginFlow, TheBrowserIsGivenALocalAddressAndNoSecret) {
    const auto pipe = (temporary.path() / "seen").string();
    const auto script = (temporary.path() / "browser").string();
    ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
    write_file_atomically(script, fmt::format("#!/bin/sh\n{{ echo \"$@\"; env; }} > '{}'\n", pipe), 0700);
    variables["BROWSER"] = script;
    variables["PATH"] = "/usr/bin:/bin";
    CapturedConsole console;
    std::string seen;
    std::string last_page;
    std::thread browser([&] {
        seen = read_file(pipe); // waits for the script
        const auto start = seen.substr(0, seen.find('\n'));
        const auto to_strava = visit(start);
        const auto query = net::decode_form(between(to_strava, "/authorize?", "\r\n"));
        const auto cookie = "Cookie: " + between(to_strava, "Set-Cookie: ", ";") + "\r\n";
        const auto redirect = net::find(query, "redirect_uri").value();
        visit(fmt::format("{}?state={}&code=canary-code&scope=read,activity:read_all,profile:read_all",
                          redirect, net::find(query, "state").value()),
              cookie);
        last_page = visit(redirect.substr(0, redirect.find("/cb/")) + "/done");
    });
    EXPECT_EQ(run(console, {"login", "--timeout", "20"}), exit_done) << console.err();
    browser.join();
    EXPECT_THAT(last_page, HasSubstr("Back to the terminal"));
    EXPECT_THAT(seen, testing::StartsWith("http://127.0.0.1:"));
    EXPECT_THAT(seen,
                AllOf(HasSubstr("/start/"), HasSubstr("PATH="), Not(HasSubstr("canary")),
                      Not(HasSubstr("HARRIER")), Not(HasSubstr("client_id")), Not(HasSubstr("state="))));
    // The address that is printed for opening by hand is another one: the first is used up.
    EXPECT_THAT(console.err(), AllOf(HasSubstr("/start/"), Not(HasSubstr(seen.substr(0, seen.find('\n'))))));
    EXPECT_THAT(console.out(), testing::StartsWith("Logged in as Ada Runner"));
}

TEST_F(LoginFlow, TheTokenIsPrintedAloneOrAsAHeader) {
    log_in();
    CapturedConsole console;
    EXPECT_EQ(run(console, {"token"}), exit_done);
    EXPECT_EQ(console.out(), "canary-access\n");
    EXPECT_EQ(console.err(), "");
    EXPECT_EQ(run(console, {"token", "--header"}), exit_done);
    EXPECT_EQ(console.out(), "canary-access\nAuthorization: Bearer canary-access\n");
}

TEST_F(LoginFlow, TheTokenNeedsALogin) {
    CapturedConsole console;
    EXPECT_EQ(run(console, {"token"}), exit_login_needed);
    EXPECT_EQ(console.out(), "");
    EXPECT_EQ(console.err(), "harrier: nobody is logged in\nTo log in, run:  harrier login\n");
}

TEST_F(LoginFlow, LogoutForgetsTheTokenWhateverStravaSays) {
    for (const int status : {200, 401, 503, 0}) {
        log_in();
        revoke_status = status;
        if (status == 0) {
            server.stop(); // offline; the last round
        }
        CapturedConsole console;
        EXPECT_EQ(run(console, {"logout"}), status == 200 ? exit_done : exit_some_failed) << status;
        EXPECT_THAT(console.out(), HasSubstr("Logged out Ada Runner"));
        EXPECT_EQ(console.err().find("not revoked") != std::string::npos, status != 200) << console.err();
        EXPECT_FALSE(stored());
        EXPECT_FALSE(std::filesystem::exists(temporary.path() / "home" / "state" / "vault.key"));
    }
}

TEST_F(LoginFlow, LogoutCanLeaveTheTokenValidAtStrava) {
    log_in();
    CapturedConsole console;
    EXPECT_EQ(run(console, {"logout", "--keep-remote"}), exit_done);
    EXPECT_EQ(requests().size(), 1U); // the login's
    EXPECT_EQ(run(console, {"logout"}), exit_done);
    EXPECT_THAT(console.out(), HasSubstr("Nobody is logged in."));
}

} // namespace
} // namespace harrier::cli
