// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "net/curl_transport.hpp"
#include "net/server.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <mutex>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace harrier::net {
namespace {

using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

// A server that answers with a function and remembers what came.
class Remote {
public:
    explicit Remote(Server::Handler handler) : m_server(two_threads()) {
        m_server.start([this, handler = std::move(handler)](const ServerRequest& request) {
            {
                const std::lock_guard lock(m_mutex);
                m_requests.push_back(request);
            }
            return handler(request);
        });
    }

    [[nodiscard]] std::string url(std::string_view path = "/") const {
        return fmt::format("http://127.0.0.1:{}{}", m_server.port(), path);
    }
    [[nodiscard]] std::vector<ServerRequest> requests() {
        const std::lock_guard lock(m_mutex);
        return m_requests;
    }

private:
    static ServerOptions two_threads() {
        ServerOptions options;
        options.threads = 2;
        return options;
    }

    std::mutex m_mutex;
    std::vector<ServerRequest> m_requests;
    Server m_server;
};

ServerResponse text(std::string body) {
    ServerResponse response;
    response.body = std::move(body);
    return response;
}

Request get(std::string url) {
    Request request;
    request.url = std::move(url);
    return request;
}

Request with_method(std::string method, std::string url, std::string body = {}) {
    Request request;
    request.method = std::move(method);
    request.url = std::move(url);
    request.body = std::move(body);
    return request;
}

CurlTransport make_transport() {
    return CurlTransport("harrier/test");
}

// The error of a request that must fail. It may never show what stands in a URL's query.
Error error_of(const Request& request, std::stop_token stop = {}, const std::string& ca_file = {}) {
    CurlTransport transport("harrier/test", ca_file);
    try {
        const auto response = transport.send(request, stop);
        return {ErrorKind::internal, fmt::format("no error but status {}", response.status)};
    } catch (const Error& error) {
        EXPECT_THAT(error.message(), Not(HasSubstr("canary")));
        EXPECT_THAT(error.hint(), Not(HasSubstr("canary")));
        return error;
    }
}

// A port on which nothing listens, and which nobody else can get meanwhile: bound, but never opened.
class ClosedPort {
public:
    ClosedPort() : m_fd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        EXPECT_EQ(bind(m_fd.get(), reinterpret_cast<sockaddr*>(&address), size), 0);
        EXPECT_EQ(getsockname(m_fd.get(), reinterpret_cast<sockaddr*>(&address), &size), 0);
        m_number = ntohs(address.sin_port);
    }

    [[nodiscard]] int number() const { return m_number; }

private:
    FileDescriptor m_fd;
    int m_number = 0;
};

TEST(CurlTransport, GivesStatusHeadersAndBody) {
    Remote remote([](const ServerRequest&) {
        auto response = text("{\"message\":\"no\"}");
        response.status = 401;
        response.headers = {{"X-RateLimit-Usage", "1,2"}, {"Set-Cookie", "a"}, {"Set-Cookie", "b"}};
        return response;
    });
    auto transport = make_transport();
    const auto response = transport.send(get(remote.url()));
    EXPECT_EQ(response.status, 401);
    EXPECT_EQ(response.body, "{\"message\":\"no\"}");
    EXPECT_EQ(response.header("x-ratelimit-usage"), "1,2");
    EXPECT_EQ(std::count_if(response.headers.begin(), response.headers.end(),
                            [](const Header& header) { return header.name == "Set-Cookie"; }),
              2);
}

TEST(CurlTransport, SendsPathQueryAndHeadersAsGiven) {
    Remote remote([](const ServerRequest&) { return text(""); });
    auto transport = make_transport();
    auto request = get(remote.url("/api/v3/athlete?per_page=200&x=%20"));
    request.headers = {{"Authorization", "Bearer abc"}, {"X-Empty", ""}};
    static_cast<void>(transport.send(request));
    ASSERT_EQ(remote.requests().size(), 1U);
    const auto seen = remote.requests().front();
    EXPECT_EQ(seen.method, "GET");
    EXPECT_EQ(seen.target, "/api/v3/athlete?per_page=200&x=%20");
    EXPECT_EQ(seen.header("Authorization"), "Bearer abc");
    EXPECT_EQ(seen.header("X-Empty"), "");
    EXPECT_EQ(seen.header("User-Agent"), "harrier/test");
    EXPECT_EQ(seen.header("Accept-Encoding"), "gzip");
    EXPECT_FALSE(seen.header("Content-Length"));
}

TEST(CurlTransport, SendsABodyWithItsLengthAndOnlyTheGivenType) {
    Remote remote([](const ServerRequest&) { return text(""); });
    auto transport = make_transport();
    auto form = with_method("POST", remote.url(), "a=1");
    form.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    static_cast<void>(transport.send(form));
    static_cast<void>(transport.send(with_method("POST", remote.url())));
    static_cast<void>(transport.send(with_method("PUT", remote.url(), std::string(40'000, 'x'))));
    const auto seen = remote.requests();
    ASSERT_EQ(seen.size(), 3U);
    EXPECT_EQ(seen[0].body, "a=1");
    EXPECT_EQ(seen[0].header("Content-Type"), "application/x-www-form-urlencoded");
    EXPECT_EQ(seen[1].method, "POST");
    EXPECT_EQ(seen[1].header("Content-Length"), "0");
    EXPECT_FALSE(seen[1].header("Content-Type"));
    EXPECT_EQ(seen[2].method, "PUT");
    EXPECT_EQ(seen[2].body.size(), 40'000U);
    EXPECT_FALSE(seen[2].header("Expect"));
}

TEST(CurlTransport, SendsDeleteAndHeadWithoutABody) {
    Remote remote([](const ServerRequest&) { return text("body"); });
    auto transport = make_transport();
    EXPECT_EQ(transport.send(with_method("DELETE", remote.url())).body, "body");
    const auto head = transport.send(with_method("HEAD", remote.url()));
    EXPECT_EQ(head.body, "");
    EXPECT_EQ(head.header("Content-Length"), "4");
    EXPECT_EQ(transport.send(get(remote.url())).body, "body"); // nothing of the earlier requests sticks
}

TEST(CurlTransport, DoesNotFollowARedirect) {
    Remote elsewhere([](const ServerRequest&) { return text("stolen"); });
    for (const int status : {301, 302, 303, 307, 308}) {
        Remote remote([&](const ServerRequest&) {
            ServerResponse response;
            response.status = status;
            response.headers = {{"Location", elsewhere.url()}};
            return response;
        });
        auto transport = make_transport();
        EXPECT_EQ(transport.send(get(remote.url())).status, status);
    }
    EXPECT_TRUE(elsewhere.requests().empty());
}

TEST(CurlTransport, KeepsNoCookies) {
    Remote remote([](const ServerRequest&) {
        ServerResponse response;
        response.headers = {{"Set-Cookie", "session=1"}};
        return response;
    });
    auto transport = make_transport();
    static_cast<void>(transport.send(get(remote.url())));
    static_cast<void>(transport.send(get(remote.url())));
    EXPECT_FALSE(remote.requests().back().header("Cookie"));
}

// `printf 'hello hello hello' | gzip -n`
std::string gzipped_hello() {
    constexpr unsigned char bytes[] = {0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03,
                                       0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0x57, 0xc8, 0x40, 0x90, 0x00,
                                       0x80, 0x88, 0xf9, 0xe5, 0x11, 0x00, 0x00, 0x00};
    return {std::begin(bytes), std::end(bytes)};
}

TEST(CurlTransport, UnpacksGzip) {
    Remote remote([](const ServerRequest&) {
        auto response = text(gzipped_hello());
        response.headers = {{"Content-Encoding", "gzip"}};
        return response;
    });
    auto transport = make_transport();
    EXPECT_EQ(transport.send(get(remote.url())).body, "hello hello hello");
}

TEST(CurlTransport, NeverTakesATruncatedGzipAnswerForWhole) {
    Remote remote([](const ServerRequest& request) {
        auto response = text(gzipped_hello());
        response.headers = {{"Content-Encoding", "gzip"}};
        response.truncate_after = static_cast<std::size_t>(std::stoi(request.query));
        return response;
    });
    for (std::size_t cut = 0; cut < gzipped_hello().size(); ++cut) {
        EXPECT_EQ(error_of(get(remote.url(fmt::format("/?{}", cut)))).kind(), ErrorKind::network) << cut;
    }
}

TEST(CurlTransport, NeverTakesATruncatedAnswerForWhole) {
    const std::string body(20'000, 'x');
    Remote remote([&](const ServerRequest& request) {
        auto response = text(body);
        response.truncate_after = static_cast<std::size_t>(std::stoi(request.query));
        return response;
    });
    for (std::size_t cut = 0; cut < body.size(); cut += 997) {
        const auto error = error_of(get(remote.url(fmt::format("/?{}", cut))));
        EXPECT_EQ(error.kind(), ErrorKind::network) << cut;
        EXPECT_EQ(error.message(), "the answer of 127.0.0.1 was cut short") << cut;
    }
}

TEST(CurlTransport, NeverTakesATruncatedChunkedAnswerForWhole) {
    const std::string whole = "5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n";
    Remote remote([&](const ServerRequest& request) {
        auto response = text(whole);
        response.headers = {{"Transfer-Encoding", "chunked"}};
        response.truncate_after = static_cast<std::size_t>(std::stoi(request.query));
        return response;
    });
    auto transport = make_transport();
    EXPECT_EQ(transport.send(get(remote.url(fmt::format("/?{}", whole.size())))).body, "helloworld");
    // Without its very last line feed the answer has still said that it ends.
    for (std::size_t cut = 0; cut < whole.size() - 1; ++cut) {
        EXPECT_EQ(error_of(get(remote.url(fmt::format("/?{}", cut)))).kind(), ErrorKind::network) << cut;
    }
}

TEST(CurlTransport, SaysThatNothingListens) {
    const ClosedPort port;
    const auto error = error_of(get(fmt::format("http://127.0.0.1:{}/?code=canary", port.number())));
    EXPECT_EQ(error.kind(), ErrorKind::network);
    EXPECT_EQ(error.message(), "cannot connect to 127.0.0.1: Connection refused");
    EXPECT_EQ(error.hint(), "Nothing listens there. To start the emulator, run:  harrier emulator");
}

TEST(CurlTransport, SaysThatAHostIsUnknown) {
    // A label of more than 63 characters cannot even be asked for.
    const std::string host = std::string(64, 'a') + ".test";
    const auto error = error_of(get("http://" + host + "/?code=canary"));
    EXPECT_EQ(error.kind(), ErrorKind::network);
    EXPECT_EQ(error.message(), "cannot find the host " + host + " (DNS)");
}

TEST(CurlTransport, SaysThatTheConnectionWasDropped) {
    Remote remote([](const ServerRequest&) {
        ServerResponse response;
        response.drop = true;
        return response;
    });
    const auto error = error_of(get(remote.url("/?code=canary")));
    EXPECT_EQ(error.kind(), ErrorKind::network);
    EXPECT_EQ(error.message(), "127.0.0.1 closed the connection without an answer");
    EXPECT_EQ(error.hint(), "Check the internet connection and run the same command again");
}

TEST(CurlTransport, GivesUpOnASilentServer) {
    Remote remote([](const ServerRequest&) {
        ServerResponse response;
        response.delay = 1h;
        return response;
    });
    auto request = get(remote.url());
    request.stall_timeout = 1s;
    const auto start = std::chrono::steady_clock::now();
    const auto error = error_of(request);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 10s);
    EXPECT_EQ(error.kind(), ErrorKind::network);
    EXPECT_EQ(error.message(), "127.0.0.1 sent nothing more for 1 s");
}

TEST(CurlTransport, GivesUpWhenTheWholeTakesTooLong) {
    Remote remote([](const ServerRequest&) {
        ServerResponse response;
        response.delay = 1h;
        return response;
    });
    auto request = get(remote.url());
    request.total_timeout = 50ms;
    const auto error = error_of(request);
    EXPECT_EQ(error.kind(), ErrorKind::network);
    EXPECT_EQ(error.message(), "127.0.0.1 gave no whole answer within 0.05 s");
}

TEST(CurlTransport, StopsInTheMiddleOfAWaitWhenAsked) {
    std::stop_source source;
    Remote remote([&](const ServerRequest&) {
        source.request_stop();
        ServerResponse response;
        response.delay = 1h;
        return response;
    });
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(error_of(get(remote.url()), source.get_token()).kind(), ErrorKind::interrupted);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 10s);
}

TEST(CurlTransport, SendsNothingOnceItWasAskedToStop) {
    Remote remote([](const ServerRequest&) { return text(""); });
    std::stop_source source;
    source.request_stop();
    EXPECT_EQ(error_of(get(remote.url()), source.get_token()).kind(), ErrorKind::interrupted);
    EXPECT_TRUE(remote.requests().empty());
}

TEST(CurlTransport, StaysUsableAfterAnErrorAndAfterAStop) {
    Remote remote([](const ServerRequest& request) {
        auto response = text("fine");
        response.drop = request.path == "/drop";
        return response;
    });
    auto transport = make_transport();
    std::stop_source source;
    source.request_stop();
    EXPECT_THROW(static_cast<void>(transport.send(get(remote.url("/drop")))), Error);
    EXPECT_THROW(static_cast<void>(transport.send(get(remote.url()), source.get_token())), Error);
    EXPECT_EQ(transport.send(get(remote.url())).body, "fine");
}

TEST(CurlTransport, SendsAGetAgainWhenAKeptConnectionTurnsOutDead) {
    std::atomic<int> drops{0};
    Remote remote([&](const ServerRequest& request) {
        auto response = text("fine");
        response.drop = request.path == "/second" && drops++ == 0;
        return response;
    });
    auto transport = make_transport();
    static_cast<void>(transport.send(get(remote.url("/first"))));
    EXPECT_EQ(transport.send(get(remote.url("/second"))).body, "fine");
    EXPECT_EQ(remote.requests().size(), 3U);
}

TEST(CurlTransport, NeverSendsAnythingButAGetTwice) {
    Remote remote([](const ServerRequest& request) {
        auto response = text("fine");
        response.drop = request.method != "GET";
        return response;
    });
    for (const char* method : {"POST", "PUT", "DELETE"}) {
        const auto before = remote.requests().size();
        auto transport = make_transport();
        static_cast<void>(transport.send(get(remote.url())));
        EXPECT_THROW(static_cast<void>(transport.send(with_method(method, remote.url(), "a=1"))), Error);
        EXPECT_EQ(remote.requests().size(), before + 2) << method;
    }
}

TEST(CurlTransport, UsesAKeptConnectionForTheNextGet) {
    ServerOptions options;
    options.max_connections = 1; // a second connection would never be served
    options.head_timeout = 60s;
    Server server(options);
    server.start([](const ServerRequest&) { return text("fine"); });
    auto transport = make_transport();
    for (int i = 0; i < 3; ++i) {
        auto request = get(fmt::format("http://127.0.0.1:{}/", server.port()));
        request.total_timeout = 10s;
        EXPECT_EQ(transport.send(request).body, "fine");
    }
}

TEST(CurlTransport, IgnoresTheEnvironmentsProxyForThisMachine) {
    Remote proxy([](const ServerRequest&) { return text("from the proxy"); });
    Remote remote([](const ServerRequest&) { return text("direct"); });
    setenv("http_proxy", proxy.url().c_str(), 1);
    auto transport = make_transport();
    EXPECT_EQ(transport.send(get(remote.url())).body, "direct");
    EXPECT_EQ(transport.send(get("http://far.invalid/")).body, "from the proxy");
    unsetenv("http_proxy");
}

TEST(CurlTransport, RefusesOtherSchemesCredentialsAndHeadersWithLineBreaks) {
    for (const char* url :
         {"ftp://127.0.0.1/", "file:///etc/passwd", "http://canary:canary@127.0.0.1/", "nonsense"}) {
        EXPECT_EQ(error_of(get(url)).kind(), ErrorKind::usage) << url;
    }
    auto request = get("http://127.0.0.1/");
    request.headers = {{"Authorization", "Bearer canary\r\nHost: evil"}};
    EXPECT_EQ(error_of(request).kind(), ErrorKind::usage);
}

// A TLS server from the openssl command line, with a certificate made for the test.
class TlsServer {
public:
    explicit TlsServer(std::string_view name, std::string_view extra_options = {}) {
        const auto folder = m_folder.path().string();
        const auto make =
            fmt::format("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes "
                        "-days 2 -subj /CN=test -addext subjectAltName={0} -keyout {1}/key.pem "
                        "-out {1}/cert.pem >{1}/log 2>&1",
                        name, folder);
        if (std::system(make.c_str()) != 0) {
            return;
        }
        const auto serve = fmt::format("exec openssl s_server -accept 127.0.0.1:0 -www -key {0}/key.pem "
                                       "-cert {0}/cert.pem {1} </dev/null >{0}/log 2>&1",
                                       folder, extra_options);
        m_child = fork();
        if (m_child == 0) {
            execl("/bin/sh", "sh", "-c", serve.c_str(), nullptr);
            _exit(127);
        }
        wait_for_port();
    }
    TlsServer(const TlsServer&) = delete;
    TlsServer& operator=(const TlsServer&) = delete;
    ~TlsServer() {
        if (m_child > 0) {
            kill(m_child, SIGKILL);
            waitpid(m_child, nullptr, 0);
        }
    }

    [[nodiscard]] bool ready() const { return !m_port.empty(); }
    [[nodiscard]] std::string url() const { return fmt::format("https://localhost:{}/?code=canary", m_port); }
    [[nodiscard]] std::string ca_file() const { return (m_folder.path() / "cert.pem").string(); }

private:
    // The server writes "ACCEPT 127.0.0.1:40123" once it listens.
    void wait_for_port() {
        constexpr std::string_view mark = "ACCEPT 127.0.0.1:";
        for (int i = 0; i < 1000 && m_port.empty(); ++i) {
            const auto log = read_file(m_folder.path() / "log");
            const auto at = log.find(mark);
            const auto end = log.find('\n', std::min(at, log.size()));
            if (at != std::string::npos && end != std::string::npos) {
                m_port = trim(std::string_view(log).substr(at + mark.size(), end - at - mark.size()));
            } else {
                std::this_thread::sleep_for(10ms);
            }
        }
    }

    test::TemporaryFolder m_folder;
    std::string m_port;
    pid_t m_child = -1;
};

TEST(CurlTransportTls, TalksToAServerWithATrustedCertificate) {
    const TlsServer server("DNS:localhost");
    ASSERT_TRUE(server.ready());
    CurlTransport transport("harrier/test", server.ca_file());
    EXPECT_EQ(transport.send(get(server.url())).status, 200);
}

TEST(CurlTransportTls, RefusesACertificateThatNobodyVouchesFor) {
    const TlsServer server("DNS:localhost");
    ASSERT_TRUE(server.ready());
    const auto error = error_of(get(server.url()));
    EXPECT_EQ(error.kind(), ErrorKind::network);
    EXPECT_THAT(error.message(), HasSubstr("the certificate of localhost is not trusted"));
}

TEST(CurlTransportTls, RefusesACertificateForAnotherHost) {
    const TlsServer server("DNS:elsewhere.test");
    ASSERT_TRUE(server.ready());
    const auto error = error_of(get(server.url()), {}, server.ca_file());
    EXPECT_THAT(error.message(), HasSubstr("the certificate of localhost is not trusted"));
}

TEST(CurlTransportTls, RefusesTlsOlderThan12) {
    const TlsServer server("DNS:localhost", "-tls1_1 -cipher DEFAULT:@SECLEVEL=0");
    ASSERT_TRUE(server.ready());
    const auto error = error_of(get(server.url()), {}, server.ca_file());
    EXPECT_EQ(error.message(), "no secure connection (TLS 1.2 or newer) with localhost");
}

} // namespace
} // namespace harrier::net
