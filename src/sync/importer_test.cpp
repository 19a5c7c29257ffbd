// SPDX-License-Identifier: MIT
#include "archive/sqlite_archive.hpp"
#include "archive/stream_codec.hpp"
#include "base/file.hpp"
#include "sync/importer.hpp"
#include "sync/stored_recording.hpp"
#include "tests/support/archive_dump.hpp"
#include "tests/support/archive_fixture.hpp"
#include "tests/support/import_fixture.hpp"
#include "tests/support/made_up_export.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>

namespace harrier::sync {
namespace {

namespace fs = std::filesystem;
using test::Counts;
using testing::HasSubstr;

using ImporterTest = test::ImportFixture;

TEST_F(ImporterTest, TakesInAWholeExport) {
    const auto zip = write_export("export.zip", tests::made_up_export(20));
    const auto archive = open();
    const auto result = import(*archive, {zip});
    EXPECT_THAT(result.counts, Counts(20, 0, 0));
    EXPECT_TRUE(result.complete);
    EXPECT_EQ(result.files, 18U);
    EXPECT_TRUE(result.failures.empty()) << result.failures[0].path << result.failures[0].reason;
    EXPECT_TRUE(result.findings.empty()) << result.findings[0].path << result.findings[0].reason;
    const auto activities = all(*archive);
    ASSERT_EQ(activities.size(), 20U);
    for (std::size_t i = 0; i < activities.size(); ++i) {
        const auto& activity = activities[i];
        EXPECT_EQ(activity.strava_id, StravaId{static_cast<std::int64_t>(1000 + i)});
        EXPECT_EQ(activity.name, fmt::format("Run {}", i));
        EXPECT_EQ(activity.description, "two\nlines");
        EXPECT_EQ(activity.distance, 1800.5);
        const auto stream = archive->find_stream(test::importing_athlete, activity.activity_id);
        ASSERT_EQ(stream.has_value(), i % 7 != 6) << i;
        if (stream) {
            EXPECT_EQ(archive::decode_streams(stream->data).streams.heartrate,
                      tests::made_up_run(static_cast<int>(i)).streams.heartrate);
            EXPECT_TRUE(activity.summary_polyline);
        }
    }
    EXPECT_EQ(archive->summary(test::importing_athlete).with_streams, 18);
}

TEST_F(ImporterTest, TheSameTwiceChangesNothing) {
    const auto zip = write_export("export.zip", tests::made_up_export(15));
    const auto archive = open();
    (void)import(*archive, {zip});
    const auto before = test::dump_archive(path());
    EXPECT_THAT(import(*archive, {zip}).counts, Counts(0, 0, 15));
    EXPECT_EQ(test::dump_archive(path()), before);
}

TEST_F(ImporterTest, TheUnpackedFolderGivesTheSameActivities) {
    const auto made = tests::made_up_export(10);
    const auto from_zip = open();
    (void)import(*from_zip, {write_export("export.zip", made)});
    const auto other = archive::open_sqlite_archive(m_folder.path() / "other.db", archive::Access::write);
    (void)import(*other, {unpack_export("unpacked", made)});
    EXPECT_EQ(all(*from_zip), all(*other));
}

TEST_F(ImporterTest, ARouteInTheExportIsNoActivityAndAFileWithoutARowIs) {
    auto made = tests::made_up_export(2);
    made.files.push_back({.name = "routes/1.gpx", .content = formats::write_gpx(tests::made_up_run(50))});
    made.files.push_back(
        {.name = "activities/9.fit", .content = formats::fit::encode(tests::made_up_run(51))});
    const auto archive = open();
    EXPECT_THAT(import(*archive, {write_export("export.zip", made)}).counts, Counts(3, 0, 0));
    EXPECT_EQ(all(*archive).back().start_date,
              std::chrono::floor<std::chrono::seconds>(tests::made_up_start(51)));
}

TEST_F(ImporterTest, TheNumberOfThreadsDoesNotMatter) {
    const auto zip = write_export("export.zip", tests::made_up_export(40));
    EXPECT_EQ(dump_of({zip}, {.threads = 1}), dump_of({zip}, {.threads = 5}));
}

TEST_F(ImporterTest, AZipInAFolderOfItsOwnIsAnExportToo) {
    auto made = tests::made_up_export(3);
    for (auto& file : made.files) {
        file.name = "export_77/" + file.name;
    }
    const auto archive = open();
    EXPECT_THAT(import(*archive, {write_export("export.zip", made)}).counts, Counts(3, 0, 0));
    EXPECT_EQ(archive->summary(test::importing_athlete).with_streams, 3);
}

TEST_F(ImporterTest, ABrokenFileStopsNoOther) {
    auto made = tests::made_up_export(6);
    made.files[1].content = "this is no GPX file";
    made.files[3].content.resize(100); // a cut .fit.gz
    made.files[4].crc = 1;
    const auto archive = open();
    const auto result = import(*archive, {write_export("export.zip", made)});
    EXPECT_THAT(result.counts, Counts(6, 0, 0)); // the rows are there all the same
    ASSERT_EQ(result.failures.size(), 3U);
    EXPECT_THAT(result.failures[0].path, HasSubstr("export.zip: activities/5001.gpx"));
    EXPECT_EQ(result.failures[0].reason, "it is no FIT, GPX or TCX file");
    EXPECT_EQ(archive->summary(test::importing_athlete).with_streams, 3);
}

TEST_F(ImporterTest, ARowWhoseFileIsMissingIsToldAndStored) {
    auto made = tests::made_up_export(3);
    made.files.erase(made.files.begin());
    const auto archive = open();
    const auto result = import(*archive, {write_export("export.zip", made)});
    EXPECT_THAT(result.counts, Counts(3, 0, 0));
    ASSERT_EQ(result.failures.size(), 1U);
    EXPECT_THAT(result.failures[0].path, HasSubstr("activities/5000.fit.gz"));
}

TEST_F(ImporterTest, FilesOfAFolderAreFoundWhereverTheyLie) {
    const auto run = tests::made_up_run(1);
    write("watch/2024/a.fit", formats::fit::encode(run));
    write("watch/b.gpx.gz", tests::gzipped(formats::write_gpx(tests::made_up_run(2))));
    write("watch/.hidden/c.fit", formats::fit::encode(tests::made_up_run(3)));
    write("watch/._a.fit", "an AppleDouble file");
    write("watch/notes.txt", "no activity");
    const auto archive = open();
    const auto result = import(*archive, {m_folder.path() / "watch"});
    EXPECT_THAT(result.counts, Counts(2, 0, 0));
    EXPECT_TRUE(result.failures.empty());
    EXPECT_EQ(all(*archive).at(0).sources, "file");
    EXPECT_EQ(all(*archive).at(0).distance, 1800.0);
}

TEST_F(ImporterTest, TheSameRunInThreeFilesIsOneActivity) {
    const auto run = tests::made_up_run(1);
    const auto fit = write("run.fit", formats::fit::encode(run));
    const auto packed = write("copy.fit.gz", tests::gzipped(formats::fit::encode(run)));
    const auto tcx = write("run.tcx", formats::write_tcx(run));
    const auto archive = open();
    EXPECT_THAT(import(*archive, {fit, packed, tcx}).counts, Counts(1, 1, 1));
    const auto activities = all(*archive);
    ASSERT_EQ(activities.size(), 1U);
    EXPECT_EQ(archive->files(test::importing_athlete, activities[0].activity_id).size(), 2U);
}

// Straight north at 3 m/s, so that a GPX file tells the same distance.
model::Recording straight_run(int number) {
    constexpr double degrees_per_metre = 360 / 40'030'173.6;
    auto run = tests::made_up_run(number);
    for (std::size_t i = 0; i < run.streams.size(); ++i) {
        run.streams.latitude[i] = 50 + run.streams.distance[i] * degrees_per_metre;
        run.streams.longitude[i] = 8;
    }
    return run;
}

// A TCX file as a watch writes it.
std::string watch_file(const model::Recording& run) {
    auto text = formats::write_tcx(run);
    const std::string author = "<Name>harrier</Name>";
    return text.replace(text.find(author), author.size(), "<Name>Watch</Name>");
}

TEST_F(ImporterTest, TheWatchsOwnFileIsReadBeforeWhatHarrierMadeOfIt) {
    for (int number = 1; number <= 4; ++number) { // so that the SHA-256 decides each way
        const auto copy = [&](const char* kind) { return fmt::format("{}/{}.{}", number, kind, kind); };
        const auto run = straight_run(number);
        std::vector<fs::path> files{write(fmt::format("{}/watch.tcx", number), watch_file(run)),
                                    write(copy("fit"), formats::fit::encode(run)),
                                    write(copy("gpx"), formats::write_gpx(run)),
                                    write(copy("tcx"), formats::write_tcx(run))};
        for (int order = 0; order < 2; ++order) {
            const auto archive = archive::open_sqlite_archive(
                m_folder.path() / fmt::format("{}-{}.db", number, order), archive::Access::write);
            (void)import(*archive, files);
            const auto activities = all(*archive);
            ASSERT_EQ(activities.size(), 1U);
            const auto stored = archive->files(test::importing_athlete, activities[0].activity_id);
            ASSERT_EQ(stored.size(), 4U);
            EXPECT_EQ(unpack(stored[0]), watch_file(run));
            EXPECT_EQ(stored[1].format, "fit");
            EXPECT_EQ(stored[2].format, "tcx");
            EXPECT_EQ(stored[3].format, "gpx");
            EXPECT_EQ(archive->find_stream(test::importing_athlete, activities[0].activity_id)->key,
                      stored[0].sha256);
            std::reverse(files.begin(), files.end());
        }
    }
}

TEST_F(ImporterTest, AFileThatBreaksOffIsTheSameRunAsItsOriginal) {
    const auto whole = formats::fit::encode(tests::made_up_run(1));
    const auto cut = write("cut.fit", std::string_view(whole).substr(0, whole.size() / 2));
    const auto original = write("run.fit", whole);
    for (const auto& files : {std::vector{cut, original}, std::vector{original, cut}}) {
        const auto archive = archive::open_sqlite_archive(m_folder.path() / fmt::format("{}.db", ++m_dumps),
                                                          archive::Access::write);
        const auto result = import(*archive, files);
        EXPECT_FALSE(result.findings.empty());
        ASSERT_EQ(all(*archive).size(), 1U);
        EXPECT_EQ(all(*archive)[0].distance, 1800.0);
        EXPECT_EQ(unpack(archive->files(test::importing_athlete, all(*archive)[0].activity_id).at(0)), whole);
    }
}

TEST_F(ImporterTest, ASwimThatAFormatHasNoWordForIsNotDoubled) {
    auto swim = tests::made_up_run(1);
    swim.sport_type = "Swim";
    const auto fit = write("swim.fit", formats::fit::encode(swim));
    const auto tcx = write("swim.tcx", formats::write_tcx(swim));
    const auto archive = open();
    EXPECT_THAT(import(*archive, {fit, tcx}).counts, Counts(1, 1, 0));
    EXPECT_EQ(all(*archive).at(0).sport_type, "Swim");
}

TEST_F(ImporterTest, AFileOfTransitionsAloneIsTakenInAndKnownTheNextTime) {
    std::string chain;
    for (int number = 1; number <= 2; ++number) {
        auto change = tests::made_up_run(number);
        change.sport_type = "Workout";
        change.original_sport = "transition";
        chain += formats::fit::encode(change);
    }
    const auto file = write("changes.fit", chain);
    const auto archive = open();
    EXPECT_THAT(import(*archive, {file}).counts, Counts(2, 0, 0));
    EXPECT_THAT(import(*archive, {file}).counts, Counts(0, 0, 1));
}

TEST_F(ImporterTest, TheSameBytesUnderOtherNamesGiveTheSameArchive) {
    const auto bytes = formats::fit::encode(tests::made_up_run(1));
    const auto early = write("z/run.fit", bytes);
    const auto late = write("a/copy.fit.gz", tests::gzipped(bytes));
    fs::last_write_time(early, fs::last_write_time(late) - std::chrono::hours{5});
    const auto expected = dump_of({early});
    EXPECT_EQ(dump_of({early, late}), expected);
    EXPECT_EQ(dump_of({late, early}), expected);
    const auto archive = open();
    (void)import(*archive, {late});
    EXPECT_THAT(import(*archive, {early}).counts, Counts(0, 0, 1));
    EXPECT_EQ(test::dump_archive(path()), expected);
}

TEST_F(ImporterTest, AnExportIsAsOldAsItsNewestActivityWhenOnlyACopyTellsItsDate) {
    const auto folder = unpack_export("unpacked", tests::made_up_export(4));
    const auto sources = find_import_sources(std::vector{folder});
    for (const auto& job : sources.jobs) {
        if (job.row) {
            EXPECT_EQ(job.row->as_of, std::chrono::floor<std::chrono::seconds>(tests::made_up_start(3)));
        }
    }
}

TEST_F(ImporterTest, NoSourceSpeaksFromTheFuture) {
    const auto zip = write_export("export.zip", tests::made_up_export(1));
    const auto now = std::chrono::floor<std::chrono::seconds>(tests::made_up_start(-10));
    const auto archive = open();
    (void)import(*archive, {zip}, {.now = now});
    const auto statements = archive->statements(test::importing_athlete, all(*archive).at(0).activity_id);
    ASSERT_EQ(statements.size(), 2U);
    EXPECT_EQ(statements[0].as_of, now);
    EXPECT_LE(statements[1].as_of, now);
}

TEST_F(ImporterTest, WhatCannotBeReadIsAFailureAndNoMore) {
    const auto good = write("run.fit", formats::fit::encode(tests::made_up_run(1)));
    const auto bad_zip = write("broken.zip", "PK no more");
    fs::create_directories(m_folder.path() / "empty");
    const auto archive = open();
    const auto result =
        import(*archive, {m_folder.path() / "nowhere.fit", bad_zip, m_folder.path() / "empty", good});
    EXPECT_THAT(result.counts, Counts(1, 0, 0));
    EXPECT_EQ(result.failures.size(), 3U);
}

TEST_F(ImporterTest, ANameThatNoFileSystemTakesCostsItsOwnRowOnly) {
    auto made = tests::made_up_export(4);
    auto& table = made.files[made.files.size() - 4].content;
    const std::string name = "activities/5001.gpx";
    table.replace(table.find(name), name.size(), "activities/" + std::string(300, 'x') + ".gpx");
    const auto archive = open();
    const auto result = import(*archive, {unpack_export("unpacked", made)});
    // The file that no row names any more tells another distance than the row, and so stays apart.
    EXPECT_THAT(result.counts, Counts(5, 0, 0));
    EXPECT_EQ(result.failures.size(), 1U);
}

TEST_F(ImporterTest, ADeviceIsNoFile) {
    const auto archive = open();
    const auto result = import(*archive, {"/dev/zero"});
    ASSERT_EQ(result.failures.size(), 1U);
    EXPECT_EQ(result.failures[0].reason, "it is no regular file");
}

TEST_F(ImporterTest, APipeThatIsCalledAZipIsNotWaitedFor) {
    const auto pipe = m_folder.path() / "pipe.zip";
    ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
    const auto archive = open();
    const auto result = import(*archive, {pipe});
    ASSERT_EQ(result.failures.size(), 1U);
    EXPECT_EQ(result.failures[0].reason, "it is no regular file");
}

TEST_F(ImporterTest, TwoAthletesExportsAreNotMixed) {
    auto other = tests::made_up_export(3);
    other.files.back().content =
        "Athlete ID,Email Address,First Name,Last Name\n78,b@example.invalid,Sam,Roe\n";
    const auto first = write_export("first.zip", tests::made_up_export(2));
    const auto archive = open();
    const auto result = import(*archive, {first, write_export("second.zip", other)});
    EXPECT_THAT(result.counts, Counts(2, 0, 0));
    ASSERT_EQ(result.failures.size(), 1U);
    EXPECT_THAT(result.failures[0].reason, HasSubstr("another athlete's"));
}

TEST_F(ImporterTest, ADryRunSaysWhatWouldBeNewAndStoresNothing) {
    const auto small = write_export("small.zip", tests::made_up_export(5));
    const auto large = write_export("large.zip", tests::made_up_export(8));
    const auto loose = write("run.fit", formats::fit::encode(tests::made_up_run(100)));
    const auto archive = open();
    (void)import(*archive, {small});
    const auto before = test::dump_archive(path());
    EXPECT_THAT(import(*archive, {large, loose}, {.dry_run = true}).counts, Counts(4, 0, 5));
    EXPECT_EQ(test::dump_archive(path()), before);
    (void)import(*archive, {loose});
    EXPECT_THAT(import(*archive, {loose}, {.dry_run = true}).counts, Counts(0, 0, 1));
    EXPECT_THAT(import(*archive, {loose}).counts, Counts(0, 0, 1));
}

TEST_F(ImporterTest, ADryRunCountsAFileThatJoinsAnActivityAsThatActivity) {
    const auto zip = write_export("export.zip", tests::made_up_export(3));
    auto copy = tests::made_up_run(1); // the same outing in another format
    copy.name = "A copy";
    const auto same = write("same.tcx", formats::write_tcx(copy));
    const auto twice = write("twice.fit", formats::fit::encode(tests::made_up_run(50)));
    const auto thrice = write("thrice.gpx", formats::write_gpx(tests::made_up_run(50)));
    const auto archive = open();
    (void)import(*archive, {zip});
    const auto before = test::dump_archive(path());
    const auto dry = import(*archive, {same, twice, thrice}, {.dry_run = true}).counts;
    EXPECT_EQ(test::dump_archive(path()), before);
    EXPECT_GE(dry.updated, 1);
    EXPECT_THAT(import(*archive, {same, twice, thrice}).counts,
                Counts(dry.added, dry.updated, dry.unchanged));
}

TEST_F(ImporterTest, EndsWhenAskedAndGoesOnTheNextTime) {
    const auto zip = write_export("export.zip", tests::made_up_export(150));
    const auto expected = dump_of({zip});
    std::stop_source stop;
    const auto archive = open();
    const auto first = Importer(*archive, {})
                           .run(
                               test::importing_athlete, find_import_sources(std::vector{zip}),
                               [&](const ImportProgress& progress) {
                                   if (progress.done == 100) {
                                       stop.request_stop();
                                   }
                               },
                               stop.get_token());
    EXPECT_FALSE(first.complete);
    EXPECT_EQ(first.counts.added, 100);
    EXPECT_THAT(import(*archive, {zip}).counts, Counts(50, 0, 100));
    EXPECT_EQ(test::dump_archive(path()), expected);
}

TEST_F(ImporterTest, ARecordingComesBackOutOfTheArchive) {
    const auto zip = write_export("export.zip", tests::made_up_export(1));
    const auto archive = open();
    (void)import(*archive, {zip});
    const auto activity = all(*archive).at(0);
    const auto recording = find_recording(*archive, test::importing_athlete, activity);
    ASSERT_TRUE(recording);
    EXPECT_EQ(recording->name, "Run 0");
    EXPECT_EQ(recording->streams.distance, tests::made_up_run(0).streams.distance);
    EXPECT_EQ(recording->laps.size(), 1U);
    EXPECT_EQ(unpack(archive->files(test::importing_athlete, activity.activity_id).at(0)),
              formats::fit::encode(tests::made_up_run(0)));
}

} // namespace
} // namespace harrier::sync
