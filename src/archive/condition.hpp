// SPDX-License-Identifier: MIT
#pragma once

// Conditions that a user wrote (`--where`): one SQL expression over v_activity that can read that view and
// nothing else. Only the archive's own sources include this.

#include <SQLiteCpp/Database.h>

#include <string_view>

namespace harrier::archive {

// Throws Error{usage} unless `expression` stays inside the parentheses that it will be put into: balanced
// parentheses, closed quotes, no semicolon and no comment.
void require_single_expression(std::string_view expression);

// While it lives, statements of this connection may only read v_activity and call SQL functions, with values
// of at most 16 MiB.
class ReadViewOnly {
public:
    explicit ReadViewOnly(SQLite::Database& database);
    ReadViewOnly(const ReadViewOnly&) = delete;
    ReadViewOnly& operator=(const ReadViewOnly&) = delete;
    ~ReadViewOnly();

private:
    SQLite::Database& m_database;
    int m_longest_value; // bytes, as it was before
};

} // namespace harrier::archive
