// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "strava/oauth.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_transport.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace harrier::strava {
namespace {

using test::FakeClock;
using test::FakeTransport;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* grant_body =
    R"({"token_type":"Bearer","expires_at":1900000000,"expires_in":21600,"refresh_token":"new-refresh",)"
    R"("access_token":"new-access","athlete":{"id":134815,"firstname":"Ada","lastname":"Runner"}})";
constexpr const char* refused_body =
    R"({"message":"Bad Request","errors":[{"resource":"RefreshToken","field":"refresh_token","code":"invalid"}]})";

class OAuth : public testing::Test {
protected:
    // Answers every request so; 0 = the connection breaks.
    FakeTransport answering(int status, std::string body = {}) {
        return FakeTransport([status, body](const net::Request& /*request*/) -> net::Response {
            if (status == 0) {
                throw Error(ErrorKind::network, "the connection was cut");
            }
            return {status, {{"Content-Type", "application/json"}}, body};
        });
    }
    // The error that an exchange ends with.
    Error exchange_error(FakeTransport& http) {
        try {
            static_cast<void>(
                exchange_code(http, clock, endpoints, client, Secret(std::string("canary-code"))));
        } catch (const Error& error) {
            return error;
        }
        return {ErrorKind::internal, "no error came"};
    }

    FakeClock clock;
    Endpoints endpoints{"https://api.test/v3", "https://oauth.test/oauth"};
    ClientCredentials client{"12345", Secret(std::string("canary-secret"))};
    Token token{Secret(std::string("canary-access")), Secret(std::string("canary-refresh")), Instant{}};
};

TEST_F(OAuth, WritesAnAuthorizeUrlThatCanBeRead) {
    EXPECT_EQ(
        authorize_url(endpoints, "12345", "http://127.0.0.1:8721/cb/x", default_scopes(), "s-1"),
        "https://oauth.test/oauth/"
        "authorize?client_id=12345&redirect_uri=http%3A%2F%2F127.0.0.1%3A8721%2Fcb%2Fx"
        "&response_type=code&approval_prompt=force&scope=read,activity:read_all,profile:read_all&state=s-1");
    EXPECT_THAT(authorize_url(endpoints, "1&2", "x", Scopes{"re&ad"}, "a=b"),
                AllOf(HasSubstr("client_id=1%262"), HasSubstr("scope=re%26ad"), HasSubstr("state=a%3Db")));
}

TEST_F(OAuth, ReadsTheRedirectOfTheTutorial) {
    const auto redirect = parse_redirect_url(" http://localhost/exchange_token?state=&code=b55003496d87a9f0"
                                             "&scope=read,activity:read_all\n");
    ASSERT_TRUE(redirect);
    EXPECT_EQ(redirect->state, "");
    EXPECT_EQ(redirect->code.reveal(), "b55003496d87a9f0");
    EXPECT_EQ(redirect->granted, (Scopes{"read", "activity:read_all"}));
    EXPECT_EQ(redirect->error, "");
}

TEST_F(OAuth, ReadsARedirectWithoutItsSchemeAndOneThatWasRefused) {
    ASSERT_TRUE(parse_redirect_url("localhost/exchange_token?code=abc&state=x"));
    const auto refused = parse_redirect_url("http://127.0.0.1:9/cb/1?state=x&error=access_denied");
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->error, "access_denied");
    EXPECT_TRUE(refused->code.empty());
    EXPECT_FALSE(refused->granted);
}

TEST_F(OAuth, TakesNothingElseForARedirect) {
    for (const std::string query : {"", "code=", "state=x", "code=a&code=b", "code=a&state=x&state=x",
                                    "code=a&error=access_denied", "code=a&x=1&x=2"}) {
        EXPECT_FALSE(parse_redirect_query(query)) << query;
    }
    EXPECT_FALSE(parse_redirect_query("code=" + std::string(1'000'000, 'a')));
    EXPECT_FALSE(parse_redirect_url(std::string(1'000'000, 'a')));
    for (const std::string url :
         {"", "junk", "ftp://localhost/?code=a", "http://", "javascript:code=a",
          "http://u:p@localhost/?code=a", "b55003496d87a9f0b694ca1680cd5690d27d9d28"}) {
        EXPECT_FALSE(parse_redirect_url(url)) << url;
    }
}

TEST_F(OAuth, ReadsEverySubsetOfGrantedScopes) {
    const auto& known = known_scopes();
    for (unsigned bits = 0; bits < 1U << known.size(); ++bits) {
        Scopes subset;
        for (std::size_t i = 0; i < known.size(); ++i) {
            if ((bits >> i & 1U) != 0) {
                subset.add(known[i].name);
            }
        }
        const auto redirect = parse_redirect_query("code=a&scope=" + subset.join());
        ASSERT_TRUE(redirect);
        EXPECT_EQ(redirect->granted, subset);
    }
}

TEST_F(OAuth, ExchangesACodeInTheBodyOfOnePost) {
    auto http = answering(200, grant_body);
    const auto grant = exchange_code(http, clock, endpoints, client, Secret(std::string("canary-code")));
    EXPECT_EQ(grant.token.access_token.reveal(), "new-access");
    EXPECT_EQ(grant.token.refresh_token.reveal(), "new-refresh");
    ASSERT_TRUE(grant.athlete);
    EXPECT_EQ(grant.athlete->athlete_id.value, 134815);
    const auto requests = http.requests();
    ASSERT_EQ(requests.size(), 1U);
    EXPECT_EQ(requests[0].method, "POST");
    EXPECT_EQ(requests[0].url, "https://oauth.test/oauth/token");
    EXPECT_EQ(requests[0].body, "client_id=12345&client_secret=canary-secret&grant_type=authorization_code"
                                "&code=canary-code");
}

TEST_F(OAuth, SendsAnExchangeOnceEvenWhenTheConnectionIsCut) {
    auto http = answering(0);
    const auto error = exchange_error(http);
    EXPECT_EQ(http.requests().size(), 1U);
    EXPECT_EQ(error.kind(), ErrorKind::network);
    EXPECT_THAT(error.hint(), HasSubstr("harrier login"));
}

TEST_F(OAuth, ExplainsAWrongSecretAndAUsedCode) {
    auto wrong_secret = answering(
        401,
        R"({"message":"Authorization Error","errors":[{"resource":"Application","field":"","code":"invalid"}]})");
    const auto error = exchange_error(wrong_secret);
    EXPECT_THAT(error.message(), HasSubstr("secret"));
    EXPECT_NE(error.hint(), "");
    auto used_code = answering(
        400,
        R"({"message":"Bad Request","errors":[{"resource":"AuthorizationCode","field":"code","code":"invalid"}]})");
    EXPECT_THAT(exchange_error(used_code).hint(), HasSubstr("harrier login"));
}

TEST_F(OAuth, NoErrorTellsASecret) {
    const std::string echo = "client_secret=canary-secret code=canary-code";
    for (const auto& [status, body] : std::vector<std::pair<int, std::string>>{
             {0, ""},
             {200, ""},
             {200, R"({"access_token":"canary-access","refresh_token":7})"},
             {200, R"({"access_token":"canary-access")"},
             {200, "<html>canary-access</html>"},
             {302, echo},
             {400, echo},
             {401, echo},
             {429, echo},
             {503, echo}}) {
        auto http = answering(status, body);
        const auto error = exchange_error(http);
        EXPECT_NE(error.kind(), ErrorKind::internal) << status << body;
        EXPECT_THAT(error.message() + error.hint(), Not(HasSubstr("canary"))) << status << body;
        EXPECT_EQ(http.requests().size(), 1U);
    }
}

TEST_F(OAuth, TellsARefusedRefreshTokenFromEveryOtherFailure) {
    auto refusing = answering(400, refused_body);
    const auto refused = refresh(refusing, clock, endpoints, client, token.refresh_token);
    ASSERT_TRUE(std::holds_alternative<RefreshRefused>(refused));
    EXPECT_EQ(std::get<RefreshRefused>(refused).error.kind(), ErrorKind::auth);
    for (const int status : {0, 200, 400, 401, 403, 429, 500, 502, 504}) {
        auto http = answering(status, "{}");
        EXPECT_THROW(static_cast<void>(refresh(http, clock, endpoints, client, token.refresh_token)), Error)
            << status;
        EXPECT_EQ(http.requests().size(), 1U) << status;
    }
}

TEST_F(OAuth, KeepsTheOldRefreshTokenWhenTheAnswerHasNone) {
    auto http = answering(200, R"({"access_token":"new-access","expires_at":1900000000,"expires_in":21600})");
    const auto answer = refresh(http, clock, endpoints, client, token.refresh_token);
    ASSERT_TRUE(std::holds_alternative<TokenGrant>(answer));
    EXPECT_EQ(std::get<TokenGrant>(answer).token.refresh_token.reveal(), "canary-refresh");
    auto exchanging = answering(200, R"({"access_token":"new-access","athlete":{"id":1}})");
    EXPECT_THAT(exchange_error(exchanging).message(), HasSubstr("refresh token"));
}

TEST_F(OAuth, RevokesWithBasicAuthorization) {
    auto http = answering(200);
    EXPECT_EQ(revoke(http, endpoints, client, token), Revocation::revoked);
    const auto requests = http.requests();
    ASSERT_EQ(requests.size(), 1U);
    EXPECT_EQ(requests[0].url, "https://oauth.test/oauth/revoke");
    EXPECT_EQ(requests[0].body, "token=canary-refresh&token_type_hint=refresh_token");
    // base64 of "12345:canary-secret"
    EXPECT_EQ(net::find_header(requests[0].headers, "Authorization"), "Basic MTIzNDU6Y2FuYXJ5LXNlY3JldA==");
}

TEST_F(OAuth, RevokesTheOldWayWhereTheNewOneIsNotKnown) {
    for (const auto& [status, expected] :
         {std::pair{200, Revocation::revoked}, std::pair{401, Revocation::already_gone}}) {
        FakeTransport http([status = status](const net::Request& request) -> net::Response {
            return {request.url.ends_with("/revoke") ? 404 : status, {}, ""};
        });
        EXPECT_EQ(revoke(http, endpoints, client, token), expected);
        const auto requests = http.requests();
        ASSERT_EQ(requests.size(), 2U);
        EXPECT_EQ(requests[1].url, "https://oauth.test/oauth/deauthorize");
        EXPECT_EQ(net::find_header(requests[1].headers, "Authorization"), "Bearer canary-access");
    }
}

TEST_F(OAuth, SaysWhenARevocationFailed) {
    for (const int status : {0, 401, 503}) {
        auto http = answering(status);
        try {
            static_cast<void>(revoke(http, endpoints, client, token));
            ADD_FAILURE() << status;
        } catch (const Error& error) {
            EXPECT_THAT(error.message(), AllOf(HasSubstr("revoke the login"), Not(HasSubstr("canary"))));
        }
    }
}

} // namespace
} // namespace harrier::strava
