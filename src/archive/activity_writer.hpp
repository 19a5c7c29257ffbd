// SPDX-License-Identifier: MIT
#pragma once

// Writes activities and what their sources said, with its statements prepared once, and keeps every activity
// merged from all that is known of it. The caller holds the transaction. Only the archive's own sources
// include this.

#include "archive/statement_reader.hpp"
#include "base/ids.hpp"
#include "model/source.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::archive {

// A statement on its way into the archive.
struct RecordToStore {
    model::Source source = model::Source::file;
    std::string_view key;
    Instant as_of{};
    const model::Activity& said;
    std::string_view raw; // as it is kept, compressed; "" for a file, whose bytes have a table of their own
    std::int64_t quality = 0; // of a file (quality.hpp)
    bool is_cut = false;      // of a file: it breaks off
};

class ActivityWriter {
public:
    explicit ActivityWriter(SQLite::Database& database);

    // Makes the athlete's row if there is none, and reads where their numbers stand.
    void begin(AthleteId athlete);
    // Writes back where the numbers stand now.
    void end();

    // The activity that a record belongs to.
    [[nodiscard]] std::optional<std::int64_t> find_owner(model::Source source, std::string_view key);
    [[nodiscard]] std::optional<std::int64_t> find_activity(StravaId id);
    // True when no record of Strava's speaks of the activity.
    [[nodiscard]] bool is_unlisted(std::int64_t activity_id);
    // The activities that are the same outing (linking.hpp); only those without a Strava id if so wished.
    [[nodiscard]] std::vector<std::int64_t> find_same_outings(const model::Activity& said,
                                                              bool only_unlisted);
    // Everything that was said about the activity.
    [[nodiscard]] std::vector<model::Statement> statements(std::int64_t activity_id);

    // A new activity that only this record knows. Returns its number.
    std::int64_t add(const RecordToStore& record);
    // A new activity without a record: move_file() has to give it one.
    std::int64_t make_room(const model::Activity& said);
    // Adds a record to an activity, or replaces the one of the same source and key.
    void put(std::int64_t activity_id, const RecordToStore& record);
    // Removes what that source of Strava's said. True when nothing speaks of the activity any more: then
    // hollow_out() has to follow.
    [[nodiscard]] bool remove(std::int64_t activity_id, model::Source source);
    // Leaves the activity's number and Strava's, and hides it.
    void hollow_out(std::int64_t activity_id);
    // Takes a file's record, samples and laps from one activity to another. An activity that nothing speaks
    // of any more is removed, and what the user noted of it goes along.
    void move_file(std::string_view key, std::int64_t from, std::int64_t to);
    // Changes when a source said what is stored. Merges the activity anew if the order of its sources changes
    // by that, and says so.
    bool redate(std::int64_t activity_id, model::Source source, std::string_view key, Instant as_of);

private:
    struct RecordName {
        std::string source;
        std::string key;
    };

    [[nodiscard]] std::vector<RecordName> record_names(std::int64_t activity_id);
    std::int64_t insert_activity(model::Source source, const model::Activity& said);
    void insert_record(std::int64_t activity_id, const RecordToStore& record);
    void update_activity(std::int64_t activity_id, const model::Activity& activity);
    // Writes down what the only source of an activity said, before another one speaks.
    void keep_sole_statement(std::int64_t activity_id);
    void show(std::int64_t activity_id);
    void keep_statement(std::int64_t activity_id, const RecordToStore& record);
    // Merges the activity anew from what its records say; removes it when there are none.
    void settle(std::int64_t activity_id);

    SQLite::Database& m_database;
    SQLite::Statement m_begin;
    SQLite::Statement m_number;
    SQLite::Statement m_end;
    SQLite::Statement m_owner;
    SQLite::Statement m_by_strava_id;
    SQLite::Statement m_unlisted;
    SQLite::Statement m_near;
    SQLite::Statement m_names;
    StatementReader m_statements;
    SQLite::Statement m_insert;
    SQLite::Statement m_update;
    SQLite::Statement m_record;
    SQLite::Statement m_redate;
    SQLite::Statement m_keep_sole;
    SQLite::Statement m_keep;
    AthleteId m_athlete{};
    std::int64_t m_next_activity_id = 1;
    bool m_has_unlisted = false; // some activity of the athlete's has no Strava id
    // The moment of the last record as text: those of a page share it.
    Instant m_as_of{};
    std::string m_as_of_text;
};

} // namespace harrier::archive
