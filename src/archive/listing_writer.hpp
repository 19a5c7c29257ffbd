// SPDX-License-Identifier: MIT
#pragma once

// Stores what the API says: records of its listing, and of single activities. The caller holds the
// transaction. Only the archive's own sources include this.

#include "archive/activity_writer.hpp"
#include "archive/archive.hpp"
#include "archive/compress.hpp"
#include "archive/linker.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <optional>
#include <string>

namespace harrier::archive {

class ListingWriter {
public:
    explicit ListingWriter(SQLite::Database& database);

    void begin(AthleteId athlete);
    StoreCounts store(const model::ActivityRecord& record, Instant fetched_at);
    // What the API says of an activity that is here already.
    void store_detail(ActivityId id, const model::ActivityRecord& record, Instant fetched_at);
    void end() { m_activities.end(); }
    void store_state(const ListingState& state);

private:
    struct Stored {
        std::int64_t activity_id;
        Instant fetched_at;             // of the listed record
        std::optional<std::string> raw; // empty when other sources know the activity, but not the listing
        bool is_hidden = false;         // a tombstone, or forgotten
    };

    [[nodiscard]] std::optional<Stored> find(StravaId id);
    [[nodiscard]] bool is_stored(const std::string& frame, const std::string& raw);
    // Strava speaks of it again.
    void revive(std::int64_t activity_id, Instant at);
    // After a change of the activity: its loose files go to where they belong now.
    void settle_around(std::int64_t activity_id);
    [[nodiscard]] std::optional<model::Activity> find_listed(std::int64_t activity_id);
    // Whatever was fetched of the activity, and may be another by now, is due again.
    void note_change_of(std::int64_t activity_id, const model::Activity& now, Instant at);

    SQLite::Database& m_database;
    AthleteId m_athlete{};
    ActivityWriter m_activities;
    Linker m_linker;
    SQLite::Statement m_find;
    SQLite::Statement m_state;
    Compressor m_compressor;
    Decompressor m_decompressor;
};

} // namespace harrier::archive
