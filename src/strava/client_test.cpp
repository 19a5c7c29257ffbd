// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "strava/client.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_transport.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>

namespace harrier::strava {

namespace {

using testing::HasSubstr;
using testing::Not;

// A token, and the newer ones that a refresh would give.
class FakeTokens final : public TokenSource {
public:
    Secret access_token() override { return Secret(std::string("token-0")); }
    std::optional<Secret> replace_rejected(const Secret& rejected) override {
        rejected_ones.push_back(rejected.reveal());
        if (newer.empty()) {
            return std::nullopt;
        }
        Secret next(newer.front());
        newer.pop_front();
        return next;
    }
    Scopes granted() override { return scopes; }

    std::deque<std::string> newer;
    std::vector<std::string> rejected_ones;
    Scopes scopes{"read", "activity:read_all", "profile:read_all", "activity:write"};
};

constexpr std::string_view bad_token =
    R"({"message":"Authorization Error","errors":[{"resource":"Athlete","field":"access_token","code":"invalid"}]})";
constexpr std::string_view missing_scope =
    R"({"message":"Authorization Error","errors":[{"resource":"AccessToken","field":"activity:read_permission","code":"missing"}]})";

net::Response answer(int status, std::string_view body, std::vector<net::Header> headers = {}) {
    headers.push_back({"Content-Type", "application/json; charset=utf-8"});
    return {status, std::move(headers), std::string(body)};
}

class ClientTest : public testing::Test {
protected:
    // Answers in order; the last one is repeated.
    std::deque<net::Response> answers{answer(200, "[]")};
    test::FakeTransport http{[this](const net::Request&) {
        auto next = answers.front();
        if (answers.size() > 1) {
            answers.pop_front();
        }
        return next;
    }};
    FakeTokens tokens;
    test::FakeClock clock;
    Client client{http, tokens, clock, Endpoints{"http://127.0.0.1:1/api/v3", "http://127.0.0.1:1/oauth"}};

    static std::string bearer(const net::Request& request) {
        return std::string(net::find_header(request.headers, "Authorization").value_or(""));
    }
    Error error_of_listing() {
        try {
            (void)client.list_activities({});
        } catch (const Error& error) {
            return error;
        }
        return {ErrorKind::internal, "nothing was thrown"};
    }
};

TEST_F(ClientTest, SendsTheTokenInTheHeaderAndNowhereElse) {
    (void)client.list_activities(
        {parse_instant("2026-01-01T00:00:00Z"), parse_instant("2026-02-01T00:00:00Z"), 3, 200});
    ASSERT_EQ(http.requests().size(), 1U);
    const auto request = http.requests()[0];
    EXPECT_EQ(request.method, "GET");
    EXPECT_EQ(request.url, "http://127.0.0.1:1/api/v3/athlete/"
                           "activities?before=1769904000&after=1767225600&page=3&per_page=200");
    EXPECT_EQ(bearer(request), "Bearer token-0");
    EXPECT_EQ(net::find_header(request.headers, "Accept"), "application/json");
    EXPECT_TRUE(request.body.empty());
}

TEST_F(ClientTest, ReadsAPageWithItsRate) {
    answers = {answer(200, R"([{"id":5,"name":"a"}])",
                      {{"X-RateLimit-Limit", "200,2000"}, {"X-RateLimit-Usage", "1,2"}})};
    const auto page = client.list_activities({});
    ASSERT_EQ(page.activities.size(), 1U);
    EXPECT_EQ(page.activities[0].raw, R"({"id":5,"name":"a"})");
    ASSERT_TRUE(page.rate.overall);
    EXPECT_EQ(page.rate.overall->day.usage, 2);
}

TEST_F(ClientTest, ReadsTheAthlete) {
    answers = {answer(200, R"({"id":7,"firstname":"D"})")};
    EXPECT_EQ(client.athlete().athlete_id, AthleteId{7});
}

TEST_F(ClientTest, KeepsTheLastRateWhenHeadersAreAbsentOrGarbled) {
    answers = {answer(200, "[]",
                      {{"X-RateLimit-Limit", "200,2000"},
                       {"X-RateLimit-Usage", "66,209"},
                       {"X-ReadRateLimit-Limit", "100,1000"},
                       {"X-ReadRateLimit-Usage", "65,208"}}),
               answer(200, "[]"),
               answer(200, "[]",
                      {{"X-RateLimit-Limit", "200,2000"},
                       {"X-RateLimit-Usage", "67,210"},
                       {"X-ReadRateLimit-Limit", "100,1000"},
                       {"X-ReadRateLimit-Usage", ","}})};
    (void)client.send({});
    (void)client.send({});
    (void)client.send({});
    ASSERT_TRUE(client.last_rate().overall && client.last_rate().read);
    EXPECT_EQ(client.last_rate().overall->quarter_hour.usage, 67);
    EXPECT_EQ(client.last_rate().read->quarter_hour.usage, 66) << "the answer without headers counts";
}

TEST_F(ClientTest, SaysWhichScopeIsMissingBeforeARequestIsSpent) {
    tokens.scopes = Scopes{"read"};
    const auto error = error_of_listing();
    EXPECT_EQ(error.kind(), ErrorKind::auth);
    EXPECT_EQ(error.message(),
              "cannot list activities: the login lacks the scope activity:read_all\nGranted: read");
    EXPECT_EQ(error.hint(), "To add it, run:  harrier login --scope read,activity:read_all");
    EXPECT_TRUE(http.requests().empty());
}

TEST_F(ClientTest, SendLeavesTheScopeToStravaAndReturnsItsFault) {
    tokens.scopes = Scopes{"read"};
    tokens.newer = {"token-1"};
    answers = {answer(401, missing_scope)};
    ApiRequest request;
    request.path = "/athlete/activities";
    EXPECT_EQ(client.send(request).status, 401);
    EXPECT_EQ(http.requests().size(), 1U) << "no refresh adds a scope";
    EXPECT_TRUE(tokens.rejected_ones.empty());
}

TEST_F(ClientTest, A401IsMendedByANewerTokenOnce) {
    tokens.newer = {"token-1", "token-2"};
    answers = {answer(401, bad_token), answer(200, "[]")};
    EXPECT_TRUE(client.list_activities({}).activities.empty());
    ASSERT_EQ(http.requests().size(), 2U);
    EXPECT_EQ(bearer(http.requests()[0]), "Bearer token-0");
    EXPECT_EQ(bearer(http.requests()[1]), "Bearer token-1");
    EXPECT_EQ(tokens.rejected_ones, std::vector<std::string>{"token-0"});
}

TEST_F(ClientTest, ASecond401IsExplained) {
    tokens.newer = {"token-1", "token-2"};
    answers = {answer(401, bad_token)};
    const auto error = error_of_listing();
    EXPECT_EQ(error.kind(), ErrorKind::auth);
    EXPECT_EQ(error.message(), "cannot list activities: the access token is missing, wrong or expired");
    EXPECT_EQ(http.requests().size(), 2U);
}

TEST_F(ClientTest, A401WithoutANewerTokenIsNotSentAgain) {
    answers = {answer(401, bad_token)};
    EXPECT_EQ(client.send({}).status, 401);
    EXPECT_EQ(http.requests().size(), 1U);
}

TEST_F(ClientTest, ARefusedPostIsSentAgainWithTheNewerTokenAndTheSameBody) {
    tokens.newer = {"token-1"};
    answers = {answer(401, bad_token), answer(201, "{}")};
    ApiRequest request;
    request.method = "POST";
    request.path = "/activities";
    request.body = "name=x";
    request.content_type = "application/x-www-form-urlencoded";
    EXPECT_EQ(client.send(request).status, 201);
    ASSERT_EQ(http.requests().size(), 2U);
    for (const auto& sent : http.requests()) {
        EXPECT_EQ(sent.method, "POST");
        EXPECT_EQ(sent.body, "name=x");
        EXPECT_EQ(net::find_header(sent.headers, "Content-Type"), "application/x-www-form-urlencoded");
        EXPECT_EQ(std::count_if(sent.headers.begin(), sent.headers.end(),
                                [](const net::Header& one) { return one.name == "Authorization"; }),
                  1);
    }
}

TEST_F(ClientTest, AFaultIsThrownWithItsMeaningAndItsCure) {
    answers = {answer(
        403,
        R"({"message":"Forbidden","errors":[{"resource":"Application","field":"Status","code":"Inactive"}]})")};
    const auto error = error_of_listing();
    EXPECT_EQ(error.kind(), ErrorKind::remote);
    EXPECT_THAT(error.message(), HasSubstr("cannot list activities: the API application is inactive"));
    EXPECT_THAT(error.hint(), HasSubstr("https://www.strava.com/settings/api"));
}

TEST_F(ClientTest, ARateLimitSaysWhenToComeBack) {
    answers = {answer(429, R"({"message":"Rate Limit Exceeded","errors":[]})",
                      {{"X-RateLimit-Limit", "200,2000"}, {"X-RateLimit-Usage", "201,300"}})};
    const auto error = error_of_listing();
    EXPECT_EQ(error.kind(), ErrorKind::rate_limited);
    EXPECT_THAT(error.message(), HasSubstr("the 15-minute limit of 200 requests is used up"));
    EXPECT_THAT(error.hint(), HasSubstr("Try again at 00:15 UTC"));
    EXPECT_EQ(http.requests().size(), 1U);
}

TEST_F(ClientTest, AWebPageIsNotStravasAnswer) {
    answers = {{200, {{"Content-Type", "text/html"}}, "<html>Welcome, guest</html>"}};
    const auto error = error_of_listing();
    EXPECT_EQ(error.kind(), ErrorKind::network);
    EXPECT_THAT(error.message(), HasSubstr("not an answer of Strava's API"));
}

TEST_F(ClientTest, ARedirectIsAFaultAndNeverFollowed) {
    answers = {{302, {{"Location", "http://elsewhere.example/"}}, ""}};
    EXPECT_THAT(error_of_listing().message(), HasSubstr("sent on to another address"));
    EXPECT_EQ(http.requests().size(), 1U);
}

TEST_F(ClientTest, ABrokenBodyIsAnErrorOfTheData) {
    answers = {answer(200, R"([{"id":1})")};
    EXPECT_EQ(error_of_listing().kind(), ErrorKind::data);
}

TEST_F(ClientTest, NoErrorHoldsTheToken) {
    for (const auto& [status, body] : {std::pair{401, bad_token}, {500, std::string_view()}}) {
        answers = {answer(status, body)};
        const auto error = error_of_listing();
        EXPECT_THAT(error.message() + error.hint(), Not(HasSubstr("token-0")));
    }
}

class ActivityRequests : public ClientTest {
protected:
    static constexpr std::string_view not_found =
        R"({"message":"Resource Not Found","errors":[{"resource":"Activity","field":"","code":"not found"}]})";

    // "samples", "not there", "refused", or the words of the error.
    std::string outcome() {
        try {
            const auto streams = client.streams(StravaId{12345678901});
            return streams.index() == 0 ? "samples" : streams.index() == 1 ? "not there" : "refused";
        } catch (const Error& error) {
            return std::string(name(error.kind())) + ": " + error.message();
        }
    }
};

TEST_F(ActivityRequests, AskForAllStreamsByTheirType) {
    answers = {answer(200, R"({"time":{"data":[0,1]},"heartrate":{"data":[90,91]}})")};
    const auto streams = client.streams(StravaId{12345678901});
    ASSERT_EQ(streams.index(), 0U);
    EXPECT_EQ(std::get<0>(streams).streams.heartrate.at(1), 91);
    EXPECT_EQ(http.requests().at(0).url,
              "http://127.0.0.1:1/api/v3/activities/12345678901/streams?keys=time%2Cdistance%2Clatlng%2C"
              "altitude%2Cvelocity_smooth%2Cheartrate%2Ccadence%2Cwatts%2Ctemp%2Cmoving%2Cgrade_smooth"
              "&key_by_type=true");
}

TEST_F(ActivityRequests, TellWhatIsFinalFromWhatMayChange) {
    answers = {answer(404, not_found)};
    EXPECT_EQ(outcome(), "not there");
    answers = {answer(404, R"({"message":"Record Not Found","errors":[]})")};
    EXPECT_EQ(outcome(), "not there");
    answers = {answer(200, "{}")};
    EXPECT_EQ(outcome(), "not there") << "a set without any stream";
    answers = {answer(403, R"({"message":"Forbidden","errors":[]})")};
    EXPECT_EQ(outcome(), "refused");
    answers = {answer(404, "")};
    EXPECT_THAT(outcome(), testing::StartsWith("remote: "));
    answers = {net::Response{404, {{"Content-Type", "text/html"}}, "<html>no such page</html>"}};
    EXPECT_THAT(outcome(), Not(testing::AnyOf("not there", "refused"))) << "a proxy said it, not Strava";
    answers = {answer(
        404,
        R"({"message":"Record Not Found","errors":[{"resource":"resource","field":"path","code":"invalid"}]})")};
    EXPECT_THAT(outcome(), testing::StartsWith("remote: ")) << "the address is wrong, not the activity";
    answers = {answer(
        403,
        R"({"message":"Forbidden","errors":[{"resource":"Application","field":"Status","code":"Inactive"}]})")};
    EXPECT_THAT(outcome(), testing::StartsWith("remote: ")) << "no activity can be fetched then";
    answers = {answer(200, R"({"time":{"data":[0,1]},"heartrate":{"data":[90]}})")};
    EXPECT_THAT(outcome(), testing::StartsWith("data: "));
}

TEST_F(ActivityRequests, KeepTheDetailAsItCame) {
    const std::string json =
        R"({"id":12345678901,"name":"a","description":"hot","calories":500,"gear":{"id":"g1","name":"Shoe"}})";
    answers = {answer(200, json)};
    const auto detail = client.detail(StravaId{12345678901});
    ASSERT_EQ(detail.index(), 0U);
    const auto& record = std::get<0>(detail).record;
    EXPECT_EQ(record.raw, json);
    EXPECT_EQ(record.activity.description, "hot");
    EXPECT_EQ(record.activity.calories, 500);
    EXPECT_EQ(record.activity.gear_name, "Shoe");
    answers = {answer(404, not_found)};
    EXPECT_EQ(client.detail(StravaId{1}).index(), 1U);
}

TEST_F(ActivityRequests, SpendNothingWithoutTheScope) {
    tokens.scopes = {"read"};
    EXPECT_THAT(outcome(), testing::StartsWith("auth: cannot fetch the streams of activity 12345678901"));
    EXPECT_TRUE(http.requests().empty());
}

} // namespace

} // namespace harrier::strava
