// SPDX-License-Identifier: MIT

// What becomes of activities that Strava lists no more, and of damaged records that are listed again.

#include "archive/stream_codec.hpp"
#include "tests/support/archive_dump.hpp"
#include "tests/support/archive_fixture.hpp"

namespace harrier::archive {
namespace {

using test::at;
using test::stored_athlete;
using testing::ElementsAre;
using testing::IsEmpty;

class AbsenceTest : public test::ArchiveFixture {
protected:
    AbsenceTest() : m_archive(open()) {}

    // A whole pass that shows these.
    void pass(const std::vector<model::ActivityRecord>& records, const char* begun, const char* previous) {
        const ListingState state{.complete_at = at(begun),
                                 .complete_begun_at = at(begun),
                                 .previous_begun_at = parse_instant(previous)};
        (void)m_archive->store_listing(stored_athlete, records, state, at(begun));
    }
    [[nodiscard]] std::vector<std::int64_t> gone(bool sees_private = true) const {
        std::vector<std::int64_t> ids;
        for (const auto& item : m_archive->unlisted(stored_athlete, sees_private).gone) {
            ids.push_back(item.strava_id.value);
        }
        return ids;
    }
    [[nodiscard]] ActivityId id_of(std::int64_t id) const {
        return m_archive->find_activity(stored_athlete, StravaId{id}).value().activity_id;
    }

    std::unique_ptr<Archive> m_archive;
    model::ActivityRecord m_one = test::record(11, "2026-01-01T07:00:00Z", "One");
    model::ActivityRecord m_two = test::record(12, "2026-01-02T07:00:00Z", "Two");
};

TEST_F(AbsenceTest, TwoPassesMustNotShowIt) {
    pass({m_one, m_two}, "2026-10-01T00:00:00Z", "");
    EXPECT_THAT(gone(), IsEmpty());
    pass({m_one}, "2026-10-07T00:00:00Z", "2026-10-01T00:00:00Z");
    EXPECT_THAT(gone(), IsEmpty());
    EXPECT_EQ(m_archive->unlisted(stored_athlete, true).suspects, 1);
    pass({m_one}, "2026-10-08T00:00:00Z", "2026-10-07T00:00:00Z");
    EXPECT_THAT(gone(), ElementsAre(12));
    EXPECT_EQ(m_archive->unlisted(stored_athlete, true).listed, 2);
    m_archive->note_listed(stored_athlete, StravaId{12}, at("2026-10-08T00:10:00Z"));
    EXPECT_THAT(gone(), IsEmpty()) << "it is there after all";
    EXPECT_EQ(m_archive->unlisted(stored_athlete, true).suspects, 0);
}

TEST_F(AbsenceTest, APrivateOneIsMissedOnlyByWhoCouldSeeIt) {
    m_two.activity.is_private = true;
    pass({m_one, m_two}, "2026-10-01T00:00:00Z", "");
    pass({m_one}, "2026-10-08T00:00:00Z", "2026-10-07T00:00:00Z");
    EXPECT_THAT(gone(true), ElementsAre(12));
    EXPECT_THAT(gone(false), IsEmpty());
}

TEST_F(AbsenceTest, ATombstoneIsHiddenAndLiftedWhenItIsListedAgain) {
    pass({m_one, m_two}, "2026-10-01T00:00:00Z", "");
    const auto id = id_of(12);
    m_archive->store_outcome(stored_athlete, {.activity_id = id, .strava_id = StravaId{12}},
                             {.state = WorkState::absent, .at = at("2026-10-01T00:00:00Z")});
    m_archive->store_tombstone(stored_athlete, id, at("2026-10-08T00:00:00Z"));
    EXPECT_THAT(names(*m_archive, {}), ElementsAre("One"));
    EXPECT_THAT(m_archive->gaps(stored_athlete).tombstones, ElementsAre(id));
    EXPECT_THAT(gone(), IsEmpty());

    EXPECT_THAT(store(*m_archive, {m_two}), test::Counts(0, 1, 0)) << "the same record, and yet it is news";
    EXPECT_THAT(names(*m_archive, {}), ElementsAre("Two", "One"));
    EXPECT_EQ(id_of(12), id);
    EXPECT_EQ(m_archive->work_counts(stored_athlete, Step::streams, at("2026-11-23T10:00:00Z")).due, 2)
        << "what Strava did not give while it was gone";
}

TEST_F(AbsenceTest, ADamagedRecordIsMendedByListingItAgain) {
    pass({m_one, m_two}, "2026-10-01T00:00:00Z", "");
    m_archive.reset();
    test::change_archive(path(), "UPDATE source_record SET raw = x'28b52ffd0000' WHERE source_key = '12'");
    m_archive = open();
    EXPECT_THAT(store(*m_archive, {m_one, m_two}), test::Counts(0, 1, 1));
    EXPECT_EQ(m_archive->raw_summary(stored_athlete, id_of(12)), m_two.raw);
}

TEST_F(AbsenceTest, AHiddenStartMakesNoSamplesDue) {
    const auto is_due = [&] { return m_archive->work_counts(stored_athlete, Step::streams, Instant{}).due; };
    store(*m_archive, {m_one});
    StoredStreams samples;
    samples.streams.time = {0, 1};
    m_archive->store_streams(stored_athlete, {.activity_id = id_of(11), .strava_id = StravaId{11}},
                             {.data = encode_streams(samples), .samples = 2}, Instant{});
    auto hidden = test::record(11, "2026-01-01T00:00:01Z", "One");
    EXPECT_THAT(store(*m_archive, {hidden}), test::Counts(0, 1, 0));
    EXPECT_EQ(is_due(), 0);
    EXPECT_THAT(store(*m_archive, {m_one}), test::Counts(0, 1, 0));
    EXPECT_EQ(is_due(), 0);
    EXPECT_THAT(store(*m_archive, {test::record(11, "2026-01-01T07:10:00Z", "One")}), test::Counts(0, 1, 0));
    EXPECT_EQ(is_due(), 1) << "moved indeed";
}

} // namespace
} // namespace harrier::archive
