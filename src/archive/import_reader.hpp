// SPDX-License-Identifier: MIT
#pragma once

// Reads what imports have brought. Only the archive's own sources include this.

#include "archive/archive.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <optional>
#include <vector>

namespace harrier::archive {

// An activity's rows in `stream` as `s`, and their order: a file's samples before the API's, then those of
// the file that tells most (quality.hpp), then the most.
constexpr const char* ranked_streams =
    "stream s LEFT JOIN source_record r ON r.athlete_id = s.athlete_id AND r.activity_id = s.activity_id "
    "AND r.source = s.source AND r.source_key = s.source_key";
constexpr const char* best_stream_first =
    "s.source = 'file' DESC, r.quality DESC, s.samples DESC, s.source_key";

// Of a row in `file` as `f`: when it was met, by the records that it gave, and where.
constexpr const char* sighting_columns =
    "(SELECT r.fetched_at FROM source_record r WHERE r.athlete_id = f.athlete_id AND r.source = 'file' AND "
    "r.source_key >= f.sha256 AND r.source_key < f.sha256 || '$' LIMIT 1), f.name";
// From two columns on.
[[nodiscard]] Sighting read_sighting(SQLite::Statement& row, int first);

[[nodiscard]] std::vector<KnownFile> read_known_files(SQLite::Database& database, AthleteId athlete);
[[nodiscard]] std::optional<StoredStream> read_stream(SQLite::Database& database, AthleteId athlete,
                                                      ActivityId id);
[[nodiscard]] std::vector<Media> read_media(SQLite::Database& database, AthleteId athlete, ActivityId id);
[[nodiscard]] std::vector<ImportedFile> read_files(SQLite::Database& database, AthleteId athlete,
                                                   ActivityId id);

} // namespace harrier::archive
