// SPDX-License-Identifier: MIT
#include "base/file.hpp"
#include "strava/fault.hpp"
#include "strava/fault_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>

namespace harrier::strava {

namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::string_view story_body =
    R"({"message":"Authorization Error","errors":[{"resource":"AccessToken","field":"activity:read_permission","code":"missing"}]})";

Explanation explain_body(int status, std::string_view body, std::string path = "") {
    FaultContext context;
    context.path = std::move(path);
    return explain(parse_fault(status, body), context);
}

std::string item(std::string_view message, std::string_view resource, std::string_view field,
                 std::string_view code) {
    return R"({"message":")" + std::string(message) + R"(","errors":[{"resource":")" + std::string(resource) +
           R"(","field":")" + std::string(field) + R"(","code":")" + std::string(code) + R"("}]})";
}

struct Case {
    const char* name;
    int status;
    std::string body;
    const char* path;
    const char* cause;
    ErrorKind kind;
};

void PrintTo(const Case& one, std::ostream* out) {
    *out << one.name;
}

const std::string bad = "Bad Request";
const std::string refused = "Authorization Error";

const Case cases[] = {
    // the token endpoint
    {"UnknownClientId", 400, item(bad, "Application", "client_id", "invalid"), "/oauth/token",
     "invalid_client_id", ErrorKind::auth},
    {"WrongSecret", 401, item(refused, "Application", "", "invalid"), "/oauth/token", "invalid_client_secret",
     ErrorKind::auth},
    {"WrongSecretNamed", 400, item(bad, "Application", "client_secret", "invalid"), "/oauth/token",
     "invalid_client_secret", ErrorKind::auth},
    {"UsedCode", 400, item(bad, "AuthorizationCode", "code", "invalid"), "/oauth/token", "invalid_code",
     ErrorKind::auth},
    {"ExpiredCode", 400, item(bad, "AuthorizationCode", "code", "expired"), "/oauth/token", "invalid_code",
     ErrorKind::auth},
    {"CodeOf2018", 400, item(bad, "RequestToken", "code", "invalid"), "/oauth/token", "invalid_code",
     ErrorKind::auth},
    {"RotatedRefreshToken", 400, item(bad, "RefreshToken", "refresh_token", "invalid"), "/oauth/token",
     "invalid_refresh_token", ErrorKind::auth},
    {"RefreshTokenNamedCode", 400, item(bad, "RefreshToken", "code", "invalid"), "/oauth/token",
     "invalid_refresh_token", ErrorKind::auth},
    // the authorize page
    {"RedirectUri", 400, item(bad, "Application", "redirect_uri", "invalid"), "", "invalid_redirect_uri",
     ErrorKind::auth},
    {"UnknownScope", 400, item(bad, "Authorize", "scope", "invalid"), "", "invalid_scope", ErrorKind::usage},
    {"AthleteLimit", 403,
     "<!DOCTYPE html><html><head><title>Strava</title></head><body><h1>Error 403: Limit of connected "
     "athletes "
     "exceeded</h1></body></html>",
     "", "athlete_limit", ErrorKind::remote},
    // API calls
    {"BadAccessToken", 401, item(refused, "Athlete", "access_token", "invalid"), "/athlete",
     "invalid_access_token", ErrorKind::auth},
    {"SecretBodyOnAnApiCall", 401, item(refused, "Application", "", "invalid"), "/activities/1946417534",
     "invalid_access_token", ErrorKind::auth},
    {"MissingScope", 401, std::string(story_body), "/athlete/activities", "missing_scope", ErrorKind::auth},
    {"MissingProfileScope", 401, item(refused, "AccessToken", "profile:read_all_permission", "missing"),
     "/athlete/zones", "missing_scope", ErrorKind::auth},
    {"MissingScopeOf2018", 401, item(refused, "AccessToken", "write_permission", "missing"),
     "/segments/1/starred", "missing_scope", ErrorKind::auth},
    {"InternalEndpoint", 401, item(refused, "Application", "internal", "invalid"), "/clubs/1/members",
     "internal_endpoint", ErrorKind::remote},
    {"UnauthorizedWithoutReason", 401, R"({"message":"Authorization Error","errors":[]})", "/athlete",
     "unauthorized", ErrorKind::auth},
    {"Inactive", 403, item("Forbidden", "Application", "Status", "Inactive"), "/athlete",
     "application_inactive", ErrorKind::remote},
    {"HiddenComments", 403, R"({"message":"Forbidden","errors":[]})", "/activities/1/comments", "forbidden",
     ErrorKind::remote},
    {"PrivateActivity", 403, item("Forbidden", "Activity", "", "private"), "/activities/1",
     "private_activity", ErrorKind::remote},
    {"SubscribersOnly", 402, R"({"message":"Payment Required","errors":[]})", "/activities/1/zones",
     "subscription_required", ErrorKind::remote},
    {"SubscribersOnlyWithoutBody", 402, "", "/segment_efforts", "subscription_required", ErrorKind::remote},
    {"RemovedPath", 404, item("Record Not Found", "resource", "path", "invalid"), "/clubs/1/activities",
     "unknown_endpoint", ErrorKind::remote},
    {"OldNotFound", 404, item("Record Not Found", "Activity", "id", "invalid"), "/activities/1", "not_found",
     ErrorKind::remote},
    {"NewNotFound", 404, item("Resource Not Found", "Activity", "", "not found"), "/activities/1",
     "not_found", ErrorKind::remote},
    {"EmptyNotFound", 404, "", "/activities/1", "not_found", ErrorKind::remote},
    {"AfterInTheFuture", 400, item(bad, "Application", "after", "future"), "/athlete/activities",
     "after_in_future", ErrorKind::remote},
    {"RateLimit", 429, item("Rate Limit Exceeded", "Application", "overall rate limit", "exceeded"), "",
     "rate_limited", ErrorKind::rate_limited},
    {"RateLimitOf2018", 429, item("Rate Limit Exceeded", "Application", "rate limit", "exceeded"), "",
     "rate_limited", ErrorKind::rate_limited},
    {"ReadRateLimit", 429, item("Rate Limit Exceeded", "Application", "read rate limit", "exceeded"), "",
     "rate_limited", ErrorKind::rate_limited},
    {"RateLimitBefore2017", 403, item("Rate Limit Exceeded", "Application", "rate limit", "exceeded"), "",
     "rate_limited", ErrorKind::rate_limited},
    {"ErrorsThatAreAString", 429,
     R"({"errors":"Rate Limit Exceeded","status":429,"message":"Too Many Requests"})", "", "rate_limited",
     ErrorKind::rate_limited},
    {"DuplicateUpload", 400,
     R"({"id":3208301231,"id_str":"3208301231","external_id":"a.tcx","error":"a.tcx duplicate of activity 3008913003","status":"There was an error processing your activity.","activity_id":null})",
     "/uploads", "duplicate_upload", ErrorKind::remote},
    {"UnreadableUpload", 400,
     R"({"id":1,"external_id":null,"error":"The file is empty","status":"There was an error processing your activity.","activity_id":null})",
     "/uploads", "upload_failed", ErrorKind::remote},
    {"Webhook", 400, item(bad, "PushSubscription", "callback url", "not verifiable"), "/push_subscriptions",
     "webhook_not_verifiable", ErrorKind::remote},
    {"SecondWebhook", 400, item(bad, "PushSubscription", "", "already exists"), "/push_subscriptions",
     "webhook_exists", ErrorKind::remote},
    {"MissingParameter", 400, item(bad, "Activity", "name", "missing"), "/activities", "bad_request",
     ErrorKind::remote},
    // what is not Strava's own
    {"EmptyServerError", 500, "", "", "server_error", ErrorKind::remote},
    {"HtmlServerError", 502, "<html><head><title>502 Bad Gateway</title></head></html>", "", "server_error",
     ErrorKind::remote},
    {"GatewayTimeout", 504, "upstream request timeout", "", "server_error", ErrorKind::remote},
    {"Redirect", 301, "", "", "redirected", ErrorKind::remote},
    {"CaptivePortal", 200, "<html><body>Welcome to our hotel</body></html>", "", "not_strava",
     ErrorKind::network},
    {"NetworkSignIn", 511, "<html></html>", "", "not_strava", ErrorKind::network},
    {"TokenAnswer", 200, R"({"token_type":"Bearer","access_token":"s3cret","expires_at":1764000000})", "",
     "token_issued", ErrorKind::usage},
    {"Success", 200, R"({"id":1,"resource_state":3})", "", "no_error", ErrorKind::usage},
    {"UnknownStatus", 418, R"({"message":"I'm a teapot"})", "", "unknown", ErrorKind::remote},
    {"NotJsonAtAll", 0, "\xff\xfe garbage", "", "unknown", ErrorKind::remote},
    {"ItemsOfOddTypes", 400, R"({"message":7,"errors":[1,null,{"resource":5},[]]})", "", "bad_request",
     ErrorKind::remote},
};

class FaultCase : public testing::TestWithParam<Case> {};

TEST_P(FaultCase, HasItsCause) {
    const auto& one = GetParam();
    const auto explanation = explain_body(one.status, one.body, one.path);
    EXPECT_EQ(explanation.cause, one.cause);
    EXPECT_EQ(explanation.kind, one.kind);
    EXPECT_FALSE(explanation.message.empty());
    EXPECT_FALSE(explanation.hint.empty());
    EXPECT_THAT(explanation.message, Not(EndsWith(".")));
    EXPECT_THAT(explanation.hint, Not(HasSubstr("\n")));
}

INSTANTIATE_TEST_SUITE_P(Fault, FaultCase, testing::ValuesIn(cases),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(Fault, TheStatusIsNotNeededWhenTheBodyNamesTheThing) {
    EXPECT_EQ(explain_body(0, story_body).cause, "missing_scope");
    EXPECT_EQ(explain_body(0, item("Forbidden", "Application", "Status", "Inactive")).cause,
              "application_inactive");
    EXPECT_EQ(explain_body(0, R"({"message":"Payment Required"})").cause, "subscription_required");
    EXPECT_EQ(explain_body(0, R"({"message":"Resource Not Found","errors":[]})").cause, "not_found");
    EXPECT_EQ(explain_body(0, R"({"message":"Forbidden","errors":[]})").cause, "forbidden");
}

TEST(Fault, EveryPatternLeadsToACauseOfTheTable) {
    for (const auto& pattern : fault_patterns()) {
        const auto& all = causes();
        EXPECT_TRUE(std::any_of(all.begin(), all.end(), [&](const CauseInfo& one) {
            return one.name == pattern.cause;
        })) << pattern.cause;
    }
}

TEST(Fault, CausesAreNamedOnceAndSayWhatTheyMean) {
    std::vector<std::string_view> names;
    for (const auto& cause : causes()) {
        names.push_back(cause.name);
        EXPECT_FALSE(cause.meaning.empty()) << cause.name;
    }
    std::sort(names.begin(), names.end());
    EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
}

TEST(Fault, AMissingScopeIsExplainedWithTheStepTheReasonAndTheCorrectedLink) {
    const auto explanation = explain_body(401, story_body, "/athlete/activities");
    EXPECT_EQ(explanation.scope, "activity:read_all");
    EXPECT_EQ(explanation.message, "the access token lacks the scope activity:read");
    EXPECT_THAT(explanation.why, HasSubstr("scope= of the authorize link"));
    EXPECT_THAT(explanation.why, HasSubstr("Refreshing a token never adds one"));
    EXPECT_THAT(explanation.why, HasSubstr("Ask for activity:read_all rather than activity:read"));
    EXPECT_EQ(explanation.hint, "To add it, run:  harrier login --scope read,activity:read_all");
    EXPECT_EQ(
        explanation.url,
        "https://www.strava.com/oauth/authorize?client_id=YOUR_CLIENT_ID&response_type=code&"
        "redirect_uri=http://localhost/exchange_token&approval_prompt=force&scope=read,activity:read_all");
}

TEST(Fault, TheCorrectedLinkNamesTheClientIdAndKeepsWhatWasGranted) {
    FaultContext context;
    context.client_id = "12345";
    context.authorize_base = "http://127.0.0.1:8737/oauth";
    context.granted = Scopes{"read", "activity:read", "profile:write"};
    const auto explanation = explain(
        parse_fault(401, item(refused, "AccessToken", "profile:read_all_permission", "missing")), context);
    EXPECT_EQ(explanation.scope, "profile:read_all");
    EXPECT_EQ(explanation.message, "the login lacks the scope profile:read_all");
    EXPECT_EQ(explanation.detail, "Granted: " + context.granted->join());
    EXPECT_THAT(explanation.url, StartsWith("http://127.0.0.1:8737/oauth/authorize?client_id=12345&"));
    const auto asked = Scopes::parse(explanation.url.substr(explanation.url.find("&scope=") + 7));
    EXPECT_EQ(asked, (Scopes{"read", "activity:read_all", "profile:read_all", "profile:write"}));
}

TEST(Fault, ScopeNamesFromBefore2018AreTranslatedByThePath) {
    FaultContext context;
    context.method = "PUT";
    context.path = "/segments/1109718/starred";
    const auto fault = parse_fault(401, item(refused, "AccessToken", "write_permission", "missing"));
    EXPECT_EQ(explain(fault, context).scope, "profile:write");
    EXPECT_EQ(explain(fault, {}).scope, "activity:write");
}

TEST(Fault, AMissingScopeAsAnErrorHasThreeLines) {
    FaultContext context;
    context.granted = Scopes{"read"};
    const auto error = to_error(explain_missing(Scopes{"activity:read"}, context), "list activities");
    EXPECT_EQ(error.kind(), ErrorKind::auth);
    EXPECT_EQ(error.message(),
              "cannot list activities: the login lacks the scope activity:read_all\nGranted: read");
    EXPECT_EQ(error.hint(), "To add it, run:  harrier login --scope read,activity:read_all");
}

class RateLimitFault : public testing::Test {
protected:
    RateLimitFault() { setenv("TZ", "UTC", 1), tzset(); }

    static Explanation explain_at(std::string_view now, std::vector<net::Header> headers) {
        FaultContext context;
        context.now = parse_instant(now);
        context.headers = std::move(headers);
        return explain(
            parse_fault(429, item("Rate Limit Exceeded", "Application", "overall rate limit", "exceeded")),
            context);
    }
};

TEST_F(RateLimitFault, NamesTheQuarterHourThatIsSpentAndItsEnd) {
    const auto explanation = explain_at("2026-11-23T14:08:10Z", {{"X-Ratelimit-Limit", "200,2000"},
                                                                 {"X-Ratelimit-Usage", "102,209"},
                                                                 {"X-ReadRateLimit-Limit", "100,1000"},
                                                                 {"X-ReadRateLimit-Usage", "101,208"}});
    EXPECT_EQ(explanation.message, "the 15-minute limit of 100 read requests is used up (101 counted)");
    EXPECT_EQ(explanation.hint, "Try again at 14:15 UTC, in 7 min");
    EXPECT_EQ(explanation.resets_at, parse_instant("2026-11-23T14:15:00Z"));
}

TEST_F(RateLimitFault, NamesTheDayThatIsSpentAndItsEnd) {
    const auto explanation = explain_at("2026-11-23T21:48:00Z",
                                        {{"X-Ratelimit-Limit", "200,2000"}, {"X-Ratelimit-Usage", "3,2000"}});
    EXPECT_EQ(explanation.message, "the daily limit of 2000 requests is used up (2000 counted)");
    EXPECT_EQ(explanation.hint, "Try again at 00:00 UTC, in 2 h 12 min");
}

TEST_F(RateLimitFault, WithoutHeadersTheNextQuarterHourIsTheFirstTry) {
    const auto explanation = explain_at("2026-11-23T14:59:59Z", {});
    EXPECT_EQ(explanation.hint, "Try again once at 15:00 UTC, in 1 min; if refused again, the day's limit is "
                                "spent and resets at 00:00 UTC");
    EXPECT_EQ(
        explain(parse_fault(429, ""), {}).hint,
        "Wait for the next quarter of the hour (:00, :15, :30, :45); the day's limit resets at 00:00 UTC");
}

TEST_F(RateLimitFault, LocalTimeIsGivenBesideUtc) {
    setenv("TZ", "UTC-5:30", 1); // POSIX: east of Greenwich is negative
    tzset();
    const auto explanation = explain_at(
        "2026-11-23T14:08:10Z", {{"X-Ratelimit-Limit", "200,2000"}, {"X-Ratelimit-Usage", "200,209"}});
    setenv("TZ", "UTC", 1);
    tzset();
    EXPECT_EQ(explanation.hint, "Try again at 14:15 UTC (19:45 here), in 7 min");
}

TEST(Fault, AServerErrorIsNotToldTwice) {
    for (const std::string_view body : {"", "502", "<h1>502 Bad Gateway</h1>", "502 Bad Gateway"}) {
        EXPECT_EQ(explain(parse_fault(502, body), {}).message, "Strava has trouble of its own (status 502)");
    }
    EXPECT_EQ(explain(parse_fault(504, "upstream request timeout"), {}).message,
              "Strava has trouble of its own (status 504; upstream request timeout)");
}

TEST(Fault, GarbledRateHeadersDoNoHarm) {
    FaultContext context;
    context.headers = {{"X-Ratelimit-Limit", ","}, {"X-Ratelimit-Usage", "99999999999999999999,x"}};
    EXPECT_EQ(explain(parse_fault(429, ""), context).cause, "rate_limited");
}

TEST(Fault, AnActivityWithoutStreamsIsSaidToBeTypedInByHand) {
    const auto explanation =
        explain_body(404, item("Resource Not Found", "Activity", "", "not found"), "/activities/7/streams");
    EXPECT_EQ(explanation.message, "this activity has no streams, or is not there for this athlete");
}

TEST(Fault, ForeignTextCannotReachTheTerminalRaw) {
    const auto explanation = explain_body(400, R"({"message":"\u001b[31mred\u202e"})");
    EXPECT_THAT(explanation.message, Not(HasSubstr("\x1b")));
    EXPECT_THAT(explanation.message, HasSubstr("\\x1b[31mred\\u202e"));
}

TEST(Fault, ATokenIsNeverKept) {
    const auto fault = parse_fault(
        200,
        R"({"access_token":"s3cret-a","refresh_token":"s3cret-r","expires_at":1764000000,"expires_in":1})");
    EXPECT_THAT(fault.message, Not(HasSubstr("s3cret")));
    for (const auto& one : fault.items) {
        EXPECT_THAT(one.resource + one.field + one.code, Not(HasSubstr("s3cret")));
    }
    FaultContext context;
    context.now = parse_instant("2025-11-24T10:48:00Z");
    EXPECT_EQ(explain(fault, context).detail,
              "The access token expires at 2025-11-24T16:00:00Z, in 5 h 12 min.");
}

TEST(Fault, CutBodiesNeverCrash) {
    const std::string body(story_body);
    for (std::size_t size = 0; size <= body.size(); ++size) {
        const auto explanation = explain(parse_fault(401, body.substr(0, size)), {});
        EXPECT_TRUE(explanation.cause == "unauthorized" || explanation.cause == "missing_scope") << size;
    }
}

TEST(Fault, RecordedFaultsHaveTheirCauses) {
    const auto folder = std::filesystem::path(HARRIER_SHARED) / "captures" / "errors";
    if (!std::filesystem::exists(folder)) {
        GTEST_SKIP() << "recorded answers are not here: " << folder.string();
    }
    const std::pair<const char*, const char*> expected[] = {{"400-token-invalid-client", "invalid_client_id"},
                                                            {"400-token-invalid-code", "invalid_code"},
                                                            {"400-upload-duplicate-2020", "duplicate_upload"},
                                                            {"401-authorization", "invalid_access_token"},
                                                            {"401-scope-missing-2018", "missing_scope"},
                                                            {"403-comments-2022", "forbidden"},
                                                            {"404-not-found-edited", "not_found"},
                                                            {"429-rate-limit-edited", "rate_limited"}};
    for (const auto& [name, cause] : expected) {
        const auto recorded = nlohmann::json::parse(read_file(folder / (std::string(name) + ".json")));
        const auto& body = recorded.at("body");
        FaultContext context;
        const auto url = recorded.at("request").at("url").get<std::string>();
        const auto base = url.find("/api/v3");
        context.path = base == std::string::npos ? "/oauth/token" : url.substr(base + 7);
        EXPECT_EQ(explain(parse_fault(recorded.at("status").get<int>(),
                                      body.is_string() ? body.get<std::string>() : body.dump()),
                          context)
                      .cause,
                  cause)
            << name;
    }
}

TEST(Fault, WhatAServerCallsAScopeNeverReachesTheTerminalOrTheCommandToPaste) {
    const auto hostile = {R"(x\u001b]0;title\u0007;activity:read_permission)", "a$(id)_permission",
                          "a b_permission"};
    for (const std::string field : hostile) {
        const auto fault = parse_fault(
            401, R"({"message":"Authorization Error","errors":[{"resource":"AccessToken","field":")" + field +
                     R"(","code":"missing"}]})");
        const auto explanation = explain(fault, {});
        EXPECT_EQ(explanation.cause, "missing_scope");
        EXPECT_EQ(explanation.hint, "To add it, run:  harrier login --scope read,activity:read_all");
        for (const auto& text : {explanation.message, explanation.why, explanation.scope, explanation.url}) {
            EXPECT_EQ(text.find('\x1b'), std::string::npos) << text;
            EXPECT_EQ(text.find("$("), std::string::npos) << text;
        }
    }
    FaultContext context;
    context.granted = Scopes::parse("read,$(id),\x1b[31m,new:scope");
    const auto lacking = explain_missing({"activity:read"}, context);
    EXPECT_EQ(lacking.hint, "To add it, run:  harrier login --scope read,activity:read_all,new:scope");
    EXPECT_EQ(lacking.detail.find('\x1b'), std::string::npos);
}

} // namespace

} // namespace harrier::strava
