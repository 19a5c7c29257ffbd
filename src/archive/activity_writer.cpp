// SPDX-License-Identifier: MIT
#include "archive/activity_writer.hpp"

#include "archive/activity_columns.hpp"
#include "archive/linking.hpp"
#include "archive/merging.hpp"
#include "archive/metrics_rows.hpp"
#include "archive/statement.hpp"
#include "base/text.hpp"

#include <SQLiteCpp/Column.h>
#include <fmt/format.h>

#include <algorithm>

namespace harrier::archive {

namespace {

using model::Activity;
using model::Source;
using model::Statement;

std::string columns() {
    return join(source_columns(), ", ");
}

std::string insert_sql() {
    return fmt::format("INSERT INTO activity (athlete_id, activity_id, sources, {}) VALUES ({})", columns(),
                       places(source_columns().size() + 3));
}

std::string update_sql() {
    return fmt::format("UPDATE activity SET sources = ?, {} = ? WHERE athlete_id = ? AND activity_id = ?",
                       join(source_columns(), " = ?, "));
}

std::string keep_sql() {
    return fmt::format("INSERT OR REPLACE INTO source_activity (athlete_id, activity_id, source, source_key, "
                       "{}) VALUES ({})",
                       columns(), places(source_columns().size() + 4));
}

// What the only source said is what `activity` holds.
std::string keep_sole_sql() {
    return fmt::format("INSERT INTO source_activity (athlete_id, activity_id, source, source_key, {0}) "
                       "SELECT a.athlete_id, a.activity_id, r.source, r.source_key, {1} FROM activity a "
                       "JOIN source_record r USING (athlete_id, activity_id) "
                       "WHERE a.athlete_id = ? AND a.activity_id = ?",
                       columns(), "a." + join(source_columns(), ", a."));
}

} // namespace

ActivityWriter::ActivityWriter(SQLite::Database& database)
    : m_database(database), m_begin(database, "INSERT INTO athlete (athlete_id, position) "
                                              "SELECT ?1, coalesce(max(position), 0) + 1 FROM athlete "
                                              "WHERE true ON CONFLICT (athlete_id) DO NOTHING"),
      m_number(database, "SELECT next_activity_id FROM athlete WHERE athlete_id = ?"),
      m_end(database,
            "UPDATE athlete SET next_activity_id = ?2 WHERE athlete_id = ?1 AND next_activity_id <> ?2"),
      m_owner(database,
              "SELECT activity_id FROM source_record WHERE athlete_id = ? AND source = ? AND source_key = ?"),
      m_by_strava_id(database, "SELECT activity_id FROM activity WHERE athlete_id = ? AND strava_id = ?"),
      m_unlisted(database, "SELECT 1 FROM activity WHERE athlete_id = ? AND strava_id IS NULL LIMIT 1"),
      m_near(database,
             "SELECT activity_id, strava_id IS NULL, start_date, sport_type, elapsed_time, distance "
             "FROM activity INDEXED BY activity_by_start WHERE athlete_id = ? AND start_date "
             "BETWEEN ? AND ? AND deleted_at IS NULL"),
      m_names(database, "SELECT source, source_key FROM source_record WHERE athlete_id = ? AND "
                        "activity_id = ?"),
      m_statements(database), m_insert(database, insert_sql()), m_update(database, update_sql()),
      m_record(database, "INSERT INTO source_record (athlete_id, activity_id, source, source_key, "
                         "fetched_at, raw, quality, is_cut) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
                         "ON CONFLICT (athlete_id, activity_id, source, source_key) "
                         "DO UPDATE SET fetched_at = excluded.fetched_at, raw = excluded.raw, "
                         "quality = excluded.quality, is_cut = excluded.is_cut"),
      m_redate(database,
               "UPDATE source_record SET fetched_at = ? WHERE athlete_id = ? AND activity_id = ? AND "
               "source = ? AND source_key = ?"),
      m_keep_sole(database, keep_sole_sql()), m_keep(database, keep_sql()) {}

void ActivityWriter::begin(AthleteId athlete) {
    m_athlete = athlete;
    m_begin.bind(1, athlete.value);
    run(m_begin);
    note_change(m_database, athlete);
    m_number.bind(1, athlete.value);
    m_number.executeStep();
    m_next_activity_id = m_number.getColumn(0).getInt64();
    m_number.reset();
    m_unlisted.bind(1, athlete.value);
    m_has_unlisted = find_number(m_unlisted).has_value();
}

void ActivityWriter::end() {
    m_end.bind(1, m_athlete.value);
    m_end.bind(2, m_next_activity_id);
    run(m_end);
}

std::optional<std::int64_t> ActivityWriter::find_owner(Source source, std::string_view key) {
    m_owner.bind(1, m_athlete.value);
    bind_text(m_owner, 2, model::word_of(source));
    bind_text(m_owner, 3, key);
    return find_number(m_owner);
}

std::optional<std::int64_t> ActivityWriter::find_activity(StravaId id) {
    m_by_strava_id.bind(1, m_athlete.value);
    m_by_strava_id.bind(2, id.value);
    return find_number(m_by_strava_id);
}

std::vector<std::int64_t> ActivityWriter::find_same_outings(const Activity& said, bool only_unlisted) {
    std::vector<std::int64_t> same;
    if (!said.start_date || (only_unlisted && !m_has_unlisted)) {
        return same;
    }
    m_near.bind(1, m_athlete.value);
    m_near.bind(2, format_instant(*said.start_date - largest_start_difference));
    m_near.bind(3, format_instant(*said.start_date + largest_start_difference));
    while (m_near.executeStep()) {
        Activity other;
        const bool is_unlisted = m_near.getColumn(1).getInt() != 0;
        ColumnReader reader(m_near, 2);
        reader("start_date", other.start_date);
        reader("sport_type", other.sport_type);
        reader("elapsed_time", other.elapsed_time);
        reader("distance", other.distance);
        if ((is_unlisted || !only_unlisted) && is_same_outing(said, other)) {
            same.push_back(m_near.getColumn(0).getInt64());
        }
    }
    m_near.reset();
    // Sorted here: asked for that order, SQLite would rather look at every activity there is.
    std::sort(same.begin(), same.end());
    return same;
}

std::vector<ActivityWriter::RecordName> ActivityWriter::record_names(std::int64_t activity_id) {
    std::vector<RecordName> names;
    m_names.bind(1, m_athlete.value);
    m_names.bind(2, activity_id);
    while (m_names.executeStep()) {
        names.push_back({m_names.getColumn(0).getString(), m_names.getColumn(1).getString()});
    }
    m_names.reset();
    return names;
}

std::vector<Statement> ActivityWriter::statements(std::int64_t activity_id) {
    return m_statements.read(m_athlete, activity_id);
}

std::int64_t ActivityWriter::add(const RecordToStore& record) {
    const auto activity_id = insert_activity(record.source, record.said);
    insert_record(activity_id, record);
    return activity_id;
}

std::int64_t ActivityWriter::make_room(const Activity& said) {
    return insert_activity(Source::file, said);
}

std::int64_t ActivityWriter::insert_activity(Source source, const Activity& said) {
    const auto activity_id = m_next_activity_id++;
    m_has_unlisted = m_has_unlisted || !said.strava_id;
    m_insert.bind(1, m_athlete.value);
    m_insert.bind(2, activity_id);
    bind_text(m_insert, 3, model::word_of(source));
    ColumnBinder bind(m_insert, 4);
    visit_columns(bind, said);
    run(m_insert);
    return activity_id;
}

void ActivityWriter::insert_record(std::int64_t activity_id, const RecordToStore& record) {
    m_record.bind(1, m_athlete.value);
    m_record.bind(2, activity_id);
    bind_text(m_record, 3, model::word_of(record.source));
    bind_text(m_record, 4, record.key);
    if (m_as_of_text.empty() || m_as_of != record.as_of) {
        m_as_of = record.as_of;
        m_as_of_text = format_instant(record.as_of);
    }
    m_record.bindNoCopy(5, m_as_of_text);
    if (record.raw.empty()) {
        m_record.bind(6);
    } else {
        bind_blob(m_record, 6, record.raw);
    }
    m_record.bind(7, record.quality);
    m_record.bind(8, record.is_cut ? 1 : 0);
    run(m_record);
}

void ActivityWriter::update_activity(std::int64_t activity_id, const Activity& activity) {
    m_update.bindNoCopy(1, activity.sources);
    ColumnBinder bind(m_update, 2);
    visit_columns(bind, activity);
    const int last = m_update.getBindParameterCount();
    m_update.bind(last - 1, m_athlete.value);
    m_update.bind(last, activity_id);
    run(m_update);
}

void ActivityWriter::keep_sole_statement(std::int64_t activity_id) {
    m_keep_sole.bind(1, m_athlete.value);
    m_keep_sole.bind(2, activity_id);
    run(m_keep_sole);
}

void ActivityWriter::keep_statement(std::int64_t activity_id, const RecordToStore& record) {
    m_keep.bind(1, m_athlete.value);
    m_keep.bind(2, activity_id);
    bind_text(m_keep, 3, model::word_of(record.source));
    bind_text(m_keep, 4, record.key);
    ColumnBinder bind(m_keep, 5);
    visit_columns(bind, record.said);
    run(m_keep);
}

void ActivityWriter::put(std::int64_t activity_id, const RecordToStore& record) {
    const auto names = record_names(activity_id);
    const bool is_known = std::any_of(names.begin(), names.end(), [&](const RecordName& name) {
        return name.source == model::word_of(record.source) && name.key == record.key;
    });
    if (names.size() == 1 && !is_known) {
        keep_sole_statement(activity_id);
    }
    if (names.empty()) {
        show(activity_id); // it was hollow
    }
    insert_record(activity_id, record);
    if (names.size() == 1 && is_known) {
        auto activity = record.said;
        activity.sources = model::word_of(record.source);
        update_activity(activity_id, activity);
        return;
    }
    keep_statement(activity_id, record);
    settle(activity_id);
}

void ActivityWriter::settle(std::int64_t activity_id) {
    const auto said = statements(activity_id);
    const auto forget = [&](const char* table) {
        SQLite::Statement statement(
            m_database, fmt::format("DELETE FROM {} WHERE athlete_id = ? AND activity_id = ?", table));
        statement.bind(1, m_athlete.value);
        statement.bind(2, activity_id);
        run(statement);
    };
    if (said.empty()) {
        forget("activity");
        return;
    }
    update_activity(activity_id, merge(said).activity);
    if (said.size() == 1) {
        forget("source_activity");
    }
}

bool ActivityWriter::remove(std::int64_t activity_id, Source source) {
    const bool is_sole = record_names(activity_id).size() == 1;
    for (const char* table : {"source_record", "source_activity"}) {
        SQLite::Statement statement(m_database, fmt::format("DELETE FROM {} WHERE athlete_id = ? AND "
                                                            "activity_id = ? AND source = ?",
                                                            table));
        statement.bind(1, m_athlete.value);
        statement.bind(2, activity_id);
        bind_text(statement, 3, model::word_of(source));
        run(statement);
    }
    if (!is_sole) {
        settle(activity_id);
    }
    return is_sole;
}

void ActivityWriter::hollow_out(std::int64_t activity_id) {
    SQLite::Statement number(m_database,
                             "SELECT strava_id FROM activity WHERE athlete_id = ? AND activity_id = ?");
    number.bind(1, m_athlete.value);
    number.bind(2, activity_id);
    Activity hollow;
    if (const auto strava_id = find_number(number)) {
        hollow.strava_id = StravaId{*strava_id};
    }
    update_activity(activity_id, hollow);
    SQLite::Statement hide(m_database, "UPDATE activity SET deleted_at = coalesce(deleted_at, "
                                       "'1970-01-01T00:00:00Z') WHERE athlete_id = ? AND activity_id = ?");
    hide.bind(1, m_athlete.value);
    hide.bind(2, activity_id);
    run(hide);
}

void ActivityWriter::show(std::int64_t activity_id) {
    SQLite::Statement statement(
        m_database, "UPDATE activity SET deleted_at = NULL WHERE athlete_id = ? AND activity_id = ?");
    statement.bind(1, m_athlete.value);
    statement.bind(2, activity_id);
    run(statement);
}

void ActivityWriter::move_file(std::string_view key, std::int64_t from, std::int64_t to) {
    if (record_names(from).size() == 1) {
        keep_sole_statement(from);
    }
    if (record_names(to).size() == 1) {
        keep_sole_statement(to);
    }
    for (const char* table : {"source_record", "source_activity", "stream", "lap"}) {
        SQLite::Statement statement(m_database, fmt::format("UPDATE {} SET activity_id = ? WHERE athlete_id "
                                                            "= ? AND activity_id = ? AND source = 'file' AND "
                                                            "source_key = ?",
                                                            table));
        statement.bind(1, to);
        statement.bind(2, m_athlete.value);
        statement.bind(3, from);
        bind_text(statement, 4, key);
        run(statement);
    }
    if (record_names(from).empty()) {
        SQLite::Statement mark(m_database,
                               "UPDATE OR IGNORE mark SET activity_id = ? WHERE athlete_id = ? AND "
                               "activity_id = ?");
        mark.bind(1, to);
        mark.bind(2, m_athlete.value);
        mark.bind(3, from);
        run(mark);
    }
    settle(from);
    settle(to);
}

bool ActivityWriter::is_unlisted(std::int64_t activity_id) {
    const auto names = record_names(activity_id);
    return std::all_of(names.begin(), names.end(),
                       [](const RecordName& name) { return name.source == model::word_of(Source::file); });
}

bool ActivityWriter::redate(std::int64_t activity_id, Source source, std::string_view key, Instant as_of) {
    const auto said = statements(activity_id);
    const auto own = std::find_if(said.begin(), said.end(), [&](const Statement& statement) {
        return statement.source == source && statement.key == key;
    });
    if (own == said.end() || own->as_of == as_of) {
        return false;
    }
    m_redate.bind(1, format_instant(as_of));
    m_redate.bind(2, m_athlete.value);
    m_redate.bind(3, activity_id);
    bind_text(m_redate, 4, model::word_of(source));
    bind_text(m_redate, 5, key);
    run(m_redate);
    const auto [earlier, later] = std::minmax(own->as_of, as_of);
    const bool changes_order = std::any_of(said.begin(), said.end(), [&](const Statement& other) {
        return other.source != Source::file && &other != &*own && other.as_of >= earlier &&
               other.as_of <= later;
    });
    if (changes_order) {
        settle(activity_id);
    }
    return changes_order;
}

} // namespace harrier::archive
