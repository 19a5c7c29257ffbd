// SPDX-License-Identifier: MIT

// What an import makes of an archive, through the archive's interface.

#include "archive/compress.hpp"
#include "archive/sqlite_archive.hpp"
#include "tests/support/archive_dump.hpp"
#include "tests/support/archive_fixture.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

namespace harrier::archive {
namespace {

using test::at;
using test::Counts;
using test::record;
using test::stored_athlete;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* export_day = "2026-02-01T12:00:00Z";

// A key as a file has it: 64 digits, of which the last say which file.
std::string sha(int number) {
    return fmt::format("{:064}", number);
}

model::Activity outing(const char* start, double distance = 5000.0) {
    model::Activity said;
    said.sport_type = "Run";
    said.start_date = at(start);
    said.elapsed_time = 1800;
    said.distance = distance;
    return said;
}

ImportItem loose_file(int number, const model::Activity& said) {
    ImportItem item;
    item.file = ImportedFile{.sha256 = sha(number),
                             .name = fmt::format("{}.fit", number),
                             .format = "fit",
                             .size = 4,
                             .raw = Compressor().compress("file"),
                             .as_of = at("2026-01-02T00:00:00Z")};
    item.recordings = {
        {.index = 0, .said = said, .streams = "samples", .samples = 1800, .laps = {model::Lap{}}}};
    return item;
}

ImportItem row(std::int64_t id, const char* start, std::string name, const char* as_of = export_day) {
    auto said = outing(start);
    said.strava_id = StravaId{id};
    said.name = name;
    said.gear_name = "Red shoes";
    ImportItem item;
    item.row = ImportedRow{.said = said, .raw = "id,name\n" + name, .as_of = at(as_of), .media = {}};
    return item;
}

ImportItem row_with_file(std::int64_t id, const char* start, std::string name, int number) {
    auto item = loose_file(number, outing(start, 5001.5));
    item.row = row(id, start, std::move(name)).row;
    return item;
}

class ImportTest : public test::ArchiveFixture {
protected:
    static StoreCounts import(Archive& archive, std::initializer_list<ImportItem> items) {
        return archive.store_import(stored_athlete, std::vector<ImportItem>(items));
    }
    static std::vector<model::Activity> all(Archive& archive) {
        return archive.activities(stored_athlete, {.sort = "start_date", .order = SortOrder::ascending});
    }
    // The dump of a new archive after these steps.
    std::string dump_after(std::initializer_list<std::function<void(Archive&)>> steps) {
        const auto file = m_folder.path() / fmt::format("{}.db", ++m_dumps);
        {
            const auto archive = open_sqlite_archive(file, Access::write);
            for (const auto& step : steps) {
                step(*archive);
            }
        }
        return test::dump_archive(file);
    }

    int m_dumps = 0;
};

model::ActivityRecord listed(std::int64_t id, const char* start, std::string name) {
    auto one = record(id, start, std::move(name));
    one.activity.elapsed_time = 1810;
    one.activity.distance = 4990.0;
    one.activity.kudos_count = 7;
    return one;
}

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

TEST_F(ImportTest, GearAndMediaAreKept) {
    auto with_media = row(11, "2026-01-01T07:00:00Z", "Morning");
    with_media.row->media = {"media/a.jpg"};
    const auto dump = dump_after({[&](Archive& archive) {
        import(archive, {with_media});
        archive.store_belongings(stored_athlete,
                                 std::vector{Gear{true, "Bike", "Make", "X1", {"Ride", "GravelRide"}}},
                                 std::vector{Media{"media/a.jpg", "View"}, Media{"media/b.jpg", ""}});
    }});
    EXPECT_THAT(dump, HasSubstr("gear: |26462176|'bike'|'Bike'|'Make'|'X1'|'Ride,GravelRide'\n"));
    EXPECT_THAT(dump, HasSubstr("media: strava 11|26462176|'media/a.jpg'|'View'\n"));
    EXPECT_THAT(dump, HasSubstr("media: |26462176|'media/b.jpg'|''\n"));
}

} // namespace
} // namespace harrier::archive
