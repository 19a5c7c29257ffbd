// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "emulator/fault_bodies.hpp"
#include "emulator/oauth_service.hpp"
#include "tests/support/small_strava.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace harrier::emulator {
namespace {

using namespace std::chrono_literals;
using test::SmallStrava;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

const std::string story_body = R"({"message":"Authorization Error","errors":[{"resource":"AccessToken",)"
                               R"("field":"activity:read_permission","code":"missing"}]})";

TEST(Story, ScopeReadIsRefusedAndTheRightScopeListsEverything) {
    SmallStrava strava;
    const auto poor = strava.log_in("read");
    const auto refused = strava.get("/api/v3/athlete/activities", poor);
    EXPECT_EQ(refused.status, 401);
    EXPECT_EQ(refused.body, story_body);
    const auto rich = strava.log_in("read,activity:read_all");
    const auto listed = strava.get("/api/v3/athlete/activities", rich);
    EXPECT_EQ(listed.status, 200);
    EXPECT_EQ(SmallStrava::ids_in(listed.body), (std::vector<int>{7, 6, 5, 4, 3, 2, 1}));
}

TEST(Authorize, AnswersInStravasShape) {
    SmallStrava strava;
    const auto page = strava.get(SmallStrava::authorize_target("read,activity:read_all", "&state=Q7x"));
    ASSERT_EQ(page.status, 200);
    const auto answer =
        strava.post_form("/oauth/authorize/decision", {{"nonce", SmallStrava::nonce_in(page.body)},
                                                       {"decision", "authorize"},
                                                       {"scope", "activity:read_all"}});
    EXPECT_EQ(answer.status, 302);
    EXPECT_THAT(SmallStrava::header(answer, "Location"),
                MatchesRegex("http://localhost/exchange_token\\?state=Q7x&code=[0-9a-f]{40}"
                             "&scope=read,activity:read_all"));
}

TEST(Authorize, SendsAnEmptyStateBackWhenNoneWasSent) {
    SmallStrava strava(EmulatorOptions{.auto_approve = true});
    const auto answer = strava.get(SmallStrava::authorize_target("read"));
    EXPECT_THAT(SmallStrava::header(answer, "Location"),
                MatchesRegex("http://localhost/exchange_token\\?state=&code=[0-9a-f]{40}&scope=read"));
}

TEST(Authorize, GrantsWhatIsTickedAndKeepsRead) {
    SmallStrava strava;
    const auto page = strava.get(SmallStrava::authorize_target("read%20activity:read%20profile:read_all"));
    const auto answer =
        strava.post_form("/oauth/authorize/decision", {{"nonce", SmallStrava::nonce_in(page.body)},
                                                       {"decision", "authorize"},
                                                       {"scope", "activity:read"},
                                                       {"scope", "activity:write"}}); // not asked
    EXPECT_THAT(SmallStrava::header(answer, "Location"), HasSubstr("&scope=read,activity:read"));
    EXPECT_THAT(SmallStrava::header(answer, "Location"), Not(HasSubstr("write")));
}

TEST(Authorize, CancelIsAccessDenied) {
    SmallStrava strava;
    const auto page = strava.get(SmallStrava::authorize_target("read", "&state=a%26b"));
    const auto answer = strava.post_form(
        "/oauth/authorize/decision", {{"nonce", SmallStrava::nonce_in(page.body)}, {"decision", "cancel"}});
    EXPECT_EQ(SmallStrava::header(answer, "Location"),
              "http://localhost/exchange_token?state=a%26b&error=access_denied");
}

TEST(Authorize, TakesAFormOnceAndForTenMinutes) {
    SmallStrava strava;
    const auto page = strava.get(SmallStrava::authorize_target("read"));
    const net::Parameters form{{"nonce", SmallStrava::nonce_in(page.body)}, {"decision", "authorize"}};
    EXPECT_EQ(strava.post_form("/oauth/authorize/decision", form).status, 302);
    EXPECT_EQ(strava.post_form("/oauth/authorize/decision", form).status, 400);
    EXPECT_EQ(strava.post_form("/oauth/authorize/decision", {{"decision", "authorize"}}).status, 400);
    const auto old = strava.get(SmallStrava::authorize_target("read"));
    strava.clock.advance(10min);
    EXPECT_EQ(strava
                  .post_form("/oauth/authorize/decision",
                             {{"nonce", SmallStrava::nonce_in(old.body)}, {"decision", "authorize"}})
                  .status,
              400);
}

TEST(Authorize, EscapesWhatItShowsAndLoadsNothing) {
    SmallStrava strava;
    const auto page =
        strava.get(SmallStrava::authorize_target("read,activity:read", "&state=%22%3E%3Cscript%3E"));
    EXPECT_THAT(page.body, HasSubstr("Ann &lt;b&gt; Runner"));
    EXPECT_THAT(page.body, HasSubstr("<h1>harrier's emulator</h1>"));
    EXPECT_THAT(page.body, Not(HasSubstr("<script")));
    EXPECT_THAT(page.body, Not(HasSubstr("http://"))); // no link, picture or style from elsewhere
    EXPECT_THAT(page.body, Not(HasSubstr("https://")));
    EXPECT_THAT(page.body, HasSubstr("value=\"activity:read\" aria-label=\"activity:read\""));
    EXPECT_EQ(SmallStrava::header(page, "Cache-Control"), "no-store");
}

TEST(Authorize, RefusesWithStravasBodies) {
    const std::string good = "client_id=12345&redirect_uri=http://localhost&response_type=code&scope=read";
    const auto with = [&](const std::string& from, const std::string& to) {
        std::string query = good;
        query.replace(query.find(from), from.size(), to);
        return query;
    };
    const std::vector<std::pair<std::string, FaultBody>> table{
        {with("12345", "54321"), fault::unknown_client},
        {with("client_id=12345&", ""), fault::unknown_client},
        {with("http://localhost", "http://example.com/"), fault::redirect_uri_invalid},
        {with("http://localhost", "http://localhost.example.com"), fault::redirect_uri_invalid},
        {with("http://localhost", "http://localhost%0d%0aX-Evil:1"), fault::redirect_uri_invalid},
        {with("http://localhost", "http://a@localhost/"), fault::redirect_uri_invalid},
        {with("http://localhost", "http://localhost:1@example.com/"), fault::redirect_uri_invalid},
        {with("http://localhost", "http://localhost%5C.example.com/"), fault::redirect_uri_invalid},
        {with("http://localhost", "localhost"), fault::redirect_uri_invalid},
        {with("=code", "=token"), fault::response_type_invalid},
        {with("scope=read", "scope=view_private"), fault::scope_invalid},
        {with("scope=read", "scope=read,read"), fault::scope_invalid},
        {with("scope=read", "scope="), fault::scope_invalid},
        {with("scope=read", "scope=read&approval_prompt=maybe"), fault::approval_prompt_invalid},
    };
    SmallStrava strava;
    for (const auto& [query, expected] : table) {
        const auto answer = strava.get("/oauth/authorize?" + query);
        EXPECT_EQ(answer.status, expected.status) << query;
        EXPECT_EQ(answer.body, expected.body) << query;
        EXPECT_EQ(SmallStrava::header(answer, "Location"), "") << query;
    }
    EXPECT_EQ(strava.get("/oauth/authorize?" + good).status, 200);
}

TEST(Authorize, TakesLoopbackWithAnyPortAndPath) {
    for (const std::string uri : {"http://127.0.0.1:40123/cb/abc?x=1", "http://localhost",
                                  "https://LOCALHOST:1/", "app://localhost/strava"}) {
        EXPECT_TRUE(allowed_redirect_host(uri)) << uri;
    }
    SmallStrava strava(EmulatorOptions{.auto_approve = true});
    const auto answer =
        strava.get("/oauth/mobile/authorize?client_id=12345&response_type=code&scope=read&redirect_uri="
                   "http%3A%2F%2F127.0.0.1%3A9%2Fcb%3Fx%3D1");
    EXPECT_THAT(SmallStrava::header(answer, "Location"), HasSubstr("http://127.0.0.1:9/cb?x=1&state=&code="));
}

TEST(Authorize, AsksAgainOnlyForMoreOrWhenForced) {
    SmallStrava strava;
    const auto token = strava.log_in("read");
    EXPECT_EQ(strava.get(SmallStrava::authorize_target("read")).status, 302);
    EXPECT_EQ(strava.get(SmallStrava::authorize_target("read,read_all")).status, 200);
    EXPECT_EQ(strava.get(SmallStrava::authorize_target("read", "&approval_prompt=force")).status, 200);
    EXPECT_EQ(strava.post_form("/oauth/deauthorize", {{"access_token", token}}).status, 200);
    EXPECT_EQ(strava.get(SmallStrava::authorize_target("read")).status, 200);
}

TEST(Authorize, AnswersAtOnceWhenToldTo) {
    SmallStrava denying(EmulatorOptions{.deny = true});
    EXPECT_EQ(SmallStrava::header(denying.get(SmallStrava::authorize_target("read", "&state=s")), "Location"),
              "http://localhost/exchange_token?state=s&error=access_denied");
    SmallStrava granting(EmulatorOptions{.grant = "activity:read,read"});
    EXPECT_THAT(SmallStrava::header(
                    granting.get(SmallStrava::authorize_target("read,activity:read,read_all")), "Location"),
                HasSubstr("&scope=read,activity:read"));
    EXPECT_THROW(SmallStrava(EmulatorOptions{.grant = "everything"}), Error);
}

TEST(Token, AnswersACodeWithTheAthleteAndARefreshWithout) {
    SmallStrava strava;
    const auto code = strava.code_for("read");
    const auto granted = strava.token({{"grant_type", "authorization_code"}, {"code", code}});
    const std::string hex = "[0-9a-f]{40}";
    EXPECT_THAT(
        granted.body,
        MatchesRegex(R"(\{"token_type":"Bearer","expires_at":[0-9]+,"expires_in":21600,"refresh_token":")" +
                     hex + R"(","access_token":")" + hex + R"(","athlete":\{"id":99,.*\}\})"));
    EXPECT_EQ(SmallStrava::header(granted, "Content-Type"), "application/json; charset=utf-8");
    EXPECT_EQ(SmallStrava::header(granted, "Cache-Control"), "max-age=0, private, must-revalidate");
    EXPECT_EQ(SmallStrava::header(granted, "X-Ratelimit-Usage"), "");
    strava.clock.advance(2h);
    const auto refreshed =
        strava.token({{"grant_type", "refresh_token"},
                      {"refresh_token", SmallStrava::field_in(granted.body, "refresh_token")}});
    EXPECT_THAT(refreshed.body, HasSubstr("{\"token_type\":\"Bearer\",\"access_token\":\"" +
                                          SmallStrava::field_in(granted.body, "access_token")));
    EXPECT_THAT(refreshed.body, HasSubstr("\"expires_in\":14400,"));
    EXPECT_THAT(refreshed.body, Not(HasSubstr("athlete")));
}

TEST(Token, TakesFormMultipartQueryAndJsonOnBothPaths) {
    SmallStrava strava;
    const auto fields = [&] {
        return net::Parameters{{"client_id", "12345"},
                               {"client_secret", SmallStrava::secret},
                               {"code", strava.code_for("read")},
                               {"grant_type", "authorization_code"}};
    };
    for (const std::string path : {"/oauth/token", "/api/v3/oauth/token"}) {
        EXPECT_EQ(strava.post_form(path, fields()).status, 200);
        EXPECT_EQ(strava.send("POST", path + "?" + net::encode_form(fields())).status, 200);
        std::string multipart;
        std::string json = "{\"client_id\":12345";
        for (const auto& [name, value] : fields()) {
            multipart +=
                "--B0und\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
        }
        for (const auto& [name, value] : fields()) {
            json += name == "client_id" ? "" : ",\"" + name + "\":\"" + value + "\"";
        }
        EXPECT_EQ(strava
                      .send("POST", path, {{"Content-Type", "multipart/form-data; boundary=B0und"}},
                            multipart + "--B0und--\r\n")
                      .status,
                  200);
        EXPECT_EQ(strava.send("POST", path, {{"Content-Type", "application/json; charset=utf-8"}}, json + "}")
                      .status,
                  200);
    }
}

TEST(Token, RefusesWithStravasBodies) {
    SmallStrava strava;
    const std::string secret = SmallStrava::secret;
    const std::vector<std::pair<net::Parameters, FaultBody>> table{
        {{}, fault::unknown_client},
        {{{"client_id", "1"}, {"client_secret", secret}, {"grant_type", "bad"}}, fault::unknown_client},
        {{{"client_id", "12345"}, {"client_secret", "wrong"}, {"grant_type", "refresh_token"}},
         fault::wrong_secret},
        {{{"client_id", "12345"}}, fault::wrong_secret},
        {{{"client_id", "12345"}, {"client_secret", secret}, {"grant_type", "bad"}},
         fault::grant_type_invalid},
        {{{"client_id", "12345"},
          {"client_secret", secret},
          {"grant_type", "authorization_code"},
          {"code", "x"}},
         fault::code_invalid},
        {{{"client_id", "12345"}, {"client_secret", secret}, {"grant_type", "authorization_code"}},
         fault::code_invalid},
        {{{"client_id", "12345"},
          {"client_secret", secret},
          {"grant_type", "refresh_token"},
          {"refresh_token", "x"}},
         fault::refresh_token_invalid},
    };
    for (const auto& [fields, expected] : table) {
        const auto answer = strava.post_form("/oauth/token", fields);
        EXPECT_EQ(answer.status, expected.status) << expected.body;
        EXPECT_EQ(answer.body, expected.body);
    }
    EXPECT_EQ(strava.send("POST", "/oauth/token", {{"Content-Type", "application/json"}}, "{broken").body,
              fault::unknown_client.body);
}

TEST(Deauthorize, KillsEveryTokenAndCountsAsRead) {
    SmallStrava strava;
    const auto first = strava.log_in();
    const auto second = strava.log_in();
    const auto answer = strava.send("POST", "/oauth/deauthorize", {{"Authorization", "Bearer " + first}});
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "{\"access_token\":\"" + first + "\"}");
    EXPECT_EQ(SmallStrava::header(answer, "X-Readratelimit-Usage"), "1,1");
    EXPECT_EQ(strava.get("/athlete", second).body, fault::token_invalid.body);
    EXPECT_EQ(strava.post_form("/oauth/deauthorize", {{"access_token", first}}).body,
              fault::token_invalid.body);
}

TEST(Revoke, WantsBasicAndATokenAndIsSilentAboutUnknownOnes) {
    SmallStrava strava;
    const auto token = strava.log_in();
    // base64 of "12345:" and the secret
    const std::string basic = "Basic MTIzNDU6NWVjMmU3NWVjMmU3NWVjMmU3NWVjMmU3NWVjMmU3NWVjMmU3NWVjMg==";
    const auto revoke = [&](const std::string& authorization, const std::string& body) {
        return strava.send(
            "POST", "/oauth/revoke",
            {{"Authorization", authorization}, {"Content-Type", "application/x-www-form-urlencoded"}}, body);
    };
    EXPECT_EQ(revoke("Basic MTIzNDU6d3Jvbmc=", "token=" + token).body, fault::revoke_unauthorised.body);
    EXPECT_EQ(revoke("Bearer " + token, "token=" + token).status, 401);
    EXPECT_EQ(revoke(basic, "").status, 400);
    EXPECT_EQ(revoke(basic, "token=unknown").status, 200);
    EXPECT_EQ(strava.get("/athlete", token).status, 200);
    const auto answer = revoke(basic, "token=" + token + "&token_type_hint=access_token");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "");
    EXPECT_EQ(strava.get("/athlete", token).status, 401);
}

TEST(Oauth, GoesOnWithoutASubscription) {
    SmallStrava strava(EmulatorOptions{.inactive = true});
    const auto token = strava.log_in();
    EXPECT_EQ(token.size(), 40U);
    for (const std::string path : {"/athlete", "/athlete/activities", "/activities/1/streams"}) {
        const auto answer = strava.get("/api/v3" + path, token);
        EXPECT_EQ(answer.status, 403) << path;
        EXPECT_EQ(answer.body, fault::application_inactive.body) << path;
    }
}

} // namespace
} // namespace harrier::emulator
