// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "strava/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>

namespace harrier::strava {

namespace {

using testing::HasSubstr;

constexpr std::string_view run =
    R"({"resource_state":2,"athlete":{"id":26462176,"resource_state":1},"name":"Morning \"fast\" {run}","distance":6764.8,"moving_time":2151,"elapsed_time":2178.0,"total_elevation_gain":34,"type":"Run","sport_type":"TrailRun","workout_type":1,"id":9223372036854775807,"start_date":"2025-10-19T20:00:00Z","start_date_local":"2025-10-19T16:00:00Z","timezone":"(GMT-05:00) America/New_York","utc_offset":-14400.0,"location_city":null,"achievement_count":1,"kudos_count":7,"comment_count":1,"athlete_count":2,"photo_count":0,"map":{"id":"a1","summary_polyline":"y_wwF\\bst","resource_state":2},"trainer":false,"commute":true,"manual":false,"private":true,"visibility":"only_me","flagged":false,"gear_id":"g1","start_latlng":[40.6,-74],"end_latlng":[40,-74.25],"average_speed":3.145,"max_speed":5,"average_cadence":82.4,"average_temp":21,"average_watts":310.5,"max_watts":500,"weighted_average_watts":320,"kilojoules":667.4,"device_watts":true,"has_heartrate":true,"average_heartrate":151.1,"max_heartrate":174,"elev_high":0.0,"elev_low":-3.2,"upload_id":17243391881,"upload_id_str":"17243391881","external_id":"garmin_push_1","from_accepted_tag":false,"pr_count":0,"total_photo_count":3,"has_kudoed":false,"suffer_score":61,"device_name":"Watch","some_future_key":{"deep":[1,{"id":5}]}})";

constexpr std::string_view manual =
    R"({"id":12,"name":"","distance":0,"moving_time":null,"type":"Workout","start_date":"2019-07-01T00:00:01Z","start_date_local":"2019-07-01T00:00:01","map":{"summary_polyline":""},"upload_id":null,"external_id":null,"gear_id":null,"workout_type":null,"start_latlng":[],"end_latlng":null,"max_speed":0,"sport_type":null})";

std::string list_of(std::initializer_list<std::string_view> objects) {
    std::string text = "[";
    for (const auto object : objects) {
        text += (text.size() > 1 ? " ,\n" : "") + std::string(object);
    }
    return text + "]";
}

Error error_of(std::string_view json) {
    try {
        (void)parse_activities(json);
    } catch (const Error& error) {
        return error;
    }
    return {ErrorKind::internal, "nothing was thrown"};
}

TEST(Json, AWholeActivityIsRead) {
    const auto records = parse_activities(list_of({run}));
    ASSERT_EQ(records.size(), 1U);
    const auto& a = records[0].activity;
    EXPECT_EQ(a.strava_id, StravaId{9223372036854775807});
    EXPECT_EQ(a.athlete_id, AthleteId{26462176});
    EXPECT_EQ(a.name, "Morning \"fast\" {run}");
    EXPECT_EQ(a.sport_type, "TrailRun");
    EXPECT_EQ(a.type, "Run");
    EXPECT_EQ(a.workout_type, 1);
    EXPECT_EQ(a.start_date, parse_instant("2025-10-19T20:00:00Z"));
    EXPECT_EQ(a.start_date_local, parse_wall_time("2025-10-19T16:00:00"));
    EXPECT_EQ(a.timezone, "(GMT-05:00) America/New_York");
    EXPECT_EQ(a.utc_offset, -14400.0);
    EXPECT_EQ(a.distance, 6764.8);
    EXPECT_EQ(a.moving_time, 2151);
    EXPECT_EQ(a.elapsed_time, 2178);
    EXPECT_EQ(a.total_elevation_gain, 34.0);
    EXPECT_EQ(a.elev_high, 0.0);
    EXPECT_EQ(a.elev_low, -3.2);
    EXPECT_EQ(a.average_speed, 3.145);
    EXPECT_EQ(a.max_speed, 5.0);
    EXPECT_EQ(a.has_heartrate, true);
    EXPECT_EQ(a.average_heartrate, 151.1);
    EXPECT_EQ(a.max_heartrate, 174.0);
    EXPECT_EQ(a.average_cadence, 82.4);
    EXPECT_EQ(a.average_temp, 21.0);
    EXPECT_EQ(a.average_watts, 310.5);
    EXPECT_EQ(a.weighted_average_watts, 320.0);
    EXPECT_EQ(a.max_watts, 500.0);
    EXPECT_EQ(a.device_watts, true);
    EXPECT_EQ(a.kilojoules, 667.4);
    EXPECT_EQ(a.suffer_score, 61.0);
    EXPECT_EQ(a.gear_id, "g1");
    EXPECT_EQ(a.trainer, false);
    EXPECT_EQ(a.commute, true);
    EXPECT_EQ(a.manual, false);
    EXPECT_EQ(a.is_private, true);
    EXPECT_EQ(a.visibility, "only_me");
    EXPECT_EQ(a.flagged, false);
    EXPECT_EQ(a.start_latlng, (model::LatLng{40.6, -74.0}));
    EXPECT_EQ(a.end_latlng, (model::LatLng{40.0, -74.25}));
    EXPECT_EQ(a.summary_polyline, "y_wwF\\bst");
    EXPECT_EQ(a.achievement_count, 1);
    EXPECT_EQ(a.kudos_count, 7);
    EXPECT_EQ(a.comment_count, 1);
    EXPECT_EQ(a.athlete_count, 2);
    EXPECT_EQ(a.photo_count, 0);
    EXPECT_EQ(a.total_photo_count, 3);
    EXPECT_EQ(a.pr_count, 0);
    EXPECT_EQ(a.upload_id, 17243391881);
    EXPECT_EQ(a.external_id, "garmin_push_1");
    EXPECT_EQ(a.device_name, "Watch");
}

TEST(Json, AbsentNullAndEmptyAreTheSame) {
    const auto a = parse_activities(list_of({manual})).at(0).activity;
    EXPECT_EQ(a.strava_id, StravaId{12});
    EXPECT_EQ(a.name, "");
    EXPECT_EQ(a.distance, 0.0);
    EXPECT_FALSE(a.moving_time);
    EXPECT_FALSE(a.elapsed_time);
    EXPECT_FALSE(a.summary_polyline);
    EXPECT_FALSE(a.upload_id);
    EXPECT_FALSE(a.external_id);
    EXPECT_FALSE(a.gear_id);
    EXPECT_FALSE(a.workout_type);
    EXPECT_FALSE(a.start_latlng);
    EXPECT_FALSE(a.end_latlng);
    EXPECT_FALSE(a.has_heartrate);
    EXPECT_EQ(a.max_speed, 0.0);
}

TEST(Json, AHiddenStartIsKeptAsItIs) {
    const auto a = parse_activities(list_of({manual})).at(0).activity;
    EXPECT_EQ(a.start_date, parse_instant("2019-07-01T00:00:01Z"));
    EXPECT_EQ(a.start_date_local, parse_wall_time("2019-07-01T00:00:01Z"));
}

TEST(Json, TheOldTypeStandsInForAMissingSportType) {
    EXPECT_EQ(parse_activities(list_of({manual})).at(0).activity.sport_type, "Workout");
    EXPECT_EQ(parse_activities(R"([{"id":1,"sport_type":"HoverRace"}])").at(0).activity.sport_type,
              "HoverRace");
}

TEST(Json, IdsBeyondTwoToThe53AreExact) {
    const auto a = parse_activities(R"([{"id":9007199254740993,"upload_id":3136407847427661018}])").at(0);
    EXPECT_EQ(a.activity.strava_id, StravaId{9007199254740993});
    EXPECT_EQ(a.activity.upload_id, 3136407847427661018);
}

TEST(Json, ValuesOfAWrongTypeAreAsGoodAsAbsent) {
    const auto a = parse_activities(R"([{"id":1,"distance":"far","map":[],"athlete":null,"name":5,)"
                                    R"("start_latlng":["a","b"],"start_date":7,"workout_type":1e300}])")
                       .at(0)
                       .activity;
    EXPECT_FALSE(a.distance);
    EXPECT_FALSE(a.summary_polyline);
    EXPECT_FALSE(a.start_latlng);
    EXPECT_FALSE(a.start_date);
    EXPECT_FALSE(a.workout_type);
    EXPECT_EQ(a.athlete_id, AthleteId{0});
}

TEST(Json, TheRawTextOfEachObjectIsExact) {
    const auto records = parse_activities(" \n" + list_of({run, manual, run}) + "\n");
    ASSERT_EQ(records.size(), 3U);
    EXPECT_EQ(records[0].raw, run);
    EXPECT_EQ(records[1].raw, manual);
    EXPECT_EQ(records[2].raw, run);
}

TEST(Json, QuotesAndBackslashesDoNotConfuseTheRawTexts) {
    const std::vector<std::string> objects{R"({"id":1,"name":"ends in a backslash \\"})",
                                           R"({"id":2,"name":"\\\"}{"})", R"({"id":3,"name":""})",
                                           R"({"id":4,"name":"\"","x":{"y":"}","z":["{"]}})"};
    const auto records = parse_activities("[" + join(objects, ",") + "]");
    ASSERT_EQ(records.size(), objects.size());
    for (std::size_t i = 0; i < objects.size(); ++i) {
        EXPECT_EQ(records[i].raw, objects[i]);
    }
}

TEST(Json, AnEmptyListIsAnEmptyPage) {
    EXPECT_TRUE(parse_activities("[]").empty());
    EXPECT_TRUE(parse_activities(" [ ]\n").empty());
}

TEST(Json, ABodyCutAtAnyByteFails) {
    const auto whole = list_of({manual, run});
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const auto error = error_of(std::string_view(whole).substr(0, size));
        ASSERT_EQ(error.kind(), ErrorKind::data) << "cut at byte " << size << ": " << error.message();
    }
    EXPECT_EQ(parse_activities(whole).size(), 2U);
}

TEST(Json, BrokenJsonIsReportedWithItsPlace) {
    EXPECT_THAT(error_of(R"([{"id":1,}])").message(), HasSubstr("broken at byte 9 of 11"));
    EXPECT_THAT(error_of(R"([{"id":1}] x)").message(), HasSubstr("broken at byte 11 of 12"));
    EXPECT_THAT(error_of("[{\"name\":\"\xff\"}]").message(), HasSubstr("broken at byte 10 of 14"));
    EXPECT_THAT(error_of(R"([{"id":)" + std::string(30, '7') + "}]").message(), HasSubstr("within 39 bytes"));
}

TEST(Json, DeepBracketsAreRefusedAtTheirSizeInMemory) {
    const std::string deep(4 * 1024 * 1024, '[');
    EXPECT_THROW(static_cast<void>(parse_activities(deep)), Error);
    EXPECT_THROW(static_cast<void>(parse_activities(deep + std::string(deep.size(), ']'))), Error);
}

TEST(Json, TimesThatCannotBeAddedUpAreAbsent) {
    const auto activities = parse_activities(
        R"([{"id":1,"moving_time":9223372036854775807,"elapsed_time":-9223372036854775808}])");
    EXPECT_EQ(activities.at(0).activity.moving_time, std::nullopt);
    EXPECT_EQ(activities.at(0).activity.elapsed_time, std::nullopt);
}

TEST(Json, ATokenThatLivesForEverEndsWithinReach) {
    const Instant now{std::chrono::seconds{1'795'000'000}};
    for (const auto* life : {R"("expires_in":9223372036854775807)", R"("expires_at":9223372036854775807)"}) {
        const auto grant = parse_token_grant(R"({"access_token":"a",)" + std::string(life) + "}", now);
        EXPECT_GT(grant.token.expires_at, now);
        EXPECT_LT(grant.token.expires_at, now + std::chrono::years{11});
    }
    const auto ended = parse_token_grant(R"({"access_token":"a","expires_in":-9223372036854775808})", now);
    EXPECT_EQ(ended.token.expires_at, now);
}

TEST(Json, OtherShapesAreRefusedWithAPlace) {
    EXPECT_THAT(error_of(R"({"message":"x"})").message(), HasSubstr("byte 0 does not begin a JSON array"));
    EXPECT_THAT(error_of(R"([{"id":1},7])").message(), HasSubstr("item 2 after byte 9 is not an object"));
    EXPECT_THAT(error_of(R"([{"name":"x"}])").message(), HasSubstr("item 1 before byte 13 has no id"));
    EXPECT_EQ(error_of("").kind(), ErrorKind::data);
}

TEST(Json, AnAthleteIsRead) {
    const auto athlete = parse_athlete(
        R"({"id":134815,"username":null,"firstname":"Ann","lastname":"B","city":"","country":null,"sex":"F","measurement_preference":"feet","weight":61,"bikes":[]})");
    EXPECT_EQ(athlete.athlete_id, AthleteId{134815});
    EXPECT_EQ(athlete.firstname, "Ann");
    EXPECT_EQ(athlete.lastname, "B");
    EXPECT_FALSE(athlete.username);
    EXPECT_FALSE(athlete.city);
    EXPECT_EQ(athlete.sex, "F");
    EXPECT_EQ(athlete.measurement_preference, "feet");
    EXPECT_EQ(athlete.weight, 61.0);
    EXPECT_THROW((void)parse_athlete(R"({"firstname":"Ann"})"), Error);
    EXPECT_THROW((void)parse_athlete("[]"), Error);
}

TEST(Json, ATokenAnswerIsRead) {
    const Instant now = *parse_instant("2026-11-23T00:00:00Z");
    const auto grant = parse_token_grant(
        R"({"token_type":"Bearer","expires_at":1542940199,"expires_in":21600,"refresh_token":"r1","access_token":"a1","scope":"read,activity:read","athlete":{"id":7,"firstname":"D"}})",
        now);
    EXPECT_TRUE(grant.token.access_token.equals("a1"));
    EXPECT_TRUE(grant.token.refresh_token.equals("r1"));
    // Counted from the receipt: this machine's clock and Strava's may differ by days.
    EXPECT_EQ(grant.token.expires_at, now + std::chrono::hours{6});
    EXPECT_EQ(grant.scopes, (Scopes{"read", "activity:read"}));
    ASSERT_TRUE(grant.athlete);
    EXPECT_EQ(grant.athlete->athlete_id, AthleteId{7});
}

TEST(Json, ATokenAnswerMayLackAllButTheToken) {
    const Instant now = *parse_instant("2026-11-23T00:00:00Z");
    const auto grant = parse_token_grant(R"({"access_token":"a1","expires_in":20,"athlete":null})", now);
    EXPECT_TRUE(grant.token.refresh_token.empty());
    EXPECT_EQ(grant.token.expires_at, now + std::chrono::seconds{20});
    EXPECT_FALSE(grant.scopes);
    EXPECT_FALSE(grant.athlete);
    EXPECT_EQ(parse_token_grant(R"({"access_token":"a1","expires_at":1542940199})", now).token.expires_at,
              Instant{std::chrono::seconds{1542940199}});
    EXPECT_EQ(parse_token_grant(R"({"access_token":"a1"})", now).token.expires_at,
              now + std::chrono::hours{6});
    EXPECT_THROW((void)parse_token_grant(R"({"refresh_token":"r1"})", now), Error);
    EXPECT_THROW((void)parse_token_grant("", now), Error);
}

// Recorded answers; they are not part of this repository.
class Captures : public testing::Test {
protected:
    static std::string read(const std::string& name) {
        return read_file(std::filesystem::path(HARRIER_SHARED) / "captures" / name);
    }
    void SetUp() override {
        if (!std::filesystem::exists(std::filesystem::path(HARRIER_SHARED) / "captures")) {
            GTEST_SKIP() << "recorded answers are not here: " << HARRIER_SHARED << "/captures";
        }
    }
};

TEST_F(Captures, All1132ActivitiesParseAndKeepTheirBytes) {
    const auto text = read("activities-1132.json");
    const auto records = parse_activities(text);
    ASSERT_EQ(records.size(), 1132U);
    std::string rebuilt = "[\n";
    int with_heartrate = 0;
    int without_position = 0;
    int private_ones = 0;
    for (const auto& record : records) {
        rebuilt += (rebuilt.size() > 2 ? ",\n" : "") + record.raw;
        with_heartrate += record.activity.average_heartrate ? 1 : 0;
        without_position += record.activity.start_latlng ? 0 : 1;
        private_ones += record.activity.visibility == "only_me" ? 1 : 0;
        EXPECT_TRUE(record.activity.start_date && record.activity.start_date_local);
    }
    EXPECT_EQ(rebuilt + "\n]\n", text);
    EXPECT_EQ(with_heartrate, 1032);
    EXPECT_EQ(without_position, 167);
    EXPECT_EQ(private_ones, 7);
}

TEST_F(Captures, AnAnswerOf2018Parses) {
    const auto records = parse_activities(read("older/activities-2018.json"));
    EXPECT_EQ(records.size(), 30U);
    for (const auto& record : records) {
        EXPECT_FALSE(record.activity.sport_type.empty());
    }
}

TEST_F(Captures, AthleteAndTokenAnswersParse) {
    EXPECT_EQ(parse_athlete(read("athlete.json")).athlete_id, AthleteId{26462176});
    EXPECT_TRUE(parse_token_grant(read("oauth-token-authorization-code.json"), Instant{}).athlete);
    EXPECT_FALSE(parse_token_grant(read("oauth-token-refresh.json"), Instant{}).athlete);
}

} // namespace

} // namespace harrier::strava
