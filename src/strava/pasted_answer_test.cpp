// SPDX-License-Identifier: MIT
#include "strava/fault.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace harrier::strava {

namespace {

using testing::HasSubstr;
using testing::Not;

const std::string story_body =
    R"({"message":"Authorization Error","errors":[{"resource":"AccessToken","field":"activity:read_permission","code":"missing"}]})";

std::string cause_of(std::string_view text) {
    const auto answer = parse_pasted_answer(text);
    return answer ? explain(answer->fault, answer->context).cause : "nothing";
}

Explanation explain_pasted(std::string_view text) {
    const auto answer = parse_pasted_answer(text);
    return answer ? explain(answer->fault, answer->context) : Explanation{};
}

TEST(PastedAnswer, ABodyAlone) {
    EXPECT_EQ(cause_of(story_body), "missing_scope");
    EXPECT_EQ(cause_of("\n  " + story_body + "\r\n"), "missing_scope");
}

TEST(PastedAnswer, APrettyPrintedBodyWithAShellPromptAround) {
    const std::string text = R"(me@laptop:~$ curl -s https://www.strava.com/api/v3/athlete/activities \
> -H "Authorization: Bearer $TOKEN" -d '{"x": 1}' | jq
{
  "message": "Authorization Error",
  "errors": [
    {
      "resource": "AccessToken",
      "field": "activity:read_permission",
      "code": "missing"
    }
  ]
}
me@laptop:~$ )";
    const auto answer = parse_pasted_answer(text);
    ASSERT_TRUE(answer);
    EXPECT_EQ(explain(answer->fault, answer->context).cause, "missing_scope");
    EXPECT_EQ(answer->context.path, "/athlete/activities");
}

TEST(PastedAnswer, ColoursOfJqAreTakenOut) {
    EXPECT_EQ(
        cause_of("\x1b[1;39m{\x1b[0m\x1b[34;1m\"message\"\x1b[0m: \x1b[0;32m\"Payment Required\"\x1b[0m}"),
        "subscription_required");
}

TEST(PastedAnswer, AWholeCurlOutputWithHttp2) {
    const auto answer = parse_pasted_answer("HTTP/2 401 \r\ncontent-type: application/json; charset=utf-8\r\n"
                                            "x-ratelimit-limit: 200,2000\r\nx-ratelimit-usage: 1,1\r\n\r\n" +
                                            story_body);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->fault.status, 401);
    EXPECT_EQ(net::find_header(answer->context.headers, "X-RateLimit-Limit"), "200,2000");
    EXPECT_EQ(explain(answer->fault, answer->context).cause, "missing_scope");
}

TEST(PastedAnswer, TheLastOfSeveralHeadsCounts) {
    const auto answer = parse_pasted_answer("HTTP/1.1 200 Connection established\n\n"
                                            "HTTP/1.1 100 Continue\n\n"
                                            "HTTP/1.1 400 Bad Request\nContent-Type: application/json\n\n"
                                            R"({"message":"Bad Request","errors":[{"resource":"Authorization)"
                                            R"(Code","field":"code","code":"invalid"}]})");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->fault.status, 400);
    EXPECT_EQ(answer->context.headers.size(), 1U);
    EXPECT_EQ(explain(answer->fault, answer->context).cause, "invalid_code");
}

TEST(PastedAnswer, AVerboseCurlOutput) {
    const auto answer = parse_pasted_answer(
        "* Connected to www.strava.com\n> GET /api/v3/activities/7/streams?keys=time HTTP/2\n"
        "> Host: www.strava.com\n> \n< HTTP/2 404 \n< content-type: application/json\n< \n"
        R"({"message":"Resource Not Found","errors":[]})");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->context.method, "GET");
    EXPECT_EQ(answer->context.path, "/activities/7/streams");
    EXPECT_EQ(explain(answer->fault, answer->context).cause, "not_found");
}

TEST(PastedAnswer, AHeadWithoutBody) {
    EXPECT_EQ(cause_of("HTTP/1.1 503 Service Unavailable"), "server_error");
    EXPECT_EQ(cause_of("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"), "not_found");
    EXPECT_EQ(cause_of("HTTP/2 429"), "rate_limited");
}

TEST(PastedAnswer, AHeaderThatHoldsJsonIsNotTheBody) {
    EXPECT_EQ(
        cause_of(
            "HTTP/2 403\nnel: {\"message\":\"x\",\"report_to\":\"cf\"}\n\n"
            R"({"message":"Forbidden","errors":[{"resource":"Application","field":"Status","code":"Inactive"}]})"),
        "application_inactive");
}

TEST(PastedAnswer, BareWordsAndNumbers) {
    EXPECT_EQ(cause_of("403 Application Inactive"), "application_inactive");
    EXPECT_EQ(cause_of("429"), "rate_limited");
    EXPECT_EQ(cause_of("402"), "subscription_required");
    EXPECT_EQ(cause_of("HTTP 502"), "server_error");
    EXPECT_EQ(cause_of("404 Client Error: Not Found for url: https://www.strava.com/api/v3/activities/500"),
              "not_found");
    EXPECT_EQ(cause_of("Error: 429 Too Many Requests"), "rate_limited");
    EXPECT_EQ(cause_of("redirect_uri invalid"), "invalid_redirect_uri");
    EXPECT_EQ(cause_of("wrong secret"), "invalid_client_secret");
    EXPECT_EQ(cause_of("AuthorizationCode code invalid"), "invalid_code");
    EXPECT_EQ(cause_of("activity:read_permission missing"), "missing_scope");
    EXPECT_EQ(cause_of("after: future"), "after_in_future");
    EXPECT_EQ(cause_of("callback url not verifiable"), "webhook_not_verifiable");
    EXPECT_EQ(cause_of("athlete limit"), "athlete_limit");
    EXPECT_EQ(cause_of("access_denied"), "access_denied");
}

TEST(PastedAnswer, TheWordsOfAPythonLibrary) {
    EXPECT_EQ(cause_of("stravalib.exc.AccessUnauthorized: Unauthorized: Authorization Error: [{'resource': "
                       "'AccessToken', 'field': 'activity:read_permission', 'code': 'missing'}]"),
              "missing_scope");
    EXPECT_EQ(cause_of("{'message': 'Bad Request', 'errors': [{'resource': 'RefreshToken', 'field': "
                       "'refresh_token', 'code': 'invalid'}]}"),
              "invalid_refresh_token");
}

TEST(PastedAnswer, TypographicQuotesAndBrokenLinesAreMended) {
    EXPECT_EQ(
        cause_of("{\u201cmessage\u201d:\u201cBad Request\u201d,\u201cerrors\u201d:[{\u201cresource\u201d:"
                 "\u201cApplication\u201d,\u201cfield\u201d:\u201cafter\u201d,\u201ccode\u201d:"
                 "\u201cfuture\u201d}]}"),
        "after_in_future");
    EXPECT_EQ(cause_of("{\"message\":\"Forbidden\",\"errors\":[{\"resource\":\"Appli\ncation\",\"field\":"
                       "\"Status\",\"code\":\"Inactive\"}]}"),
              "application_inactive");
}

TEST(PastedAnswer, TheAddressOfARefusedLogin) {
    EXPECT_EQ(cause_of("http://localhost/exchange_token?state=&error=access_denied"), "access_denied");
    EXPECT_EQ(cause_of("HTTP/2 302\nlocation: http://127.0.0.1:8721/cb?state=Q7x&error=access_denied\n\n"),
              "access_denied");
}

TEST(PastedAnswer, TheAddressOfALoginThatIsTooSmall) {
    const auto explanation = explain_pasted(
        "localhost/exchange_token?state=&code=b55003496d87a9f0b694ca1680cd5690d27d9d28&scope=read");
    EXPECT_EQ(explanation.cause, "granted_too_little");
    EXPECT_EQ(explanation.scope, "activity:read_all");
    EXPECT_EQ(explanation.detail, "Granted: read");
    EXPECT_EQ(explanation.hint, "To add it, run:  harrier login --scope read,activity:read_all");
    EXPECT_THAT(explanation.why, HasSubstr("activity:read_permission missing"));
    EXPECT_THAT(explanation.message + explanation.why + explanation.hint + explanation.url,
                Not(HasSubstr("b55003496d87")));
}

TEST(PastedAnswer, TheAddressOfALoginThatWorked) {
    const auto explanation =
        explain_pasted("http://localhost/exchange_token?state=&code=abc&scope=read,activity:read_all");
    EXPECT_EQ(explanation.cause, "granted");
    EXPECT_EQ(explanation.detail, "Granted: read,activity:read_all");
    EXPECT_EQ(cause_of("http://localhost/exchange_token?state=&code=abc"), "granted");
    EXPECT_THAT(explain_pasted("http://localhost/x?state=1&code=abc&scope=read,activity:read").why,
                HasSubstr("Without activity:read_all"));
}

TEST(PastedAnswer, ATokenAnswerIsASuccessAndItsTokenIsNotKept) {
    const std::string body =
        R"({"token_type":"Bearer","expires_at":1764000000,"expires_in":21600,"refresh_token":"s3cret-r","access_token":"s3cret-a","athlete":{"id":1,"profile":"https://x/large.jpg?code=1&state=2"}})";
    const auto answer = parse_pasted_answer("HTTP/2 200\n\n" + body);
    ASSERT_TRUE(answer);
    const auto explanation = explain(answer->fault, answer->context);
    EXPECT_EQ(explanation.cause, "token_issued");
    EXPECT_EQ(explanation.detail, "The access token expires at 2025-11-24T16:00:00Z.");
    EXPECT_THAT(answer->fault.message + explanation.message + explanation.why + explanation.detail,
                Not(HasSubstr("s3cret")));
}

TEST(PastedAnswer, AnHtmlPageOfTooManyAthletes) {
    EXPECT_EQ(cause_of("<html><head><style>h1{x:1}</style></head><body><h1>Error 403: Limit of connected "
                       "athletes exceeded</h1></body></html>"),
              "athlete_limit");
    EXPECT_EQ(cause_of("Error 403: Limit of connected athletes exceeded"), "athlete_limit");
}

TEST(PastedAnswer, AnotherHtmlPage) {
    EXPECT_EQ(
        cause_of("HTTP/1.1 200 OK\ncontent-type: text/html\n\n<!DOCTYPE html><title>Guest WiFi</title>"),
        "not_strava");
    EXPECT_EQ(cause_of("<html><head><title>504 Gateway Time-out</title></head></html>"), "server_error");
    EXPECT_EQ(cause_of("<html><body>hello</body></html>"), "not_strava");
}

TEST(PastedAnswer, AListOfActivitiesIsNoFault) {
    EXPECT_EQ(cause_of(R"([{"resource_state":2,"id":1,"name":"Inactive future {run}"}])"), "no_error");
    EXPECT_EQ(cause_of("HTTP/2 200\n\n[]"), "no_error");
}

TEST(PastedAnswer, TheClientIdOfTheLinkIsUsedInTheCorrectedOne) {
    const auto answer = parse_pasted_answer(
        "I opened https://www.strava.com/oauth/authorize?client_id=12345&scope=read and got " + story_body);
    ASSERT_TRUE(answer);
    EXPECT_THAT(explain(answer->fault, answer->context).url, HasSubstr("?client_id=12345&"));
}

TEST(PastedAnswer, NothingIsReadIntoNothing) {
    for (const auto* text :
         {"", "  \n", "hello", "{", "{}", "[]", "7", "1234", "{\"a\":1}", "20 km in 1:30:00"}) {
        EXPECT_EQ(cause_of(text), "nothing") << text;
    }
}

TEST(PastedAnswer, AnyCutOfAnAnswerIsReadWithoutHarm) {
    const std::string text = "HTTP/2 401\r\nx-ratelimit-limit: 1,2\r\n\r\n" + story_body +
                             " http://localhost/?code=1&scope=read <html> {'a': '";
    for (std::size_t begin = 0; begin < text.size(); begin += 3) {
        for (std::size_t size = 0; begin + size <= text.size(); size += 5) {
            (void)cause_of(text.substr(begin, size));
        }
    }
    EXPECT_EQ(cause_of(text), "missing_scope");
}

TEST(PastedAnswer, ManyBracesAreReadInTime) {
    EXPECT_EQ(cause_of(std::string(1 << 20, '{')), "nothing");
}

} // namespace

} // namespace harrier::strava
