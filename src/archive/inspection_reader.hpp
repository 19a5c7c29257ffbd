// SPDX-License-Identifier: MIT
#pragma once

// Reads what inspection.hpp promises. Only the archive's own sources include this.

#include "archive/inspection.hpp"

#include <SQLiteCpp/Database.h>

namespace harrier::archive {

[[nodiscard]] std::vector<std::string> read_store_damage(SQLite::Database& database);
[[nodiscard]] std::int64_t count_stored_bytes(SQLite::Database& database, AthleteId athlete);
void read_stored(SQLite::Database& database, AthleteId athlete,
                 const std::function<bool(StoredBytes)>& visit);
[[nodiscard]] std::vector<DoubtfulPair> read_doubtful_pairs(SQLite::Database& database, AthleteId athlete);
[[nodiscard]] Gaps read_gaps(SQLite::Database& database, AthleteId athlete);

} // namespace harrier::archive
