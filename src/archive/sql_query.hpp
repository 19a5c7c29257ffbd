// SPDX-License-Identifier: MIT
#pragma once

// Runs the SQL that a user wrote for `harrier sql`: one statement that reads and does nothing else. Only the
// archive's own sources include this.

#include "archive/archive.hpp"

#include <SQLiteCpp/Database.h>

#include <stop_token>
#include <string_view>

namespace harrier::archive {

// Calls `reader` for the columns, then for each row. Throws Error{usage} for what cannot be read as one
// statement or would change something, Error{interrupted} when `stop` is asked for.
void run_sql(SQLite::Database& database, std::string_view statement, const SqlReader& reader,
             const std::stop_token& stop);

} // namespace harrier::archive
