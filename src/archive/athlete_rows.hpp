// SPDX-License-Identifier: MIT
#pragma once

// The table of athletes. The caller holds the transaction. Only the archive's own sources include this.

#include "base/ids.hpp"
#include "model/athlete.hpp"

#include <SQLiteCpp/Database.h>

#include <string_view>
#include <vector>

namespace harrier::archive {

// The oldest first.
[[nodiscard]] std::vector<model::Athlete> read_athletes(SQLite::Database& database);

// `raw` is the API's record, "" when only a login or an export told of the athlete.
void store_athlete(SQLite::Database& database, const model::Athlete& athlete, std::string_view raw);

// What was imported for nobody becomes this athlete's, when the archive holds nobody else.
void adopt_nobodys_archive(SQLite::Database& database, AthleteId athlete);

} // namespace harrier::archive
