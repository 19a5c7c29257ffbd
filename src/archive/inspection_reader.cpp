// SPDX-License-Identifier: MIT
#include "archive/inspection_reader.hpp"

#include "archive/linking.hpp"
#include "archive/sqlite_file.hpp"
#include "archive/statement.hpp"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <deque>

namespace harrier::archive {

namespace {

constexpr const char* stored_records = "SELECT activity_id, source, source_key, '', raw FROM source_record "
                                       "WHERE athlete_id = ? AND raw IS NOT NULL "
                                       "ORDER BY activity_id";
constexpr const char* stored_files =
    "SELECT (SELECT min(r.activity_id) FROM source_record r WHERE r.athlete_id = f.athlete_id AND r.source = "
    "'file' AND substr(r.source_key, 1, 64) = f.sha256), 'file', sha256, name, raw FROM file f "
    "WHERE athlete_id = ? ORDER BY sha256";
constexpr const char* stored_streams =
    "SELECT activity_id, source, source_key, '', data FROM stream WHERE athlete_id = ? ORDER BY activity_id";

// False when the visitor has had enough.
bool visit_all(SQLite::Database& database, const char* sql, AthleteId athlete, StoredKind kind,
               const std::function<bool(StoredBytes)>& visit) {
    SQLite::Statement rows(database, sql);
    rows.bind(1, athlete.value);
    while (rows.executeStep()) {
        StoredBytes stored{.kind = kind,
                           .activity = std::nullopt,
                           .source = rows.getColumn(1).getString(),
                           .key = rows.getColumn(2).getString(),
                           .name = rows.getColumn(3).getString(),
                           .bytes = rows.getColumn(4).getString()};
        if (const auto id = rows.getColumn(0); !id.isNull()) {
            stored.activity = ActivityId{id.getInt64()};
        }
        if (!visit(std::move(stored))) {
            return false;
        }
    }
    return true;
}

struct Outing {
    ActivityId id;
    Instant start;
    std::string sport_type;
};

// How Strava hides a start: to midnight and one second of the day. Such starts tell nothing.
bool is_hidden_start(std::string_view local) {
    return local.ends_with("T00:00:01Z");
}

std::int64_t count_rows(SQLite::Database& database, const char* sql, AthleteId athlete) {
    SQLite::Statement row(database, sql);
    row.bind(1, athlete.value);
    return find_number(row).value_or(0);
}

} // namespace

std::vector<std::string> read_store_damage(SQLite::Database& database) {
    std::vector<std::string> damage;
    SQLite::Statement integrity(database, "PRAGMA integrity_check");
    while (integrity.executeStep()) {
        if (auto text = integrity.getColumn(0).getString(); text != "ok") {
            refuse_unread_page(text);
            damage.push_back(std::move(text));
        }
    }
    SQLite::Statement orphans(database, "PRAGMA foreign_key_check");
    while (orphans.executeStep()) {
        damage.push_back(fmt::format("a row of {} belongs to nothing", orphans.getColumn(0).getString()));
    }
    return damage;
}

std::int64_t count_stored_bytes(SQLite::Database& database, AthleteId athlete) {
    return count_rows(
        database,
        "SELECT (SELECT count(*) FROM source_record WHERE athlete_id = ?1 AND raw IS NOT NULL) + "
        "(SELECT count(*) FROM file WHERE athlete_id = ?1) + "
        "(SELECT count(*) FROM stream WHERE athlete_id = ?1)",
        athlete);
}

void read_stored(SQLite::Database& database, AthleteId athlete,
                 const std::function<bool(StoredBytes)>& visit) {
    (void)(visit_all(database, stored_records, athlete, StoredKind::record, visit) &&
           visit_all(database, stored_files, athlete, StoredKind::file, visit) &&
           visit_all(database, stored_streams, athlete, StoredKind::stream, visit));
}

std::vector<DoubtfulPair> read_doubtful_pairs(SQLite::Database& database, AthleteId athlete) {
    SQLite::Statement rows(database,
                           "SELECT activity_id, start_date, sport_type, start_date_local FROM activity "
                           "WHERE athlete_id = ? AND deleted_at IS NULL AND start_date IS NOT NULL "
                           "ORDER BY start_date, activity_id");
    rows.bind(1, athlete.value);
    std::vector<DoubtfulPair> pairs;
    std::deque<Outing> near; // that began at most a minute before
    while (rows.executeStep()) {
        const auto start = parse_instant(rows.getColumn(1).getText());
        if (!start || is_hidden_start(rows.getColumn(3).getText())) {
            continue;
        }
        const Outing outing{ActivityId{rows.getColumn(0).getInt64()}, *start, rows.getColumn(2).getString()};
        while (!near.empty() && outing.start - near.front().start > largest_start_difference) {
            near.pop_front();
        }
        for (const auto& other : near) {
            if (are_sports_alike(other.sport_type, outing.sport_type)) {
                pairs.push_back({std::min(other.id, outing.id), std::max(other.id, outing.id)});
            }
        }
        near.push_back(outing);
    }
    return pairs;
}

Gaps read_gaps(SQLite::Database& database, AthleteId athlete) {
    Gaps gaps{
        .activities = count_rows(
            database, "SELECT count(*) FROM activity WHERE athlete_id = ? AND deleted_at IS NULL", athlete),
        .without_samples =
            count_rows(database,
                       "SELECT count(*) FROM activity a WHERE athlete_id = ? AND deleted_at IS NULL AND "
                       "coalesce(manual, 0) = 0 "
                       "AND NOT EXISTS (SELECT 1 FROM stream s WHERE s.athlete_id = a.athlete_id AND "
                       "s.activity_id = a.activity_id) AND NOT EXISTS (SELECT 1 FROM work_item w WHERE "
                       "w.athlete_id = a.athlete_id AND w.activity_id = a.activity_id AND w.step = 'streams' "
                       "AND w.state = 'absent')",
                       athlete),
        .without_start = count_rows(database,
                                    "SELECT count(*) FROM activity WHERE athlete_id = ? AND deleted_at IS "
                                    "NULL AND start_date IS NULL",
                                    athlete)};
    gaps.expired =
        count_rows(database, "SELECT count(*) FROM activity WHERE athlete_id = ? AND sources = ''", athlete);
    SQLite::Statement rows(database,
                           "SELECT activity_id FROM activity WHERE athlete_id = ? AND deleted_at IS NOT "
                           "NULL AND sources <> '' ORDER BY activity_id");
    rows.bind(1, athlete.value);
    while (rows.executeStep()) {
        gaps.tombstones.push_back(ActivityId{rows.getColumn(0).getInt64()});
    }
    return gaps;
}

} // namespace harrier::archive
