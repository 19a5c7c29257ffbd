// SPDX-License-Identifier: MIT

// What Strava says of single activities: its own efforts, splits and laps.

#include "archive/metrics_store.hpp"
#include "tests/support/archive_fixture.hpp"

namespace harrier::archive {
namespace {

using test::at;
using test::stored_athlete;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const Instant midday = at("2026-11-23T12:00:00Z");

model::ActivityDetail detail_of(std::int64_t id, const char* start, double seconds) {
    model::ActivityDetail detail{.record = test::record(id, start)};
    detail.record.activity.description = "windy";
    detail.record.activity.gear_name = "Blue shoes";
    detail.record.raw = fmt::format(R"({{"id":{},"laps":[]}})", id);
    model::Lap lap;
    lap.start = at(start) + std::chrono::milliseconds{250};
    lap.totals.elapsed_time = 60;
    lap.totals.distance = 250.5;
    detail.laps = {lap};
    detail.efforts = {{.name = "400m",
                       .distance = 400,
                       .elapsed_time = seconds,
                       .moving_time = seconds - 1,
                       .start = at(start),
                       .start_index = 3,
                       .end_index = 93,
                       .pr_rank = 2},
                      {.name = "1K", .distance = 1000, .elapsed_time = 3 * seconds}};
    detail.splits = {
        {.is_mile = false, .number = 1, .distance = 1001.5, .elapsed_time = 250, .average_speed = 4},
        {.is_mile = true, .number = 1, .distance = 1609, .elapsed_time = 400}};
    return detail;
}

class DetailTest : public test::ArchiveFixture {
protected:
    DetailTest() : m_archive(open()) {
        store(*m_archive,
              {test::record(11, "2026-01-01T07:00:00Z"), test::record(12, "2026-01-02T07:00:00Z")});
    }

    [[nodiscard]] ActivityId id_of(std::int64_t id) const {
        return m_archive->find_activity(stored_athlete, StravaId{id}).value().activity_id;
    }
    [[nodiscard]] WorkItem item(std::int64_t id) const {
        return {.activity_id = id_of(id), .strava_id = StravaId{id}, .step = Step::details};
    }
    void store_detail(std::int64_t id, const model::ActivityDetail& detail) {
        m_archive->store_detail(stored_athlete, item(id), detail, midday);
    }

    std::unique_ptr<Archive> m_archive;
};

TEST_F(DetailTest, KeepsEverythingThatStravaSaidOfIt) {
    const auto detail = detail_of(11, "2026-01-01T07:00:00Z", 90);
    store_detail(11, detail);
    const auto activity = m_archive->find_activity(stored_athlete, StravaId{11}).value();
    EXPECT_EQ(activity.description, "windy");
    EXPECT_EQ(activity.gear_name, "Blue shoes");
    EXPECT_EQ(activity.sources, "api_summary,api_detail");
    const auto lists = m_archive->strava_lists(stored_athlete, id_of(11));
    EXPECT_EQ(lists.efforts, detail.efforts);
    EXPECT_EQ(lists.splits, detail.splits);
    ASSERT_THAT(lists.laps, SizeIs(1));
    EXPECT_EQ(lists.laps[0].start, detail.laps[0].start);
    EXPECT_EQ(lists.laps[0].end, *detail.laps[0].start + std::chrono::minutes{1});
    EXPECT_EQ(lists.laps[0].totals.distance, 250.5);
    EXPECT_FALSE(lists.laps[0].totals.ascent);
    EXPECT_EQ(m_archive->work_counts(stored_athlete, Step::details, midday).due, 1) << "its item is done";
}

TEST_F(DetailTest, ANewAnswerReplacesTheOldOne) {
    store_detail(11, detail_of(11, "2026-01-01T07:00:00Z", 90));
    auto newer = detail_of(11, "2026-01-01T07:00:00Z", 80);
    newer.laps.clear();
    newer.efforts.pop_back();
    newer.splits.clear();
    newer.record.activity.description.reset();
    store_detail(11, newer);
    const auto lists = m_archive->strava_lists(stored_athlete, id_of(11));
    EXPECT_EQ(lists.efforts, newer.efforts);
    EXPECT_THAT(lists.laps, IsEmpty());
    EXPECT_THAT(lists.splits, IsEmpty());
    EXPECT_EQ(m_archive->find_activity(stored_athlete, StravaId{11})->description, std::nullopt);
}

TEST_F(DetailTest, TheBestOfEachDistanceIsFoundOverAllActivities) {
    store_detail(11, detail_of(11, "2026-01-01T07:00:00Z", 90));
    store_detail(12, detail_of(12, "2026-01-02T07:00:00Z", 85));
    auto records = m_archive->strava_records(stored_athlete);
    ASSERT_THAT(records, SizeIs(2));
    EXPECT_EQ(records[0].effort.name, "400m");
    EXPECT_EQ(records[0].effort.elapsed_time, 85);
    EXPECT_EQ(records[0].activity_id, id_of(12));
    EXPECT_EQ(records[1].effort.distance, 1000);

    m_archive->store_mark(stored_athlete, id_of(12), {.exclude_records = true});
    records = m_archive->strava_records(stored_athlete);
    EXPECT_EQ(records.at(0).effort.elapsed_time, 90) << "what is marked sets no record";
}

TEST_F(DetailTest, AnAnswerOfAnotherActivityIsRefused) {
    EXPECT_EQ(error_of([&] { store_detail(11, detail_of(12, "2026-01-02T07:00:00Z", 90)); }).kind(),
              ErrorKind::data);
    EXPECT_THAT(m_archive->strava_lists(stored_athlete, id_of(11)).efforts, IsEmpty());
}

TEST_F(DetailTest, OnlyAnEditMakesDetailsDueAgain) {
    store_detail(11, detail_of(11, "2026-01-01T07:00:00Z", 90));
    auto record = test::record(11, "2026-01-01T07:00:00Z");
    record.activity.kudos_count = 5;
    record.raw = R"({"id":11,"kudos_count":5})";
    store(*m_archive, {record});
    EXPECT_EQ(m_archive->work_counts(stored_athlete, Step::details, midday).again, 0) << "kudos are no edit";
    record.activity.gear_id = "g7";
    record.raw = R"({"id":11,"kudos_count":5,"gear_id":"g7"})";
    store(*m_archive, {record});
    EXPECT_EQ(m_archive->work_counts(stored_athlete, Step::details, midday).again, 1);
    const auto due = m_archive->due_work(stored_athlete, Step::details, midday);
    ASSERT_THAT(due, SizeIs(2));
    EXPECT_FALSE(due[0].is_again);
    EXPECT_TRUE(due[1].is_again);
}

TEST_F(DetailTest, TheViewsForSqlHaveThem) {
    store_detail(11, detail_of(11, "2026-01-01T07:00:00Z", 90));
    std::vector<std::string> rows;
    const auto ask = [&](const char* statement) {
        m_archive->sql(
            stored_athlete, statement,
            {.columns = [](const auto&) {},
             .row = [&](const std::vector<SqlValue>& row) { rows.push_back(std::get<std::string>(row[0])); }},
            {});
    };
    ask("SELECT name || ' ' || elapsed_time FROM v_strava_effort ORDER BY distance");
    ask("SELECT unit || ' ' || split FROM v_strava_split ORDER BY unit");
    ask("SELECT 'lap ' || distance FROM v_lap");
    EXPECT_THAT(rows, ElementsAre("400m 90.0", "1K 270.0", "kilometre 1", "mile 1", "lap 250.5"));
}

} // namespace
} // namespace harrier::archive
