// SPDX-License-Identifier: MIT
#include "emulator/api_service.hpp"
#include "emulator/fault_bodies.hpp"
#include "tests/support/small_strava.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace harrier::emulator {
namespace {

using namespace std::chrono_literals;
using test::SmallAthlete;
using test::SmallStrava;
using testing::HasSubstr;
using Ids = std::vector<int>;

std::string epoch(int day, int more_s = 0) {
    const auto time = SmallAthlete::first_day() + std::chrono::days{day} + std::chrono::seconds{more_s};
    return std::to_string(time.time_since_epoch().count());
}

TEST(Api, AnswersWithStravasHeaders) {
    SmallStrava strava;
    const auto token = strava.log_in();
    const auto answer = strava.get("/api/v3/athlete/activities", token);
    const std::vector<std::pair<std::string, std::string>> expected{
        {"Content-Type", "application/json; charset=utf-8"},
        {"Status", "200 OK"},
        {"Vary", "Accept, Origin"},
        {"Cache-Control", "max-age=0, private, must-revalidate"},
        {"Access-Control-Allow-Origin", "*"},
        {"X-Ratelimit-Limit", "200,2000"},
        {"X-Ratelimit-Usage", "1,1"},
        {"X-Readratelimit-Limit", "100,1000"},
        {"X-Readratelimit-Usage", "1,1"},
        {"Date", "Mon, 23 Nov 2026 00:00:00 GMT"}};
    for (const auto& [name, value] : expected) {
        EXPECT_EQ(SmallStrava::header(answer, name), value) << name;
    }
    EXPECT_EQ(SmallStrava::header(strava.get("/nowhere", token), "Cache-Control"), "no-cache");
}

TEST(Api, WorksWithAndWithoutItsPrefix) {
    SmallStrava strava;
    const auto token = strava.log_in();
    EXPECT_EQ(strava.get("/athlete", token).body, strava.get("/api/v3/athlete", token).body);
    EXPECT_EQ(strava.get("/api/v3/athlete/", token).status, 200);
    EXPECT_EQ(strava.get("/athlete?access_token=" + token).status, 200);
    EXPECT_EQ(strava.get("/api/v3x/athlete", token).status, 404);
}

TEST(Api, RefusesMissingUnknownAndExpiredTokens) {
    SmallStrava strava;
    const auto token = strava.log_in();
    strava.clock.advance(6h);
    for (const auto& wrong : {std::string{}, std::string("0123"), token}) {
        const auto answer = strava.get("/athlete", wrong);
        EXPECT_EQ(answer.status, 401);
        EXPECT_EQ(answer.body, fault::token_invalid.body);
    }
}

TEST(Api, NeedsTheScopeOfEachEndpoint) {
    const std::string activity = fault::scope_missing("activity:read");
    const std::vector<std::tuple<std::string, std::string, int, std::string>> table{
        {"read", "/athlete/activities", 401, activity},
        {"read", "/activities/1", 401, activity},
        {"read", "/activities/1/streams?keys=time", 401, activity},
        {"read", "/activities/1/laps", 401, activity},
        {"read", "/activities/1/zones", 401, activity},
        {"read", "/athlete/zones", 401, fault::scope_missing("profile:read_all")},
        {"activity:read", "/gear/g7", 401, fault::scope_missing("read")},
        {"activity:read", "/athletes/99/stats", 401, fault::scope_missing("read")},
        {"read", "/athlete", 200,
         R"({"id":99,"resource_state":2,"firstname":"Ann <b>","lastname":"Runner"})"},
        {"read,profile:read_all", "/athlete", 200, R"({"id":99,"resource_state":3})"},
        {"read,profile:read_all", "/athlete/zones", 200, R"({"heart_rate":{}})"},
        {"read", "/athletes/99/stats", 200, R"({"all_run_totals":{}})"},
        {"read", "/athletes/98/stats", 403, std::string(fault::forbidden.body)},
        {"read", "/gear/g7", 200, R"({"id":"g7"})"},
        {"read", "/gear/g8", 404, std::string(fault::gear_not_found.body)},
        {"activity:read", "/activities/1", 200, R"({"id":1,"resource_state":3,"name":"detail"})"},
        {"activity:read", "/activities/2", 404, std::string(fault::activity_not_found.body)}, // only_me
        {"activity:read_all", "/activities/2", 200, R"({"id":2,"resource_state":3,"name":"detail"})"},
        {"activity:read_all", "/activities/8", 404, std::string(fault::activity_not_found.body)},
        {"activity:read_all", "/activities/seven", 404, std::string(fault::activity_not_found.body)},
        {"activity:read_all", "/activities/1/laps", 200, R"([{"lap_index":1}])"},
        {"activity:read_all", "/activities/1/zones", 402, std::string(fault::payment_required.body)},
        {"activity:read_all", "/activities/1/comments", 200, "[]"},
        {"read", "/clubs/1/activities", 404, std::string(fault::unknown_path.body)},
        {"read", "/clubs/1/members", 401, std::string(fault::internal_only.body)},
        {"read", "/clubs/1/admins", 401, std::string(fault::internal_only.body)},
        {"read", "/running_races", 404, std::string(fault::unknown_path.body)},
    };
    for (const auto& [scope, path, status, body] : table) {
        SmallStrava strava;
        const auto answer = strava.get("/api/v3" + path, strava.log_in(scope));
        EXPECT_EQ(answer.status, status) << scope << " " << path;
        EXPECT_EQ(answer.body, body) << scope << " " << path;
    }
}

TEST(Listing, PagesWindowsAndOrdersLikeStrava) {
    SmallStrava strava;
    const auto token = strava.log_in();
    const std::vector<std::pair<std::string, Ids>> table{
        {"", {7, 6, 5, 4, 3, 2, 1}},
        {"per_page=3", {7, 6, 5}},
        {"per_page=3&page=3", {1}},
        {"per_page=3&page=4", {}},
        {"per_page=3&page=99999999999999999999", {}},
        {"per_page=3&page=0", {7, 6, 5}},
        {"per_page=3&page=-2", {7, 6, 5}},
        {"per_page=0", {7, 6, 5, 4, 3, 2, 1}},
        {"per_page=5000", {7, 6, 5, 4, 3, 2, 1}},
        {"before=" + epoch(4), {3, 2, 1}}, // exclusive
        {"before=" + epoch(4, 1), {4, 3, 2, 1}},
        {"after=" + epoch(5), {6, 7}}, // exclusive, and oldest first
        {"after=" + epoch(5, -1), {5, 6, 7}},
        {"after=" + epoch(1) + "&page=2&per_page=4", {6, 7}},
        {"after=" + epoch(2) + "&before=" + epoch(6), {5, 4, 3}},
        {"after=" + epoch(6) + "&before=" + epoch(2), {}},
        {"after=" + epoch(6) + ".5", {7}},
        {"after=0", {1, 2, 3, 4, 5, 6, 7}},
    };
    for (const auto& [query, expected] : table) {
        const auto answer = strava.get("/athlete/activities?" + query, token);
        EXPECT_EQ(answer.status, 200) << query;
        EXPECT_EQ(SmallStrava::ids_in(answer.body), expected) << query;
    }
    EXPECT_EQ(strava.get("/athlete/activities?page=9", token).body, "[]");
}

TEST(Listing, RefusesAnAfterInTheFutureAndTextForNumbers) {
    SmallStrava strava;
    const auto token = strava.log_in();
    const auto now = std::chrono::floor<std::chrono::seconds>(strava.clock.now()).time_since_epoch().count();
    EXPECT_EQ(strava.get("/athlete/activities?after=" + std::to_string(now), token).status, 200);
    const auto answer = strava.get("/athlete/activities?after=" + std::to_string(now + 1), token);
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.body, fault::after_in_the_future.body);
    EXPECT_EQ(strava.get("/athlete/activities?before=yesterday", token).status, 400);
}

TEST(Listing, HidesPrivateActivitiesWithoutReadAll) {
    SmallStrava strava;
    const auto answer = strava.get("/athlete/activities", strava.log_in("read,activity:read"));
    EXPECT_EQ(SmallStrava::ids_in(answer.body), (Ids{7, 6, 5, 4, 3, 1}));
}

TEST(Listing, GivesAtMostTwoHundredAndThirtyByDefault) {
    SmallStrava strava({}, 450);
    strava.clock.advance(std::chrono::days{450});
    const auto token = strava.log_in();
    EXPECT_EQ(SmallStrava::ids_in(strava.get("/athlete/activities", token).body).size(), 30U);
    EXPECT_EQ(SmallStrava::ids_in(strava.get("/athlete/activities?per_page=201", token).body).size(), 200U);
    EXPECT_EQ(SmallStrava::ids_in(strava.get("/athlete/activities?per_page=200&page=3", token).body).size(),
              50U);
}

TEST(Streams, ComeInBothShapesWithDistanceAlongAndWithoutRateHeaders) {
    SmallStrava strava;
    const auto token = strava.log_in();
    const std::string meta = R"("series_type":"distance","original_size":2,"resolution":"high")";
    const auto keyed = strava.get("/activities/1/streams?keys=heartrate,watts&key_by_type=true", token);
    EXPECT_EQ(keyed.body,
              R"({"distance":{"data":[0.0,2.5],)" + meta + R"(},"heartrate":{"data":[90,91],)" + meta + "}}");
    const auto listed = strava.get("/activities/1/streams?keys=time", token);
    EXPECT_EQ(listed.body, R"([{"type":"time","data":[0,1],)" + meta +
                               R"(},{"type":"distance","data":[0.0,2.5],)" + meta + "}]");
    EXPECT_EQ(strava.get("/activities/1/streams?key_by_type=true", token).body,
              R"({"distance":{"data":[0.0,2.5],)" + meta + "}}");
    EXPECT_EQ(strava.get("/activities/1/streams?key_by_type=True", token).body.front(), '{');
    EXPECT_EQ(strava.get("/activities/1/streams?key_by_type=False", token).body.front(), '[');
    EXPECT_EQ(SmallStrava::header(keyed, "X-Ratelimit-Usage"), "");
    EXPECT_EQ(SmallStrava::header(keyed, "Status"), "");
    EXPECT_EQ(SmallStrava::header(keyed, "Vary"), "Origin");
    EXPECT_EQ(strava.get("/activities/3/streams?keys=time", token).status, 404); // a manual entry
}

TEST(Limits, RefuseWithHeadersThatSayWhy) {
    SmallStrava strava(EmulatorOptions{.limits = {4, 10, 2, 8}});
    const auto token = strava.log_in();
    EXPECT_EQ(strava.get("/athlete", token).status, 200);
    EXPECT_EQ(strava.get("/athlete", token).status, 200);
    const auto refused = strava.get("/athlete", token);
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.body, fault::read_rate_limit.body);
    EXPECT_EQ(SmallStrava::header(refused, "X-Readratelimit-Usage"), "3,3");
    EXPECT_EQ(SmallStrava::header(refused, "Retry-After"), "");
    EXPECT_EQ(strava.get("/athlete", token).status, 429);
    EXPECT_EQ(strava.get("/athlete", token).body, fault::overall_rate_limit.body);
    strava.clock.advance(15min);
    EXPECT_EQ(strava.get("/athlete", token).status, 200);
}

TEST(Faults, StrikeWhereTheyWereAskedTo) {
    SmallStrava strava(EmulatorOptions{
        .faults = {"429@page=2", "500@n=4", "truncate@streams", "drop@laps", "slow=30s@gear", "401@stats"}});
    const auto token = strava.log_in();
    EXPECT_EQ(strava.get("/athlete/activities?page=1&per_page=3", token).status, 200);
    const auto refused = strava.get("/athlete/activities?page=2&per_page=3", token);
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.body, fault::overall_rate_limit.body);
    EXPECT_EQ(SmallStrava::header(refused, "X-Ratelimit-Usage"), "200,2"); // shown as spent
    EXPECT_EQ(strava.get("/athlete/activities?page=2&per_page=3", token).status, 200);
    const auto broken = strava.get("/athlete", token);
    EXPECT_EQ(broken.status, 500);
    EXPECT_EQ(SmallStrava::header(broken, "Content-Type"), "text/html; charset=utf-8");
    const auto cut = strava.get("/activities/1/streams?keys=time", token);
    EXPECT_EQ(cut.truncate_after, cut.body.size() / 2);
    EXPECT_TRUE(strava.get("/activities/1/laps", token).drop);
    EXPECT_EQ(strava.get("/gear/g7", token).delay, 30s);
    EXPECT_EQ(strava.get("/athletes/99/stats", token).body, fault::token_invalid.body);
    EXPECT_EQ(strava.get("/athletes/99/stats", token).status, 200);
}

TEST(Faults, AShortPageLosesNothing) {
    SmallStrava strava(EmulatorOptions{.faults = {"short-page@2"}});
    const auto token = strava.log_in();
    Ids all;
    std::vector<std::size_t> sizes;
    for (int page = 1; page <= 6; ++page) {
        const auto ids = SmallStrava::ids_in(
            strava.get("/athlete/activities?per_page=2&page=" + std::to_string(page), token).body);
        sizes.push_back(ids.size());
        all.insert(all.end(), ids.begin(), ids.end());
    }
    EXPECT_EQ(sizes, (std::vector<std::size_t>{2, 1, 2, 2, 0, 0}));
    EXPECT_EQ(all, (Ids{7, 6, 5, 4, 3, 2, 1}));
}

TEST(Faults, TheListMovesBetweenPages) {
    SmallStrava strava(EmulatorOptions{.faults = {"insert@page=2", "delete@page=3x2"}});
    const auto token = strava.log_in();
    const auto page = [&](int number) {
        return SmallStrava::ids_in(
            strava.get("/athlete/activities?per_page=3&page=" + std::to_string(number), token).body);
    };
    EXPECT_EQ(page(1), (Ids{7, 6, 5}));
    EXPECT_EQ(page(2), (Ids{5, 4, 3})); // 8 came in front
    EXPECT_EQ(page(1), (Ids{8, 7, 6}));
    EXPECT_EQ(page(3), (Ids{1})); // 8 is gone again
    EXPECT_EQ(page(3), (Ids{}));  // and 7
    EXPECT_EQ(page(1), (Ids{6, 5, 4}));
}

TEST(Faults, HaveNamesWhereAStatusDoesNotSayEnough) {
    for (const auto& [name, body] : named_faults()) {
        SmallStrava strava(EmulatorOptions{.faults = {std::string(name) + "@activity"}});
        const auto answer = strava.get("/activities/1", strava.log_in());
        EXPECT_EQ(answer.status, body.status) << name;
        EXPECT_EQ(answer.body, body.body) << name;
    }
    SmallStrava strava(EmulatorOptions{.faults = {"request-token@token"}});
    EXPECT_EQ(strava.token({}).body, fault::code_invalid_2018.body);
}

TEST(Faults, OauthCanFailToo) {
    SmallStrava strava(EmulatorOptions{.faults = {"503@token", "403@authorize"}});
    const auto full = strava.get(SmallStrava::authorize_target("read"));
    EXPECT_EQ(full.status, 403);
    EXPECT_THAT(full.body, HasSubstr("Limit of connected athletes exceeded"));
    EXPECT_EQ(strava.token({}).status, 503);
    EXPECT_EQ(strava.token({}).status, 400);
}

TEST(Site, AnswersPreflightsAndForeignMethods) {
    SmallStrava strava;
    const auto preflight = strava.send("OPTIONS", "/api/v3/athlete", {{"Origin", "http://localhost:3000"}});
    EXPECT_EQ(preflight.status, 200);
    EXPECT_EQ(SmallStrava::header(preflight, "Access-Control-Allow-Origin"), "*");
    EXPECT_THAT(SmallStrava::header(preflight, "Access-Control-Allow-Headers"), HasSubstr("authorization"));
    EXPECT_EQ(strava.send("DELETE", "/api/v3/activities/1").status, 404);
    EXPECT_EQ(strava.send("GET", "/oauth/token").status, 404);
    EXPECT_EQ(strava.send("GET", "/").status, 200);
    EXPECT_EQ(strava.send("GET", "/admin/state").status, 404); // closed without --admin
    SmallStrava slow(EmulatorOptions{.latency = 250ms});
    EXPECT_EQ(slow.get("/athlete").delay, 250ms);
}

TEST(Clock, RunsFasterAndMoves) {
    test::FakeClock base;
    EmulatorClock clock(base, 60);
    const auto start = clock.now();
    base.advance(1s);
    EXPECT_EQ(clock.now() - start, 60s);
    clock.advance(1h);
    EXPECT_EQ(clock.now() - start, 1h + 60s);
}

TEST(MatchPath, TakesWholeSegments) {
    using Values = std::vector<std::string>;
    EXPECT_EQ(match_path("/activities/{}/laps", "/activities/7/laps"), (Values{"7"}));
    EXPECT_EQ(match_path("/gear/{}", "/gear/g%37"), (Values{"g7"}));
    EXPECT_EQ(match_path("/athlete", "/athlete"), Values{});
    for (const std::string path : {"/activities//laps", "/activities/7", "/activities/7/laps/1", "", "/"}) {
        EXPECT_FALSE(match_path("/activities/{}/laps", path)) << path;
    }
}

} // namespace
} // namespace harrier::emulator
