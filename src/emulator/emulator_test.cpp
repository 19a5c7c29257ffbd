// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "emulator/emulator.hpp"
#include "net/curl_transport.hpp"
#include "net/url.hpp"
#include "tests/support/small_strava.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace harrier::emulator {
namespace {

using test::SmallAthlete;
using testing::HasSubstr;

// The real server on a free port.
class Served {
public:
    explicit Served(EmulatorOptions options = {})
        : m_emulator(on_free_port(std::move(options)), std::make_unique<SmallAthlete>(), m_clock) {}

    [[nodiscard]] net::Response send(const net::Request& request) const {
        net::CurlTransport transport("emulator-test");
        return transport.send(request);
    }
    [[nodiscard]] net::Response get(const std::string& path, const std::string& token = {}) const {
        net::Request request;
        request.url = emulator().url() + path;
        request.headers = {{"Authorization", "Bearer " + token}};
        return send(request);
    }
    // A login with --auto-approve; gives the access token.
    [[nodiscard]] std::string log_in(const std::string& scope) const {
        const auto redirect =
            get("/oauth/authorize?client_id=12345&redirect_uri=http://localhost/exchange_token"
                "&response_type=code&scope=" +
                scope);
        const std::string location(redirect.header("Location").value_or(""));
        net::Request request;
        request.method = "POST";
        request.url = emulator().oauth_base() + "/token";
        request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
        request.body = net::encode_form({{"client_id", emulator().client_id()},
                                         {"client_secret", emulator().client_secret()},
                                         {"code", test::SmallStrava::between(location, "code=", "&")},
                                         {"grant_type", "authorization_code"}});
        return test::SmallStrava::field_in(send(request).body, "access_token");
    }
    [[nodiscard]] const Emulator& emulator() const { return m_emulator; }

private:
    static EmulatorOptions on_free_port(EmulatorOptions options) {
        options.port = 0;
        options.auto_approve = true;
        return options;
    }

    test::FakeClock m_clock;
    Emulator m_emulator;
};

TEST(Emulator, PrintsWhereItIsAndAsWhom) {
    const Served served;
    const auto url = served.emulator().url();
    EXPECT_EQ(served.emulator().client_secret().size(), 40U);
    EXPECT_EQ(served.emulator().ready_line(), R"({"url":")" + url + R"(","api_base":")" + url +
                                                  R"(/api/v3","oauth_base":")" + url +
                                                  R"(/oauth","client_id":"12345","client_secret":")" +
                                                  served.emulator().client_secret() + "\"}");
}

TEST(Emulator, ServesTheStoryOverHttp) {
    const Served served;
    const auto refused = served.get("/api/v3/athlete/activities", served.log_in("read"));
    EXPECT_EQ(refused.status, 401);
    EXPECT_EQ(refused.body, R"({"message":"Authorization Error","errors":[{"resource":"AccessToken",)"
                            R"("field":"activity:read_permission","code":"missing"}]})");
    const auto listed = served.get("/api/v3/athlete/activities", served.log_in("read,activity:read_all"));
    EXPECT_EQ(listed.status, 200);
    EXPECT_EQ(test::SmallStrava::ids_in(listed.body).size(), 7U);
    EXPECT_EQ(listed.header("x-ratelimit-usage"), "2,2");
    EXPECT_EQ(listed.header("Date"), "Mon, 23 Nov 2026 00:00:00 GMT");
}

TEST(Emulator, DropsAndTruncatesForReal) {
    const Served served(EmulatorOptions{.faults = {"drop@n=1", "truncate@n=2"}});
    const auto token = served.log_in("read");
    for (int i = 0; i < 2; ++i) {
        try {
            static_cast<void>(served.get("/athlete", token));
            ADD_FAILURE() << "request " << i + 1 << " got a whole answer";
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::network);
        }
    }
    EXPECT_EQ(served.get("/athlete", token).status, 200);
}

TEST(Emulator, AnswersManyAtOnce) {
    const Served served(
        EmulatorOptions{.limits = {100'000, 100'000, 100'000, 100'000}, .admin = true, .threads = 4});
    const auto token = served.log_in("read,activity:read_all");
    std::atomic<int> good{0};
    {
        std::vector<std::jthread> clients;
        for (int client = 0; client < 8; ++client) {
            clients.emplace_back([&, client] {
                for (int i = 0; i < 10; ++i) {
                    const auto path = client == 0 ? "/admin/state" : "/athlete/activities?per_page=5";
                    good += served.get(path, token).status == 200 ? 1 : 0;
                }
            });
        }
    }
    EXPECT_EQ(good, 80);
}

TEST(Emulator, RefusesAFaultItCannotRead) {
    test::FakeClock clock;
    EmulatorOptions options{.port = 0, .faults = {"nonsense"}};
    EXPECT_THROW(Emulator(options, make_empty_athlete(), clock), Error);
}

} // namespace
} // namespace harrier::emulator
