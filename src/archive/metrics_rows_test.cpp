// SPDX-License-Identifier: MIT
#include "archive/metrics_codec.hpp"
#include "archive/stream_codec.hpp"
#include "tests/support/archive_fixture.hpp"

#include <SQLiteCpp/Database.h>

#include <cmath>

namespace harrier::archive {
namespace {

using model::BestEffort;
using model::EffortMode;
using test::stored_athlete;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr int this_version = 7;

model::BestEffort effort(double distance, double seconds, std::string refused = "") {
    return {.distance = distance,
            .elapsed_time = seconds,
            .start_time = 12.5,
            .covered = distance,
            .start_index = 12,
            .end_index = 300,
            .largest_gap = 3,
            .refused = std::move(refused)};
}

class MetricsRowsTest : public test::ArchiveFixture {
protected:
    void SetUp() override { m_archive = open(); }

    // An activity of one file with some samples; gives its number.
    ActivityId import_run(const char* day, char file, int samples = 3) {
        ImportItem item;
        item.file = {
            .sha256 = std::string(64, file), .name = "a.fit", .format = "fit", .size = 3, .raw = "raw"};
        StoredStreams stored;
        for (int i = 0; i < samples; ++i) {
            stored.streams.time.push_back(i);
        }
        ImportedRecording recording;
        recording.samples = samples;
        recording.said.sport_type = "Run";
        recording.said.name = std::string("run ") + file;
        recording.said.start_date = test::at((std::string(day) + "T06:00:00Z").c_str());
        recording.said.start_date_local = parse_wall_time(std::string(day) + "T08:00:00Z");
        recording.streams = encode_streams(stored);
        item.recordings.push_back(std::move(recording));
        m_archive->store_import(stored_athlete, std::vector{item});
        return m_archive->activities(stored_athlete, {.where = fmt::format("name = 'run {}'", file)})
            .at(0)
            .activity_id;
    }

    void measure(ActivityId id, std::vector<BestEffort> efforts = {}, int version = this_version) {
        const auto input = m_archive->measurement_input(stored_athlete, id);
        ASSERT_TRUE(input.has_value());
        Measurement measurement{.activity = id,
                                .stream_source = input->stream.source,
                                .stream_key = input->stream.key,
                                .metrics = {.grade_adjusted_speed = 3.25}};
        measurement.metrics.heartrate = {.step = 1, .first = 118, .seconds = {1, 2.5, 0}};
        measurement.metrics.speed_curve = {4, 3.5, std::nanf("")};
        measurement.metrics.best_efforts = std::move(efforts);
        m_archive->store_metrics(stored_athlete, version, std::vector{measurement});
    }

    std::vector<std::string> record_names(const RecordQuery& query) {
        std::vector<std::string> names;
        for (const auto& record : m_archive->records(stored_athlete, query)) {
            names.push_back(record.name);
        }
        return names;
    }

    std::unique_ptr<Archive> m_archive;
};

TEST_F(MetricsRowsTest, ComeBackAsTheyWere) {
    const auto id = import_run("2026-05-01", 'a');
    measure(id, {effort(5000, 1200.25), effort(10000, 2600, "a gap of 90 s")});
    const auto metrics = m_archive->metrics(stored_athlete, id);
    ASSERT_TRUE(metrics.has_value());
    EXPECT_EQ(metrics->grade_adjusted_speed, 3.25);
    EXPECT_FALSE(metrics->normalized_power.has_value());
    EXPECT_EQ(metrics->heartrate, (model::Histogram{1, 118, {1, 2.5, 0}}));
    ASSERT_EQ(metrics->speed_curve.size(), 3U);
    EXPECT_TRUE(std::isnan(metrics->speed_curve[2]));
    EXPECT_TRUE(metrics->power_curve.empty());
    EXPECT_THAT(metrics->best_efforts,
                ElementsAre(effort(5000, 1200.25), effort(10000, 2600, "a gap of 90 s")));
}

TEST_F(MetricsRowsTest, FindsWhatIsNotMeasured) {
    const auto older = import_run("2026-05-01", 'a');
    const auto newer = import_run("2026-05-02", 'b');
    store(*m_archive, {test::record(1, "2026-05-03T06:00:00Z")}); // without samples
    EXPECT_THAT(m_archive->unmeasured(stored_athlete, this_version), ElementsAre(newer, older));
    measure(newer);
    EXPECT_THAT(m_archive->unmeasured(stored_athlete, this_version), ElementsAre(older));
    measure(older);
    EXPECT_THAT(m_archive->unmeasured(stored_athlete, this_version), IsEmpty());
    EXPECT_THAT(m_archive->unmeasured(stored_athlete, this_version + 1), ElementsAre(newer, older));
}

TEST_F(MetricsRowsTest, MeasuresAgainForAnotherTreadmillScale) {
    const auto id = import_run("2026-05-01", 'a');
    measure(id);
    m_archive->store_mark(stored_athlete, id, {.treadmill_scale = 1.04});
    EXPECT_THAT(m_archive->unmeasured(stored_athlete, this_version), ElementsAre(id));
    measure(id);
    EXPECT_THAT(m_archive->unmeasured(stored_athlete, this_version), IsEmpty());
}

TEST_F(MetricsRowsTest, MeasuresAgainForAnotherSport) {
    const auto id = import_run("2026-05-01", 'a');
    measure(id);
    {
        SQLite::Database(path().string(), SQLite::OPEN_READWRITE)
            .exec("UPDATE activity SET sport_type = 'TrailRun'");
    }
    EXPECT_THAT(m_archive->unmeasured(stored_athlete, this_version), ElementsAre(id));
}

TEST_F(MetricsRowsTest, EveryChangeTakesBackThatAllIsMeasured) {
    measure(import_run("2026-05-01", 'a'));
    EXPECT_FALSE(m_archive->is_measured(stored_athlete, this_version));
    m_archive->note_measured(stored_athlete, this_version);
    EXPECT_TRUE(m_archive->is_measured(stored_athlete, this_version));
    EXPECT_FALSE(m_archive->is_measured(stored_athlete, this_version + 1));
    import_run("2026-05-02", 'b');
    EXPECT_FALSE(m_archive->is_measured(stored_athlete, this_version));
    m_archive->note_measured(stored_athlete, this_version);
    store(*m_archive, {test::record(1, "2026-05-03T06:00:00Z")});
    EXPECT_FALSE(m_archive->is_measured(stored_athlete, this_version));
}

TEST_F(MetricsRowsTest, RanksTheFastestFirst) {
    measure(import_run("2026-05-01", 'a'), {effort(5000, 1300), effort(1000, 200)});
    measure(import_run("2026-05-02", 'b'), {effort(5000, 1200)});
    measure(import_run("2026-05-03", 'c'), {effort(5000, 1100, "a teleport")});
    EXPECT_THAT(record_names({.distance = 5000}), ElementsAre("run b", "run a"));
    EXPECT_THAT(record_names({.distance = 5000, .limit = 1}), ElementsAre("run b"));
    EXPECT_THAT(record_names({.distance = 5000, .with_refused = true}),
                ElementsAre("run c", "run b", "run a"));
    EXPECT_THAT(record_names({.mode = EffortMode::strava, .distance = 5000}), IsEmpty());
    EXPECT_THAT(record_names({.distance = 5000, .sport_types = {"Ride"}}), IsEmpty());
    EXPECT_THAT(m_archive->effort_distances(stored_athlete, EffortMode::exact), ElementsAre(1000, 5000));
    EXPECT_THAT(m_archive->effort_distances(stored_athlete, EffortMode::strava), IsEmpty());
}

TEST_F(MetricsRowsTest, ChoosesByLocalDay) {
    measure(import_run("2026-05-01", 'a'), {effort(5000, 1300)});
    measure(import_run("2026-05-02", 'b'), {effort(5000, 1200)});
    EXPECT_THAT(record_names({.distance = 5000, .until = parse_day("2026-05-01", {})}), ElementsAre("run a"));
    EXPECT_THAT(record_names({.distance = 5000, .since = parse_day("2026-05-02", {})}), ElementsAre("run b"));
}

TEST_F(MetricsRowsTest, AMarkTakesAnActivityOutAndBringsItBack) {
    const auto id = import_run("2026-05-01", 'a');
    measure(id, {effort(5000, 1300)});
    const Mark out{.exclude_records = true, .note = "on the bus"};
    m_archive->store_mark(stored_athlete, id, out);
    EXPECT_EQ(m_archive->mark(stored_athlete, id), out);
    EXPECT_THAT(record_names({.distance = 5000}), IsEmpty());
    m_archive->store_mark(stored_athlete, id, {});
    EXPECT_EQ(m_archive->mark(stored_athlete, id), Mark{});
    EXPECT_THAT(record_names({.distance = 5000}), ElementsAre("run a"));
}

TEST_F(MetricsRowsTest, GivesEveryActivityWithWhatIsMeasured) {
    measure(import_run("2026-05-01", 'a'));
    store(*m_archive, {test::record(1, "2026-05-03T06:00:00Z", "listed")});
    std::vector<std::string> seen;
    m_archive->for_each_measured(stored_athlete, [&](const MeasuredActivity& one) {
        seen.push_back(fmt::format("{} {}", one.name, one.metrics.has_value()));
    });
    EXPECT_THAT(seen, ElementsAre("run a true", "listed false"));
}

TEST_F(MetricsRowsTest, ReplacesWhatWasMeasuredBefore) {
    const auto id = import_run("2026-05-01", 'a');
    measure(id, {effort(5000, 1300), effort(1000, 200)});
    measure(id, {effort(5000, 1290)});
    EXPECT_THAT(m_archive->best_efforts(stored_athlete, id), ElementsAre(effort(5000, 1290)));
}

TEST_F(MetricsRowsTest, GivesTheTilesOfAZoom) {
    const auto id = import_run("2026-05-01", 'a');
    const auto input = m_archive->measurement_input(stored_athlete, id);
    Measurement measurement{
        .activity = id, .stream_source = input->stream.source, .stream_key = input->stream.key};
    measurement.metrics.explored = {{14, {{8802, 5373}, {8803, 5373}}}, {17, {{70416, 42985}}}};
    m_archive->store_metrics(stored_athlete, this_version, std::vector{measurement});
    const auto tiles = [&](int zoom) {
        std::vector<model::Tile> all;
        for (const auto& one : m_archive->explored(stored_athlete, zoom)) {
            EXPECT_EQ(one.activity, id);
            all.insert(all.end(), one.tiles.begin(), one.tiles.end());
        }
        return all;
    };
    EXPECT_THAT(tiles(14), ElementsAre(model::Tile{8802, 5373}, model::Tile{8803, 5373}));
    EXPECT_THAT(tiles(17), ElementsAre(model::Tile{70416, 42985}));
    EXPECT_THAT(tiles(15), IsEmpty());
    measurement.metrics.explored.clear();
    m_archive->store_metrics(stored_athlete, this_version, std::vector{measurement});
    EXPECT_THAT(tiles(14), IsEmpty());
}

TEST(MetricsCodec, NeighbouringTilesTakeTwoBytesAndComeBack) {
    const std::vector<model::Tile> tiles{{8802, 5373}, {8803, 5373}, {8803, 5372}, {8867, 5309}};
    const auto bytes = encode_tiles(tiles);
    EXPECT_EQ(bytes.size(), 5U + 2U + 2U + 3U);
    EXPECT_EQ(decode_tiles(bytes), tiles);
    const std::vector<model::Tile> far{{0, 0}, {131'071, 131'071}, {0, 131'071}, {16'777'215, 0}};
    EXPECT_EQ(decode_tiles(encode_tiles(far)), far);
}

TEST(MetricsCodec, RefusesTilesThatAreCutOrTooLarge) {
    const auto bytes = encode_tiles(std::vector<model::Tile>{{8802, 5373}});
    for (std::size_t i = 1; i < bytes.size(); ++i) {
        EXPECT_THROW((void)decode_tiles(bytes.substr(0, i)), Error) << i;
    }
    EXPECT_THROW((void)decode_tiles(std::string(6, '\xff')), Error);
}

TEST(MetricsCodec, RefusesBytesOfNoLength) {
    const auto bytes = encode_histogram({.step = 5, .first = 3, .seconds = {1, 2}});
    EXPECT_EQ(decode_histogram(bytes), (model::Histogram{5, 3, {1, 2}}));
    for (std::size_t i = 1; i < bytes.size(); ++i) {
        if (i < 12 || (i - 12) % 4 != 0) {
            EXPECT_THROW((void)decode_histogram(bytes.substr(0, i)), Error) << i;
        }
    }
    EXPECT_THROW((void)decode_curve("abc"), Error);
}

} // namespace
} // namespace harrier::archive
