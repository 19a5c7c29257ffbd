// SPDX-License-Identifier: MIT
#pragma once

// Stores records of the API's listing, with its statements prepared once. The caller holds the transaction.
// Only the archive's own sources include this.

#include "archive/archive.hpp"
#include "archive/compress.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <optional>
#include <string>

namespace harrier::archive {

class ListingWriter {
public:
    explicit ListingWriter(SQLite::Database& database);

    // Makes the athlete's row if there is none, and reads where their numbers stand.
    void begin(AthleteId athlete);
    StoreCounts store(AthleteId athlete, const model::ActivityRecord& record, const std::string& fetched_at);
    // Writes back where the numbers stand now.
    void end(AthleteId athlete);
    void store_state(AthleteId athlete, const ListingState& state);

private:
    struct Stored {
        std::int64_t activity_id;
        std::optional<std::string> raw; // empty when other sources know the activity, but not the listing
        std::string sources;
    };

    [[nodiscard]] std::optional<Stored> find(AthleteId athlete, StravaId id);
    void insert(AthleteId athlete, const model::Activity& activity, std::int64_t activity_id);
    void update(AthleteId athlete, const model::Activity& activity, const Stored& stored);
    void write_record(AthleteId athlete, std::int64_t activity_id, const model::ActivityRecord& record,
                      const std::string& fetched_at);

    SQLite::Statement m_begin;
    SQLite::Statement m_number;
    SQLite::Statement m_end;
    SQLite::Statement m_find;
    SQLite::Statement m_insert;
    SQLite::Statement m_update;
    SQLite::Statement m_record;
    SQLite::Statement m_state;
    Compressor m_compressor;
    Decompressor m_decompressor;
    std::int64_t m_next_activity_id = 1;
};

} // namespace harrier::archive
