// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "net/server.hpp"
#include "tests/support/raw_client.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace harrier::net {
namespace {

using test::RawClient;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using namespace std::chrono_literals;

ServerResponse text(std::string body) {
    ServerResponse response;
    response.body = std::move(body);
    return response;
}

// Answers with what it understood of the request.
ServerResponse echo(const ServerRequest& request) {
    return text(fmt::format("{} {} {} [{}]", request.method, request.path, request.query, request.body));
}

std::string ask(const Server& server, std::string_view bytes) {
    RawClient client(server.port());
    client.send(bytes);
    return client.receive_all();
}

ServerOptions quick() {
    ServerOptions options;
    options.head_timeout = 100ms;
    options.body_timeout = 100ms;
    return options;
}

std::string post_with(std::string_view headers, std::string_view body) {
    return fmt::format("POST /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{}\r\n{}", headers, body);
}

TEST(Server, HandsOverMethodPathQueryAndBodyUndecoded) {
    Server server({});
    server.start(echo);
    EXPECT_THAT(ask(server, "PUT /a%20b?c=%31&d HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                            "Content-Length: 3\r\n\r\nxyz"),
                EndsWith("\r\n\r\nPUT /a%20b c=%31&d [xyz]"));
}

TEST(Server, ReadsChunkedBodies) {
    Server server({});
    server.start(echo);
    EXPECT_THAT(
        ask(server, post_with("Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n2;note=1\r\nde\r\n0\r\n\r\n")),
        EndsWith("[abcde]"));
}

TEST(Server, RefusesAChunkExtensionOrATrailerWithoutEnd) {
    ServerOptions options;
    options.body_timeout = 1h; // no time limit ends this
    Server server(options);
    server.start(echo);
    const std::string endless(1024 * 1024, 'a');
    for (const std::string_view start : {"1;", "0\r\n"}) {
        EXPECT_THAT(
            ask(server, post_with("Transfer-Encoding: chunked\r\n", fmt::format("{}{}", start, endless))),
            StartsWith("HTTP/1.1 4"));
    }
}

TEST(Server, AddsLengthDateAndConnection) {
    Server server({});
    server.start([](const ServerRequest&) { return text("four"); });
    const auto answer = ask(server, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(answer, HasSubstr("\r\nContent-Length: 4\r\n"));
    EXPECT_THAT(answer,
                testing::ContainsRegex("\r\nDate: [A-Z][a-z][a-z], [0-9][0-9] [A-Z][a-z][a-z] 20[0-9][0-9] "
                                       "[0-9][0-9]:[0-9][0-9]:[0-9][0-9] GMT\r\n"));
    EXPECT_THAT(answer, HasSubstr("\r\nConnection: close\r\n"));
}

TEST(Server, LetsTheHandlersOwnHeadersWin) {
    Server server({});
    server.start([](const ServerRequest&) {
        ServerResponse response;
        response.headers = {
            {"date", "Mon, 23 Nov 2026 00:00:00 GMT"}, {"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}};
        return response;
    });
    const auto answer = ask(server, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(answer, HasSubstr("date: Mon, 23 Nov 2026 00:00:00 GMT\r\n"));
    EXPECT_THAT(answer, Not(HasSubstr("Date:")));
    EXPECT_THAT(answer, HasSubstr("Set-Cookie: a=1\r\nSet-Cookie: b=2\r\n"));
}

TEST(Server, AnswersSeveralRequestsOnOneConnection) {
    Server server({});
    server.start(echo);
    RawClient client(server.port());
    for (int i = 0; i < 3; ++i) {
        client.send(fmt::format("GET /{} HTTP/1.1\r\nHost: a\r\n\r\n", i));
        EXPECT_THAT(client.receive_until("[]"), EndsWith(fmt::format("GET /{}  []", i)));
    }
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
    Server server({});
    server.start(echo);
    RawClient client(server.port());
    client.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_THAT(client.receive_until("[]"), EndsWith("/1  []"));
    EXPECT_THAT(client.receive_until("[]"), EndsWith("/2  []"));
}

TEST(Server, ClosesAfterEachAnswerWhenKeepAliveIsOff) {
    ServerOptions options;
    options.keep_alive = false;
    Server server(options);
    server.start(echo);
    EXPECT_THAT(ask(server, "GET / HTTP/1.1\r\nHost: a\r\n\r\n"), HasSubstr("Connection: close\r\n"));
}

TEST(Server, AnswersHeadWithTheLengthAndWithoutTheBody) {
    Server server({});
    server.start([](const ServerRequest&) { return text("twelve bytes"); });
    const auto answer = ask(server, "HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(answer, HasSubstr("Content-Length: 12\r\n"));
    EXPECT_THAT(answer, EndsWith("\r\n\r\n"));
}

TEST(Server, SendsNoLengthWithNoContent) {
    Server server({});
    server.start([](const ServerRequest&) {
        ServerResponse response;
        response.status = 204;
        return response;
    });
    const auto answer = ask(server, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 204 No Content\r\n"));
    EXPECT_THAT(answer, Not(HasSubstr("Content-Length")));
}

TEST(Server, ShowsBothOfTwoHostHeadersToTheHandler) {
    Server server({});
    server.start([](const ServerRequest& request) {
        std::string hosts;
        for (const auto& header : request.headers) {
            hosts += header.name == "Host" ? header.value + ";" : "";
        }
        return text(hosts);
    });
    EXPECT_THAT(ask(server, "GET / HTTP/1.1\r\nHost: good\r\nHost: evil\r\nConnection: close\r\n\r\n"),
                EndsWith("\r\n\r\ngood;evil;"));
}

TEST(Server, TellsThePeersAddress) {
    Server server({});
    server.start([](const ServerRequest& request) { return text(request.peer_address); });
    EXPECT_THAT(ask(server, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), EndsWith("127.0.0.1"));
}

TEST(Server, SaysContinueToAClientThatAsksBeforeItSendsABody) {
    Server server({});
    server.start(echo);
    RawClient client(server.port());
    client.send(post_with("Content-Length: 2\r\nExpect: 100-continue\r\n", ""));
    EXPECT_EQ(client.receive_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("ok");
    EXPECT_THAT(client.receive_all(), EndsWith("[ok]"));
}

TEST(Server, TurnsAHandlersExceptionIntoAnEmpty500) {
    Server server({});
    server.start([](const ServerRequest&) -> ServerResponse { throw std::runtime_error("a secret cause"); });
    const auto answer = ask(server, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 500 "));
    EXPECT_THAT(answer, HasSubstr("Content-Length: 0\r\n"));
    EXPECT_THAT(answer, Not(HasSubstr("secret")));
}

TEST(Server, RefusesToSendAHeaderWithALineBreak) {
    Server server({});
    server.start([](const ServerRequest&) {
        ServerResponse response;
        response.headers = {{"Location", "/x\r\nSet-Cookie: forged=1"}};
        return response;
    });
    const auto answer = ask(server, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 500 "));
    EXPECT_THAT(answer, Not(HasSubstr("forged")));
}

// Requests that must be refused with a status, and must not reach the handler.
struct Refused {
    const char* name;
    std::string bytes;
    int status;
};

void PrintTo(const Refused& refused, std::ostream* out) {
    *out << refused.name;
}

class ServerRefuses : public testing::TestWithParam<Refused> {};

TEST_P(ServerRefuses, AndStaysAlive) {
    Server server({});
    std::atomic<int> handled{0};
    server.start([&](const ServerRequest& request) {
        ++handled;
        return echo(request);
    });
    EXPECT_THAT(ask(server, GetParam().bytes), StartsWith(fmt::format("HTTP/1.1 {} ", GetParam().status)));
    EXPECT_EQ(handled, 0);
    EXPECT_THAT(ask(server, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), EndsWith("[]"));
}

INSTANTIATE_TEST_SUITE_P(
    Malformed, ServerRefuses,
    testing::Values(
        Refused{"BothLengths", post_with("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
                400},
        Refused{"BothLengthsReversed",
                post_with("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", "0\r\n\r\n"), 400},
        Refused{"TwoLengths", post_with("Content-Length: 3\r\nContent-Length: 4\r\n", "abcd"), 400},
        Refused{"TwoEqualLengths", post_with("Content-Length: 3\r\nContent-Length: 3\r\n", "abc"), 400},
        Refused{"LengthList", post_with("Content-Length: 3, 3\r\n", "abc"), 400},
        Refused{"NegativeLength", post_with("Content-Length: -1\r\n", ""), 400},
        Refused{"SignedLength", post_with("Content-Length: +3\r\n", "abc"), 400},
        Refused{"HexLength", post_with("Content-Length: 0x3\r\n", "abc"), 400},
        Refused{"HugeLength", post_with("Content-Length: 99999999999999999999999\r\n", ""), 400},
        Refused{"UnknownCoding", post_with("Transfer-Encoding: gzip\r\n", "abc"), 400},
        Refused{"StackedCoding", post_with("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 400},
        Refused{"DoubleChunked", post_with("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n"), 400},
        Refused{"TwoCodings",
                post_with("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n"), 400},
        Refused{"ObscuredCoding", post_with("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 400},
        Refused{"SpaceBeforeColon", post_with("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"), 400},
        Refused{"ChunkedInHttp10", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        Refused{"BadChunkSize", post_with("Transfer-Encoding: chunked\r\n", "zz\r\nabc\r\n0\r\n\r\n"), 400},
        Refused{"HugeChunkSize", post_with("Transfer-Encoding: chunked\r\n", "fffffffffffffffff\r\nabc"),
                400},
        Refused{"OtherProtocol", "GET / SPDY/3\r\nHost: a\r\n\r\n", 400},
        Refused{"OtherVersion", "GET / HTTP/3.7\r\nHost: a\r\n\r\n", 400},
        Refused{"TlsHello", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11), 400},
        Refused{"NoTarget", "GET\r\n\r\n", 400},
        Refused{"NulInHeader", std::string("GET / HTTP/1.1\r\nHost: a\0b\r\n\r\n", 29), 400},
        Refused{"HeaderWithoutColon", "GET / HTTP/1.1\r\nHost\r\n\r\n", 400},
        Refused{"BareLineFeeds", "GET / HTTP/1.1\nHost: a\n\n", 400},
        Refused{"LongHead", "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(9000, 'x') + "\r\n\r\n", 431},
        Refused{"LongTarget", "GET /" + std::string(9000, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n", 431},
        Refused{"EndlessHead", "GET / HTTP/1.1\r\nX: " + std::string(100'000, 'x'), 431},
        Refused{"LargeBody", post_with("Content-Length: 65537\r\n", std::string(65'537, 'x')), 413},
        Refused{"LargeBodyAnnounced", post_with("Content-Length: 10000000000\r\n", ""), 413},
        Refused{"LargeChunks",
                post_with("Transfer-Encoding: chunked\r\n", "fffff\r\n" + std::string(70'000, 'x')), 413}),
    [](const auto& refused) { return std::string(refused.param.name); });

TEST(Server, ClosesAConnectionThatSaysNothing) {
    Server server(quick());
    server.start(echo);
    EXPECT_EQ(ask(server, ""), "");
}

TEST(Server, ClosesAConnectionThatStopsInTheMiddleOfAHead) {
    Server server(quick());
    server.start(echo);
    EXPECT_EQ(ask(server, "GET / HTTP/1.1\r\nHost:"), "");
}

TEST(Server, ClosesAConnectionThatStopsInTheMiddleOfABody) {
    Server server(quick());
    server.start(echo);
    EXPECT_EQ(ask(server, post_with("Content-Length: 3\r\n", "ab")), "");
}

TEST(Server, GivesADrippingHeadNoMoreTimeThanASilentOne) {
    Server server(quick());
    server.start(echo);
    RawClient client(server.port());
    client.send("GET / HTTP/1.1\r\n");
    const auto start = std::chrono::steady_clock::now();
    while (client.send("X: y\r\n") && std::chrono::steady_clock::now() - start < 5s) {
        std::this_thread::sleep_for(10ms);
    }
    EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
}

TEST(Server, ServesOthersWhileManyConnectionsStaySilent) {
    Server server({});
    server.start(echo);
    std::vector<RawClient> silent;
    for (int i = 0; i < 200; ++i) {
        silent.emplace_back(server.port());
    }
    EXPECT_THAT(ask(server, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), EndsWith("[]"));
}

TEST(Server, MakesRoomForARequestAmongMoreSilentConnectionsThanItHolds) {
    ServerOptions options;
    options.max_connections = 16;
    options.head_timeout = 1h;
    Server server(options);
    server.start(echo);
    std::vector<RawClient> silent;
    for (int i = 0; i < 60; ++i) {
        silent.emplace_back(server.port());
        silent.back().send(i % 2 == 0 ? "" : "GET / HTTP/1.1\r\nHost:");
    }
    EXPECT_THAT(ask(server, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), EndsWith("[]"));
}

TEST(Server, LetsConnectionsBeyondTheCapWaitUntilOneIsAnswered) {
    ServerOptions options;
    options.max_connections = 2;
    options.threads = 3;
    Server server(options);
    std::mutex mutex;
    std::condition_variable changed;
    int inside = 0;
    bool open = false;
    server.start([&](const ServerRequest& request) {
        std::unique_lock lock(mutex);
        ++inside;
        changed.notify_all();
        changed.wait_for(lock, 10s, [&] { return open; });
        return text(fmt::format("{} with {} inside", request.path, inside--));
    });
    RawClient first(server.port());
    RawClient second(server.port());
    constexpr std::string_view request = "GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    first.send(request);
    second.send(request);
    std::unique_lock lock(mutex);
    ASSERT_TRUE(changed.wait_for(lock, 10s, [&] { return inside == 2; }));
    RawClient third(server.port());
    third.send(request);
    open = true;
    changed.notify_all();
    lock.unlock();
    for (auto* client : {&first, &second, &third}) {
        EXPECT_THAT(client->receive_all(), testing::ContainsRegex("/x with [12] inside"));
    }
}

TEST(Server, DelaysAnAnswerWithoutHoldingAThread) {
    Server server({}); // one thread
    server.start([](const ServerRequest& request) {
        auto response = echo(request);
        response.delay = request.path == "/slow" ? 300ms : 0ms;
        return response;
    });
    const auto start = std::chrono::steady_clock::now();
    RawClient slow(server.port());
    slow.send("GET /slow HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(ask(server, "GET /fast HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
                HasSubstr("/fast"));
    EXPECT_THAT(slow.receive_all(), HasSubstr("/slow"));
    EXPECT_GE(std::chrono::steady_clock::now() - start, 300ms);
}

TEST(Server, CutsABodyShortUnderItsFullLengthWhenTold) {
    Server server({});
    server.start([](const ServerRequest&) {
        auto response = text("0123456789");
        response.truncate_after = 4;
        return response;
    });
    const auto answer = ask(server, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_THAT(answer, HasSubstr("Content-Length: 10\r\n"));
    EXPECT_THAT(answer, EndsWith("\r\n\r\n0123"));
}

TEST(Server, DropsAConnectionWithoutAByteWhenTold) {
    Server server({});
    server.start([](const ServerRequest&) {
        ServerResponse response;
        response.drop = true;
        return response;
    });
    EXPECT_EQ(ask(server, "GET / HTTP/1.1\r\nHost: a\r\n\r\n"), "");
}

TEST(Server, RunsHandlersSideBySideOnSeveralThreads) {
    ServerOptions options;
    options.threads = 2;
    Server server(options);
    std::mutex mutex;
    std::condition_variable changed;
    int inside = 0;
    server.start([&](const ServerRequest& request) {
        std::unique_lock lock(mutex);
        ++inside;
        changed.notify_all();
        const bool both = changed.wait_for(lock, 10s, [&] { return inside >= 2; });
        return text(both ? "both inside" : request.path);
    });
    RawClient first(server.port());
    first.send("GET /1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(ask(server, "GET /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
                EndsWith("both inside"));
    EXPECT_THAT(first.receive_all(), EndsWith("both inside"));
}

TEST(Server, QueuesConnectionsUntilItIsStarted) {
    Server server({});
    RawClient early(server.port());
    early.send("GET /early HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    server.start(echo);
    EXPECT_THAT(early.receive_all(), HasSubstr("/early"));
}

TEST(Server, SaysWhichPortIsTaken) {
    const Server first({});
    ServerOptions options;
    options.port = first.port();
    try {
        const Server second(options);
        FAIL() << "bound a port that is in use";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::io);
        EXPECT_THAT(error.message(), HasSubstr(std::to_string(first.port())));
    }
}

TEST(Server, RefusesAnAddressThatIsNone) {
    ServerOptions options;
    options.address = "localhost:80";
    EXPECT_THROW(Server{options}, Error);
}

TEST(Server, StopsAtOnceWithOpenConnections) {
    Server server({});
    server.start(echo);
    RawClient silent(server.port());
    RawClient kept(server.port());
    kept.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    kept.receive_until("[]");
    const auto start = std::chrono::steady_clock::now();
    server.stop();
    EXPECT_LT(std::chrono::steady_clock::now() - start, 10s);
    EXPECT_EQ(kept.receive_all(), "");
    EXPECT_EQ(silent.receive_all(), "");
    EXPECT_THROW(RawClient{server.port()}, std::runtime_error);
}

TEST(Server, StopsWhileAnAnswerIsDelayed) {
    Server server({});
    std::mutex mutex;
    std::condition_variable changed;
    bool asked = false;
    server.start([&](const ServerRequest&) {
        const std::lock_guard lock(mutex);
        asked = true;
        changed.notify_all();
        ServerResponse response;
        response.delay = 1h;
        return response;
    });
    RawClient client(server.port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    {
        std::unique_lock lock(mutex);
        ASSERT_TRUE(changed.wait_for(lock, 10s, [&] { return asked; }));
    }
    server.stop();
    EXPECT_EQ(client.receive_all(), "");
}

TEST(Server, StopsWhileAnAnswerIsStuckOnAClientThatDoesNotRead) {
    Server server({});
    std::atomic<bool> asked{false};
    server.start([&](const ServerRequest&) {
        asked = true;
        asked.notify_all();
        return text(std::string(64UL * 1024 * 1024, 'x'));
    });
    RawClient client(server.port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    asked.wait(false);
    const auto start = std::chrono::steady_clock::now();
    server.stop();
    EXPECT_LT(std::chrono::steady_clock::now() - start, 10s);
}

TEST(Server, CanBeStoppedTwiceFromAHandlerAndWithoutAStart) {
    Server never_started({});
    never_started.stop();
    Server server({});
    server.start([&](const ServerRequest&) {
        server.stop();
        return text("last words");
    });
    ask(server, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    server.stop();
    server.stop();
    EXPECT_THROW(RawClient{server.port()}, std::runtime_error);
}

} // namespace
} // namespace harrier::net
