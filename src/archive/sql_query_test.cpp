// SPDX-License-Identifier: MIT
#include "archive/stream_codec.hpp"
#include "tests/support/archive_fixture.hpp"

#include <stop_token>

namespace harrier::archive {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Rows = std::vector<std::vector<SqlValue>>;

struct Answer {
    std::vector<std::string> names;
    Rows rows;
};

class SqlQueryTest : public test::ArchiveFixture {
protected:
    void SetUp() override {
        m_archive = open();
        store(*m_archive, {test::record(1, "2026-11-20T06:00:00Z", "Morning"),
                           test::record(2, "2026-11-21T06:00:00Z", "Evening")});
    }

    Answer ask(std::string_view statement, const std::stop_token& stop = {}) {
        Answer answer;
        m_archive->sql(test::stored_athlete, statement,
                       {.columns = [&](const auto& names) { answer.names = names; },
                        .row = [&](auto row) { answer.rows.push_back(std::move(row)); }},
                       stop);
        return answer;
    }

    std::string refusal(std::string_view statement) {
        const auto error = error_of([&] { ask(statement); });
        EXPECT_EQ(error.kind(), ErrorKind::usage) << statement;
        return error.message();
    }

    // Three samples, the second without a heart rate; belongs to a new activity, whose number is given.
    std::int64_t import_samples() {
        ImportItem item;
        item.file = {
            .sha256 = std::string(64, 'a'), .name = "a.fit", .format = "fit", .size = 3, .raw = "raw"};
        StoredStreams stored;
        stored.streams.time = {0, 1, 2};
        stored.streams.heartrate = {120, model::missing, 124};
        stored.streams.latitude = {52.5, 52.5, 52.6};
        ImportedRecording recording;
        recording.samples = 3;
        recording.said.sport_type = "Ride";
        recording.said.name = "Samples";
        recording.said.start_date = test::at("2026-01-01T00:00:00Z");
        recording.streams = encode_streams(stored);
        item.recordings.push_back(std::move(recording));
        m_archive->store_import(test::stored_athlete, std::vector{item});
        return std::get<std::int64_t>(
            ask("SELECT activity_id FROM v_activity WHERE name = 'Samples'").rows[0][0]);
    }

    std::unique_ptr<Archive> m_archive;
};

TEST_F(SqlQueryTest, GivesNamesAndValuesOfEveryKind) {
    const auto answer = ask("SELECT 1 AS one, 2.5, 'text' AS t, NULL, x'00ff' AS bytes");
    EXPECT_THAT(answer.names, ElementsAre("one", "2.5", "t", "NULL", "bytes"));
    EXPECT_EQ(answer.rows, (Rows{{std::int64_t{1}, 2.5, "text", std::monostate{}, "x'00ff'"}}));
}

TEST_F(SqlQueryTest, ReadsTheViews) {
    EXPECT_EQ(
        ask("WITH newest AS (SELECT name FROM v_activity ORDER BY start_date DESC) SELECT * FROM newest")
            .rows,
        (Rows{{"Evening"}, {"Morning"}}));
}

TEST_F(SqlQueryTest, ChangesNothing) {
    for (const char* statement :
         {"DELETE FROM activity", "UPDATE activity SET name = 'x'", "INSERT INTO gear DEFAULT VALUES",
          "DROP TABLE activity", "CREATE TABLE t (x)", "ATTACH 'x.db' AS x", "PRAGMA writable_schema=ON",
          "PRAGMA user_version", "BEGIN", "VACUUM INTO 'x.db'", "CREATE TEMP TABLE t (x)"}) {
        EXPECT_THAT(refusal(statement), HasSubstr("do more than read")) << statement;
    }
    EXPECT_EQ(ask("SELECT count(*) FROM v_activity").rows, (Rows{{std::int64_t{2}}}));
}

TEST_F(SqlQueryTest, ReachesNothingOutsideTheArchive) {
    EXPECT_THAT(refusal("SELECT load_extension('x')"), HasSubstr("load_extension"));
    EXPECT_THAT(refusal("SELECT readfile('/etc/passwd')"), HasSubstr("no such function"));
}

TEST_F(SqlQueryTest, TakesOneStatement) {
    EXPECT_EQ(ask("SELECT 1; -- a comment is no second one\n").rows, (Rows{{std::int64_t{1}}}));
    EXPECT_THAT(refusal("SELECT 1; SELECT 2"), HasSubstr("one statement"));
    EXPECT_THAT(refusal("SELECT 1; DELETE FROM activity"), HasSubstr("one statement"));
    EXPECT_THAT(refusal("  -- nothing"), HasSubstr("empty"));
    EXPECT_THAT(refusal(std::string_view("SELECT 1\0; x", 12)), HasSubstr("zero byte"));
    EXPECT_THAT(refusal("SELEC 1"), HasSubstr("syntax error"));
    EXPECT_THAT(refusal("SELECT nonsense FROM v_activity"), HasSubstr("no such column"));
}

TEST_F(SqlQueryTest, StopsAnEndlessStatement) {
    std::stop_source stop;
    stop.request_stop();
    const auto error = error_of([&] {
        ask("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n",
            stop.get_token());
    });
    EXPECT_EQ(error.kind(), ErrorKind::interrupted);
    EXPECT_EQ(ask("SELECT 1").rows.size(), 1U);
}

TEST_F(SqlQueryTest, GivesSamplesAsRows) {
    const auto id = import_samples();
    EXPECT_EQ(ask(fmt::format("SELECT sample, time, heartrate, watts FROM streams({})", id)).rows,
              (Rows{{std::int64_t{0}, 0.0, 120.0, std::monostate{}},
                    {std::int64_t{1}, 1.0, std::monostate{}, std::monostate{}},
                    {std::int64_t{2}, 2.0, 124.0, std::monostate{}}}));
    EXPECT_EQ(
        ask("SELECT a.name, count(*), max(s.lat) FROM v_activity a JOIN streams(a.activity_id) s GROUP BY 1")
            .rows,
        (Rows{{"Samples", std::int64_t{3}, 52.6}}));
}

TEST_F(SqlQueryTest, GivesTheSamplesOfTheAskedAthlete) {
    const auto id = import_samples();
    EXPECT_TRUE(ask(fmt::format("SELECT * FROM streams({}, 99)", id)).rows.empty());
    EXPECT_EQ(ask(fmt::format("SELECT * FROM streams({}, {})", id, test::stored_athlete.value)).rows.size(),
              3U);
    EXPECT_TRUE(ask("SELECT * FROM streams(1)").rows.empty()); // an activity without samples
}

TEST_F(SqlQueryTest, WantsToKnowWhoseSamples) {
    EXPECT_THAT(refusal("SELECT * FROM streams"), HasSubstr("streams(activity_id)"));
}

} // namespace
} // namespace harrier::archive
