// SPDX-License-Identifier: MIT
#include "archive/sqlite_archive.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace harrier::archive {
namespace {

using model::Activity;
using model::ActivityRecord;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr AthleteId athlete{26462176};

Instant at(const char* text) {
    return parse_instant(text).value();
}

// A record with the fewest fields; the raw text holds what a comparison of records looks at.
ActivityRecord record(std::int64_t id, const char* start, std::string name = "Run", int athlete_count = 1) {
    Activity activity;
    activity.strava_id = StravaId{id};
    activity.athlete_id = athlete;
    activity.name = name;
    activity.sport_type = "Run";
    activity.start_date = at(start);
    activity.start_date_local = parse_wall_time(start);
    activity.athlete_count = athlete_count;
    return {activity, fmt::format(R"({{"id":{},"name":"{}","start_date":"{}","athlete_count":{}}})", id, name,
                                  start, athlete_count)};
}

Activity full_activity() {
    Activity activity;
    activity.strava_id = StravaId{3136407847427661018}; // beyond 2^53
    activity.athlete_id = athlete;
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

class SqliteArchiveTest : public testing::Test {
protected:
    [[nodiscard]] std::filesystem::path path() const { return m_folder.path() / "data" / "archive.db"; }

    std::unique_ptr<Archive> open(Access access = Access::write) {
        return open_sqlite_archive(path(), access);
    }

    static StoreCounts store(Archive& archive, const std::vector<ActivityRecord>& records,
                             const ListingState& state = {}) {
        return archive.store_listing(athlete, records, state, at("2026-11-23T10:00:00Z"));
    }

    static std::vector<std::string> names(Archive& archive, const ActivityQuery& query) {
        std::vector<std::string> result;
        for (const auto& activity : archive.activities(athlete, query)) {
            result.push_back(activity.name);
        }
        return result;
    }

    // The error's kind and words; fails when nothing is thrown.
    template <typename Work>
    static Error error_of(Work&& work) {
        try {
            work();
        } catch (const Error& error) {
            return error;
        }
        ADD_FAILURE() << "nothing was thrown";
        return {ErrorKind::internal, ""};
    }

    test::TemporaryFolder m_folder;
};

MATCHER_P3(Counts, added, updated, unchanged, "") {
    return arg.added == added && arg.updated == updated && arg.unchanged == unchanged;
}

// --- values ---------------------------------------------------------------------------------------------

TEST_F(SqliteArchiveTest, KeepsEveryFieldOfAnActivity) {
    const auto archive = open();
    const ActivityRecord stored{full_activity(), R"({"id":3136407847427661018})"};
    EXPECT_THAT(store(*archive, {stored}), Counts(1, 0, 0));

    auto expected = stored.activity;
    expected.activity_id = ActivityId{1};
    expected.sources = "api_summary";
    EXPECT_EQ(archive->activities(athlete, {}), std::vector{expected});
    EXPECT_EQ(archive->find_activity(athlete, ActivityId{1}), expected);
    EXPECT_EQ(archive->find_activity(athlete, StravaId{3136407847427661018}), expected);
    EXPECT_EQ(archive->raw_summary(athlete, ActivityId{1}), stored.raw);
}

TEST_F(SqliteArchiveTest, KeepsWhatASourceDidNotSayEmpty) {
    const auto archive = open();
    Activity bare;
    bare.strava_id = StravaId{1};
    bare.athlete_id = athlete;
    store(*archive, {{bare, "{}"}});

    bare.activity_id = ActivityId{1};
    bare.sources = "api_summary";
    EXPECT_EQ(archive->find_activity(athlete, StravaId{1}), bare);
}

TEST_F(SqliteArchiveTest, TellsAnEmptyTextFromAnAbsentOne) {
    const auto archive = open();
    auto one = record(1, "2026-01-01T00:00:00Z", "");
    one.activity.summary_polyline = "";
    store(*archive, {one});
    const auto found = archive->find_activity(athlete, StravaId{1});
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
    EXPECT_EQ(archive->raw_summary(athlete, ActivityId{1}), raw);
    EXPECT_EQ(archive->raw_summary(athlete, ActivityId{2}), std::nullopt);
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

// --- storing --------------------------------------------------------------------------------------------

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
    EXPECT_EQ(archive->find_activity(athlete, StravaId{1})->athlete_count, 1);
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

    const auto found = archive->find_activity(athlete, ActivityId{1});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->name, "After");
    EXPECT_EQ(found->gear_id, std::nullopt);
    EXPECT_THAT(archive->raw_summary(athlete, ActivityId{1}).value(), HasSubstr("After"));
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
    EXPECT_EQ(archive->find_activity(athlete, StravaId{12})->activity_id, ActivityId{3});

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
    EXPECT_TRUE(archive->activities(athlete, {}).empty());
    EXPECT_EQ(archive->listing_state(athlete), ListingState{});
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
    EXPECT_EQ(archive->listing_state(athlete), state);
    EXPECT_EQ(archive->listing_state(AthleteId{1}), ListingState{});
    store(*archive, {}, {});
    EXPECT_EQ(archive->listing_state(athlete), ListingState{});
}

TEST_F(SqliteArchiveTest, KnowsIdsAndTheNewestStart) {
    const auto archive = open();
    EXPECT_EQ(archive->newest_start(athlete), std::nullopt);
    store(*archive, {record(1, "2026-01-01T00:00:00Z"), record(3, "2026-03-01T00:00:00Z"),
                     record(2, "2026-02-01T00:00:00Z")});
    EXPECT_EQ(archive->newest_start(athlete), at("2026-03-01T00:00:00Z"));
    const std::vector ids{StravaId{3}, StravaId{4}, StravaId{1}};
    EXPECT_THAT(archive->known(athlete, ids), ElementsAre(StravaId{3}, StravaId{1}));
}

// --- queries --------------------------------------------------------------------------------------------

class QueryTest : public SqliteArchiveTest {
protected:
    QueryTest() : m_archive(open()) {
        auto a = record(1, "2026-01-01T23:30:00Z", "a");
        a.activity.start_date_local = parse_wall_time("2026-01-02T00:30:00Z");
        a.activity.distance = 5000;
        auto b = record(2, "2026-01-03T08:00:00Z", "b");
        b.activity.sport_type = "TrailRun";
        b.activity.distance = 20000;
        auto c = record(3, "2026-01-03T08:00:00Z", "c");
        c.activity.sport_type = "Ride";
        auto d = record(4, "2026-01-05T08:00:00Z", "d");
        d.activity.distance = 7000;
        store(*m_archive, {d, c, b, a});
    }

    [[nodiscard]] std::vector<std::string> where(const char* condition) {
        return names(*m_archive, {.where = condition});
    }
    Error where_error(const std::string& condition) {
        return error_of([&] { (void)m_archive->activities(athlete, {.where = condition}); });
    }

    std::unique_ptr<Archive> m_archive;
};

TEST_F(QueryTest, ListsNewestFirst) {
    EXPECT_THAT(names(*m_archive, {}), ElementsAre("d", "b", "c", "a"));
    EXPECT_THAT(names(*m_archive, {.limit = 2}), ElementsAre("d", "b"));
    EXPECT_THAT(names(*m_archive, {.order = SortOrder::ascending}), ElementsAre("a", "c", "b", "d"));
}

TEST_F(QueryTest, ChoosesSportsAndLocalDays) {
    EXPECT_THAT(names(*m_archive, {.sport_types = {"Run", "TrailRun"}}), ElementsAre("d", "b", "a"));
    using namespace std::chrono;
    EXPECT_THAT(names(*m_archive, {.since = local_days{2026y / 1 / 2}, .until = local_days{2026y / 1 / 3}}),
                ElementsAre("b", "c", "a"));
    EXPECT_THAT(names(*m_archive, {.until = local_days{2026y / 1 / 1}}), ElementsAre());
}

TEST_F(QueryTest, SortsByAnyColumnWithAbsentValuesLast) {
    EXPECT_THAT(names(*m_archive, {.sort = "distance"}), ElementsAre("b", "d", "a", "c"));
    EXPECT_THAT(names(*m_archive, {.sort = "distance", .order = SortOrder::ascending}),
                ElementsAre("a", "d", "b", "c"));
}

TEST_F(QueryTest, RefusesToSortByWhatIsNoColumn) {
    const auto typo = error_of([&] { (void)m_archive->activities(athlete, {.sort = "distnce"}); });
    EXPECT_EQ(typo.kind(), ErrorKind::usage);
    EXPECT_THAT(typo.hint(), HasSubstr("distance"));
    EXPECT_EQ(
        error_of([&] { (void)m_archive->activities(athlete, {.sort = "name; DROP TABLE activity"}); }).kind(),
        ErrorKind::usage);
    EXPECT_EQ(m_archive->activities(athlete, {}).size(), 4U);
}

TEST_F(QueryTest, TakesAConditionInSql) {
    EXPECT_THAT(where("distance > 6000 AND sport_type = 'Run'"), ElementsAre("d"));
    EXPECT_THAT(where("name IN ('a', ')', 'it''s') OR name LIKE 'B'"), ElementsAre("b", "a"));
    EXPECT_THAT(where("distance > (SELECT avg(distance) FROM v_activity)"), ElementsAre("b"));
    EXPECT_THAT(where("start_date < '2026-01-03'"), ElementsAre("a"));
    EXPECT_THAT(where("private IS NULL AND strftime('%H', start_date_local) = '00'"), ElementsAre("a"));
    EXPECT_THAT(where("\"distance\" IS NULL"), ElementsAre("c"));
}

TEST_F(QueryTest, ExplainsAConditionThatCannotBeRead) {
    EXPECT_THAT(where_error("distnce > 3").hint(), HasSubstr("distance"));
    EXPECT_THAT(where_error("sport_type = \"Run\"").message(), HasSubstr("Run"));
    for (const auto* condition :
         {"distance >", " ", "distance > 'x", "abs(-9223372036854775808) = 1", "no_such(1)"}) {
        EXPECT_EQ(where_error(condition).kind(), ErrorKind::usage) << condition;
    }
}

TEST_F(QueryTest, LetsNoConditionOutOfItsParentheses) {
    store(*m_archive, {});
    m_archive->store_listing(AthleteId{1}, std::vector{record(9, "2026-01-02T00:00:00Z", "other")}, {},
                             at("2026-11-23T00:00:00Z"));
    for (const auto* condition :
         {"1) OR (1=1", "1=1) UNION SELECT * FROM athlete WHERE (1=1", "1=1; DROP TABLE activity",
          "1=1 -- and the rest", "1=1) /*", "(SELECT count(*) FROM athlete) > 0",
          "(SELECT count(*) FROM activity) > 0", "(SELECT count(*) FROM source_record) > 0",
          "(SELECT count(*) FROM sqlite_master) > 0",
          "(SELECT count(*) FROM pragma_table_info('athlete')) > 0", "load_extension('/tmp/x.so') IS NULL",
          "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
          "SELECT count(*) FROM n) > 0",
          "athlete_id IN (SELECT athlete_id FROM athlete)", "'a' = 'a') OR ('b' = 'b"}) {
        const auto error = where_error(condition);
        EXPECT_EQ(error.kind(), ErrorKind::usage) << condition << ": " << error.message();
    }
    EXPECT_EQ(m_archive->activities(athlete, {}).size(), 4U);
    EXPECT_THAT(where("1=1"), ElementsAre("d", "b", "c", "a"));
}

// --- totals ---------------------------------------------------------------------------------------------

TEST_F(QueryTest, AddsUpBySport) {
    const auto rows = m_archive->totals(athlete, Grouping::sport, {});
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].key, "TrailRun");
    EXPECT_EQ(rows[1].key, "Run");
    EXPECT_EQ(rows[1].count, 2);
    EXPECT_DOUBLE_EQ(rows[1].distance, 12000);
    EXPECT_EQ(rows[2].key, "Ride");
    EXPECT_EQ(rows[2].distance, 0);
}

TEST_F(QueryTest, AddsUpEverythingAndWhatAQueryChooses) {
    const auto rows = m_archive->totals(athlete, Grouping::all, {.where = "distance < 10000"});
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].key, "");
    EXPECT_EQ(rows[0].count, 2);
    EXPECT_EQ(m_archive->totals(AthleteId{77}, Grouping::all, {}).at(0).count, 0);
    EXPECT_TRUE(m_archive->totals(AthleteId{77}, Grouping::month, {}).empty());
}

TEST_F(SqliteArchiveTest, AddsUpByIsoWeekAtTheEndOfAYear) {
    const auto archive = open();
    store(*archive, {record(1, "2018-12-30T12:00:00Z"), record(2, "2018-12-31T12:00:00Z"),
                     record(3, "2021-01-03T12:00:00Z"), record(4, "2021-01-04T12:00:00Z"),
                     record(5, "2019-01-06T12:00:00Z")});
    std::vector<std::string> keys;
    for (const auto& row : archive->totals(athlete, Grouping::week, {})) {
        keys.push_back(fmt::format("{} {}", row.key, row.count));
    }
    EXPECT_THAT(keys, ElementsAre("2021-W01 1", "2020-W53 1", "2019-W01 2", "2018-W52 1"));
}

TEST_F(SqliteArchiveTest, AddsUpByLocalMonthYearAndGear) {
    const auto archive = open();
    auto new_year = record(1, "2026-01-01T00:30:00Z");
    new_year.activity.start_date_local = parse_wall_time("2025-12-31T19:30:00Z");
    new_year.activity.gear_id = "g1";
    new_year.activity.distance = 10;
    auto dateless = record(2, "2026-02-01T00:00:00Z");
    dateless.activity.start_date = std::nullopt;
    dateless.activity.start_date_local = std::nullopt;
    store(*archive, {new_year, dateless});
    EXPECT_EQ(archive->totals(athlete, Grouping::month, {}).at(0).key, "2025-12");
    EXPECT_EQ(archive->totals(athlete, Grouping::month, {}).at(1).key, "");
    EXPECT_EQ(archive->totals(athlete, Grouping::year, {}).at(0).key, "2025");
    EXPECT_EQ(archive->totals(athlete, Grouping::gear, {}).at(0).key, "g1");
    EXPECT_EQ(archive->totals(athlete, Grouping::gear, {}).at(1).key, "");
}

TEST_F(SqliteArchiveTest, AddsFloatsUpToTheLastDigit) {
    const auto archive = open();
    std::vector<ActivityRecord> records;
    for (int i = 0; i < 1000; ++i) {
        records.push_back(record(i + 1, "2026-01-01T00:00:00Z"));
        records.back().activity.distance = 0.1;
        records.back().activity.moving_time = 1;
        records.back().activity.elapsed_time = 2;
        records.back().activity.total_elevation_gain = i == 0 ? 1e9 : 0.1;
    }
    store(*archive, records);
    const auto all = archive->totals(athlete, Grouping::all, {}).at(0);
    EXPECT_EQ(all.distance, 100.0);
    EXPECT_EQ(all.total_elevation_gain, 1000000099.9);
    EXPECT_EQ(all.moving_time, 1000);
    EXPECT_EQ(all.elapsed_time, 2000);
}

TEST_F(QueryTest, SummarisesWhatItHolds) {
    const auto summary = m_archive->summary(athlete);
    EXPECT_EQ(summary.activities, 4);
    EXPECT_EQ(summary.first, parse_wall_time("2026-01-02T00:30:00Z"));
    EXPECT_EQ(summary.last, parse_wall_time("2026-01-05T08:00:00Z"));
    EXPECT_EQ(m_archive->summary(AthleteId{77}).activities, 0);
}

// --- the file -------------------------------------------------------------------------------------------

TEST_F(SqliteArchiveTest, IsReadableByItsOwnerOnly) {
    const auto archive = open();
    store(*archive, {record(1, "2026-01-01T00:00:00Z")});
    for (const auto* suffix : {"", "-wal", "-shm", ".lock"}) {
        struct stat status {};
        ASSERT_EQ(stat((path().string() + suffix).c_str(), &status), 0) << suffix;
        EXPECT_EQ(status.st_mode & 0777U, 0600U) << suffix;
    }
    struct stat status {};
    ASSERT_EQ(stat(path().parent_path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0700U);
}

TEST_F(SqliteArchiveTest, IsNotCreatedByReading) {
    EXPECT_EQ(error_of([&] { open(Access::read); }).kind(), ErrorKind::no_archive);
    EXPECT_FALSE(std::filesystem::exists(path().parent_path()));
}

TEST_F(SqliteArchiveTest, LetsOneProcessWriteAtATime) {
    const auto archive = open();
    EXPECT_EQ(error_of([&] { open(Access::write); }).kind(), ErrorKind::locked);
}

TEST_F(SqliteArchiveTest, IsOneArchiveByWhateverLinkItIsNamed) {
    const auto archive = open();
    const auto link = m_folder.path() / "link.db";
    std::filesystem::create_symlink(path(), link);
    EXPECT_EQ(error_of([&] { (void)open_sqlite_archive(link, Access::write); }).kind(), ErrorKind::locked);
}

TEST_F(SqliteArchiveTest, LetsReadersReadWhileAWriterWrites) {
    const auto writer = open();
    store(*writer, {record(1, "2026-01-01T00:00:00Z")});
    const auto reader = open(Access::read);
    EXPECT_EQ(reader->summary(athlete).activities, 1);
    store(*writer, {record(2, "2026-01-02T00:00:00Z")});
    EXPECT_EQ(reader->summary(athlete).activities, 2);
    EXPECT_EQ(open(Access::read)->summary(athlete).activities, 2);
}

TEST_F(SqliteArchiveTest, RefusesToWriteWhenOpenedForReading) {
    store(*open(), {record(1, "2026-01-01T00:00:00Z")});
    const auto reader = open(Access::read);
    EXPECT_EQ(error_of([&] { store(*reader, {record(2, "2026-01-02T00:00:00Z")}); }).kind(), ErrorKind::io);
}

TEST_F(SqliteArchiveTest, IsReadFromAFolderThatCannotBeWritten) {
    if (geteuid() == 0) {
        GTEST_SKIP() << "root may write everywhere";
    }
    store(*open(), {record(1, "2026-01-01T00:00:00Z")});
    std::filesystem::remove(path().string() + "-shm");
    std::filesystem::permissions(path().parent_path(), std::filesystem::perms{0500});
    EXPECT_EQ(open(Access::read)->summary(athlete).activities, 1);
    std::filesystem::permissions(path().parent_path(), std::filesystem::perms{0700});
}

TEST_F(SqliteArchiveTest, LeavesNoLogBehindWhenTheWriterEnds) {
    store(*open(), {record(1, "2026-01-01T00:00:00Z")});
    EXPECT_FALSE(std::filesystem::exists(path().string() + "-wal"));
}

TEST_F(SqliteArchiveTest, IgnoresTheLogOfAnArchiveThatSomebodyRemoved) {
    {
        const auto archive = open();
        store(*archive, {record(1, "2026-01-01T00:00:00Z")});
        std::filesystem::copy_file(path().string() + "-wal", m_folder.path() / "old-wal");
    }
    std::filesystem::remove(path());
    std::filesystem::rename(m_folder.path() / "old-wal", path().string() + "-wal");
    EXPECT_EQ(open()->summary(athlete).activities, 0);
}

class ForeignFileTest : public SqliteArchiveTest {
protected:
    void expect_refused_unchanged(const std::string& bytes) {
        std::filesystem::create_directories(path().parent_path());
        write_file_atomically(path(), bytes);
        for (const auto access : {Access::read, Access::write}) {
            const auto error = error_of([&] { open(access); });
            EXPECT_EQ(error.kind(), ErrorKind::data) << error.message();
        }
        EXPECT_EQ(read_file(path()), bytes);
        const std::filesystem::directory_iterator files(path().parent_path());
        EXPECT_EQ(std::distance(begin(files), end(files)), 1);
    }

    // The bytes of an archive of our own, with a 32-bit field of the header set.
    std::string archive_with(std::size_t offset, std::uint32_t value) {
        open().reset();
        auto bytes = read_file(path());
        std::filesystem::remove_all(path().parent_path());
        for (std::size_t i = 0; i < 4; ++i) {
            bytes[offset + i] = static_cast<char>(value >> (24U - 8U * i));
        }
        return bytes;
    }
};

TEST_F(ForeignFileTest, RefusesGarbage) {
    expect_refused_unchanged("this is a diary, not a database");
}

TEST_F(ForeignFileTest, RefusesGarbageOfAWholePage) {
    expect_refused_unchanged(std::string(4096, 'x'));
}

TEST_F(ForeignFileTest, RefusesADatabaseOfAnotherProgram) {
    expect_refused_unchanged(archive_with(68, 0));
}

TEST_F(ForeignFileTest, RefusesAnArchiveOfANewerHarrier) {
    const auto bytes = archive_with(60, 99);
    expect_refused_unchanged(bytes);
    EXPECT_THAT(error_of([&] { open(Access::read); }).message(), HasSubstr("newer"));
}

TEST_F(ForeignFileTest, FillsAnEmptyFile) {
    std::filesystem::create_directories(path().parent_path());
    write_file_atomically(path(), "");
    EXPECT_EQ(error_of([&] { open(Access::read); }).kind(), ErrorKind::no_archive);
    EXPECT_THAT(store(*open(), {record(1, "2026-01-01T00:00:00Z")}), Counts(1, 0, 0));
}

TEST_F(SqliteArchiveTest, SaysWhenTheFileIsDamaged) {
    std::vector<ActivityRecord> records;
    for (int i = 1; i <= 200; ++i) {
        records.push_back(record(i, "2026-01-01T00:00:00Z", std::string(500, 'n')));
    }
    store(*open(), records);
    auto bytes = read_file(path());
    ASSERT_GT(bytes.size(), 40'000U);
    for (std::size_t i = 8192; i < bytes.size(); ++i) {
        bytes[i] = static_cast<char>(i * 31);
    }
    write_file_atomically(path(), bytes);
    const auto error = error_of([&] { (void)open(Access::read)->activities(athlete, {}); });
    EXPECT_EQ(error.kind(), ErrorKind::data) << error.message();
    EXPECT_FALSE(error.hint().empty());
}

} // namespace
} // namespace harrier::archive
