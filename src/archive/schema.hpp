// SPDX-License-Identifier: MIT
#pragma once

// The tables and views of the SQLite archive. Tables may change from one version to the next; the views are
// an interface: their names, columns and units stay.

#include <cstdint>

namespace harrier::archive {

// "hrr1" in the file's header: what tells our archive from any other SQLite file.
constexpr std::uint32_t application_id = 0x68727231;

// The version of the tables, `user_version` in the file's header. A file with a higher one was written by a
// newer harrier and is refused.
constexpr int schema_version = 1;

// Creates every table, index and view in an empty database.
extern const char* const schema_sql;

} // namespace harrier::archive
