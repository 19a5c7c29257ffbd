// SPDX-License-Identifier: MIT
#include "archive/stream_codec.hpp"
#include "sync/measuring.hpp"
#include "tests/support/archive_dump.hpp"
#include "tests/support/archive_fixture.hpp"

namespace harrier::sync {
namespace {

using model::EffortMode;
using test::stored_athlete;
using testing::IsEmpty;
using testing::SizeIs;

class MeasuringTest : public test::ArchiveFixture {
protected:
    void SetUp() override { m_archive = open(); }

    // A quarter of an hour at 10.8 km/h and something.
    static archive::ImportItem run_of(int number) {
        archive::StoredStreams stored;
        for (int i = 0; i < 900; ++i) {
            stored.streams.time.push_back(i);
            stored.streams.distance.push_back(i * (3.0 + 0.001 * number));
            stored.streams.heartrate.push_back(140 + i % 10);
        }
        archive::ImportItem item;
        item.file = {.sha256 = fmt::format("{:064}", number),
                     .name = fmt::format("{}.fit", number),
                     .format = "fit",
                     .size = 3,
                     .raw = "raw"};
        archive::ImportedRecording recording;
        recording.samples = 900;
        recording.said.sport_type = "Run";
        recording.said.name = fmt::format("run {}", number);
        recording.said.start_date = test::at("2026-01-01T06:00:00Z") + std::chrono::days{number};
        recording.streams = archive::encode_streams(stored);
        item.recordings.push_back(std::move(recording));
        return item;
    }

    void import_runs(int count) {
        std::vector<archive::ImportItem> items;
        for (int i = 0; i < count; ++i) {
            items.push_back(run_of(i));
        }
        m_archive->store_import(stored_athlete, items);
    }

    MeasuringResult measure_all(const std::stop_token& stop = {}, MeasuringOptions options = {}) {
        return measure(
            *m_archive, stored_athlete, [](auto, auto) {}, stop, options);
    }

    std::unique_ptr<archive::Archive> m_archive;
};

TEST_F(MeasuringTest, MeasuresWhatHasSamples) {
    import_runs(3);
    store(*m_archive, {test::record(1, "2026-11-20T06:00:00Z")});
    const auto result = measure_all();
    EXPECT_TRUE(result.complete);
    EXPECT_EQ(result.measured, 3U);
    EXPECT_THAT(result.failures, IsEmpty());
    EXPECT_TRUE(m_archive->is_measured(stored_athlete, algorithm_version()));
    const auto best = m_archive->records(stored_athlete, {.mode = EffortMode::exact, .distance = 1000});
    ASSERT_THAT(best, SizeIs(3));
    EXPECT_EQ(best.front().name, "run 2");
    EXPECT_NEAR(best.front().effort.elapsed_time, 1000 / 3.002, 0.01);
    EXPECT_EQ(measure_all().measured, 0U);
}

TEST_F(MeasuringTest, GoesOnWhereItWasStopped) {
    import_runs(200);
    std::stop_source stop;
    const auto first = measure(
        *m_archive, stored_athlete, [&](std::size_t, std::size_t) { stop.request_stop(); }, stop.get_token());
    EXPECT_FALSE(first.complete);
    EXPECT_GT(first.measured, 0U);
    EXPECT_LT(first.measured, 200U);
    EXPECT_FALSE(m_archive->is_measured(stored_athlete, algorithm_version()));
    const auto second = measure_all();
    EXPECT_TRUE(second.complete);
    EXPECT_EQ(first.measured + second.measured, 200U);
}

TEST_F(MeasuringTest, GivesTheSameWithAnyNumberOfThreads) {
    import_runs(40);
    (void)measure_all({}, {.threads = 1});
    const auto one = test::dump_archive(path());
    std::filesystem::remove_all(path().parent_path());
    m_archive = open();
    import_runs(40);
    (void)measure_all({}, {.threads = 4});
    EXPECT_EQ(test::dump_archive(path()), one);
}

TEST_F(MeasuringTest, SaysWhichSamplesCannotBeRead) {
    import_runs(3);
    {
        SQLite::Database(path().string(), SQLite::OPEN_READWRITE)
            .exec("UPDATE stream SET data = x'00112233' WHERE activity_id = 2");
    }
    const auto result = measure_all();
    EXPECT_TRUE(result.complete);
    EXPECT_EQ(result.measured, 2U);
    ASSERT_THAT(result.failures, SizeIs(1));
    EXPECT_EQ(result.failures[0].activity, ActivityId{2});
    // Nothing can be done about it until something changes: no command tries again.
    EXPECT_TRUE(m_archive->is_measured(stored_athlete, algorithm_version()));
}

TEST_F(MeasuringTest, ForgetsWhatWasMeasuredOfSamplesThatAreGone) {
    import_runs(2);
    (void)measure_all();
    {
        SQLite::Database(path().string(), SQLite::OPEN_READWRITE)
            .exec("DELETE FROM stream WHERE activity_id = 1; DELETE FROM metrics_state");
    }
    (void)measure_all();
    EXPECT_FALSE(m_archive->metrics(stored_athlete, ActivityId{1}).has_value());
    EXPECT_THAT(m_archive->best_efforts(stored_athlete, ActivityId{1}), IsEmpty());
    EXPECT_TRUE(m_archive->metrics(stored_athlete, ActivityId{2}).has_value());
}

} // namespace
} // namespace harrier::sync
