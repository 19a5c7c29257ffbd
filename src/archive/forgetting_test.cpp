// SPDX-License-Identifier: MIT

// What the API said goes after a time, or with a logout; what files gave stays.

#include "archive/stream_codec.hpp"
#include "base/file.hpp"
#include "tests/support/archive_dump.hpp"
#include "tests/support/archive_fixture.hpp"

namespace harrier::archive {
namespace {

using test::at;
using test::stored_athlete;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const Instant monday = at("2026-11-23T10:00:00Z");
const Instant friday = at("2026-11-27T10:00:00Z");

std::string some_samples() {
    StoredStreams samples;
    samples.streams.time = {0, 1};
    return encode_streams(samples);
}

class ForgettingTest : public test::ArchiveFixture {
protected:
    ForgettingTest() : m_archive(open()) {
        // 11: from the API alone. 12: from a file, too.
        store(*m_archive, {test::record(11, "2026-01-01T07:00:00Z", "Api alone"),
                           test::record(12, "2026-01-02T07:00:00Z", "Api and file")});
        model::Athlete kim;
        kim.athlete_id = stored_athlete;
        kim.firstname = "Kim";
        m_archive->store_athlete(kim, R"({"firstname":"Kim"})");
        m_first = id_of(11);
        model::ActivityDetail detail{.record = test::record(11, "2026-01-01T07:00:00Z", "Api alone")};
        detail.efforts = {{.name = "400m", .distance = 400, .elapsed_time = 90}};
        m_archive->store_detail(stored_athlete,
                                {.activity_id = m_first, .strava_id = StravaId{11}, .step = Step::details},
                                detail, monday);
        m_archive->store_streams(stored_athlete, {.activity_id = m_first, .strava_id = StravaId{11}},
                                 {.data = some_samples(), .samples = 2}, monday);
        m_archive->store_mark(stored_athlete, m_first, {.note = "with Jo"});
        auto said = test::record(0, "2026-01-02T07:00:00Z").activity;
        said.strava_id.reset();
        said.elapsed_time = 1500;
        said.name = "From the file";
        const std::vector<ImportItem> items{
            {.row = ImportedRow{.said = test::record(12, "2026-01-02T07:00:00Z", "In the export").activity,
                                .raw = "row",
                                .as_of = at("2026-01-03T00:00:00Z"),
                                .media = {}},
             .file =
                 ImportedFile{.sha256 = std::string(64, 'a'), .name = "run.fit", .format = "fit", .raw = "x"},
             .recordings = {{.said = said, .streams = some_samples(), .samples = 2, .laps = {}}}}};
        (void)m_archive->store_import(stored_athlete, items);
    }

    [[nodiscard]] ActivityId id_of(std::int64_t id) const {
        return m_archive->find_activity(stored_athlete, StravaId{id}).value().activity_id;
    }

    std::unique_ptr<Archive> m_archive;
    ActivityId m_first{};
};

TEST_F(ForgettingTest, OnlyWhatIsOlderGoes) {
    const auto forgotten = m_archive->forget_api(stored_athlete, monday);
    EXPECT_EQ(forgotten.records, 0);
    EXPECT_EQ(forgotten.streams, 0);
    EXPECT_THAT(names(*m_archive, {}), ElementsAre("Api and file", "Api alone"));
}

TEST_F(ForgettingTest, WhatOnlyTheApiToldKeepsItsNumberAndTheNotes) {
    const auto forgotten = m_archive->forget_api(stored_athlete, friday);
    EXPECT_EQ(forgotten.records, 3);
    EXPECT_EQ(forgotten.streams, 1);
    EXPECT_EQ(forgotten.activities, 1);
    EXPECT_THAT(names(*m_archive, {}), ElementsAre("In the export")) << "file and export stay";
    EXPECT_TRUE(m_archive->find_stream(stored_athlete, id_of(12)));
    EXPECT_FALSE(m_archive->find_stream(stored_athlete, m_first));
    EXPECT_THAT(m_archive->strava_lists(stored_athlete, m_first).efforts, IsEmpty());
    const auto gaps = m_archive->gaps(stored_athlete);
    EXPECT_EQ(gaps.activities, 1);
    EXPECT_EQ(gaps.expired, 1);
    EXPECT_THAT(gaps.tombstones, IsEmpty());
    EXPECT_THAT(m_archive->due_work(stored_athlete, Step::streams, friday), IsEmpty());
    ASSERT_TRUE(m_archive->find_forgotten(stored_athlete, 11));
    EXPECT_EQ(m_archive->find_forgotten(stored_athlete, 11)->activity_id, m_first);
    EXPECT_EQ(m_archive->find_forgotten(stored_athlete, m_first.value)->strava_id, StravaId{11});
    EXPECT_FALSE(m_archive->find_forgotten(stored_athlete, 12));
    EXPECT_THAT(m_archive->find_store_damage(), IsEmpty());
}

TEST_F(ForgettingTest, ListedAgainItIsThereAsBefore) {
    (void)m_archive->forget_api(stored_athlete, friday);
    store(*m_archive, {test::record(11, "2026-01-01T07:00:00Z", "Api alone")});
    EXPECT_EQ(id_of(11), m_first);
    EXPECT_EQ(m_archive->mark(stored_athlete, m_first).note, "with Jo");
    EXPECT_EQ(m_archive->work_counts(stored_athlete, Step::streams, friday).due, 1)
        << "its samples are due again";
    EXPECT_EQ(m_archive->gaps(stored_athlete).expired, 0);
}

TEST_F(ForgettingTest, AnExportBringsItBackToo) {
    (void)m_archive->forget_api(stored_athlete, friday);
    const std::vector<ImportItem> items{
        {.row = ImportedRow{.said = test::record(11, "2026-01-01T07:00:00Z", "In the export").activity,
                            .raw = "row 11",
                            .media = {}},
         .file = std::nullopt,
         .recordings = {}}};
    (void)m_archive->store_import(stored_athlete, items);
    EXPECT_THAT(names(*m_archive, {}), ElementsAre("In the export", "In the export"));
    EXPECT_EQ(id_of(11), m_first);
}

TEST_F(ForgettingTest, APurgeLeavesNothingOfTheApiNotEvenInTheFilesFreePages) {
    const auto forgotten = m_archive->purge_api(stored_athlete);
    EXPECT_EQ(forgotten.activities, 1);
    EXPECT_THAT(names(*m_archive, {}), ElementsAre("In the export"));
    EXPECT_EQ(m_archive->gaps(stored_athlete).expired, 0);
    EXPECT_TRUE(m_archive->listing_state(stored_athlete) == ListingState{});
    EXPECT_EQ(m_archive->athletes().at(0).firstname, "");
    EXPECT_THAT(m_archive->find_store_damage(), IsEmpty());
    m_archive.reset();
    EXPECT_THAT(read_file(path()), Not(HasSubstr("Api alone")));
    EXPECT_THAT(test::dump_archive(path()), Not(HasSubstr("api_")));
}

TEST_F(ForgettingTest, APurgeOfAnArchiveOfTheApiAloneLeavesAnEmptyOne) {
    const auto file = m_folder.path() / "other.db";
    const auto other = open_sqlite_archive(file, Access::write);
    store(*other, {test::record(11, "2026-01-01T07:00:00Z", "Api alone")});
    (void)other->purge_api(stored_athlete);
    EXPECT_THAT(other->athletes(), IsEmpty());
    store(*other, {test::record(11, "2026-01-01T07:00:00Z", "Api alone")});
    EXPECT_THAT(names(*other, {}), ElementsAre("Api alone")) << "and it can be filled again";
}

} // namespace
} // namespace harrier::archive
