// SPDX-License-Identifier: MIT
#include "archive/listing_writer.hpp"

#include "archive/activity_columns.hpp"
#include "archive/same_record.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

#include <SQLiteCpp/Column.h>
#include <fmt/format.h>

namespace harrier::archive {

namespace {

constexpr const char* source_name = "api_summary";

std::string places(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text += i == 0 ? "?" : ", ?";
    }
    return text;
}

std::string insert_sql() {
    const auto columns = source_columns();
    return fmt::format("INSERT INTO activity (athlete_id, activity_id, sources, {}) VALUES ({})",
                       join(columns, ", "), places(columns.size() + 3));
}

std::string update_sql() {
    return fmt::format("UPDATE activity SET sources = ?, {} = ? WHERE athlete_id = ? AND activity_id = ?",
                       join(source_columns(), " = ?, "));
}

void run(SQLite::Statement& statement) {
    statement.executeStep();
    statement.reset();
}

void bind_time(SQLite::Statement& statement, int index, const std::optional<Instant>& time) {
    if (time) {
        statement.bind(index, format_instant(*time));
    } else {
        statement.bind(index);
    }
}

} // namespace

ListingWriter::ListingWriter(SQLite::Database& database)
    : m_begin(database, "INSERT INTO athlete (athlete_id, position) "
                        "SELECT ?1, coalesce(max(position), 0) + 1 FROM athlete WHERE true "
                        "ON CONFLICT (athlete_id) DO NOTHING"),
      m_number(database, "SELECT next_activity_id FROM athlete WHERE athlete_id = ?"),
      m_end(database,
            "UPDATE athlete SET next_activity_id = ?2 WHERE athlete_id = ?1 AND next_activity_id <> ?2"),
      m_find(database, "SELECT a.activity_id, a.sources, r.raw FROM activity a LEFT JOIN source_record r "
                       "ON r.athlete_id = a.athlete_id AND r.activity_id = a.activity_id "
                       "AND r.source = 'api_summary' WHERE a.athlete_id = ? AND a.strava_id = ?"),
      m_insert(database, insert_sql()), m_update(database, update_sql()),
      m_record(database,
               "INSERT INTO source_record (athlete_id, activity_id, source, source_key, fetched_at, raw) "
               "VALUES (?, ?, 'api_summary', ?, ?, ?) "
               "ON CONFLICT (athlete_id, activity_id, source, source_key) "
               "DO UPDATE SET fetched_at = excluded.fetched_at, raw = excluded.raw"),
      m_state(database,
              "INSERT OR REPLACE INTO listing_state (athlete_id, resume_before, resume_after, "
              "resume_scopes, complete_at, complete_scopes, listed_at) VALUES (?, ?, ?, ?, ?, ?, ?)") {}

void ListingWriter::begin(AthleteId athlete) {
    m_begin.bind(1, athlete.value);
    run(m_begin);
    m_number.bind(1, athlete.value);
    m_number.executeStep();
    m_next_activity_id = m_number.getColumn(0).getInt64();
    m_number.reset();
}

StoreCounts ListingWriter::store(AthleteId athlete, const model::ActivityRecord& record,
                                 const std::string& fetched_at) {
    if (!record.activity.strava_id) {
        throw Error(ErrorKind::data, "cannot store a listed activity: it has no id");
    }
    const auto stored = find(athlete, *record.activity.strava_id);
    if (!stored) {
        const auto activity_id = m_next_activity_id++;
        insert(athlete, record.activity, activity_id);
        write_record(athlete, activity_id, record, fetched_at);
        return {.added = 1};
    }
    // Compared with what is stored, not with a hash of it: exact, and the bytes are at hand anyway.
    if (stored->raw && is_same_record(m_decompressor.decompress(*stored->raw), record.raw)) {
        return {.unchanged = 1};
    }
    update(athlete, record.activity, *stored);
    write_record(athlete, stored->activity_id, record, fetched_at);
    return {.updated = 1};
}

void ListingWriter::end(AthleteId athlete) {
    m_end.bind(1, athlete.value);
    m_end.bind(2, m_next_activity_id);
    run(m_end);
}

std::optional<ListingWriter::Stored> ListingWriter::find(AthleteId athlete, StravaId id) {
    m_find.bind(1, athlete.value);
    m_find.bind(2, id.value);
    std::optional<Stored> stored;
    if (m_find.executeStep()) {
        stored = Stored{.activity_id = m_find.getColumn(0).getInt64(),
                        .raw = std::nullopt,
                        .sources = m_find.getColumn(1).getString()};
        if (const auto raw = m_find.getColumn(2); !raw.isNull()) {
            stored->raw = raw.getString();
        }
    }
    m_find.reset();
    return stored;
}

void ListingWriter::insert(AthleteId athlete, const model::Activity& activity, std::int64_t activity_id) {
    m_insert.bind(1, athlete.value);
    m_insert.bind(2, activity_id);
    m_insert.bind(3, source_name);
    ColumnBinder bind(m_insert, 4);
    visit_columns(activity, bind);
    run(m_insert);
}

// The listing is the only source so far, so its record is the whole truth: what it no longer says is empty.
void ListingWriter::update(AthleteId athlete, const model::Activity& activity, const Stored& stored) {
    m_update.bind(1, stored.sources);
    ColumnBinder bind(m_update, 2);
    visit_columns(activity, bind);
    const int last = m_update.getBindParameterCount();
    m_update.bind(last - 1, athlete.value);
    m_update.bind(last, stored.activity_id);
    run(m_update);
}

void ListingWriter::write_record(AthleteId athlete, std::int64_t activity_id,
                                 const model::ActivityRecord& record, const std::string& fetched_at) {
    const auto frame = m_compressor.compress(record.raw);
    m_record.bind(1, athlete.value);
    m_record.bind(2, activity_id);
    m_record.bind(3, fmt::to_string(record.activity.strava_id->value));
    m_record.bindNoCopy(4, fetched_at);
    m_record.bindNoCopy(5, frame.data(), static_cast<int>(frame.size()));
    run(m_record);
}

void ListingWriter::store_state(AthleteId athlete, const ListingState& state) {
    m_state.bind(1, athlete.value);
    bind_time(m_state, 2, state.resume_before);
    bind_time(m_state, 3, state.resume_after);
    m_state.bindNoCopy(4, state.resume_scopes);
    bind_time(m_state, 5, state.complete_at);
    m_state.bindNoCopy(6, state.complete_scopes);
    bind_time(m_state, 7, state.listed_at);
    run(m_state);
}

} // namespace harrier::archive
