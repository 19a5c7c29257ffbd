// SPDX-License-Identifier: MIT
#include "emulator/admin_service.hpp"
#include "tests/support/small_strava.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace harrier::emulator {
namespace {

using namespace std::chrono_literals;
using test::SmallStrava;
using testing::HasSubstr;
using testing::Not;

EmulatorOptions open_door() {
    return EmulatorOptions{.admin = true};
}

TEST(Admin, LogsRequestsWithoutSecrets) {
    SmallStrava strava(open_door());
    const auto token = strava.log_in();
    static_cast<void>(strava.get("/api/v3/athlete?access_token=" + token + "&page=2"));
    static_cast<void>(strava.send("POST", "/oauth/token?client_secret=" + std::string(SmallStrava::secret)));
    const auto log = strava.get("/admin/requests").body;
    EXPECT_THAT(
        log,
        HasSubstr(R"("method":"GET","path":"/api/v3/athlete","query":"access_token=…&page=2","status":200)"));
    EXPECT_THAT(log, Not(HasSubstr(token)));
    EXPECT_THAT(log, Not(HasSubstr(SmallStrava::secret)));
    EXPECT_THAT(log, Not(HasSubstr("/admin")));
    EXPECT_EQ(strava.send("DELETE", "/admin/requests").status, 200);
    EXPECT_EQ(strava.get("/admin/requests").body, "[]");
}

TEST(Admin, AddsEditsAndDeletesActivities) {
    SmallStrava strava(open_door());
    const auto token = strava.log_in();
    const auto ids = [&] { return SmallStrava::ids_in(strava.get("/athlete/activities", token).body); };
    const std::string late =
        R"({"name":"Late","id":50,"start_date":"2026-10-04T12:00:00Z","visibility":"everyone"})";
    EXPECT_EQ(strava.send("POST", "/admin/activities", {}, late).status, 201);
    EXPECT_EQ(ids(), (std::vector<int>{7, 6, 5, 4, 50, 3, 2, 1}));
    EXPECT_THAT(strava.get("/athlete/activities", token).body, HasSubstr(late)); // as it was sent
    EXPECT_EQ(strava.send("PATCH", "/admin/activities/7", {}, R"({"name":"New name","id":1})").status, 200);
    EXPECT_THAT(strava.get("/athlete/activities", token).body,
                HasSubstr(R"("name":"New name","distance":1000.5,"id":7)"));
    EXPECT_THAT(strava.get("/activities/7", token).body,
                HasSubstr(R"("resource_state":3,"name":"New name")"));
    EXPECT_EQ(strava.send("DELETE", "/admin/activities/6").status, 200);
    EXPECT_EQ(ids(), (std::vector<int>{7, 5, 4, 50, 3, 2, 1}));
    EXPECT_EQ(strava.get("/activities/6", token).status, 404);
    EXPECT_EQ(strava.send("DELETE", "/admin/activities/6").status, 404);
}

TEST(Admin, HidesAnActivityThatBecomesPrivate) {
    SmallStrava strava(open_door());
    const auto token = strava.log_in("read,activity:read");
    EXPECT_EQ(strava.send("PATCH", "/admin/activities/7", {}, R"({"visibility":"only_me"})").status, 200);
    EXPECT_EQ(SmallStrava::ids_in(strava.get("/athlete/activities?per_page=1", token).body),
              (std::vector<int>{6}));
}

TEST(Admin, MovesTheClock) {
    SmallStrava strava(open_door());
    const auto token = strava.log_in();
    EXPECT_THAT(strava.get("/admin/state").body, HasSubstr(R"("now":"2026-11-23T00:00:00Z","activities":7)"));
    EXPECT_THAT(strava.send("POST", "/admin/clock?advance=21600").body, HasSubstr("2026-11-23T06:00:00Z"));
    EXPECT_EQ(strava.get("/athlete", token).status, 401);
}

TEST(Admin, SaysWhatWasWrong) {
    SmallStrava strava(open_door());
    EXPECT_EQ(strava.send("POST", "/admin/clock?advance=-5").status, 400);
    EXPECT_EQ(strava.send("POST", "/admin/activities", {}, "{}").status, 400);
    EXPECT_EQ(strava.send("POST", "/admin/activities", {}, "no json").status, 400);
    EXPECT_EQ(strava.send("PATCH", "/admin/activities/7", {}, R"({"start_date":5})").status, 400);
    EXPECT_EQ(strava.get("/admin/nothing").status, 404);
    EXPECT_EQ(SmallStrava::ids_in(strava.get("/athlete/activities", strava.log_in()).body).size(), 7U);
}

} // namespace
} // namespace harrier::emulator
