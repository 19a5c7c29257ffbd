// SPDX-License-Identifier: MIT
#pragma once

// Runs an ActivityQuery on a connection. Only the archive's own sources include this.

#include "archive/archive.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::archive {

// The columns of v_activity that make a model::Activity: athlete_id, activity_id, sources, then those of
// visit_columns.
[[nodiscard]] std::string model_columns();

// The activity in the current row of a statement over `model_columns`.
[[nodiscard]] model::Activity read_activity(SQLite::Statement& row);

// Calls `visit` for every row of `SELECT columns FROM v_activity` that the query asks for, in its order.
// Throws Error{usage} for a sort key or condition that cannot be.
void for_each_row(SQLite::Database& database, AthleteId athlete, const ActivityQuery& query,
                  const std::string& columns, const std::function<void(SQLite::Statement&)>& visit);

} // namespace harrier::archive
