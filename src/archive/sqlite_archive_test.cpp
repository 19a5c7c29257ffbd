// SPDX-License-Identifier: MIT
#include "archive/sqlite_archive.hpp"
#include "tests/support/archive_fixture.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace harrier::archive {
namespace {

using model::Activity;
using model::ActivityRecord;
using test::at;
using test::Counts;
using test::record;
using test::stored_athlete;
using testing::ElementsAre;
using testing::HasSubstr;

using SqliteArchiveTest = test::ArchiveFixture;

Activity full_activity() {
    Activity activity;
    activity.strava_id = StravaId{3136407847427661018}; // beyond 2^53
    activity.athlete_id = stored_athlete;
    activity.name = "Mürren – \"7 Gipfel\" 🏔";
    activity.sport_type = "MoonWalk";
    activity.type = "Workout";
    activity.workout_type = 30;
    activity.start_date = at("2018-11-28T20:11:32Z");
    activity.start_date_local = parse_wall_time("2018-11-28T15:11:32Z");
    activity.timezone = "(GMT-05:00) America/New_York";
    activity.utc_offset = -14400.0;
    activity.distance = 6764.8;
    activity.moving_time = 2151;
    activity.elapsed_time = 2178;
    activity.total_elevation_gain = 34.1;
    activity.elev_high = 0.0;
    activity.elev_low = -12.3;
    activity.average_speed = 3.145;
    activity.max_speed = 0.1 + 0.2;
    activity.has_heartrate = true;
    activity.average_heartrate = 159.7;
    activity.max_heartrate = 180.0;
    activity.average_cadence = 84.5;
    activity.average_temp = -7.0;
    activity.average_watts = 251.5;
    activity.weighted_average_watts = 260.0;
    activity.max_watts = 900.0;
    activity.device_watts = false;
    activity.kilojoules = 540.9;
    activity.suffer_score = 77.0;
    activity.gear_id = "g123";
    activity.trainer = false;
    activity.commute = true;
    activity.manual = false;
    activity.is_private = true;
    activity.visibility = "only_me";
    activity.flagged = false;
    activity.start_latlng = model::LatLng{40.7309, -73.9973};
    activity.end_latlng = model::LatLng{-0.0, 179.99999};
    activity.summary_polyline = std::string("y_ww\\Fbst`b\0M", 13);
    activity.achievement_count = 1;
    activity.kudos_count = 7;
    activity.comment_count = 0;
    activity.athlete_count = 2;
    activity.photo_count = 0;
    activity.total_photo_count = 3;
    activity.pr_count = 4;
    activity.upload_id = 12866632127;
    activity.external_id = "garmin_push_1";
    activity.device_name = "Garmin Forerunner 945";
    return activity;
}

TEST_F(SqliteArchiveTest, KeepsEveryFieldOfAnActivity) {
    const auto archive = open();
    const ActivityRecord stored{full_activity(), R"({"id":3136407847427661018})"};
    EXPECT_THAT(store(*archive, {stored}), Counts(1, 0, 0));

    auto expected = stored.activity;
    expected.activity_id = ActivityId{1};
    expected.sources = "api_summary";
    EXPECT_EQ(archive->activities(stored_athlete, {}), std::vector{expected});
    EXPECT_EQ(archive->find_activity(stored_athlete, ActivityId{1}), expected);
    EXPECT_EQ(archive->find_activity(stored_athlete, StravaId{3136407847427661018}), expected);
    EXPECT_EQ(archive->raw_summary(stored_athlete, ActivityId{1}), stored.raw);
}

TEST_F(SqliteArchiveTest, KeepsWhatASourceDidNotSayEmpty) {
    const auto archive = open();
    Activity bare;
    bare.strava_id = StravaId{1};
    bare.athlete_id = stored_athlete;
    store(*archive, {{bare, "{}"}});

    bare.activity_id = ActivityId{1};
    bare.sources = "api_summary";
    EXPECT_EQ(archive->find_activity(stored_athlete, StravaId{1}), bare);
}

TEST_F(SqliteArchiveTest, TellsAnEmptyTextFromAnAbsentOne) {
    const auto archive = open();
    auto one = record(1, "2026-01-01T00:00:00Z", "");
    one.activity.summary_polyline = "";
    store(*archive, {one});
    const auto found = archive->find_activity(stored_athlete, StravaId{1});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->summary_polyline, "");
    EXPECT_EQ(found->external_id, std::nullopt);
}

TEST_F(SqliteArchiveTest, GivesRawRecordsBackByteForByte) {
    const auto archive = open();
    std::string raw = R"({"id":1,  "name":"ü\u00fc","x":[1.0,1,1e3]})";
    raw += std::string(100'000, ' ') + "\r\n";
    auto one = record(1, "2026-01-01T00:00:00Z");
    one.raw = raw;
    store(*archive, {one});
    EXPECT_EQ(archive->raw_summary(stored_athlete, ActivityId{1}), raw);
    EXPECT_EQ(archive->raw_summary(stored_athlete, ActivityId{2}), std::nullopt);
}

TEST_F(SqliteArchiveTest, KeepsAthletesOldestFirst) {
    const auto archive = open();
    const model::Athlete first{.athlete_id = AthleteId{9},
                               .username = "nine",
                               .firstname = "Nina",
                               .lastname = "N",
                               .city = "Bern",
                               .country = "",
                               .sex = "F",
                               .measurement_preference = "meters",
                               .weight = 61.5};
    const model::Athlete second{.athlete_id = AthleteId{3},
                                .username = std::nullopt,
                                .firstname = "Tom",
                                .lastname = "",
                                .city = std::nullopt,
                                .country = std::nullopt,
                                .sex = std::nullopt,
                                .measurement_preference = std::nullopt,
                                .weight = std::nullopt};
    archive->store_athlete(first, R"({"id":9})");
    archive->store_athlete(second, "");
    auto renamed = first;
    renamed.lastname = "Neumann";
    archive->store_athlete(renamed, "");
    EXPECT_THAT(archive->athletes(), ElementsAre(renamed, second));
}

TEST_F(SqliteArchiveTest, ChangesNothingWhenTheSameRecordsComeAgain) {
    const auto archive = open();
    const std::vector page{record(2, "2026-01-02T00:00:00Z"), record(1, "2026-01-01T00:00:00Z")};
    EXPECT_THAT(store(*archive, page), Counts(2, 0, 0));
    EXPECT_THAT(store(*archive, page), Counts(0, 0, 2));
}

TEST_F(SqliteArchiveTest, DoesNotTakeAthleteCountForAChange) {
    const auto archive = open();
    store(*archive, {record(1, "2026-01-01T00:00:00Z", "Run", 1)});
    EXPECT_THAT(store(*archive, {record(1, "2026-01-01T00:00:00Z", "Run", 14)}), Counts(0, 0, 1));
    EXPECT_EQ(archive->find_activity(stored_athlete, StravaId{1})->athlete_count, 1);
}

TEST_F(SqliteArchiveTest, DoesNotTakeOrderOrSpacingOfKeysForAChange) {
    const auto archive = open();
    auto one = record(1, "2026-01-01T00:00:00Z");
    one.raw = R"({"id":1,"distance":10.0,"athlete_count":1})";
    store(*archive, {one});
    one.raw = R"({"athlete_count": 2, "distance": 10, "id": 1})";
    EXPECT_THAT(store(*archive, {one}), Counts(0, 0, 1));
}

TEST_F(SqliteArchiveTest, SeesAnEditAndEmptiesWhatIsNoLongerSaid) {
    const auto archive = open();
    auto one = record(1, "2026-01-01T00:00:00Z", "Before");
    one.activity.gear_id = "g1";
    store(*archive, {one});
    EXPECT_THAT(store(*archive, {record(1, "2026-01-01T00:00:00Z", "After")}), Counts(0, 1, 0));

    const auto found = archive->find_activity(stored_athlete, ActivityId{1});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->name, "After");
    EXPECT_EQ(found->gear_id, std::nullopt);
    EXPECT_THAT(archive->raw_summary(stored_athlete, ActivityId{1}).value(), HasSubstr("After"));
}

TEST_F(SqliteArchiveTest, SeesAChangeOfAKeyThatItDoesNotKnow) {
    const auto archive = open();
    auto one = record(1, "2026-01-01T00:00:00Z");
    one.raw = R"({"id":1,"mood":"fine"})";
    store(*archive, {one});
    one.raw = R"({"id":1,"mood":"tired"})";
    EXPECT_THAT(store(*archive, {one}), Counts(0, 1, 0));
}

TEST_F(SqliteArchiveTest, NumbersActivitiesPerAthleteAndGoesOnWhereItStopped) {
    store(*open(), {record(10, "2026-01-02T00:00:00Z"), record(11, "2026-01-01T00:00:00Z")});
    const auto archive = open();
    store(*archive, {record(12, "2026-01-03T00:00:00Z")});
    EXPECT_EQ(archive->find_activity(stored_athlete, StravaId{12})->activity_id, ActivityId{3});

    archive->store_listing(AthleteId{1}, std::vector{record(10, "2026-01-02T00:00:00Z")}, {},
                           at("2026-11-23T00:00:00Z"));
    EXPECT_EQ(archive->find_activity(AthleteId{1}, StravaId{10})->activity_id, ActivityId{1});
    EXPECT_EQ(archive->find_activity(AthleteId{2}, StravaId{10}), std::nullopt);
}

TEST_F(SqliteArchiveTest, StoresAPageWhollyOrNotAtAll) {
    const auto archive = open();
    auto without_id = record(2, "2026-01-02T00:00:00Z");
    without_id.activity.strava_id = std::nullopt;
    const ListingState state{.resume_before = at("2026-01-01T00:00:00Z")};
    EXPECT_EQ(error_of([&] {
                  store(*archive, {record(1, "2026-01-01T00:00:00Z"), without_id}, state);
              }).kind(),
              ErrorKind::data);
    EXPECT_TRUE(archive->activities(stored_athlete, {}).empty());
    EXPECT_EQ(archive->listing_state(stored_athlete), ListingState{});
    EXPECT_THAT(store(*archive, {record(1, "2026-01-01T00:00:00Z")}, state), Counts(1, 0, 0));
}

TEST_F(SqliteArchiveTest, KeepsTheListingState) {
    const ListingState state{.resume_before = at("2020-01-01T00:00:00Z"),
                             .resume_after = at("2019-01-01T00:00:00Z"),
                             .resume_scopes = "read",
                             .complete_at = at("2026-11-01T12:00:00Z"),
                             .complete_scopes = "read,activity:read_all",
                             .listed_at = at("2026-11-02T12:00:00Z")};
    store(*open(), {}, state);
    const auto archive = open();
    EXPECT_EQ(archive->listing_state(stored_athlete), state);
    EXPECT_EQ(archive->listing_state(AthleteId{1}), ListingState{});
    store(*archive, {}, {});
    EXPECT_EQ(archive->listing_state(stored_athlete), ListingState{});
}

TEST_F(SqliteArchiveTest, KnowsIdsAndTheNewestStart) {
    const auto archive = open();
    EXPECT_EQ(archive->newest_start(stored_athlete), std::nullopt);
    store(*archive, {record(1, "2026-01-01T00:00:00Z"), record(3, "2026-03-01T00:00:00Z"),
                     record(2, "2026-02-01T00:00:00Z")});
    EXPECT_EQ(archive->newest_start(stored_athlete), at("2026-03-01T00:00:00Z"));
    const std::vector ids{StravaId{3}, StravaId{4}, StravaId{1}};
    EXPECT_THAT(archive->known(stored_athlete, ids), ElementsAre(StravaId{3}, StravaId{1}));
}

} // namespace
} // namespace harrier::archive
