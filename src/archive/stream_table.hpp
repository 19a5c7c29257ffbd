// SPDX-License-Identifier: MIT
#pragma once

// The table-valued function streams(activity_id): the samples of an activity as rows, one for each, for SQL.
// Only the archive's own sources include this.

#include "base/ids.hpp"

#include <SQLiteCpp/Database.h>

namespace harrier::archive {

// Makes streams() known to the connection; its activities are those of `athlete`, unless streams(id,
// athlete_id) names another. Known already, it gets the new athlete.
void register_stream_table(SQLite::Database& database, AthleteId athlete);

} // namespace harrier::archive
