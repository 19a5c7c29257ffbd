// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "base/kill_point.hpp"
#include "net/url.hpp"
#include "strava/token_source.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_transport.hpp"
#include "tests/support/small_login.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <atomic>
#include <csignal>
#include <new>
#include <sys/mman.h>
#include <sys/resource.h>
#include <thread>

namespace harrier::strava {
namespace {

using test::FakeClock;
using test::FakeTransport;
using test::file_vault;
using test::small_login;
using testing::AnyOf;
using testing::HasSubstr;
using testing::StartsWith;
using namespace std::chrono_literals;

constexpr auto lifetime = 6h;
constexpr const char* refused_body =
    R"({"message":"Bad Request","errors":[{"resource":"RefreshToken","field":"refresh_token","code":"invalid"}]})";

enum class Rotation { always, never, grace };

// A token endpoint whose memory is shared with forked children. Refresh tokens are "refresh-<n>".
struct TokenEndpoint {
    Rotation rotation = Rotation::always;
    std::atomic<int> posts = 0;
    std::atomic<int> newest = 0;

    net::Response answer(const net::Request& request, Instant true_time) {
        ++posts;
        const auto form = net::decode_form(request.body);
        const auto token = net::find(form, "refresh_token").value_or("");
        const int number = token.starts_with("refresh-") ? std::atoi(token.c_str() + 8) : -1;
        const bool in_grace = rotation == Rotation::grace && number == newest - 1;
        if (number != newest && !in_grace) {
            return {400, {}, refused_body};
        }
        if (rotation != Rotation::never && !in_grace) {
            ++newest;
        }
        return {
            200,
            {},
            fmt::format(R"({{"token_type":"Bearer","access_token":"access-{}","refresh_token":"refresh-{}",)"
                        R"("expires_at":{},"expires_in":{}}})",
                        posts.load(), newest.load(), (true_time + lifetime).time_since_epoch().count(),
                        std::chrono::seconds{lifetime}.count())};
    }
};

// A value in memory that children share.
template <typename T>
class Shared {
public:
    Shared()
        : m_value(new (mmap(nullptr, sizeof(T), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0))
                      T) {}
    Shared(const Shared&) = delete;
    Shared& operator=(const Shared&) = delete;
    ~Shared() {
        m_value->~T();
        munmap(m_value, sizeof(T));
    }
    T* operator->() const { return m_value; }

private:
    T* m_value;
};

class Tokens : public testing::Test {
protected:
    // Stores a login whose token lives so long from now, with the refresh token that the endpoint knows.
    void store(std::chrono::seconds left) {
        auto login = small_login("0");
        login.token.access_token = Secret(std::string("access-old"));
        login.token.expires_at = now() + left;
        file_vault(folder).store(login);
    }
    [[nodiscard]] Instant now() { return std::chrono::floor<std::chrono::seconds>(clock.now()); }
    [[nodiscard]] Login stored() const { return file_vault(folder).load().value(); }
    [[nodiscard]] VaultTokenSource source() { return source_with(http); }
    [[nodiscard]] VaultTokenSource source_with(net::HttpTransport& transport) {
        return {vault, transport, clock, Endpoints{"https://api.test", "https://oauth.test"}};
    }
    static Error error_of(TokenSource& tokens) {
        try {
            static_cast<void>(tokens.access_token());
        } catch (const Error& error) {
            return error;
        }
        return {ErrorKind::internal, "a token was given"};
    }

    test::TemporaryFolder temporary{test::TemporaryFolder::memory()};
    std::filesystem::path folder = temporary.path() / "state";
    FakeClock clock;
    FakeClock true_clock; // Strava's
    Shared<TokenEndpoint> endpoint;
    Vault vault = file_vault(folder);
    FakeTransport http{[this](const net::Request& request) {
        return endpoint->answer(request, std::chrono::floor<std::chrono::seconds>(true_clock.now()));
    }};
};

TEST_F(Tokens, AreGivenAsStoredWhileTheyLive) {
    store(301s);
    auto tokens = source();
    EXPECT_EQ(tokens.access_token().reveal(), "access-old");
    EXPECT_EQ(tokens.granted().join(), "read,activity:read_all");
    EXPECT_EQ(endpoint->posts, 0);
}

TEST_F(Tokens, AreRefreshedFiveMinutesBeforeTheyExpire) {
    store(300s);
    auto tokens = source();
    EXPECT_EQ(tokens.access_token().reveal(), "access-1");
    EXPECT_EQ(tokens.access_token().reveal(), "access-1");
    EXPECT_EQ(endpoint->posts, 1);
    EXPECT_EQ(stored().token.access_token.reveal(), "access-1");
    EXPECT_EQ(stored().token.refresh_token.reveal(), "refresh-1");
    EXPECT_EQ(stored().token.expires_at, now() + lifetime);
    EXPECT_EQ(stored().granted.join(), "read,activity:read_all");
}

TEST_F(Tokens, NeedALogin) {
    auto tokens = source();
    EXPECT_EQ(error_of(tokens).kind(), ErrorKind::auth);
    EXPECT_THAT(error_of(tokens).hint(), HasSubstr("harrier login"));
    EXPECT_EQ(endpoint->posts, 0);
}

TEST_F(Tokens, ThatAnotherProcessRefreshedAreTakenOver) {
    store(0s);
    auto first = source();
    auto second = source();
    EXPECT_EQ(first.access_token().reveal(), "access-1");
    EXPECT_EQ(second.access_token().reveal(), "access-1");
    EXPECT_EQ(endpoint->posts, 1);
}

TEST_F(Tokens, SurviveManyRefreshesWithEveryKindOfRotation) {
    for (const auto rotation : {Rotation::always, Rotation::never, Rotation::grace}) {
        endpoint->rotation = rotation;
        endpoint->posts = 0;
        endpoint->newest = 0;
        store(0s);
        auto tokens = source();
        constexpr int refreshes = 333;
        for (int i = 1; i <= refreshes; ++i) {
            EXPECT_EQ(tokens.access_token().reveal(), fmt::format("access-{}", i));
            clock.advance(lifetime);
            true_clock.advance(lifetime);
        }
        EXPECT_EQ(endpoint->posts, refreshes);
        EXPECT_FALSE(stored().needs_login);
    }
}

TEST_F(Tokens, TheOldOneIsGivenWhileItLivesWhateverTheRefreshMeets) {
    store(200s);
    FakeTransport failing([](const net::Request& /*request*/) -> net::Response {
        return {503, {}, "<html>"};
    });
    auto tokens = source_with(failing);
    for (int second = 0; second < 120; ++second) {
        EXPECT_EQ(tokens.access_token().reveal(), "access-old");
        clock.advance(1s);
    }
    EXPECT_EQ(failing.requests().size(), 2U); // one a minute, not one a call
}

TEST_F(Tokens, TheOldRefreshTokenIsKeptThroughEveryFailureButARefusal) {
    for (const auto& [status, body] : std::vector<std::pair<int, std::string>>{
             {0, ""},
             {200, "junk"},
             {200, R"({"access_token":"x","refresh_to)"},
             {200, R"({"refresh_token":"x"})"},
             {200, "{}"},
             {302, ""},
             {400, "{}"},
             {400, R"({"errors":[{"resource":"Application","field":"client_id","code":"invalid"}]})"},
             {401, R"({"errors":[{"resource":"Application","field":"","code":"invalid"}]})"},
             {429, "{}"},
             {500, ""},
             {502, "<html>"},
             {503, ""},
             {504, ""}}) {
        store(-1s);
        FakeTransport failing(
            [status = status, body = body](const net::Request& /*request*/) -> net::Response {
                if (status == 0) {
                    throw Error(ErrorKind::network, "timed out");
                }
                return {status, {}, body};
            });
        auto failed = source_with(failing);
        EXPECT_NE(error_of(failed).kind(), ErrorKind::internal) << status << body;
        EXPECT_EQ(failing.requests().size(), 1U) << status << body;
        EXPECT_EQ(stored().token.refresh_token.reveal(), "refresh-0") << status << body;
        EXPECT_FALSE(stored().needs_login) << status << body;
        auto later = source();
        endpoint->newest = 0;
        EXPECT_THAT(later.access_token().reveal(), StartsWith("access-")) << status << body;
        EXPECT_NE(stored().token.refresh_token.reveal(), "refresh-0");
    }
}

TEST_F(Tokens, ARefusedRefreshTokenAsksForALoginOnceTheAccessTokenIsOver) {
    store(200s);
    endpoint->newest = 7; // somebody else rotated it away
    auto tokens = source();
    EXPECT_EQ(tokens.access_token().reveal(), "access-old");
    EXPECT_TRUE(stored().needs_login);
    clock.advance(100s);
    EXPECT_EQ(source().access_token().reveal(), "access-old");
    EXPECT_EQ(endpoint->posts, 1);
    clock.advance(101s);
    EXPECT_EQ(error_of(tokens).kind(), ErrorKind::auth);
    EXPECT_THAT(error_of(tokens).hint(), HasSubstr("harrier login"));
    EXPECT_EQ(endpoint->posts, 1);
    endpoint->newest = 0;
    store(1h); // the user logged in again, in another terminal
    EXPECT_EQ(tokens.access_token().reveal(), "access-old");
}

TEST_F(Tokens, ARejectedOneIsReplacedByOneRefresh) {
    store(5h);
    auto tokens = source();
    const auto old = tokens.access_token();
    const auto replaced = tokens.replace_rejected(old);
    ASSERT_TRUE(replaced);
    EXPECT_EQ(replaced->reveal(), "access-1");
    EXPECT_EQ(tokens.replace_rejected(old)->reveal(), "access-1"); // a second thread, a moment later
    EXPECT_EQ(endpoint->posts, 1);
    EXPECT_FALSE(tokens.replace_rejected(*replaced)); // fresh and still rejected: not the token's fault
    EXPECT_EQ(endpoint->posts, 1);
}

TEST_F(Tokens, ARejectedOneThatComesBackIsNoReplacement) {
    store(5h);
    FakeTransport same([](const net::Request& /*request*/) -> net::Response {
        return {200, {}, R"({"access_token":"access-old","refresh_token":"refresh-1","expires_in":18000})"};
    });
    auto tokens = source_with(same);
    EXPECT_FALSE(tokens.replace_rejected(tokens.access_token()));
    EXPECT_EQ(stored().token.refresh_token.reveal(), "refresh-1");
}

TEST_F(Tokens, ARejectedOneIsReplacedByWhatAnotherProcessStored) {
    store(5h);
    auto tokens = source();
    const auto old = tokens.access_token();
    auto login = stored();
    login.token.access_token = Secret(std::string("access-theirs"));
    file_vault(folder).store(login);
    EXPECT_EQ(tokens.replace_rejected(old)->reveal(), "access-theirs");
    EXPECT_EQ(endpoint->posts, 0);
}

TEST_F(Tokens, AreNotSpentWhenTheDiskIsFull) {
    store(-1s);
    const auto end = test::run_child([&] {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit small{4096, 4096};
        setrlimit(RLIMIT_FSIZE, &small);
        auto tokens = source();
        return error_of(tokens).kind() == ErrorKind::io ? 0 : 1;
    });
    EXPECT_EQ(end.exit, 0);
    EXPECT_EQ(endpoint->posts, 0);
    EXPECT_EQ(source().access_token().reveal(), "access-1");
}

TEST_F(Tokens, AClockThatIsWrongStartsNoStorm) {
    constexpr auto year = std::chrono::hours{24 * 365};
    for (const std::chrono::hours jump : {24h, -24h, 10 * year, -10 * year}) {
        endpoint->posts = 0;
        endpoint->newest = 0;
        store(1h);
        auto tokens = source();
        EXPECT_EQ(tokens.access_token().reveal(), "access-old");
        clock.jump(jump);
        for (int second = 0; second < 1800; ++second) {
            static_cast<void>(tokens.access_token());
            clock.advance(1s);
            true_clock.advance(1s);
        }
        EXPECT_LE(endpoint->posts, 1) << jump.count();
        const int before = endpoint->posts;
        clock.advance(61s);
        EXPECT_TRUE(tokens.replace_rejected(tokens.access_token())) << jump.count();
        EXPECT_EQ(endpoint->posts, before + 1);
    }
}

TEST_F(Tokens, ATokenThatLivesShorterThanTheMarginIsNotRefreshedAtEveryCall) {
    FakeTransport brief([](const net::Request& /*request*/) -> net::Response {
        return {200, {}, R"({"access_token":"access-b","refresh_token":"refresh-b","expires_in":120})"};
    });
    store(0s);
    auto tokens = source_with(brief);
    for (int i = 0; i < 59; ++i) {
        EXPECT_EQ(tokens.access_token().reveal(), "access-b");
        clock.advance(1s);
    }
    EXPECT_EQ(brief.requests().size(), 1U);
}

#ifdef HARRIER_KILLPOINTS

// A refresh that is killed at its n-th step, for each n; then another process asks for a token.
TEST_F(Tokens, ARefreshThatWasKilledRecoversOrAsksForALoginInTime) {
    for (const auto rotation : {Rotation::always, Rotation::never, Rotation::grace}) {
        int lost = 0;
        bool survived = false;
        for (int n = 1; !survived; ++n) {
            endpoint->rotation = rotation;
            endpoint->posts = 0;
            endpoint->newest = 0;
            store(200s);
            const auto end = test::run_child([&] {
                auto tokens = source();
                arm_kill_points(n);
                return tokens.access_token().empty() ? 1 : 0;
            });
            survived = end.signal != SIGKILL;
            auto next = source();
            const auto token = next.access_token().reveal();
            if (stored().needs_login) {
                ++lost;
                EXPECT_EQ(token, "access-old") << n; // used till it expires
            } else {
                EXPECT_THAT(token, AnyOf("access-1", "access-2")) << n;
            }
        }
        EXPECT_EQ(lost > 0, rotation == Rotation::always);
        EXPECT_LE(lost, 5) << "the window is wider than answer to disk";
    }
}

#endif

TEST_F(Tokens, SixtyFourProcessesOfEightThreadsSpendOneRefresh) {
    store(-1s);
    int gate[2];
    ASSERT_EQ(pipe(gate), 0);
    const auto work = [&] {
        close(gate[1]);
        char byte = 0;
        [[maybe_unused]] const auto read_bytes = read(gate[0], &byte, 1); // till the parent closes it
        auto tokens = source();
        std::atomic<int> right = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([&] { right += tokens.access_token().reveal() == "access-1" ? 1 : 0; });
        }
        for (auto& thread : threads) {
            thread.join();
        }
        return right == 8 ? 0 : 1;
    };
    std::vector<pid_t> children;
    for (int i = 0; i < 64; ++i) {
        children.push_back(test::start_child(work));
    }
    close(gate[0]);
    close(gate[1]);
    for (const auto child : children) {
        EXPECT_EQ(test::wait_for(child).exit, 0);
    }
    EXPECT_EQ(endpoint->posts, 1);
}

} // namespace
} // namespace harrier::strava
