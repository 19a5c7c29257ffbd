// SPDX-License-Identifier: MIT
#include "sync/importer.hpp"
#include "sync/verification.hpp"
#include "tests/support/archive_dump.hpp"
#include "tests/support/archive_fixture.hpp"
#include "tests/support/made_up_export.hpp"

#include <algorithm>
#include <fstream>

namespace harrier::sync {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class VerificationTest : public test::ArchiveFixture {
protected:
    void SetUp() override {
        const auto zip = m_folder.path() / "export.zip";
        std::ofstream(zip, std::ios::binary) << tests::made_up_export(3).zip();
        (void)Importer(*open(), {})
            .run(test::stored_athlete, find_import_sources(std::vector{zip}), [](const auto&) {});
    }

    // Changes a table behind the archive's back.
    void tamper(const char* sql) const {
        SQLite::Database(path().string(), SQLite::OPEN_READWRITE).exec(sql);
    }

    [[nodiscard]] Verification look(const std::stop_token& stop = {}) const {
        return verify(
            *open(archive::Access::read), test::stored_athlete, [](auto, auto) {}, stop);
    }

    [[nodiscard]] std::vector<ProblemKind> kinds() const {
        std::vector<ProblemKind> found;
        for (const auto& problem : look().problems) {
            found.push_back(problem.kind);
        }
        return found;
    }
};

TEST_F(VerificationTest, FindsNothingInASoundArchive) {
    std::int64_t last = 0;
    std::int64_t expected = 0;
    const auto result =
        verify(*open(archive::Access::read), test::stored_athlete, [&](auto done, auto total) {
            EXPECT_EQ(done, last + 1);
            last = done;
            expected = total;
        });
    EXPECT_THAT(result.problems, IsEmpty());
    EXPECT_TRUE(result.complete);
    EXPECT_EQ(result.gaps.activities, 3);
    EXPECT_EQ(result.checked, 9); // three rows, three files, three streams
    EXPECT_EQ(last, 9);
    EXPECT_EQ(expected, 9);
}

// One bit anywhere in the bytes is noticed, whatever they are.
TEST_F(VerificationTest, NoticesEveryFlippedByte) {
    struct Place {
        const char* table;
        const char* column;
        ProblemKind kind;
    };
    for (const auto& [table, column, kind] : {Place{"source_record", "raw", ProblemKind::damaged_record},
                                              Place{"file", "raw", ProblemKind::damaged_file},
                                              Place{"stream", "data", ProblemKind::damaged_samples}}) {
        SQLite::Database database(path().string(), SQLite::OPEN_READWRITE);
        SQLite::Statement find(database, fmt::format("SELECT rowid, {} FROM {} WHERE {} IS NOT NULL LIMIT 1",
                                                     column, table, column));
        ASSERT_TRUE(find.executeStep());
        const auto row = find.getColumn(0).getInt64();
        const auto sound = find.getColumn(1).getString();
        find.reset();
        const auto put = [&](const std::string& bytes) {
            SQLite::Statement update(database,
                                     fmt::format("UPDATE {} SET {} = ? WHERE rowid = ?", table, column));
            update.bind(1, bytes.data(), static_cast<int>(bytes.size()));
            update.bind(2, row);
            update.exec();
        };
        const auto step = std::max<std::size_t>(1, sound.size() / 50);
        for (std::size_t i = 0; i < sound.size(); i += step) {
            auto damaged = sound;
            damaged[i] = static_cast<char>(damaged[i] ^ 0x20);
            put(damaged);
            EXPECT_THAT(kinds(), Contains(kind)) << table << " byte " << i;
        }
        put(sound);
        EXPECT_THAT(kinds(), IsEmpty());
    }
}

TEST_F(VerificationTest, NamesTheCommandThatMends) {
    tamper("UPDATE file SET raw = x'00' WHERE rowid = 1");
    const auto problems = look().problems;
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_THAT(problems[0].what, HasSubstr("activities/"));
    EXPECT_THAT(problems[0].mend, HasSubstr("harrier import"));
    EXPECT_TRUE(problems[0].activity.has_value());
}

TEST_F(VerificationTest, TellsWhatIsMissing) {
    tamper("DELETE FROM stream WHERE activity_id = 1");
    EXPECT_THAT(kinds(), testing::ElementsAre(ProblemKind::missing_samples));
    tamper("UPDATE activity SET manual = 1 WHERE activity_id = 1");
    EXPECT_THAT(kinds(), IsEmpty()); // typed in by hand: there never were any
}

TEST_F(VerificationTest, TellsOfAListingThatHasNotEnded) {
    auto archive = open();
    store(*archive, {}, {.resume_before = test::at("2024-01-01T00:00:00Z")});
    EXPECT_THAT(kinds(), Contains(ProblemKind::open_listing));
    store(*archive, {}, {.complete_at = test::at("2026-01-01T00:00:00Z")});
    EXPECT_THAT(kinds(), Not(Contains(ProblemKind::open_listing)));
}

TEST_F(VerificationTest, ListsPairsThatMayBeOneAndTombstones) {
    auto archive = open();
    store(*archive,
          {test::record(91, "2026-11-20T06:00:00Z"), test::record(92, "2026-11-20T06:00:59Z"),
           test::record(93, "2026-11-20T06:05:00Z"), test::record(94, "2026-11-21T06:00:00Z")},
          {.complete_at = test::at("2026-01-01T00:00:00Z")});
    tamper("UPDATE activity SET deleted_at = '2026-11-22T00:00:00Z' WHERE strava_id = 94");
    const auto problems = look().problems;
    const auto count = [&](ProblemKind kind) {
        return std::count_if(problems.begin(), problems.end(),
                             [kind](const auto& one) { return one.kind == kind; });
    };
    EXPECT_EQ(count(ProblemKind::doubtful_pair), 1);
    EXPECT_EQ(count(ProblemKind::tombstone), 1);
}

// Strava hides a start as one second past midnight: many activities share such a moment.
TEST_F(VerificationTest, DoesNotPairHiddenStarts) {
    auto archive = open();
    store(*archive, {test::record(91, "2026-11-20T00:00:01Z"), test::record(92, "2026-11-20T00:00:01Z")},
          {.complete_at = test::at("2026-01-01T00:00:00Z")});
    EXPECT_THAT(kinds(), Not(Contains(ProblemKind::doubtful_pair)));
}

TEST_F(VerificationTest, ReportsADamagedDatabase) {
    tamper("PRAGMA writable_schema=ON; PRAGMA foreign_keys=OFF; INSERT INTO lap (athlete_id, activity_id, "
           "source, "
           "source_key, lap_index) VALUES (1, 999, 'file', 'x', 1)");
    EXPECT_THAT(kinds(), Contains(ProblemKind::damaged_store));
}

TEST_F(VerificationTest, EndsWhenItIsStopped) {
    std::stop_source stop;
    stop.request_stop();
    const auto result = look(stop.get_token());
    EXPECT_FALSE(result.complete);
    EXPECT_EQ(result.checked, 1);
}

} // namespace
} // namespace harrier::sync
