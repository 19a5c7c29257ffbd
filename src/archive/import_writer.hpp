// SPDX-License-Identifier: MIT
#pragma once

// Stores what an import brings, and links it: row and file of the export to the activity with Strava's id, a
// loose file to the one activity that is the same outing, else to a new one. The caller holds the
// transaction. Only the archive's own sources include this.

#include "archive/activity_writer.hpp"
#include "archive/archive.hpp"
#include "archive/belongings_writer.hpp"
#include "archive/compress.hpp"
#include "archive/lap_rows.hpp"
#include "archive/linker.hpp"

#include <map>
#include <span>

namespace harrier::archive {

class ImportWriter {
public:
    explicit ImportWriter(SQLite::Database& database);

    void begin(AthleteId athlete);
    // Counts the activities that it touched.
    StoreCounts store(const ImportItem& item);
    void end() { m_activities.end(); }

    [[nodiscard]] BelongingsWriter& belongings() { return m_belongings; }

private:
    enum class Change { none, updated, added };
    using Changes = std::map<std::int64_t, Change>;

    // Loose files around what has changed go to where they belong now.
    void settle(Changes& changes);
    std::int64_t store_row(const ImportItem& item, Changes& changes);
    // Nothing when it is damaged: then the row that comes now replaces it.
    [[nodiscard]] std::optional<std::string> find_raw(const std::string& frame);
    void replace_row(std::int64_t activity_id, const ImportedRow& row, const std::string& key, bool again,
                     Changes& changes);
    std::int64_t place_row(const ImportItem& item, const RecordToStore& record, Changes& changes);
    void store_recordings(const ImportItem& item, std::optional<std::int64_t> row_activity, Changes& changes);
    // Samples and laps anew, of a recording that is known.
    void replace_recording(std::int64_t activity_id, const ImportedRecording& recording,
                           const RecordToStore& record);
    // An activity that has lost a file is gone, or another one than before.
    void forget_or_update(std::int64_t activity_id, Changes& changes);
    std::int64_t place_recording(const RecordToStore& record, std::optional<std::int64_t> row_activity,
                                 Changes& changes);
    // A file that is here already keeps the smaller of its sightings, so that their order does not matter.
    void store_file(const ImportedFile& file, bool again);
    [[nodiscard]] std::optional<Sighting> find_sighting(const ImportedFile& file);
    void insert_file(const ImportedFile& file);
    void meet_again(const ImportedFile& file);
    // Notes that the row names the file; false when the file is another row's.
    [[nodiscard]] bool claim(const ImportedFile& file, const ImportedRow& row);
    void store_stream(std::int64_t activity_id, const std::string& key, const ImportedRecording& recording);

    AthleteId m_athlete{};
    ActivityWriter m_activities;
    Linker m_linker;
    SQLite::Statement m_row;
    SQLite::Statement m_file;
    SQLite::Statement m_sighting;
    SQLite::Statement m_rename;
    SQLite::Statement m_redate;
    SQLite::Statement m_claim_of;
    SQLite::Statement m_claim;
    SQLite::Statement m_stream;
    SQLite::Statement m_replace;
    SQLite::Statement m_forget_stream;
    SQLite::Statement m_forget_laps;
    SQLite::Statement m_forget_metrics;
    LapWriter m_laps;
    BelongingsWriter m_belongings;
    Compressor m_compressor;
    Decompressor m_decompressor;
};

} // namespace harrier::archive
