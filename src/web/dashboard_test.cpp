// SPDX-License-Identifier: MIT
#include "archive/sqlite_archive.hpp"
#include "archive/stream_codec.hpp"
#include "base/file.hpp"
#include "formats/gzip.hpp"
#include "sync/measuring.hpp"
#include "tests/support/archive_fixture.hpp"
#include "tests/support/fake_clock.hpp"
#include "web/dashboard.hpp"
#include "web/json_text.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace harrier::web {
namespace {

using test::at;
using test::stored_athlete;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class FakeHost final : public Host {
public:
    explicit FakeHost(std::filesystem::path archive) : m_path(std::move(archive)) {}

    std::string version() override { return "1.2.3"; }
    Clock& clock() override { return m_clock; }
    std::filesystem::path archive_path() override { return m_path; }
    std::unique_ptr<archive::Archive> open_archive() override {
        return archive::open_sqlite_archive(m_path, archive::Access::read);
    }
    model::Athlete athlete_of(archive::Archive& archive) override { return archive.athletes().front(); }
    Units units_of(const model::Athlete&) override { return Units::metric; }
    LoginState login() override { return {}; }
    std::optional<net::SeenRate> rate() override { return std::nullopt; }
    insight::AthleteSettings athlete_settings() override { return {}; }
    std::optional<TileSource> tile_source() override { return tiles; }
    std::string settings_json() override { return "[]\n"; }
    void store_setting(const std::string& key, const std::optional<std::string>& value) override {
        if (key != "athlete.ftp") {
            throw Error(ErrorKind::usage, "there is no such setting");
        }
        stored = value;
    }
    std::map<std::string, double> retirements() override { return limits; }
    void store_retirement(const std::string& gear_id, std::optional<double> metres) override {
        limits[gear_id] = metres.value_or(0);
    }
    std::string settings_stamp() override { return stored.value_or("-"); }
    bool start_sync() override { return ++syncs == 1; }
    bool is_sync_running() override { return false; }
    std::optional<SyncOutcome> last_sync() override { return std::nullopt; }

    std::optional<TileSource> tiles;
    std::optional<std::string> stored;
    std::map<std::string, double> limits;
    int syncs = 0;

private:
    std::filesystem::path m_path;
    test::FakeClock m_clock;
};

class DashboardTest : public test::ArchiveFixture {
protected:
    net::ServerResponse get(std::string target, std::vector<net::Header> more = {}) {
        return ask("GET", std::move(target), "", std::move(more));
    }

    net::ServerResponse write(std::string method, std::string target, std::string body) {
        return ask(std::move(method), std::move(target), std::move(body),
                   {{"Sec-Fetch-Site", "same-origin"}, {"X-Harrier-Csrf", token()}});
    }

    net::ServerResponse ask(std::string method, std::string target, std::string body,
                            std::vector<net::Header> more) {
        net::ServerRequest request;
        request.method = std::move(method);
        request.target = std::move(target);
        request.path = request.target.substr(0, request.target.find('?'));
        request.query = request.target.substr(std::min(request.path.size() + 1, request.target.size()));
        request.headers = std::move(more);
        request.headers.push_back({"Host", "127.0.0.1:8738"});
        request.body = std::move(body);
        return dashboard.handle(request);
    }

    nlohmann::json read(const std::string& target) {
        const auto response = get(target);
        EXPECT_EQ(response.status, 200) << target << " " << response.body;
        return nlohmann::json::parse(response.body);
    }

    std::string token() { return read("/api/session")["csrf"].get<std::string>(); }

    // Two runs on the same way and a ride elsewhere, with a name that wants to be more than a name.
    void fill() {
        const auto archive = open();
        model::Athlete athlete;
        athlete.athlete_id = stored_athlete;
        archive->store_athlete(athlete, "");
        auto first = test::record(1, "2026-11-01T07:30:00Z", hostile_name);
        auto second = test::record(2, "2026-11-02T07:30:00Z", "Evening");
        auto third = test::record(3, "2025-06-01T09:00:00Z", "Ride");
        third.activity.sport_type = "Ride";
        // Some 1.1 km northward from 38.5° N 120.2° W.
        first.activity.summary_polyline = second.activity.summary_polyline = "_p~iF~ps|Uo}@?";
        first.activity.distance = 1110;
        second.activity.distance = 1112;
        third.activity.distance = 40'000;
        first.activity.moving_time = second.activity.moving_time = 360;
        third.activity.moving_time = 5400;
        first.activity.gear_id = "g1";
        store(*archive, {first, second, third});
    }

    static constexpr const char* hostile_name = "</script><script>alert(1)</script> ' OR 1=1 --";
    FakeHost host{path()};
    Dashboard dashboard{host, 8738};
};

TEST_F(DashboardTest, WithoutAnArchiveItSaysSoAndGoesOn) {
    EXPECT_TRUE(read("/api/session")["empty"].get<bool>());
    EXPECT_FALSE(read("/api/sync")["running"].get<bool>());
    const auto answer = get("/api/activities");
    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(nlohmann::json::parse(answer.body)["error"]["kind"], "no_archive");
    fill();
    EXPECT_FALSE(read("/api/session")["empty"].get<bool>());
    EXPECT_EQ(read("/api/activities")["count"], 3);
}

TEST_F(DashboardTest, GivesActivitiesColumnByColumnNewestFirst) {
    fill();
    const auto all = read("/api/activities?columns=activity_id,name,distance");
    EXPECT_EQ(all["names"], (nlohmann::json{"activity_id", "name", "distance"}));
    EXPECT_EQ(all["columns"][2], (nlohmann::json{1112.0, 1110.0, 40'000.0}));
    EXPECT_EQ(all["columns"][1][1], hostile_name);
    EXPECT_THAT(get("/api/activities").body, Not(HasSubstr("<script")));
}

TEST_F(DashboardTest, TheFilterWordsChoose) {
    fill();
    const auto distances = [&](const std::string& words) {
        return read("/api/activities?columns=distance&" + words)["columns"][0];
    };
    EXPECT_EQ(distances("sport=ride"), nlohmann::json{40'000.0});
    EXPECT_EQ(distances("min_distance=1111&max_distance=2000"), nlohmann::json{1112.0});
    EXPECT_EQ(distances("name=EVEN"), nlohmann::json{1112.0});
    EXPECT_EQ(distances("gear=g1"), nlohmann::json{1110.0});
    EXPECT_EQ(distances("since=2026-11-02"), nlohmann::json{1112.0});
    EXPECT_EQ(distances("race=1"), nlohmann::json::array());
    EXPECT_EQ(distances("bbox=-121,38,-120,39").size(), 2U);
    EXPECT_EQ(distances("bbox=170,38,-120,39").size(), 2U); // over the antimeridian
    EXPECT_EQ(distances("bbox=0,0,1,1"), nlohmann::json::array());
}

TEST_F(DashboardTest, SqlInAParameterIsAText) {
    fill();
    for (const auto* name : {"name", "gear"}) {
        for (const auto* attack : {"'", "x'%29%3B--", "%27+OR+1%3D1+--", "%00", "%22", "%29+OR+%281%3D1"}) {
            const auto found = read(fmt::format("/api/activities?{}={}&columns=name", name, attack));
            EXPECT_LE(found["count"].get<int>(), 1) << name << " " << attack;
        }
    }
    EXPECT_EQ(read("/api/activities?name=%27+OR+1%3D1+--")["count"], 1); // it is in the hostile name
    for (const auto* target : {"/api/activities?min_distance=1+OR+1", "/api/activities?bbox=1,2,3,x",
                               "/api/activities?columns=name;drop", "/api/activities?sport=x'--",
                               "/api/totals?by=day", "/api/tracks?points=0", "/api/calendar?year=x",
                               "/api/records?distance=';--", "/api/year/99999", "/api/curve?kind=x"}) {
        EXPECT_EQ(get(target).status, 400) << target;
    }
}

TEST_F(DashboardTest, AnAnswerIsKnownAgainUntilTheArchiveChanges) {
    fill();
    const auto first = get("/api/totals?by=year");
    const auto tag = std::string(net::find_header(first.headers, "ETag").value());
    EXPECT_EQ(get("/api/totals?by=year", {{"If-None-Match", tag}}).status, 304);
    store(*open(), {test::record(4, "2026-11-03T07:30:00Z")});
    const auto later = get("/api/totals?by=year", {{"If-None-Match", tag}});
    EXPECT_EQ(later.status, 200);
    EXPECT_NE(later.body, first.body);
    host.stored = "250";
    EXPECT_NE(net::find_header(get("/api/totals?by=year").headers, "ETag"),
              net::find_header(later.headers, "ETag"));
}

TEST_F(DashboardTest, CompressesForThoseWhoTakeIt) {
    fill();
    const auto plain = get("/api/activities");
    const auto packed = get("/api/activities", {{"Accept-Encoding", "br, gzip;q=0.5"}});
    EXPECT_EQ(net::find_header(packed.headers, "Content-Encoding"), "gzip");
    EXPECT_EQ(formats::gunzip(std::as_bytes(std::span(packed.body))), plain.body);
    EXPECT_FALSE(net::find_header(get("/api/activities", {{"Accept-Encoding", "gzip;q=0"}}).headers,
                                  "Content-Encoding"));
}

TEST_F(DashboardTest, EveryAnswerCarriesThePolicy) {
    for (const auto* target : {"/", "/api/session", "/api/nothing", "/nothing", "/api/activities"}) {
        const auto headers = get(target).headers;
        EXPECT_THAT(std::string(net::find_header(headers, "Content-Security-Policy").value()),
                    HasSubstr("default-src 'none'"));
        EXPECT_EQ(net::find_header(headers, "X-Content-Type-Options"), "nosniff");
    }
    host.tiles = TileSource{"https://tiles.test/{z}/{x}/{y}.png", "them"};
    EXPECT_THAT(std::string(net::find_header(get("/").headers, "Content-Security-Policy").value()),
                HasSubstr("img-src 'self' data: blob: https://tiles.test;"));
}

TEST_F(DashboardTest, APathIsAFileOfThePageOrNothing) {
    for (const auto* path :
         {"/../etc/passwd", "/assets/../index.html", "/assets/%2e%2e/index.html", "/%2e%2e/%2e%2e/etc/passwd",
          "//etc/passwd", "/assets/", "/assets", "/.git/config", "/index.html%00", "/activity/1/../../x",
          "/assets/..%2findex.html", "/..\\x", "/api/../index.html", "/api", "/api/", "/API/session"}) {
        EXPECT_EQ(get(path).status, 404) << path;
    }
    for (const auto* path : {"/", "/activities", "/activity/7", "/records", "/map", "/settings?a=b"}) {
        EXPECT_EQ(get(path).status, 200) << path;
        EXPECT_THAT(std::string(net::find_header(get(path).headers, "Content-Type").value()),
                    HasSubstr("text/html"));
    }
}

TEST_F(DashboardTest, WhatChangesSomethingNeedsTheToken) {
    fill();
    EXPECT_EQ(ask("POST", "/api/sync", "", {{"Sec-Fetch-Site", "same-origin"}}).status, 403);
    EXPECT_EQ(ask("PUT", "/api/settings", "{}", {{"Origin", "http://evil.test"}}).status, 403);
    EXPECT_EQ(host.syncs, 0);
    EXPECT_EQ(write("POST", "/api/sync", "").status, 202);
    EXPECT_EQ(write("POST", "/api/sync", "").status, 409);
    EXPECT_EQ(write("PUT", "/api/settings", R"({"key":"athlete.ftp","value":"250"})").status, 200);
    EXPECT_EQ(host.stored, "250");
    EXPECT_EQ(write("PUT", "/api/settings", R"({"key":"x","value":"1"})").status, 422);
    EXPECT_EQ(write("PUT", "/api/settings", "<x>").status, 422);
    EXPECT_EQ(write("PUT", "/api/gear/g1", R"({"retire_at":800000})").status, 200);
    EXPECT_EQ(host.limits.at("g1"), 800'000);
    EXPECT_EQ(write("POST", "/api/session", "").status, 405);
    EXPECT_EQ(write("PUT", "/records", "").status, 405);
}

TEST_F(DashboardTest, ASyncElsewhereIsSeenAndKeepsNoReaderWaiting) {
    fill();
    const auto writer = open();
    EXPECT_TRUE(read("/api/sync")["running"].get<bool>());
    EXPECT_EQ(write("POST", "/api/sync", "").status, 409);
    writer->together([&] {
        archive::Mark mark;
        mark.note = "within a transaction";
        writer->store_mark(stored_athlete, ActivityId{1}, mark);
        EXPECT_EQ(read("/api/activities")["count"], 3);
    });
}

TEST_F(DashboardTest, EventsTellWhatIsNewSinceTheLastOne) {
    fill();
    const auto id_of = [](const std::string& body) {
        const auto begin = body.find("id: ") + 4;
        return body.substr(begin, body.find('\n', begin) - begin);
    };
    const auto listen = [&](const std::string& heard) {
        return get("/api/events", {{"Last-Event-ID", heard}}).body;
    };
    const auto first = listen("");
    EXPECT_THAT(first, HasSubstr("event: sync\ndata: {\"running\":false"));
    EXPECT_THAT(first, HasSubstr("event: archive\ndata: "));
    EXPECT_THAT(listen(id_of(first)), Not(HasSubstr("event: ")));
    const auto writer = open();
    const auto second = listen(id_of(first));
    EXPECT_THAT(second, HasSubstr("\"running\":true"));
    store(*writer, {test::record(4, "2026-11-03T07:30:00Z")});
    EXPECT_THAT(listen(id_of(second)), HasSubstr("event: archive\ndata: "));
}

TEST_F(DashboardTest, AnActivityHasTheSameWayBesideIt) {
    fill();
    const auto two = read("/api/activities?name=Evening&columns=activity_id")["columns"][0][0].get<int>();
    const auto shown = read(fmt::format("/api/activity/{}", two));
    ASSERT_EQ(shown["similar"].size(), 1U);
    EXPECT_EQ(shown["similar"][0]["name"], hostile_name);
    EXPECT_EQ(shown["name"], "Evening");
    EXPECT_EQ(get("/api/activity/999").status, 404);
    EXPECT_EQ(get("/api/activity/x").status, 404);
    EXPECT_EQ(get(fmt::format("/api/activity/{}/streams", two)).body, "{}\n");
}

TEST_F(DashboardTest, AYearAddsUp) {
    fill();
    const auto year = read("/api/year/2026");
    EXPECT_EQ(year["years"], (nlohmann::json{2025, 2026}));
    EXPECT_EQ(year["totals"]["distance"], 2222.0);
    EXPECT_EQ(year["months"][10]["count"], 2);
    EXPECT_EQ(year["weekdays"][6]["count"], 1); // 1 November 2026 is a Sunday
    EXPECT_EQ(year["hours"][7]["count"], 2);
    EXPECT_EQ(year["cumulative"]["2026"].back(), 2222.0);
    EXPECT_EQ(year["cumulative"]["2025"].size(), 366U);
    EXPECT_EQ(year["streaks"]["day"]["longest"], 2);
    EXPECT_EQ(year["longest"]["distance"], 1112.0);
    EXPECT_TRUE(year["fastest"].is_null());
    const auto days = read("/api/calendar?year=2026")["days"];
    ASSERT_EQ(days.size(), 2U);
    EXPECT_EQ(days[0]["date"], "2026-11-01");
    EXPECT_EQ(days[0]["distance"], 1110.0);
}

TEST_F(DashboardTest, TracksAndGearAndTheOverviewAreThere) {
    fill();
    const auto tracks = read("/api/tracks?points=10");
    EXPECT_EQ(tracks["ids"].size(), 2U);
    EXPECT_EQ(tracks["years"][0], 2026);
    EXPECT_EQ(tracks["tracks"][0], "_p~iF~ps|Uo}@?");
    host.limits["g1"] = 1000;
    const auto gear = read("/api/gear");
    const auto own =
        std::find_if(gear.begin(), gear.end(), [](const auto& one) { return one["gear_id"] == "g1"; });
    ASSERT_NE(own, gear.end());
    EXPECT_TRUE((*own)["retired"].get<bool>());
    EXPECT_EQ((*own)["months"][0]["distance"], 1110.0);
    const auto overview = read("/api/overview");
    EXPECT_EQ(overview["newest"].size(), 3U);
    EXPECT_EQ(overview["newest"][0]["summary_polyline"], "_p~iF~ps|Uo}@?");
    EXPECT_EQ(overview["streaks"]["day"]["longest"], 2);
}

} // namespace
} // namespace harrier::web
