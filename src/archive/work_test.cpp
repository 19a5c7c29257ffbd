// SPDX-License-Identifier: MIT

// What is to be fetched for single activities, and what came of it.

#include "archive/stream_codec.hpp"
#include "tests/support/archive_fixture.hpp"

namespace harrier::archive {
namespace {

using test::at;
using test::stored_athlete;
using testing::ElementsAre;
using testing::IsEmpty;

const Instant noon = at("2026-11-23T12:00:00Z");

model::ActivityRecord outing(std::int64_t id, const char* start, double distance = 5000) {
    auto result = test::record(id, start);
    result.activity.distance = distance;
    result.activity.elapsed_time = 1500;
    result.raw = fmt::format(R"({{"id":{},"start_date":"{}","distance":{}}})", id, start, distance);
    return result;
}

FetchedStreams samples(double last = 2) {
    StoredStreams stored;
    stored.streams.time = {0, 1, last};
    return {.data = encode_streams(stored), .samples = 3};
}

class WorkTest : public test::ArchiveFixture {
protected:
    WorkTest() : m_archive(open()) {
        store(*m_archive, {outing(11, "2026-01-01T07:00:00Z"), outing(13, "2026-01-03T07:00:00Z"),
                           outing(12, "2026-01-02T07:00:00Z")});
    }

    [[nodiscard]] std::vector<std::int64_t> due(Instant now = noon, Step step = Step::streams) const {
        std::vector<std::int64_t> ids;
        for (const auto& item : m_archive->due_work(stored_athlete, step, now)) {
            ids.push_back(item.strava_id.value);
        }
        return ids;
    }
    [[nodiscard]] WorkItem item(std::int64_t id) const {
        const auto activity = m_archive->find_activity(stored_athlete, StravaId{id});
        return {.activity_id = activity.value().activity_id, .strava_id = StravaId{id}};
    }
    [[nodiscard]] std::optional<StoredStream> stream(std::int64_t id) const {
        return m_archive->find_stream(stored_athlete, item(id).activity_id);
    }

    std::unique_ptr<Archive> m_archive;
};

TEST_F(WorkTest, WhatWasListedIsDueByItselfNewestFirst) {
    EXPECT_THAT(due(), ElementsAre(13, 12, 11));
    EXPECT_THAT(due(noon, Step::details), ElementsAre(13, 12, 11));
    EXPECT_EQ(m_archive->work_counts(stored_athlete, Step::streams, noon).due, 3);
    EXPECT_THAT(m_archive->work_problems(stored_athlete), IsEmpty());
}

TEST_F(WorkTest, SamplesAreStoredWithTheirItem) {
    m_archive->store_streams(stored_athlete, item(12), samples(), noon);
    EXPECT_THAT(due(), ElementsAre(13, 11));
    EXPECT_THAT(due(noon, Step::details), ElementsAre(13, 12, 11)) << "each step has its own items";
    ASSERT_TRUE(stream(12));
    EXPECT_EQ(stream(12)->source, "api_streams");
    EXPECT_EQ(stream(12)->key, "12");
    EXPECT_EQ(stream(12)->samples, 3);
    EXPECT_EQ(m_archive->summary(stored_athlete).with_streams, 1);
}

TEST_F(WorkTest, WhatStravaHasNotIsNeverAskedForAgain) {
    m_archive->store_outcome(stored_athlete, item(12), {.state = WorkState::absent, .at = noon});
    EXPECT_THAT(due(noon + std::chrono::days{1000}), ElementsAre(13, 11));
}

TEST_F(WorkTest, AFailureWaitsForItsTimeAndIsNamed) {
    m_archive->store_outcome(stored_athlete, item(13),
                             {.state = WorkState::failed,
                              .at = noon,
                              .attempts = 2,
                              .next_at = noon + std::chrono::minutes{15},
                              .error = "Strava is down"});
    EXPECT_THAT(due(), ElementsAre(12, 11));
    const auto counts = m_archive->work_counts(stored_athlete, Step::streams, noon);
    EXPECT_EQ(counts.due, 2);
    EXPECT_EQ(counts.waiting, 1);
    const auto problems = m_archive->work_problems(stored_athlete);
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].item.strava_id, StravaId{13});
    EXPECT_EQ(problems[0].outcome.error, "Strava is down");
    EXPECT_EQ(problems[0].outcome.next_at, noon + std::chrono::minutes{15});

    const auto later = m_archive->due_work(stored_athlete, Step::streams, noon + std::chrono::minutes{15});
    ASSERT_EQ(later.size(), 3U);
    EXPECT_EQ(later[0].attempts, 2);
}

TEST_F(WorkTest, WhatIsSetAsideComesBackOnlyWhenAsked) {
    m_archive->store_outcome(stored_athlete, item(13),
                             {.state = WorkState::set_aside, .at = noon, .attempts = 5, .error = "cut off"});
    EXPECT_THAT(due(noon + std::chrono::days{1000}), ElementsAre(12, 11));
    EXPECT_EQ(m_archive->work_counts(stored_athlete, Step::streams, noon).set_aside, 1);
    ASSERT_EQ(m_archive->work_problems(stored_athlete).size(), 1U);
    m_archive->retry_work(stored_athlete, noon);
    EXPECT_THAT(due(), ElementsAre(13, 12, 11));
    EXPECT_THAT(m_archive->work_problems(stored_athlete), IsEmpty());
}

TEST_F(WorkTest, ManualEntriesHaveNoSamples) {
    auto manual = outing(14, "2026-01-04T07:00:00Z");
    manual.activity.manual = true;
    store(*m_archive, {manual});
    EXPECT_THAT(due(), ElementsAre(13, 12, 11));
    EXPECT_THAT(due(noon, Step::details), ElementsAre(14, 13, 12, 11));
}

TEST_F(WorkTest, SamplesOfAFileMakeTheRequestNeedless) {
    auto said = outing(0, "2026-01-02T07:00:00Z").activity;
    said.strava_id.reset();
    const std::vector<ImportItem> items{
        {.row = std::nullopt,
         .file = ImportedFile{.sha256 = std::string(64, 'a'), .name = "run.fit", .format = "fit", .raw = "x"},
         .recordings = {{.said = said, .streams = samples().data, .samples = 3, .laps = {}}}}};
    (void)m_archive->store_import(stored_athlete, items);
    EXPECT_THAT(due(), ElementsAre(13, 11));
    EXPECT_THAT(due(noon, Step::details), ElementsAre(13, 12, 11));
}

TEST_F(WorkTest, AnActivityThatOnlyAFileOrTheExportKnowsIsNotAskedFor) {
    auto said = outing(99, "2025-01-02T07:00:00Z").activity;
    const std::vector<ImportItem> items{
        {.row = ImportedRow{.said = said, .raw = "x", .media = {}}, .file = std::nullopt, .recordings = {}}};
    (void)m_archive->store_import(stored_athlete, items);
    EXPECT_THAT(due(), ElementsAre(13, 12, 11));
}

TEST_F(WorkTest, AnotherDistanceOrTimeMakesItDueAgainAnotherNameDoesNot) {
    m_archive->store_streams(stored_athlete, item(12), samples(), noon);
    auto renamed = outing(12, "2026-01-02T07:00:00Z");
    renamed.activity.name = "Evening run";
    renamed.raw = R"({"id":12,"name":"Evening run"})";
    EXPECT_THAT(store(*m_archive, {renamed}), test::Counts(0, 1, 0));
    EXPECT_THAT(due(), ElementsAre(13, 11));
    EXPECT_THAT(store(*m_archive, {outing(12, "2026-01-02T07:00:00Z", 4200)}), test::Counts(0, 1, 0));
    EXPECT_THAT(due(), ElementsAre(13, 12, 11));
    EXPECT_TRUE(stream(12)) << "the old samples stay until the new ones are there";

    m_archive->store_streams(stored_athlete, item(12), samples(7), noon);
    EXPECT_THAT(due(), ElementsAre(13, 11));
    EXPECT_EQ(decode_streams(stream(12)->data).streams.time.back(), 7) << "the new ones replace the old";
}

TEST_F(WorkTest, TogetherIsAllOrNothing) {
    EXPECT_EQ(error_of([&] {
                  m_archive->together([&] {
                      m_archive->store_streams(stored_athlete, item(12), samples(), noon);
                      throw Error(ErrorKind::internal, "in the middle");
                  });
              }).message(),
              "in the middle");
    EXPECT_FALSE(stream(12));
    EXPECT_THAT(due(), ElementsAre(13, 12, 11));
    m_archive->store_streams(stored_athlete, item(12), samples(), noon);
    EXPECT_TRUE(stream(12)) << "the next one is a transaction of its own again";
}

} // namespace
} // namespace harrier::archive
