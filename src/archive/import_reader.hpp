// SPDX-License-Identifier: MIT
#pragma once

// Reads what imports have brought. Only the archive's own sources include this.

#include "archive/archive.hpp"

#include <SQLiteCpp/Database.h>

#include <optional>
#include <vector>

namespace harrier::archive {

// The order of an activity's rows in `stream`: the best samples first.
constexpr const char* best_stream_first = "source = 'file' DESC, samples DESC, source_key";

[[nodiscard]] std::vector<KnownFile> read_known_files(SQLite::Database& database, AthleteId athlete);
[[nodiscard]] std::optional<StoredStream> read_stream(SQLite::Database& database, AthleteId athlete,
                                                      ActivityId id);
[[nodiscard]] std::vector<Media> read_media(SQLite::Database& database, AthleteId athlete, ActivityId id);
[[nodiscard]] std::vector<ImportedFile> read_files(SQLite::Database& database, AthleteId athlete,
                                                   ActivityId id);

} // namespace harrier::archive
