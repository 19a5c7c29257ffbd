// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "base/text.hpp"
#include "strava/callback_flow.hpp"
#include "strava/callback_listener.hpp"
#include "tests/support/raw_client.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <fstream>
#include <set>
#include <thread>

namespace harrier::strava {
namespace {

using test::RawClient;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using namespace std::chrono_literals;

constexpr const char* authorize = "https://www.strava.com/oauth/authorize?client_id=1&state=s";
constexpr std::uint16_t port = 4711;

net::ServerRequest request(const std::string& target, std::vector<net::Header> more = {}) {
    net::ServerRequest result;
    result.method = "GET";
    result.target = target;
    result.path = target.substr(0, target.find('?'));
    result.query = target.substr(std::min(result.path.size() + 1, target.size()));
    result.headers = {{"Host", fmt::format("127.0.0.1:{}", port)}};
    result.headers.insert(result.headers.end(), more.begin(), more.end());
    result.peer_address = "127.0.0.1";
    return result;
}

std::string path_of(const std::string& url) {
    return url.substr(url.find('/', std::string_view("http://").size()));
}

std::string header(const net::ServerResponse& response, std::string_view name) {
    return std::string(net::find_header(response.headers, name).value_or(""));
}

// The flow without a socket, for a login through a browser.
class Flow : public testing::Test {
protected:
    Flow() : flow(port, true) { flow.set_authorize_url(authorize); }

    // What a browser sends after it was started.
    net::Header start() {
        const auto response = flow.handle(request(path_of(flow.make_start_url())));
        EXPECT_EQ(response.status, 303);
        const auto cookie = header(response, "Set-Cookie");
        return {"Cookie", cookie.substr(0, cookie.find(';'))};
    }
    std::string callback(const std::string& query) const {
        return path_of(flow.redirect_uri()) + "?" + query;
    }
    std::string good_callback() const { return callback("state=" + flow.state() + "&code=c0de&scope=read"); }
    bool is_waiting() { return !flow.wait(0ms, {}).has_value(); }

    CallbackFlow flow;
};

TEST_F(Flow, SendsTheBrowserToStravaWithACookieAndTakesItsRedirect) {
    const auto started = flow.handle(request(path_of(flow.make_start_url())));
    EXPECT_EQ(started.status, 303);
    EXPECT_EQ(header(started, "Location"), authorize);
    const auto cookie = header(started, "Set-Cookie");
    EXPECT_THAT(cookie, AllOf(StartsWith("harrier_login="),
                              HasSubstr("; HttpOnly; SameSite=Lax; Path=/cb; Max-Age=300")));
    const auto taken =
        flow.handle(request(good_callback(), {{"Cookie", cookie.substr(0, cookie.find(';'))}}));
    EXPECT_EQ(taken.status, 303);
    EXPECT_EQ(header(taken, "Location"), "/done");
    const auto redirect = flow.wait(0ms, {});
    ASSERT_TRUE(redirect);
    EXPECT_EQ(redirect->code.reveal(), "c0de");
    EXPECT_EQ(redirect->granted, Scopes{"read"});
}

TEST_F(Flow, AnswersEveryRequestWithTheSameStrictHead) {
    const std::string policy =
        "default-src 'none'; style-src 'sha256-oz+M14dKgancn02IzAd0HXjrToDqT2a7Ap0EP1CzWAw='; "
        "frame-ancestors 'none'; "
        "base-uri 'none'; form-action 'none'";
    const auto cookie = start();
    for (const auto& target :
         {std::string("/"), callback("state=x&code=y"), good_callback(), std::string("/done")}) {
        const auto response = flow.handle(request(target, {cookie}));
        EXPECT_EQ(header(response, "Cache-Control"), "no-store") << target;
        EXPECT_EQ(header(response, "Referrer-Policy"), "no-referrer");
        EXPECT_EQ(header(response, "Content-Security-Policy"), policy);
        EXPECT_EQ(header(response, "X-Content-Type-Options"), "nosniff");
        EXPECT_EQ(header(response, "Cross-Origin-Opener-Policy"), "same-origin");
        EXPECT_EQ(header(response, "Connection"), "close");
    }
}

TEST_F(Flow, NeverReflectsARequest) {
    const auto cookie = start();
    for (const auto& target : {std::string("/canary<script>"), callback("state=canary&code=canary"),
                               callback("error=canary&state=" + flow.state()), std::string("/start/canary"),
                               std::string("/done?canary")}) {
        const auto response = flow.handle(request(target, {cookie, {"X-Canary", "canary"}}));
        EXPECT_THAT(response.body, AllOf(Not(HasSubstr("canary")), Not(HasSubstr(flow.state())))) << target;
        for (const auto& one : response.headers) {
            EXPECT_THAT(one.value, Not(HasSubstr("canary"))) << target;
        }
    }
}

TEST_F(Flow, WantsExactlyItsOwnHost) {
    const auto cookie = start();
    for (const std::string host :
         {"evil.test", "evil.test:4711", "127.0.0.1.nip.io:4711", "", "127.0.0.1", "127.0.0.1:4712",
          "localhost:4711", "127.0.0.1:4711 ", "127.0.0.1:4711, x"}) {
        auto asked = request(good_callback(), {cookie});
        asked.headers[0].value = host;
        EXPECT_EQ(flow.handle(asked).status, 421) << host;
    }
    auto twice = request(good_callback(), {cookie, {"host", "127.0.0.1:4711"}});
    EXPECT_EQ(flow.handle(twice).status, 400);
    auto none = request(good_callback(), {cookie});
    none.headers.erase(none.headers.begin());
    EXPECT_EQ(flow.handle(none).status, 400);
    EXPECT_TRUE(is_waiting());
    EXPECT_EQ(flow.handle(request(good_callback(), {cookie})).status, 303);
}

TEST_F(Flow, WantsTheCookieOfTheBrowserThatWasStarted) {
    const auto cookie = start();
    const auto value = cookie.value.substr(cookie.value.find('='));
    EXPECT_EQ(flow.handle(request(good_callback())).status, 403);
    EXPECT_EQ(flow.handle(request(good_callback(), {{"Cookie", "harrier_login=wrong"}})).status, 403);
    EXPECT_EQ(flow.handle(request(good_callback(), {{"Cookie", "other" + value}})).status, 403);
    EXPECT_TRUE(is_waiting());
    EXPECT_EQ(
        flow.handle(request(good_callback(), {{"Cookie", "a=b; harrier_login=old; " + cookie.value}})).status,
        303);
}

TEST_F(Flow, TakesOneRedirectAndNoReplay) {
    const auto cookie = start();
    EXPECT_EQ(flow.handle(request("/done", {cookie})).status, 404);
    EXPECT_EQ(flow.handle(request(good_callback(), {cookie})).status, 303);
    EXPECT_EQ(flow.handle(request(good_callback(), {cookie})).status, 410);
    EXPECT_EQ(flow.handle(request(callback("code=other&state=" + flow.state()), {cookie})).status, 410);
    EXPECT_EQ(flow.wait(0ms, {})->code.reveal(), "c0de");
    EXPECT_EQ(flow.handle(request("/done")).status, 200);
}

TEST_F(Flow, HonoursADenialOnlyWithTheRightState) {
    const auto cookie = start();
    EXPECT_EQ(flow.handle(request(callback("error=access_denied"), {cookie})).status, 400);
    EXPECT_EQ(flow.handle(request(callback("error=access_denied&state=x"), {cookie})).status, 400);
    EXPECT_TRUE(is_waiting());
    EXPECT_EQ(flow.handle(request(callback("error=access_denied&state=" + flow.state()), {cookie})).status,
              303);
    EXPECT_EQ(flow.wait(0ms, {})->error, "access_denied");
}

TEST_F(Flow, GivesEachStartAddressOneUse) {
    const auto first = flow.make_start_url();
    const auto second = flow.make_start_url();
    EXPECT_NE(first, second);
    EXPECT_EQ(flow.handle(request(path_of(first))).status, 303);
    EXPECT_EQ(flow.handle(request(path_of(first))).status, 410);
    EXPECT_EQ(flow.handle(request(path_of(second))).status, 303);
    EXPECT_EQ(flow.handle(request("/start/")).status, 410);
}

TEST_F(Flow, RefusesOtherMethodsBodiesAndMachines) {
    const auto cookie = start();
    for (const std::string method : {"POST", "HEAD", "OPTIONS", "PUT", "get", "TRACE"}) {
        auto asked = request(good_callback(), {cookie});
        asked.method = method;
        EXPECT_EQ(flow.handle(asked).status, 405) << method;
    }
    auto with_body = request(good_callback(), {cookie});
    with_body.body = "x";
    EXPECT_EQ(flow.handle(with_body).status, 400);
    auto from_elsewhere = request(good_callback(), {cookie});
    from_elsewhere.peer_address = "192.168.1.7";
    EXPECT_EQ(flow.handle(from_elsewhere).status, 403);
    EXPECT_TRUE(is_waiting());
}

TEST_F(Flow, TakesAPastedRedirectWithItsStateOrWithTheUsersKnowledge) {
    Redirect pasted;
    pasted.code = Secret(std::string("c0de"));
    EXPECT_FALSE(flow.offer(pasted));
    pasted.state = "wrong";
    EXPECT_FALSE(flow.offer(pasted));
    EXPECT_TRUE(is_waiting());
    pasted.state = flow.state();
    EXPECT_TRUE(flow.offer(pasted));
    EXPECT_FALSE(flow.accept(pasted));
    CallbackFlow other(port, false);
    EXPECT_TRUE(other.accept(pasted));
}

TEST_F(Flow, StatesAndPathsNeverRepeat) {
    std::set<std::string> seen;
    for (int i = 0; i < 10'000; ++i) {
        const CallbackFlow one(port, true);
        EXPECT_EQ(one.state().size(), 43U); // 32 bytes
        EXPECT_EQ(path_of(one.redirect_uri()).size(), std::string_view("/cb/").size() + 22);
        seen.insert(one.state());
        seen.insert(one.redirect_uri());
    }
    EXPECT_EQ(seen.size(), 20'000U);
}

// The listener with its socket.
class Listener : public testing::Test {
protected:
    explicit Listener(bool bind_to_browser = true)
        : listener({.port = 0, .bind_to_browser = bind_to_browser}) {
        listener.start(authorize);
        const auto uri = listener.redirect_uri();
        path = path_of(uri);
        authority = uri.substr(7, uri.find('/', 7) - 7);
        bound = static_cast<std::uint16_t>(std::stoi(authority.substr(authority.find(':') + 1)));
    }

    std::string get(const std::string& target, const std::string& more = {}) const {
        return fmt::format("GET {} HTTP/1.1\r\nHost: {}\r\n{}\r\n", target, authority, more);
    }
    std::string ask(const std::string& bytes) const {
        RawClient client(bound);
        client.send(bytes);
        return client.receive_all();
    }
    std::string start() const {
        const auto answer = ask(get(path_of(listener.make_start_url())));
        const auto from = answer.find("harrier_login=");
        return "Cookie: " + answer.substr(from, answer.find(';', from) - from) + "\r\n";
    }
    std::string good_target() const { return path + "?state=" + listener.state() + "&code=c0de&scope=read"; }

    mutable CallbackListener listener;
    std::string path;
    std::string authority;
    std::uint16_t bound = 0;
};

std::string forged(const std::string& path, const std::string& authority, const std::string& state,
                   const std::string& cookie, int n) {
    const auto line = [&](const std::string& method, const std::string& target, const std::string& host) {
        return fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\n{}\r\n", method, target, host, cookie);
    };
    switch (n % 10) {
    case 0:
        return line("GET", fmt::format("/cb/guess{}?state={}&code=x", n, state), authority);
    case 1:
        return line("GET", fmt::format("{}?state=wrong{}&code=x", path, n), authority);
    case 2:
        return line("GET", path + "?code=x", authority);
    case 3:
        return line("GET", fmt::format("{}?state={}&state={}&code=x", path, state, state), authority);
    case 4:
        return line("GET", path + "?error=access_denied", authority);
    case 5:
        return line("HEAD", fmt::format("{}?state={}&code=x", path, state), authority);
    case 6:
        return line("GET", fmt::format("{}?state={}&code=x", path, state), "evil.test");
    case 7:
        return fmt::format("POST {} HTTP/1.1\r\nHost: {}\r\nContent-Length: 3\r\n\r\nx=1", path, authority);
    case 8:
        return fmt::format("GET {}?state={}&code=x HTTP/1.1\r\nHost: {}\r\n\r\n", path, state, authority);
    default:
        return "\x16\x03\x01 nonsense\r\n\r\n";
    }
}

TEST_F(Listener, SurvivesAThousandForgedRequestsAndTakesTheTrueOne) {
    const auto cookie = start();
    for (int n = 0; n < 1000; ++n) {
        const auto answer = ask(forged(path, authority, listener.state(), cookie, n));
        ASSERT_THAT(answer, Not(StartsWith("HTTP/1.1 2"))) << n;
        ASSERT_THAT(answer, Not(StartsWith("HTTP/1.1 3"))) << n;
    }
    EXPECT_FALSE(listener.wait(0ms));
    EXPECT_THAT(ask(get(good_target(), cookie)), StartsWith("HTTP/1.1 303 "));
    EXPECT_THAT(ask(get("/done")), StartsWith("HTTP/1.1 200 "));
    const auto redirect = listener.wait(10s);
    ASSERT_TRUE(redirect);
    EXPECT_EQ(redirect->code.reveal(), "c0de");
}

TEST_F(Listener, ShowsAPageThatTellsNothing) {
    const auto cookie = start();
    EXPECT_THAT(ask(get(good_target(), cookie)), Not(HasSubstr("c0de")));
    const auto page = ask(get("/done"));
    EXPECT_THAT(page, AllOf(HasSubstr("<title>harrier</title>"), HasSubstr("close this tab"),
                            Not(HasSubstr("c0de")), Not(HasSubstr("http:")), Not(HasSubstr("https:")),
                            Not(HasSubstr("<script"))));
}

TEST_F(Listener, IsNotHeldUpBySilentConnections) {
    std::vector<RawClient> silent;
    for (int i = 0; i < 16; ++i) {
        silent.emplace_back(bound);
    }
    const auto cookie = start();
    const auto before = std::chrono::steady_clock::now();
    EXPECT_THAT(ask(get(good_target(), cookie)), StartsWith("HTTP/1.1 303 "));
    EXPECT_LT(std::chrono::steady_clock::now() - before,
              1500ms); // less than any time limit for the silent ones
}

TEST_F(Listener, AnswersOnTheSecondOfTwoConnections) {
    const auto cookie = start();
    RawClient first(bound);
    RawClient second(bound);
    second.send(get(good_target(), cookie));
    EXPECT_THAT(second.receive_all(), StartsWith("HTTP/1.1 303 "));
}

TEST_F(Listener, RefusesTwoHostsAndLongHeads) {
    const auto cookie = start();
    EXPECT_THAT(ask(get(good_target(), cookie + "Host: " + authority + "\r\n")), StartsWith("HTTP/1.1 400 "));
    EXPECT_THAT(ask(get(good_target(), "X: " + std::string(9000, 'x') + "\r\n" + cookie)),
                StartsWith("HTTP/1.1 431 "));
    EXPECT_FALSE(listener.wait(0ms));
}

// The addresses on which somebody listens at that port, from /proc/net/tcp and tcp6.
std::vector<std::string> listening_addresses(std::uint16_t at_port) {
    std::vector<std::string> found;
    for (const char* file : {"/proc/net/tcp", "/proc/net/tcp6"}) {
        std::ifstream lines(file);
        for (std::string line; std::getline(lines, line);) {
            const auto fields = split(line, ' ');
            if (fields.size() > 3 && fields[3] == "0A" &&
                fields[1].ends_with(fmt::format(":{:04X}", at_port))) {
                found.push_back(fields[1].substr(0, fields[1].find(':')));
            }
        }
    }
    return found;
}

TEST_F(Listener, ListensOnTheLoopbackAddressOnly) {
    EXPECT_EQ(listening_addresses(bound), std::vector<std::string>{"0100007F"}); // 127.0.0.1
}

TEST_F(Listener, GivesUpAfterItsTimeAndClosesThePort) {
    const auto before = std::chrono::steady_clock::now();
    EXPECT_FALSE(listener.wait(50ms));
    EXPECT_GE(std::chrono::steady_clock::now() - before, 50ms);
    auto gone = std::make_unique<CallbackListener>(ListenerOptions{});
    gone->start(authorize);
    const auto uri = gone->redirect_uri();
    const auto its_port =
        static_cast<std::uint16_t>(std::stoi(uri.substr(std::string_view("http://127.0.0.1:").size())));
    EXPECT_EQ(listening_addresses(its_port).size(), 1U);
    gone.reset();
    EXPECT_TRUE(listening_addresses(its_port).empty());
}

TEST_F(Listener, StopsWaitingWhenAsked) {
    std::stop_source source;
    source.request_stop();
    EXPECT_FALSE(listener.wait(1h, source.get_token()));
}

TEST_F(Listener, SaysWhichPortIsTaken) {
    try {
        const CallbackListener second({.port = bound, .bind_to_browser = true});
        ADD_FAILURE() << "the port was shared";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::io);
        EXPECT_THAT(error.message(), HasSubstr(std::to_string(bound)));
        EXPECT_THAT(error.hint(), HasSubstr("--port"));
    }
}

class UnboundListener : public Listener {
protected:
    UnboundListener() : Listener(false) {}
};

TEST_F(UnboundListener, TakesARedirectWithoutACookieWhenTheAddressWasOpenedByHand) {
    EXPECT_THAT(ask(get(path + "?state=wrong&code=x")), StartsWith("HTTP/1.1 400 "));
    EXPECT_THAT(ask(get(good_target())), StartsWith("HTTP/1.1 303 "));
    EXPECT_THAT(ask(get("/done")), StartsWith("HTTP/1.1 200 "));
    EXPECT_TRUE(listener.wait(10s));
}

TEST_F(UnboundListener, WakesUpForAPastedRedirect) {
    Redirect pasted;
    pasted.state = listener.state();
    pasted.code = Secret(std::string("c0de"));
    std::thread user([&] { EXPECT_TRUE(listener.offer(pasted)); });
    const auto redirect = listener.wait(10s);
    user.join();
    ASSERT_TRUE(redirect);
    EXPECT_EQ(redirect->code.reveal(), "c0de");
}

} // namespace
} // namespace harrier::strava
