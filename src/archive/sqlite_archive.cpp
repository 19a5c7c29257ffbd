// SPDX-License-Identifier: MIT
#include "archive/sqlite_archive.hpp"

#include "archive/absence_rows.hpp"
#include "archive/activity_query.hpp"
#include "archive/athlete_rows.hpp"
#include "archive/compress.hpp"
#include "archive/detail_rows.hpp"
#include "archive/forgetter.hpp"
#include "archive/import_items.hpp"
#include "archive/import_reader.hpp"
#include "archive/import_writer.hpp"
#include "archive/inspection_reader.hpp"
#include "archive/listing_writer.hpp"
#include "archive/metrics_rows.hpp"
#include "archive/sql_query.hpp"
#include "archive/sqlite_file.hpp"
#include "archive/statement.hpp"
#include "archive/statement_reader.hpp"
#include "archive/stream_table.hpp"
#include "archive/totals.hpp"
#include "archive/work_rows.hpp"
#include "base/error.hpp"
#include "base/kill_point.hpp"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>

#include <utility>

namespace harrier::archive {

namespace {

std::optional<Instant> find_instant(SQLite::Statement& row, int index) {
    const auto text = find_text(row, index);
    return text ? parse_instant(*text) : std::nullopt;
}

Addend read_addend(SQLite::Statement& row) {
    const auto number = [&row](int index) {
        const auto value = row.getColumn(index);
        return value.isNull() ? std::nullopt : std::optional(value.getInt64());
    };
    const auto real = [&row](int index) {
        const auto value = row.getColumn(index);
        return value.isNull() ? std::nullopt : std::optional(value.getDouble());
    };
    const auto start = find_text(row, 0);
    return {.start = start ? parse_wall_time(*start) : std::nullopt,
            .sport_type = row.getColumn(1).getString(),
            .gear_id = row.getColumn(2).getString(),
            .distance = real(3),
            .moving_time = number(4),
            .elapsed_time = number(5),
            .total_elevation_gain = real(6)};
}

// An answer that speaks of another activity than it was asked for.
void require_same(const WorkItem& item, const model::ActivityDetail& detail) {
    if (detail.record.activity.strava_id != item.strava_id) {
        throw Error(ErrorKind::data, fmt::format("cannot store the details of activity {}: they are those of "
                                                 "another one",
                                                 item.strava_id.value));
    }
}

// After everything that is ever stored, and with a year of four digits.
constexpr Instant end_of_time = std::chrono::sys_days{std::chrono::year{9999} / 12 / 31};

class SqliteArchive final : public Archive {
public:
    SqliteArchive(std::filesystem::path path, Access access)
        : m_path(std::move(path)), m_file(open_sqlite_file(m_path, access)) {}

    void store_athlete(const model::Athlete& athlete, std::string_view raw) override {
        write([&] { archive::store_athlete(database(), athlete, raw); });
    }

    std::vector<model::Athlete> athletes() override {
        return run([&] { return read_athletes(database()); });
    }

    ListingState listing_state(AthleteId athlete) override {
        return run([&] { return read_listing_state(athlete); });
    }

    StoreCounts store_listing(AthleteId athlete, std::span<const model::ActivityRecord> records,
                              const ListingState& state, Instant fetched_at) override {
        return run([&] { return store_page(athlete, records, state, fetched_at); });
    }

    std::vector<StravaId> known(AthleteId athlete, std::span<const StravaId> ids) override {
        return run([&] {
            SQLite::Statement find(database(),
                                   "SELECT 1 FROM activity WHERE athlete_id = ? AND strava_id = ?");
            std::vector<StravaId> result;
            for (const auto id : ids) {
                find.bind(1, athlete.value);
                find.bind(2, id.value);
                if (find.executeStep()) {
                    result.push_back(id);
                }
                find.reset();
            }
            return result;
        });
    }

    std::optional<Instant> newest_start(AthleteId athlete) override {
        return run([&]() -> std::optional<Instant> {
            SQLite::Statement row(
                database(), "SELECT start_date FROM activity a WHERE athlete_id = ? AND deleted_at IS NULL "
                            "AND start_date IS NOT NULL AND EXISTS (SELECT 1 FROM source_record r WHERE "
                            "r.athlete_id = a.athlete_id AND r.activity_id = a.activity_id "
                            "AND r.source = 'api_summary') ORDER BY start_date DESC LIMIT 1");
            row.bind(1, athlete.value);
            return row.executeStep() ? find_instant(row, 0) : std::nullopt;
        });
    }

    Unlisted unlisted(AthleteId athlete, bool sees_private) override {
        return run(
            [&] { return read_unlisted(database(), athlete, read_listing_state(athlete), sees_private); });
    }

    void store_tombstone(AthleteId athlete, ActivityId id, Instant at) override {
        write([&] { write_tombstone(database(), athlete, id, at); });
    }

    void note_listed(AthleteId athlete, StravaId id, Instant at) override {
        write([&] { write_seen(database(), athlete, id, at); });
    }

    std::vector<model::Activity> activities(AthleteId athlete, const ActivityQuery& query) override {
        return run([&] {
            std::vector<model::Activity> result;
            for_each_row(database(), athlete, query, model_columns(),
                         [&](SQLite::Statement& row) { result.push_back(read_activity(row)); });
            return result;
        });
    }

    std::optional<model::Activity> find_activity(AthleteId athlete, ActivityId id) override {
        return run([&] { return find_one(athlete, "activity_id", id.value); });
    }

    std::optional<model::Activity> find_activity(AthleteId athlete, StravaId id) override {
        return run([&] { return find_one(athlete, "strava_id", id.value); });
    }

    std::optional<WorkItem> find_forgotten(AthleteId athlete, std::int64_t number) override {
        return run([&] { return read_forgotten(database(), athlete, number); });
    }

    std::optional<std::string> raw_summary(AthleteId athlete, ActivityId id) override {
        return run([&]() -> std::optional<std::string> {
            SQLite::Statement row(database(), "SELECT raw FROM source_record WHERE athlete_id = ? AND "
                                              "activity_id = ? AND source = 'api_summary'");
            row.bind(1, athlete.value);
            row.bind(2, id.value);
            if (!row.executeStep()) {
                return std::nullopt;
            }
            return Decompressor().decompress(row.getColumn(0).getString());
        });
    }

    ImportOutcome store_import(AthleteId athlete, std::span<const ImportItem> items) override {
        return run([&] { return store_items(athlete, items); });
    }

    void store_belongings(AthleteId athlete, std::span<const Gear> gear,
                          std::span<const Media> media) override {
        run([&] {
            write_import(athlete, [&] {
                m_import_writer->belongings().store_gear(gear);
                m_import_writer->belongings().store_media(media);
            });
        });
    }

    std::vector<KnownFile> known_files(AthleteId athlete) override {
        return run([&] { return read_known_files(database(), athlete); });
    }

    std::vector<WorkItem> due_work(AthleteId athlete, Step step, Instant now) override {
        return run([&] { return read_due_work(database(), athlete, step, now); });
    }

    WorkCounts work_counts(AthleteId athlete, Step step, Instant now) override {
        return run([&] { return read_work_counts(database(), athlete, step, now); });
    }

    std::vector<WorkProblem> work_problems(AthleteId athlete) override {
        return run([&] { return read_work_problems(database(), athlete); });
    }

    void store_streams(AthleteId athlete, const WorkItem& item, const FetchedStreams& streams,
                       Instant fetched_at) override {
        write([&] {
            write_streams(database(), athlete, item, streams);
            write_outcome(database(), athlete, item, {.state = WorkState::done, .at = fetched_at});
        });
    }

    void store_detail(AthleteId athlete, const WorkItem& item, const model::ActivityDetail& detail,
                      Instant fetched_at) override {
        require_same(item, detail);
        write([&] {
            write_listed(athlete, [&](ListingWriter& writer) {
                writer.store_detail(item.activity_id, detail.record, fetched_at);
            });
            write_strava_lists(database(), athlete, item.activity_id, fmt::to_string(item.strava_id.value),
                               detail);
            write_outcome(database(), athlete, item, {.state = WorkState::done, .at = fetched_at});
        });
    }

    void store_outcome(AthleteId athlete, const WorkItem& item, const WorkOutcome& outcome) override {
        write([&] { write_outcome(database(), athlete, item, outcome); });
    }

    void make_due(AthleteId athlete, ActivityId id, Step step, Instant at) override {
        write([&] { write_due(database(), athlete, id, step, at); });
    }

    Forgotten forget_api(AthleteId athlete, Instant before) override {
        Forgotten forgotten;
        write([&] { forgotten = Forgetter(database(), athlete).forget_before(before); });
        return forgotten;
    }

    Forgotten purge_api(AthleteId athlete) override {
        Forgotten forgotten;
        run([&] { database().exec("PRAGMA secure_delete=ON"); });
        write([&] {
            Forgetter forgetter(database(), athlete);
            forgotten = forgetter.forget_before(end_of_time);
            forgetter.forget_athlete();
        });
        m_listing_writer.reset();
        m_import_writer.reset();
        run([&] { database().exec("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)"); });
        return forgotten;
    }

    void retry_work(AthleteId athlete, Instant at) override {
        write([&] { write_retry(database(), athlete, at); });
    }

    void together(const std::function<void()>& work) override { write(work); }

    void rehearse(const std::function<void()>& work) override {
        run([&] { run_and_undo(work); });
    }

    std::vector<model::Statement> statements(AthleteId athlete, ActivityId id) override {
        return run([&] { return StatementReader(database()).read(athlete, id.value); });
    }

    std::optional<StoredStream> find_stream(AthleteId athlete, ActivityId id) override {
        return run([&] { return read_stream(database(), athlete, id); });
    }

    StravaLists strava_lists(AthleteId athlete, ActivityId id) override {
        return run([&] { return read_strava_lists(database(), athlete, id); });
    }

    std::vector<StravaRecord> strava_records(AthleteId athlete) override {
        return run([&] { return read_strava_records(database(), athlete); });
    }

    std::vector<Media> media(AthleteId athlete, ActivityId id) override {
        return run([&] { return read_media(database(), athlete, id); });
    }

    std::vector<ImportedFile> files(AthleteId athlete, ActivityId id) override {
        return run([&] { return read_files(database(), athlete, id); });
    }

    std::vector<Totals> totals(AthleteId athlete, Grouping grouping, const ActivityQuery& query) override {
        return run([&] {
            TotalsBuilder builder(grouping);
            for_each_row(
                database(), athlete, query,
                "coalesce(start_date_local, start_date), sport_type, gear_id, distance, moving_time, "
                "elapsed_time, total_elevation_gain",
                [&](SQLite::Statement& row) { builder.add(read_addend(row)); });
            return builder.result();
        });
    }

    Summary summary(AthleteId athlete) override {
        return run([&] { return read_summary(athlete); });
    }

    bool is_measured(AthleteId athlete, int version) override {
        return run([&] { return read_is_measured(database(), athlete, version); });
    }

    std::vector<ActivityId> unmeasured(AthleteId athlete, int version) override {
        return run([&] { return read_unmeasured(database(), athlete, version); });
    }

    std::optional<MeasurementInput> measurement_input(AthleteId athlete, ActivityId id) override {
        auto activity = find_activity(athlete, id);
        auto stream = find_stream(athlete, id);
        if (!activity || !stream) {
            return std::nullopt;
        }
        return MeasurementInput{*std::move(activity), *std::move(stream), mark(athlete, id)};
    }

    void store_metrics(AthleteId athlete, int version, std::span<const Measurement> measurements) override {
        write([&] { write_metrics(database(), athlete, version, measurements); });
    }

    void note_measured(AthleteId athlete, int version) override {
        write([&] { write_measured(database(), athlete, version); });
    }

    std::vector<RecordEffort> records(AthleteId athlete, const RecordQuery& query) override {
        return run([&] { return read_records(database(), athlete, query); });
    }

    std::vector<double> effort_distances(AthleteId athlete, model::EffortMode mode) override {
        return run([&] { return read_effort_distances(database(), athlete, mode); });
    }

    std::vector<model::BestEffort> best_efforts(AthleteId athlete, ActivityId id) override {
        return run([&] { return read_best_efforts(database(), athlete, id); });
    }

    std::optional<model::Metrics> metrics(AthleteId athlete, ActivityId id) override {
        return run([&] { return read_metrics(database(), athlete, id); });
    }

    std::vector<ExploredActivity> explored(AthleteId athlete, int zoom) override {
        return run([&] { return read_explored(database(), athlete, zoom); });
    }

    void for_each_measured(AthleteId athlete, const std::function<void(MeasuredActivity&&)>& visit) override {
        run([&] { read_measured(database(), athlete, visit); });
    }

    Mark mark(AthleteId athlete, ActivityId id) override {
        return run([&] { return read_mark(database(), athlete, id); });
    }

    void store_mark(AthleteId athlete, ActivityId id, const Mark& mark) override {
        write([&] { write_mark(database(), athlete, id, mark); });
    }

    std::vector<std::string> find_store_damage() override {
        return run([&] { return read_store_damage(database()); });
    }

    std::int64_t count_stored(AthleteId athlete) override {
        return run([&] { return count_stored_bytes(database(), athlete); });
    }

    void for_each_stored(AthleteId athlete, const std::function<bool(StoredBytes)>& visit) override {
        run([&] { read_stored(database(), athlete, visit); });
    }

    std::vector<DoubtfulPair> doubtful_pairs(AthleteId athlete) override {
        return run([&] { return read_doubtful_pairs(database(), athlete); });
    }

    Gaps gaps(AthleteId athlete) override {
        return run([&] { return read_gaps(database(), athlete); });
    }

    void sql(AthleteId athlete, std::string_view statement, const SqlReader& reader,
             const std::stop_token& stop) override {
        run([&] {
            register_stream_table(database(), athlete);
            run_sql(database(), statement, reader, stop);
        });
    }

private:
    SQLite::Database& database() { return m_file.database; }

    template <typename Work>
    std::invoke_result_t<Work> run(Work&& work) {
        return guarded(m_path, std::forward<Work>(work));
    }

    // One transaction around `work`, or part of the one that `together` has begun. A power cut may take back
    // the last ones, wholly: what they hold can be asked for again.
    template <typename Work>
    void write(Work&& work) {
        run([&] {
            if (m_is_together) {
                std::forward<Work>(work)();
                return;
            }
            database().exec("PRAGMA synchronous=NORMAL");
            SQLite::Transaction transaction(database(), SQLite::TransactionBehavior::IMMEDIATE);
            m_is_together = true;
            try {
                std::forward<Work>(work)();
            } catch (...) {
                m_is_together = false;
                throw;
            }
            m_is_together = false;
            HARRIER_KILL_POINT("archive: before an item is committed");
            transaction.commit();
            HARRIER_KILL_POINT("archive: after an item was committed");
        });
    }

    // What `work` does with the writer of what the API says, within a transaction that is open.
    template <typename Work>
    void write_listed(AthleteId athlete, Work&& work) {
        try {
            if (!m_listing_writer) {
                m_listing_writer.emplace(database());
            }
            m_listing_writer->begin(athlete);
            std::forward<Work>(work)(*m_listing_writer);
            m_listing_writer->end();
        } catch (...) {
            m_listing_writer.reset(); // its statements may stand half-way
            throw;
        }
    }

    ListingState read_listing_state(AthleteId athlete);
    StoreCounts store_page(AthleteId athlete, std::span<const model::ActivityRecord> records,
                           const ListingState& state, Instant fetched_at);
    ImportOutcome store_items(AthleteId athlete, std::span<const ImportItem> items);
    template <typename Work>
    void write_import(AthleteId athlete, Work&& work);
    void run_and_undo(const std::function<void()>& work);
    std::optional<model::Activity> find_one(AthleteId athlete, const char* column, std::int64_t id);
    Summary read_summary(AthleteId athlete);

    std::filesystem::path m_path;
    SqliteFile m_file;
    bool m_is_together = false;
    std::optional<ListingWriter> m_listing_writer; // made by the first page
    std::optional<ImportWriter> m_import_writer;   // made by the first import
};

ListingState SqliteArchive::read_listing_state(AthleteId athlete) {
    SQLite::Statement row(database(),
                          "SELECT resume_before, resume_after, resume_scopes, complete_at, "
                          "complete_scopes, listed_at, begun_at, complete_begun_at, previous_begun_at FROM "
                          "listing_state WHERE athlete_id = ?");
    row.bind(1, athlete.value);
    if (!row.executeStep()) {
        return {};
    }
    return {.resume_before = find_instant(row, 0),
            .resume_after = find_instant(row, 1),
            .resume_scopes = row.getColumn(2).getString(),
            .complete_at = find_instant(row, 3),
            .complete_scopes = row.getColumn(4).getString(),
            .listed_at = find_instant(row, 5),
            .begun_at = find_instant(row, 6),
            .complete_begun_at = find_instant(row, 7),
            .previous_begun_at = find_instant(row, 8)};
}

StoreCounts SqliteArchive::store_page(AthleteId athlete, std::span<const model::ActivityRecord> records,
                                      const ListingState& state, Instant fetched_at) {
    // Between pages a power cut may take back the last ones, rows and place together, and the next run asks
    // for them again. The end of a pass is a promise: with it, everything before it is on the disk.
    database().exec(state.resume_before ? "PRAGMA synchronous=NORMAL" : "PRAGMA synchronous=FULL");
    SQLite::Transaction transaction(database(), SQLite::TransactionBehavior::IMMEDIATE);
    adopt_nobodys_archive(database(), athlete);
    StoreCounts counts;
    write_listed(athlete, [&](ListingWriter& writer) {
        for (const auto& record : records) {
            counts += writer.store(record, fetched_at);
        }
        writer.store_state(state);
    });
    HARRIER_KILL_POINT("archive: before a page is committed");
    transaction.commit();
    HARRIER_KILL_POINT("archive: after a page was committed");
    return counts;
}

template <typename Work>
void SqliteArchive::write_import(AthleteId athlete, Work&& work) {
    try {
        if (!m_import_writer) {
            m_import_writer.emplace(database());
        }
        std::optional<SQLite::Transaction> transaction;
        if (!m_is_together) {
            // A power cut may take back the last items, wholly; running the import again brings them.
            database().exec("PRAGMA synchronous=NORMAL");
            transaction.emplace(database(), SQLite::TransactionBehavior::IMMEDIATE);
        }
        adopt_nobodys_archive(database(), athlete);
        m_import_writer->begin(athlete);
        std::forward<Work>(work)();
        m_import_writer->end();
        if (transaction) {
            HARRIER_KILL_POINT("archive: before imported items are committed");
            transaction->commit();
            HARRIER_KILL_POINT("archive: after imported items were committed");
        }
    } catch (...) {
        m_import_writer.reset(); // its statements may stand half-way
        throw;
    }
}

void SqliteArchive::run_and_undo(const std::function<void()>& work) {
    // Never committed: leaving, also by an exception, takes all of it back.
    const SQLite::Transaction transaction(database(), SQLite::TransactionBehavior::IMMEDIATE);
    m_is_together = true;
    try {
        work();
    } catch (...) {
        m_is_together = false;
        m_import_writer.reset();
        throw;
    }
    m_is_together = false;
    m_import_writer.reset(); // it remembers what is gone
}

ImportOutcome SqliteArchive::store_items(AthleteId athlete, std::span<const ImportItem> items) {
    ImportOutcome outcome;
    write_import(athlete, [&] { outcome = store_each(database(), m_import_writer, athlete, items); });
    return outcome;
}

std::optional<model::Activity> SqliteArchive::find_one(AthleteId athlete, const char* column,
                                                       std::int64_t id) {
    SQLite::Statement row(database(), "SELECT " + model_columns() +
                                          " FROM v_activity WHERE athlete_id = ? AND " + column + " = ?");
    row.bind(1, athlete.value);
    row.bind(2, id);
    return row.executeStep() ? std::optional(read_activity(row)) : std::nullopt;
}

Summary SqliteArchive::read_summary(AthleteId athlete) {
    Summary summary;
    SQLite::Statement count(database(), "SELECT count(*) FROM v_activity WHERE athlete_id = ?");
    count.bind(1, athlete.value);
    count.executeStep();
    summary.activities = count.getColumn(0).getInt64();
    const auto find_start = [&](const char* direction) {
        SQLite::Statement row(
            database(), std::string("SELECT coalesce(start_date_local, start_date) FROM v_activity WHERE "
                                    "athlete_id = ? AND start_date IS NOT NULL ORDER BY start_date ") +
                            direction + " LIMIT 1");
        row.bind(1, athlete.value);
        const auto text = row.executeStep() ? find_text(row, 0) : std::nullopt;
        return text ? parse_wall_time(*text) : std::nullopt;
    };
    SQLite::Statement with_streams(database(), "SELECT count(DISTINCT activity_id) FROM stream WHERE "
                                               "athlete_id = ?");
    with_streams.bind(1, athlete.value);
    with_streams.executeStep();
    summary.with_streams = with_streams.getColumn(0).getInt64();
    summary.first = find_start("ASC");
    summary.last = find_start("DESC");
    return summary;
}

} // namespace

std::unique_ptr<Archive> open_sqlite_archive(const std::filesystem::path& path, Access access) {
    return std::make_unique<SqliteArchive>(path, access);
}

} // namespace harrier::archive
