// SPDX-License-Identifier: MIT

// What an import makes of an archive, through the archive's interface.

#include "tests/support/imported_items.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <vector>

namespace harrier::archive {
namespace {

using test::Counts;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::UnorderedElementsAre;

TEST_F(ImportTest, ARowAndItsFileAreOneActivity) {
    const auto archive = open();
    EXPECT_THAT(import(*archive, {row_with_file(11, "2026-01-01T07:00:00Z", "Morning", 1)}), Counts(1, 0, 0));
    const auto activities = all(*archive);
    ASSERT_EQ(activities.size(), 1U);
    EXPECT_EQ(activities[0].sources, "export_row,file");
    EXPECT_EQ(activities[0].name, "Morning");
    EXPECT_EQ(activities[0].distance, 5000.0);
    EXPECT_EQ(activities[0].gear_name, "Red shoes");
    const auto stream = archive->find_stream(stored_athlete, activities[0].activity_id);
    ASSERT_TRUE(stream);
    EXPECT_EQ(stream->data, "samples");
    EXPECT_EQ(archive->summary(stored_athlete).with_streams, 1);
    const auto files = archive->files(stored_athlete, activities[0].activity_id);
    ASSERT_EQ(files.size(), 1U);
    EXPECT_EQ(Decompressor().decompress(files[0].raw), "file");
}

TEST_F(ImportTest, TheSameTwiceChangesNothing) {
    const std::vector items{row_with_file(11, "2026-01-01T07:00:00Z", "Morning", 1),
                            loose_file(2, outing("2026-01-03T07:00:00Z")),
                            row(12, "2026-01-05T07:00:00Z", "By hand")};
    const auto once =
        dump_after({[&](Archive& archive) { (void)archive.store_import(stored_athlete, items); }});
    const auto twice = dump_after({
        [&](Archive& archive) { (void)archive.store_import(stored_athlete, items); },
        [&](Archive& archive) { EXPECT_THAT(archive.store_import(stored_athlete, items), Counts(0, 0, 3)); },
    });
    EXPECT_THAT(once, HasSubstr("Morning"));
    EXPECT_EQ(once, twice);
}

TEST_F(ImportTest, AgainReplacesWhatIsDamaged) {
    const std::vector items{row_with_file(11, "2026-01-01T07:00:00Z", "Morning", 1)};
    const auto sound =
        dump_after({[&](Archive& archive) { (void)archive.store_import(stored_athlete, items); }});
    const auto file = m_folder.path() / "damaged.db";
    (void)open_sqlite_archive(file, Access::write)->store_import(stored_athlete, items);
    test::change_archive(file,
                         "UPDATE file SET raw = x'00'; UPDATE stream SET data = x'00'; DELETE FROM lap; "
                         "UPDATE source_record SET raw = x'28b52ffd0000' WHERE raw IS NOT NULL");
    const auto archive = open_sqlite_archive(file, Access::write);
    auto again = items;
    again[0].again = true;
    EXPECT_THAT(archive->store_import(stored_athlete, again), Counts(0, 1, 0));
    EXPECT_EQ(test::dump_archive(file), sound);
}

TEST_F(ImportTest, OfSeveralSightingsOfAFileTheEarliestIsKept) {
    const auto sighting_of = [](const char* name, const char* as_of) {
        auto item = loose_file(1, outing("2026-01-01T07:00:00Z"));
        item.file->name = name;
        item.file->as_of = at(as_of);
        return item;
    };
    std::vector items{sighting_of("c.fit", "2026-01-03T00:00:00Z"),
                      sighting_of("b.fit", "2026-01-02T00:00:00Z"),
                      sighting_of("a.fit", "1970-01-01T00:00:00Z")};
    for (int order = 0; order < 3; ++order) {
        const auto archive =
            open_sqlite_archive(m_folder.path() / fmt::format("{}.db", ++m_dumps), Access::write);
        (void)archive->store_import(stored_athlete, items);
        const auto known = archive->known_files(stored_athlete);
        ASSERT_EQ(known.size(), 1U);
        EXPECT_EQ(known[0].sighting.name, "b.fit");
        EXPECT_EQ(known[0].sighting.as_of, at("2026-01-02T00:00:00Z"));
        std::rotate(items.begin(), items.begin() + 1, items.end());
    }
}

TEST_F(ImportTest, AFileThatWasLooseMovesToItsRow) {
    const auto archive = open();
    // So unlike what Strava says of it that it would not be found.
    import(*archive, {loose_file(1, outing("2026-01-01T09:00:00Z", 7000.0))});
    store(*archive, {listed(11, "2026-01-01T07:00:05Z", "Listed")});
    ASSERT_EQ(all(*archive).size(), 2U);
    auto item = loose_file(1, outing("2026-01-01T09:00:00Z", 7000.0));
    item.row = row(11, "2026-01-01T07:00:00Z", "Exported").row;
    EXPECT_THAT(import(*archive, {item}), Counts(0, 1, 0));
    const auto activities = all(*archive);
    ASSERT_EQ(activities.size(), 1U);
    EXPECT_EQ(activities[0].sources, "api_summary,export_row,file");
    EXPECT_TRUE(archive->find_stream(stored_athlete, activities[0].activity_id));
}

TEST_F(ImportTest, AFileThatTwoRowsNameIsTheOldersInWhateverOrder) {
    const auto older = row_with_file(11, "2026-01-01T07:00:00Z", "First", 1);
    const auto newer = row_with_file(12, "2026-01-01T07:00:00Z", "Again", 1);
    const auto one_way = dump_after({[&](Archive& archive) { import(archive, {older, newer}); }});
    const auto other_way = dump_after({[&](Archive& archive) { import(archive, {newer, older}); }});
    EXPECT_EQ(one_way, other_way);
    EXPECT_THAT(one_way, HasSubstr("source_record: strava 11|26462176|'file'"));
}

TEST_F(ImportTest, EachRecordingOfAFileIsAnActivityAndTheRowHasItsOwn) {
    auto item = loose_file(1, outing("2026-01-01T07:00:00Z"));
    item.recordings.push_back(
        {.index = 2, .said = outing("2026-01-01T08:00:00Z"), .streams = "ride", .samples = 9, .laps = {}});
    item.recordings[1].said.sport_type = "Ride";
    item.row = row(11, "2026-01-01T08:00:02Z", "Bike leg").row;
    const auto archive = open();
    EXPECT_THAT(import(*archive, {item}), Counts(2, 0, 0));
    const auto activities = all(*archive);
    ASSERT_EQ(activities.size(), 2U);
    EXPECT_FALSE(activities[0].strava_id);
    EXPECT_EQ(activities[1].strava_id, StravaId{11});
    EXPECT_EQ(archive->find_stream(stored_athlete, activities[1].activity_id)->data, "ride");
    EXPECT_THAT(import(*archive, {item}), Counts(0, 0, 2));
}

TEST_F(ImportTest, ANewerExportReplacesTheRowAndAnOlderOneDoesNot) {
    const auto archive = open();
    import(*archive, {row(11, "2026-01-01T07:00:00Z", "Second", "2026-03-01T00:00:00Z")});
    EXPECT_THAT(import(*archive, {row(11, "2026-01-01T07:00:00Z", "First", "2026-02-01T00:00:00Z")}),
                Counts(0, 0, 1));
    EXPECT_EQ(all(*archive).at(0).name, "Second");
    EXPECT_THAT(import(*archive, {row(11, "2026-01-01T07:00:00Z", "Third", "2026-04-01T00:00:00Z")}),
                Counts(0, 1, 0));
    EXPECT_EQ(all(*archive).at(0).name, "Third");
}

TEST_F(ImportTest, WhatIsConfirmedLaterIsTheNewestWord) {
    const auto archive = open();
    store(*archive, {listed(11, "2026-01-01T07:00:00Z", "B")}); // heard in November 2026
    import(*archive, {row(11, "2026-01-01T07:00:00Z", "A", "2026-12-01T00:00:00Z")});
    EXPECT_EQ(all(*archive).at(0).name, "A");
    archive->store_listing(stored_athlete, std::vector{listed(11, "2026-01-01T07:00:00Z", "B")}, {},
                           at("2026-12-24T10:00:00Z"));
    EXPECT_EQ(all(*archive).at(0).name, "B");
}

TEST_F(ImportTest, AnExportFromBetweenTwoListingsIsNotTheNewestWord) {
    const auto archive = open();
    store(*archive, {listed(11, "2026-01-01T07:00:00Z", "B")});
    archive->store_listing(stored_athlete, std::vector{listed(11, "2026-01-01T07:00:00Z", "B")}, {},
                           at("2026-12-24T10:00:00Z"));
    import(*archive, {row(11, "2026-01-01T07:00:00Z", "A", "2026-12-01T00:00:00Z")});
    EXPECT_EQ(all(*archive).at(0).name, "B");
}

TEST_F(ImportTest, TheSameRowIsAsOldAsItsOldestCopy) {
    const auto archive = open();
    import(*archive, {row(11, "2026-01-01T07:00:00Z", "A", "2026-02-01T00:00:00Z")});
    store(*archive, {listed(11, "2026-01-01T07:00:00Z", "B")}); // heard in November 2026
    EXPECT_THAT(import(*archive, {row(11, "2026-01-01T07:00:00Z", "A", "2026-12-01T00:00:00Z")}),
                Counts(0, 0, 1));
    EXPECT_EQ(all(*archive).at(0).name, "B");

    const auto other = open_sqlite_archive(m_folder.path() / "other.db", Access::write);
    import(*other, {row(11, "2026-01-01T07:00:00Z", "A", "2026-12-01T00:00:00Z")});
    store(*other, {listed(11, "2026-01-01T07:00:00Z", "B")});
    EXPECT_EQ(all(*other).at(0).name, "A");
    import(*other, {row(11, "2026-01-01T07:00:00Z", "A", "2026-02-01T00:00:00Z")});
    EXPECT_EQ(all(*other).at(0).name, "B");
}

TEST_F(ImportTest, TwoRowsOfTheSameMomentGiveTheSameInBothOrders) {
    const auto one = row(11, "2026-01-01T07:00:00Z", "One");
    const auto two = row(11, "2026-01-01T07:00:00Z", "Two");
    EXPECT_EQ(dump_after({[&](Archive& archive) {
                  import(archive, {one, two});
              }}),
              dump_after({[&](Archive& archive) {
                  import(archive, {two, one});
              }}));
}

TEST_F(ImportTest, AnItemThatIsRefusedStopsNoOtherAndLeavesNothing) {
    auto refused = row_with_file(12, "2026-01-02T07:00:00Z", "Refused", 2);
    refused.recordings[0].laps[0].trigger = "refuse me";
    auto nameless = row(13, "2026-01-03T07:00:00Z", "No id");
    nameless.row->said.strava_id.reset();
    const std::vector items{row_with_file(11, "2026-01-01T07:00:00Z", "First", 1), refused, nameless,
                            row_with_file(14, "2026-01-04T07:00:00Z", "Last", 4)};
    (void)open();
    test::change_archive(path(),
                         "CREATE TRIGGER refuse BEFORE INSERT ON lap WHEN new.lap_trigger = 'refuse me' "
                         "BEGIN SELECT raise(ABORT, 'not this one'); END");
    const auto archive = open();
    const auto outcome = archive->store_import(stored_athlete, items);
    EXPECT_THAT(outcome, Counts(2, 0, 0));
    ASSERT_EQ(outcome.refused.size(), 2U);
    EXPECT_EQ(outcome.refused[0].index, 1U);
    EXPECT_THAT(outcome.refused[0].reason, HasSubstr("not this one"));
    EXPECT_EQ(outcome.refused[1].index, 2U);
    EXPECT_THAT(outcome.refused[1].reason, HasSubstr("no activity id"));
    EXPECT_THAT(names(*archive, {}), UnorderedElementsAre("First", "Last"));
    EXPECT_EQ(archive->known_files(stored_athlete).size(), 2U);
    EXPECT_THAT(import(*archive, {row(15, "2026-01-05T07:00:00Z", "Later")}), Counts(1, 0, 0));
}

TEST_F(ImportTest, ADamagedRowIsReplacedByTheNextImport) {
    (void)import(*open(), {row(11, "2026-01-01T07:00:00Z", "Run")});
    test::change_archive(path(), "UPDATE source_record SET raw = x'00112233'");
    const auto archive = open();
    const auto outcome = import(*archive, {row(11, "2026-01-01T07:00:00Z", "Run")});
    EXPECT_TRUE(outcome.refused.empty());
    EXPECT_THAT(outcome, Counts(0, 0, 1));
    SQLite::Database database(path().string(), SQLite::OPEN_READONLY);
    SQLite::Statement raw(database, "SELECT raw FROM source_record");
    ASSERT_TRUE(raw.executeStep());
    EXPECT_EQ(Decompressor().decompress(raw.getColumn(0).getString()), "id,name\nRun");
}

TEST_F(ImportTest, TellsWhatEachSourceSaid) {
    const auto archive = open();
    store(*archive, {listed(11, "2026-01-01T07:00:05Z", "Listed")});
    const auto id = all(*archive).at(0).activity_id;
    ASSERT_EQ(archive->statements(stored_athlete, id).size(), 1U);
    import(*archive, {row_with_file(11, "2026-01-01T07:00:00Z", "Exported", 1)});
    const auto statements = archive->statements(stored_athlete, id);
    ASSERT_EQ(statements.size(), 3U);
    std::vector<std::string> names;
    for (const auto& statement : statements) {
        names.push_back(fmt::format("{}:{}:{}", model::word_of(statement.source), statement.said.name,
                                    statement.said.distance.value_or(-1)));
    }
    EXPECT_THAT(names, testing::UnorderedElementsAre("api_summary:Listed:4990", "export_row:Exported:5000",
                                                     "file::5001.5"));
}

TEST_F(ImportTest, AnArchiveOfNobodyBecomesTheFirstAthletes) {
    const auto archive = open();
    (void)archive->store_import(nobody_yet, std::vector{loose_file(1, outing("2026-01-01T07:00:00Z"))});
    ASSERT_EQ(archive->athletes().at(0).athlete_id, nobody_yet);
    store(*archive, {listed(11, "2026-01-01T07:00:05Z", "Listed")});
    ASSERT_EQ(archive->athletes().size(), 1U);
    EXPECT_EQ(archive->athletes().at(0).athlete_id, stored_athlete);
    EXPECT_EQ(all(*archive).at(0).sources, "api_summary,file");
}

TEST_F(ImportTest, KnowsTheFilesThatItHas) {
    const auto archive = open();
    import(*archive, {row_with_file(11, "2026-01-01T07:00:00Z", "Morning", 1),
                      loose_file(2, outing("2026-01-03T07:00:00Z"))});
    std::vector<std::string> known;
    for (const auto& file : archive->known_files(stored_athlete)) {
        known.push_back(
            fmt::format("{}:{}", file.sha256 == sha(1) ? 1 : 2, file.strava_id.value_or(StravaId{}).value));
    }
    EXPECT_THAT(known, testing::UnorderedElementsAre("1:11", "2:0"));
}

TEST_F(ImportTest, TellsThePhotosOfAnActivity) {
    auto with_media = row(11, "2026-01-01T07:00:00Z", "Morning");
    with_media.row->media = {"media/b.jpg", "media/a.jpg"};
    const auto archive = open();
    import(*archive, {with_media});
    archive->store_belongings(stored_athlete, {}, std::vector{Media{"media/a.jpg", "View"}});
    EXPECT_THAT(archive->media(stored_athlete, all(*archive).at(0).activity_id),
                ElementsAre(Media{"media/a.jpg", "View"}, Media{"media/b.jpg", ""}));
}

TEST_F(ImportTest, TheNewestExportHasTheWordOnGearAndPhotosInWhateverOrder) {
    const auto store_belongings = [](Archive& archive, const char* day, const char* word) {
        archive.store_belongings(stored_athlete, std::vector{Gear{false, "Red", word, "", {}, at(day)}},
                                 std::vector{Media{"a.jpg", word, at(day)}});
    };
    const auto store_row = [](Archive& archive, std::int64_t id, const char* day) {
        auto item = row(id, "2026-01-01T07:00:00Z", "Run", day);
        item.row->media = {"a.jpg"};
        import(archive, {item});
    };
    const auto older = [&](Archive& archive) {
        store_belongings(archive, "2026-02-01T00:00:00Z", "old");
        store_row(archive, 11, "2026-02-01T00:00:00Z");
    };
    const auto newer = [&](Archive& archive) {
        store_belongings(archive, "2026-03-01T00:00:00Z", "new");
        store_row(archive, 12, "2026-03-01T00:00:00Z");
    };
    const auto expected = dump_after({older, newer});
    EXPECT_THAT(expected, HasSubstr("new"));
    EXPECT_THAT(expected, Not(HasSubstr("'old'")));
    EXPECT_EQ(dump_after({newer, older}), expected);
    EXPECT_EQ(dump_after({newer, older, newer}), expected);
}

TEST_F(ImportTest, AnActivityThatLosesItsFileToARowAndLivesOnIsUpdated) {
    const auto archive = open();
    store(*archive, {listed(11, "2026-01-01T07:00:00Z", "Listed")});
    EXPECT_THAT(import(*archive, {loose_file(1, outing("2026-01-01T07:00:00Z"))}), Counts(0, 1, 0));
    // The row says that the file is another activity's.
    EXPECT_THAT(import(*archive, {row_with_file(12, "2026-03-01T07:00:00Z", "Other", 1)}), Counts(1, 1, 0));
}

TEST_F(ImportTest, GearAndMediaAreKept) {
    auto with_media = row(11, "2026-01-01T07:00:00Z", "Morning");
    with_media.row->media = {"media/a.jpg"};
    const auto dump = dump_after({[&](Archive& archive) {
        import(archive, {with_media});
        archive.store_belongings(stored_athlete,
                                 std::vector{Gear{true, "Bike", "Make", "X1", {"Ride", "GravelRide"}}},
                                 std::vector{Media{"media/a.jpg", "View"}, Media{"media/b.jpg", ""}});
    }});
    EXPECT_THAT(dump, HasSubstr("gear: |26462176|'bike'|'Bike'|'Make'|'X1'|'Ride,GravelRide'"));
    EXPECT_THAT(dump, HasSubstr("media: strava 11|26462176|'media/a.jpg'|'View'"));
    EXPECT_THAT(dump, HasSubstr("media: |26462176|'media/b.jpg'|''"));
}

} // namespace
} // namespace harrier::archive
