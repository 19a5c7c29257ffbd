// SPDX-License-Identifier: MIT
#pragma once

// Stores records of the API's listing. The caller holds the transaction. Only the archive's own sources
// include this.

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
    void end() { m_activities.end(); }
    void store_state(const ListingState& state);

private:
    struct Stored {
        std::int64_t activity_id;
        Instant fetched_at;             // of the listed record
        std::optional<std::string> raw; // empty when other sources know the activity, but not the listing
    };

    [[nodiscard]] std::optional<Stored> find(StravaId id);
    // After a change of the activity: its loose files go to where they belong now.
    void settle_around(std::int64_t activity_id);
    [[nodiscard]] bool is_another_outing(std::int64_t activity_id, const model::Activity& now);

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
