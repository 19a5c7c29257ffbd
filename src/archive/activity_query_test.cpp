// SPDX-License-Identifier: MIT
#include "archive/sqlite_archive.hpp"
#include "tests/support/archive_fixture.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace harrier::archive {
namespace {

using model::ActivityRecord;
using test::at;
using test::record;
using test::stored_athlete;
using testing::ElementsAre;
using testing::HasSubstr;

using TotalsTest = test::ArchiveFixture;

class QueryTest : public test::ArchiveFixture {
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
        return error_of([&] { (void)m_archive->activities(stored_athlete, {.where = condition}); });
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
    const auto typo = error_of([&] { (void)m_archive->activities(stored_athlete, {.sort = "distnce"}); });
    EXPECT_EQ(typo.kind(), ErrorKind::usage);
    EXPECT_THAT(typo.hint(), HasSubstr("distance"));
    EXPECT_EQ(error_of([&] {
                  (void)m_archive->activities(stored_athlete, {.sort = "name; DROP TABLE activity"});
              }).kind(),
              ErrorKind::usage);
    EXPECT_EQ(m_archive->activities(stored_athlete, {}).size(), 4U);
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

TEST_F(QueryTest, LetsNoConditionAskForGigabytes) {
    for (const auto* condition : {"length(randomblob(100000000)) > 0", "length(zeroblob(999999999)) > 0"}) {
        EXPECT_EQ(where_error(condition).kind(), ErrorKind::usage) << condition;
    }
    EXPECT_THAT(where("length(printf('%.*c', 100000000, 'x')) > 0"), ElementsAre()); // null in its place
}

TEST_F(QueryTest, LetsNoConditionOutOfItsParentheses) {
    store(*m_archive, {});
    m_archive->store_listing(AthleteId{1}, std::vector{record(9, "2026-01-02T00:00:00Z", "other")}, {},
                             at("2026-11-23T00:00:00Z"));
    for (const auto* condition :
         {"1) OR (1=1", "1=1) UNION SELECT * FROM athlete WHERE (1=1", "1=1; DROP TABLE activity",
          "1=1 -- and the rest", "1=1) /*", "(SELECT count(*) FROM stored_athlete) > 0",
          "(SELECT count(*) FROM activity) > 0", "(SELECT count(*) FROM source_record) > 0",
          "(SELECT count(*) FROM sqlite_master) > 0",
          "(SELECT count(*) FROM pragma_table_info('athlete')) > 0", "load_extension('/tmp/x.so') IS NULL",
          "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
          "SELECT count(*) FROM n) > 0",
          "athlete_id IN (SELECT athlete_id FROM stored_athlete)", "'a' = 'a') OR ('b' = 'b"}) {
        const auto error = where_error(condition);
        EXPECT_EQ(error.kind(), ErrorKind::usage) << condition << ": " << error.message();
    }
    EXPECT_EQ(m_archive->activities(stored_athlete, {}).size(), 4U);
    EXPECT_THAT(where("1=1"), ElementsAre("d", "b", "c", "a"));
}

TEST_F(QueryTest, AddsUpBySport) {
    const auto rows = m_archive->totals(stored_athlete, Grouping::sport, {});
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].key, "TrailRun");
    EXPECT_EQ(rows[1].key, "Run");
    EXPECT_EQ(rows[1].count, 2);
    EXPECT_DOUBLE_EQ(rows[1].distance, 12000);
    EXPECT_EQ(rows[2].key, "Ride");
    EXPECT_EQ(rows[2].distance, 0);
}

TEST_F(QueryTest, AddsUpEverythingAndWhatAQueryChooses) {
    const auto rows = m_archive->totals(stored_athlete, Grouping::all, {.where = "distance < 10000"});
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].key, "");
    EXPECT_EQ(rows[0].count, 2);
    EXPECT_EQ(m_archive->totals(AthleteId{77}, Grouping::all, {}).at(0).count, 0);
    EXPECT_TRUE(m_archive->totals(AthleteId{77}, Grouping::month, {}).empty());
}

TEST_F(TotalsTest, AddsUpByIsoWeekAtTheEndOfAYear) {
    const auto archive = open();
    store(*archive, {record(1, "2018-12-30T12:00:00Z"), record(2, "2018-12-31T12:00:00Z"),
                     record(3, "2021-01-03T12:00:00Z"), record(4, "2021-01-04T12:00:00Z"),
                     record(5, "2019-01-06T12:00:00Z")});
    std::vector<std::string> keys;
    for (const auto& row : archive->totals(stored_athlete, Grouping::week, {})) {
        keys.push_back(fmt::format("{} {}", row.key, row.count));
    }
    EXPECT_THAT(keys, ElementsAre("2021-W01 1", "2020-W53 1", "2019-W01 2", "2018-W52 1"));
}

TEST_F(TotalsTest, AddsUpByLocalMonthYearAndGear) {
    const auto archive = open();
    auto new_year = record(1, "2026-01-01T00:30:00Z");
    new_year.activity.start_date_local = parse_wall_time("2025-12-31T19:30:00Z");
    new_year.activity.gear_id = "g1";
    new_year.activity.distance = 10;
    auto dateless = record(2, "2026-02-01T00:00:00Z");
    dateless.activity.start_date = std::nullopt;
    dateless.activity.start_date_local = std::nullopt;
    store(*archive, {new_year, dateless});
    EXPECT_EQ(archive->totals(stored_athlete, Grouping::month, {}).at(0).key, "2025-12");
    EXPECT_EQ(archive->totals(stored_athlete, Grouping::month, {}).at(1).key, "");
    EXPECT_EQ(archive->totals(stored_athlete, Grouping::year, {}).at(0).key, "2025");
    EXPECT_EQ(archive->totals(stored_athlete, Grouping::gear, {}).at(0).key, "g1");
    EXPECT_EQ(archive->totals(stored_athlete, Grouping::gear, {}).at(1).key, "");
}

TEST_F(TotalsTest, AddsFloatsUpToTheLastDigit) {
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
    const auto all = archive->totals(stored_athlete, Grouping::all, {}).at(0);
    EXPECT_EQ(all.distance, 100.0);
    EXPECT_EQ(all.total_elevation_gain, 1000000099.9);
    EXPECT_EQ(all.moving_time, 1000);
    EXPECT_EQ(all.elapsed_time, 2000);
}

TEST_F(QueryTest, SummarisesWhatItHolds) {
    const auto summary = m_archive->summary(stored_athlete);
    EXPECT_EQ(summary.activities, 4);
    EXPECT_EQ(summary.first, parse_wall_time("2026-01-02T00:30:00Z"));
    EXPECT_EQ(summary.last, parse_wall_time("2026-01-05T08:00:00Z"));
    EXPECT_EQ(m_archive->summary(AthleteId{77}).activities, 0);
}

} // namespace
} // namespace harrier::archive
