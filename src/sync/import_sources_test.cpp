// SPDX-License-Identifier: MIT

// What an import makes of odd, hostile and broken sources.

#include "sync/import_sources.hpp"
#include "tests/support/import_fixture.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>

namespace harrier::sync {
namespace {

namespace fs = std::filesystem;
using test::Counts;
using testing::HasSubstr;

using ImportSourcesTest = test::ImportFixture;

TEST_F(ImportSourcesTest, WhatTheArchiveRefusesIsAFailureWithItsPath) {
    (void)open();
    test::change_archive(path(), "CREATE TRIGGER refuse BEFORE INSERT ON activity WHEN new.name = 'Run 1' "
                                 "BEGIN SELECT raise(ABORT, 'not this one'); END");
    const auto result = import(*open(), {write_export("export.zip", tests::made_up_export(3))});
    EXPECT_THAT(result.counts, Counts(2, 0, 0));
    EXPECT_TRUE(result.complete);
    ASSERT_EQ(result.failures.size(), 1U);
    EXPECT_THAT(result.failures[0].path, HasSubstr("export.zip: activities/"));
    EXPECT_THAT(result.failures[0].reason, HasSubstr("not this one"));
}

TEST_F(ImportSourcesTest, WhatGrowsFarBeyondARecordingIsRefusedBeforeItCostsMemory) {
    const std::string large(30U << 20U, ' ');
    auto made = tests::made_up_export(1);
    std::minstd_rand random(1);
    std::string noise(1U << 20U, '\0'); // so that the archive as a whole is no bomb
    std::generate(noise.begin(), noise.end(), [&] { return static_cast<char>(random() >> 8U); });
    made.files.push_back({.name = "photo.jpg", .content = noise});
    made.files.push_back({.name = "activities/7.gpx", .content = large});
    made.files.push_back({.name = "activities/8.gpx.gz", .content = tests::gzipped(large)});
    const auto archive = open();
    const auto result =
        import(*archive, {write_export("export.zip", made), write("loose.gpx.gz", tests::gzipped(large))});
    EXPECT_THAT(result.counts, Counts(1, 0, 0));
    ASSERT_EQ(result.failures.size(), 3U);
    EXPECT_THAT(result.failures[0].reason, HasSubstr("would grow to 30 MiB"));
    EXPECT_THAT(result.failures[1].reason, HasSubstr("holds more than is allowed"));
    EXPECT_THAT(result.failures[2].reason, HasSubstr("holds more than is allowed"));
    EXPECT_LT(result.bytes, large.size());
}

TEST_F(ImportSourcesTest, FilesThatAreLargeTogetherComeOneByOne) {
    constexpr int files = 12;
    const std::string padding(5U << 20U, ' ');
    std::vector<fs::path> paths;
    for (int i = 0; i < files; ++i) {
        paths.push_back(write(fmt::format("{}.gpx", i), formats::write_gpx(tests::made_up_run(i)) + padding));
    }
    EXPECT_THAT(import(*open(), paths, {.threads = 4}).counts, Counts(files, 0, 0));
}

TEST_F(ImportSourcesTest, AFileTellsItsFirstFindingsAndCountsTheOthers) {
    std::string text = "<gpx xmlns=\"http://www.topografix.com/GPX/1/1\">";
    for (int i = 0; i < 200; ++i) {
        text += fmt::format("<q{}:a/>", i);
    }
    const auto run = formats::write_gpx(tests::made_up_run(1));
    text += run.substr(run.find("<trk>"));
    const auto result = import(*open(), {write("odd.gpx", text)});
    EXPECT_THAT(result.counts, Counts(1, 0, 0));
    ASSERT_EQ(result.findings.size(), 21U);
    EXPECT_THAT(result.findings.back().reason, HasSubstr("more of this kind"));
    const auto again = import(*open(), {m_folder.path() / "odd.gpx"});
    EXPECT_THAT(again.counts, Counts(0, 0, 1));
    EXPECT_EQ(again.findings.size(), 21U) << "what is odd about a file is told each time";
}

TEST_F(ImportSourcesTest, ExportsAndZipsAreFoundBelowAFolder) {
    auto other = tests::made_up_export(9);
    (void)unpack_export("all/strava/2026", tests::made_up_export(3));
    write_export("all/old/export.ZIP", other);
    write("all/watch/one.fit", formats::fit::encode(tests::made_up_run(20)));
    tests::ZipBuilder photos;
    photos.add({.name = "a.jpg", .content = "a photo"});
    write("all/photos.zip", photos.build());
    const auto result = import(*open(), {m_folder.path() / "all"});
    EXPECT_TRUE(result.failures.empty()) << result.failures[0].path << ": " << result.failures[0].reason;
    EXPECT_EQ(result.counts.added, 10);
    EXPECT_EQ(open()->summary(test::importing_athlete).activities, 10);
}

TEST_F(ImportSourcesTest, WhatAFileIsGoesByItsContents) {
    const auto zip = write_export("export_77.download", tests::made_up_export(2));
    const auto fit = write("run.zip", formats::fit::encode(tests::made_up_run(9)));
    const auto result = import(*open(), {zip, fit});
    EXPECT_TRUE(result.failures.empty()) << result.failures[0].path << ": " << result.failures[0].reason;
    EXPECT_THAT(result.counts, Counts(3, 0, 0));
}

TEST_F(ImportSourcesTest, ALinkOutOfTheFolderIsNotFollowed) {
    const auto outside = write("outside/secret.fit", formats::fit::encode(tests::made_up_run(7)));
    write("folder/in.fit", formats::fit::encode(tests::made_up_run(1)));
    fs::create_symlink(outside, m_folder.path() / "folder/out.fit");
    fs::create_symlink("in.fit", m_folder.path() / "folder/same.fit");
    fs::create_directory_symlink(m_folder.path() / "outside", m_folder.path() / "folder/away");
    const auto sources = find_import_sources(std::vector{m_folder.path() / "folder"});
    EXPECT_EQ(sources.jobs.size(), 2U);
    EXPECT_TRUE(sources.failures.empty());
    ASSERT_EQ(sources.notices.size(), 1U);
    EXPECT_THAT(sources.notices[0], HasSubstr("out.fit: a link out of the folder is not followed"));

    auto made = tests::made_up_export(1);
    const auto folder = unpack_export("unpacked", made);
    const auto file = folder / "activities/5000.fit.gz";
    fs::rename(file, m_folder.path() / "elsewhere.fit.gz");
    fs::create_symlink(m_folder.path() / "elsewhere.fit.gz", file);
    const auto result = import(*open(), {folder});
    EXPECT_THAT(result.counts, Counts(1, 0, 0));
    EXPECT_EQ(result.files, 0U);
}

TEST_F(ImportSourcesTest, WhatCannotBeReadInAFolderIsListed) {
    write("folder/in.fit", formats::fit::encode(tests::made_up_run(1)));
    fs::create_symlink("loop.fit", m_folder.path() / "folder/loop.fit");
    const auto result = import(*open(), {m_folder.path() / "folder"});
    EXPECT_THAT(result.counts, Counts(1, 0, 0));
    ASSERT_EQ(result.failures.size(), 1U);
    EXPECT_THAT(result.failures[0].path, HasSubstr("loop.fit"));
    EXPECT_THAT(result.failures[0].reason, HasSubstr("it cannot be read: "));

    const auto folder = unpack_export("unpacked", tests::made_up_export(1));
    const auto file = folder / "activities/5000.fit.gz";
    fs::remove(file);
    fs::create_symlink("5000.fit.gz", file);
    const auto other = import(*open(), {folder});
    EXPECT_THAT(other.failures, testing::Each(testing::Field(&ImportFailure::reason,
                                                             testing::Not(HasSubstr("is not there")))));
}

TEST_F(ImportSourcesTest, ARowMayNameActivityFilesOnlyAndInAnySpelling) {
    auto made = tests::made_up_export(3);
    const auto replace = [&](std::string_view what, std::string_view with) {
        for (auto& file : made.files) {
            if (file.name == "activities.csv") {
                file.content.replace(file.content.find(what), what.size(), with);
            }
        }
    };
    made.files.push_back({.name = "logins.csv", .content = "<gpx></gpx>"});
    replace("activities/5000.fit.gz", "logins.csv");
    replace("activities/5001.gpx", "activities//./5001.gpx");
    const auto archive = open();
    const auto result = import(*archive, {write_export("export.zip", made)});
    ASSERT_EQ(result.failures.size(), 1U);
    EXPECT_THAT(result.failures[0].reason, HasSubstr("and it is no FIT, GPX or TCX file"));
    EXPECT_EQ(result.files, 3U); // the one whose row names another is read all the same
    EXPECT_TRUE(
        archive->find_stream(test::importing_athlete,
                             archive->find_activity(test::importing_athlete, StravaId{1001})->activity_id));
}

TEST_F(ImportSourcesTest, AnExportWithoutActivitiesIsNoFailure) {
    auto made = tests::made_up_export(0);
    const auto sources = find_import_sources(std::vector{write_export("export.zip", made)});
    EXPECT_TRUE(sources.failures.empty());
    ASSERT_EQ(sources.notices.size(), 1U);
    EXPECT_THAT(sources.notices[0], HasSubstr("activities.csv lists no activity"));
}

} // namespace
} // namespace harrier::sync
