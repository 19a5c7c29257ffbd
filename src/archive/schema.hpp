// SPDX-License-Identifier: MIT
#pragma once

// The tables and views of the SQLite archive. Tables may change from one version to the next; the views are
// an interface: their names, columns and units stay.

#include <cstdint>
#include <string>

namespace harrier::archive {

// "hrr1" in the file's header: what tells our archive from any other SQLite file.
constexpr std::uint32_t application_id = 0x68727231;

// The version of the tables, `user_version` in the file's header. A file with a higher one was written by a
// newer harrier and is refused.
constexpr int schema_version = 7;

// Creates every table, index and view in an empty database.
[[nodiscard]] std::string schema_sql();

// Turns the tables of `version` into those of the next one.
[[nodiscard]] std::string migration_sql(int version);

} // namespace harrier::archive
