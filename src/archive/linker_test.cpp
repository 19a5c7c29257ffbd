// SPDX-License-Identifier: MIT

// Where loose files end up, in whatever order the sources come, through the archive's interface.

#include "tests/support/imported_items.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <vector>

namespace harrier::archive {
namespace {

using test::Counts;
using testing::HasSubstr;

// Every order of the listing, the export, a loose copy of its file, and loose files of which one fits two
// activities gives the same archive.
TEST_F(ImportTest, TheOrderOfTheSourcesDoesNotMatter) {
    using Step = std::function<void(Archive&)>;
    const std::vector<Step> steps{
        [](Archive& archive) {
            store(archive,
                  {listed(11, "2026-01-01T07:00:05Z", "Listed"), listed(13, "2026-01-09T07:00:00Z", "New"),
                   listed(14, "2026-01-20T07:00:10Z", "Watch")});
        },
        [](Archive& archive) {
            import(archive,
                   {row_with_file(11, "2026-01-01T07:00:00Z", "Exported", 1),
                    row(12, "2026-01-05T07:00:00Z", "By hand"), row(15, "2026-01-20T07:00:00Z", "Phone")});
        },
        [](Archive& archive) {
            auto copy = loose_file(1, outing("2026-01-01T07:00:00Z", 5001.5));
            copy.file->name = "copy of 1.fit.gz";
            copy.file->raw = "packed otherwise";
            copy.file->as_of = at("2026-01-01T12:00:00Z");
            // Fits only the fourteenth.
            import(archive, {copy, loose_file(4, outing("2026-01-20T07:01:08Z"))});
        },
        [](Archive& archive) {
            // The second one fits the fourteenth and the fifteenth.
            import(archive, {loose_file(2, outing("2026-01-09T07:00:30Z")),
                             loose_file(3, outing("2026-01-20T07:00:05Z"))});
        },
    };
    std::vector<std::size_t> order{0, 1, 2, 3};
    const auto dump = [&] {
        return dump_after({steps[order[0]], steps[order[1]], steps[order[2]], steps[order[3]]});
    };
    const auto expected = dump();
    EXPECT_THAT(expected, HasSubstr("Listed"));
    while (std::next_permutation(order.begin(), order.end())) {
        ASSERT_EQ(dump(), expected) << testing::PrintToString(order);
    }
}

TEST_F(ImportTest, ALooseFileJoinsTheOneActivityThatIsTheSameOuting) {
    const auto archive = open();
    store(*archive, {listed(11, "2026-01-01T07:00:05Z", "Listed")});
    EXPECT_THAT(import(*archive, {loose_file(1, outing("2026-01-01T07:00:00Z"))}), Counts(0, 1, 0));
    EXPECT_EQ(all(*archive).at(0).sources, "api_summary,file");
}

TEST_F(ImportTest, ALooseFileThatFitsTwoActivitiesStaysApart) {
    const auto archive = open();
    store(*archive,
          {listed(11, "2026-01-01T07:00:05Z", "Watch"), listed(12, "2026-01-01T07:00:07Z", "Phone")});
    EXPECT_THAT(import(*archive, {loose_file(1, outing("2026-01-01T07:00:00Z"))}), Counts(1, 0, 0));
    EXPECT_EQ(all(*archive).size(), 3U);
}

TEST_F(ImportTest, AFileLeavesTheActivityItJoinedWhenASecondOneFits) {
    const auto archive = open();
    import(*archive, {loose_file(1, outing("2026-01-01T07:00:00Z"))});
    store(*archive, {listed(11, "2026-01-01T07:00:05Z", "Watch")});
    ASSERT_EQ(all(*archive).at(0).sources, "api_summary,file");
    archive->store_mark(stored_athlete, all(*archive)[0].activity_id, {.note = "windy"});
    store(*archive, {listed(12, "2026-01-01T07:00:07Z", "Phone")});
    const auto activities = all(*archive);
    ASSERT_EQ(activities.size(), 3U);
    EXPECT_EQ(activities[0].sources, "file");
    EXPECT_TRUE(archive->find_stream(stored_athlete, activities[0].activity_id));
    EXPECT_EQ(archive->mark(stored_athlete, activities[1].activity_id).note, "windy");
}

TEST_F(ImportTest, AFileThatStoodApartJoinsWhenTheDoubtIsGone) {
    const auto archive = open();
    store(*archive,
          {listed(11, "2026-01-01T07:00:05Z", "Watch"), listed(12, "2026-01-01T07:00:07Z", "Phone")});
    import(*archive, {loose_file(1, outing("2026-01-01T07:00:00Z"))});
    const auto apart = all(*archive).at(0);
    ASSERT_EQ(apart.sources, "file");
    archive->store_mark(stored_athlete, apart.activity_id, {.note = "windy"});
    auto shorter = listed(12, "2026-01-01T07:00:07Z", "Phone, cropped");
    shorter.activity.distance = 2000.0;
    store(*archive, {shorter});
    const auto activities = all(*archive);
    ASSERT_EQ(activities.size(), 2U);
    EXPECT_EQ(activities[0].sources, "api_summary,file");
    EXPECT_EQ(archive->mark(stored_athlete, activities[0].activity_id).note, "windy");
}

TEST_F(ImportTest, ACopyThatFitsTheRowsOwnFileJoinsItsActivity) {
    const auto archive = open();
    auto cropped = row_with_file(11, "2026-01-01T07:00:00Z", "Cropped", 1);
    cropped.row->said.distance = 3000.0; // on Strava; the file has all of it
    EXPECT_THAT(import(*archive, {cropped}), Counts(1, 0, 0));
    EXPECT_THAT(import(*archive, {loose_file(2, outing("2026-01-01T07:00:00Z", 5001.5))}), Counts(0, 1, 0));
    EXPECT_EQ(all(*archive).size(), 1U);
}

TEST_F(ImportTest, ABrokenOffCopyJoinsTheWhole) {
    auto cut = loose_file(2, outing("2026-01-01T07:00:01Z", 900));
    cut.recordings[0].said.elapsed_time = 300;
    cut.recordings[0].is_cut = true;
    const auto whole = loose_file(1, outing("2026-01-01T07:00:00Z"));
    for (const auto& items : {std::vector{cut, whole}, std::vector{whole, cut}}) {
        const auto archive =
            open_sqlite_archive(m_folder.path() / fmt::format("{}.db", ++m_dumps), Access::write);
        (void)archive->store_import(stored_athlete, items);
        ASSERT_EQ(all(*archive).size(), 1U);
        EXPECT_EQ(all(*archive)[0].distance, 5000.0);
        EXPECT_EQ(archive->find_stream(stored_athlete, all(*archive)[0].activity_id)->key, sha(1));
    }
}

} // namespace
} // namespace harrier::archive
