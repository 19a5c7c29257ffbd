// SPDX-License-Identifier: MIT
#include "archive/condition.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

namespace harrier::archive {

namespace {

constexpr const char* example =
    R"(For example:  harrier list --where "distance > 10000 AND sport_type = 'Run'")";

// More than any column of the view; far less than the 1 GB that SQLite would let randomblob() take.
constexpr int longest_value_bytes = 16 * 1024 * 1024;

[[noreturn]] void refuse(const char* why) {
    throw Error(ErrorKind::usage, fmt::format("cannot read the condition of --where: {}", why), example);
}

// The place after the quoted part that begins at `begin`. A doubled quote stands for itself, so it only ends
// one part and begins the next.
std::size_t skip_quoted(std::string_view text, std::size_t begin) {
    const char quote = text[begin] == '[' ? ']' : text[begin];
    const auto end = text.find(quote, begin + 1);
    if (end == std::string_view::npos) {
        refuse("a quote is not closed");
    }
    return end + 1;
}

bool is(const char* left, std::string_view right) {
    return left != nullptr && left == right;
}

// sqlite.org/c3ref/set_authorizer.html: `innermost` is the view that asked for the column.
int authorize(void* /*unused*/, int action, const char* first, const char* second, const char* /*schema*/,
              const char* innermost) {
    switch (action) {
    case SQLITE_SELECT:
        return SQLITE_OK;
    case SQLITE_READ:
        return is(first, "v_activity") || (is(first, "activity") && is(innermost, "v_activity"))
                   ? SQLITE_OK
                   : SQLITE_DENY;
    case SQLITE_FUNCTION:
        return is(second, "load_extension") ? SQLITE_DENY : SQLITE_OK;
    default:
        return SQLITE_DENY;
    }
}

} // namespace

void require_single_expression(std::string_view expression) {
    if (trim(expression).empty()) {
        refuse("it is empty");
    }
    int depth = 0;
    for (std::size_t i = 0; i < expression.size();) {
        const char c = expression[i];
        const char next = i + 1 < expression.size() ? expression[i + 1] : '\0';
        if (c == '\'' || c == '"' || c == '`' || c == '[') {
            i = skip_quoted(expression, i);
            continue;
        }
        if (c == '\0') {
            refuse("it holds a zero byte");
        }
        if (c == ';') {
            refuse("it must be one expression, without a semicolon");
        }
        if ((c == '-' && next == '-') || (c == '/' && next == '*')) {
            refuse("comments are not allowed");
        }
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (depth < 0) {
            refuse("a parenthesis is closed that was not opened");
        }
        ++i;
    }
    if (depth != 0) {
        refuse("a parenthesis is not closed");
    }
}

ReadViewOnly::ReadViewOnly(SQLite::Database& database)
    : m_database(database),
      m_longest_value(sqlite3_limit(database.getHandle(), SQLITE_LIMIT_LENGTH, longest_value_bytes)) {
    sqlite3_set_authorizer(m_database.getHandle(), authorize, nullptr);
}

ReadViewOnly::~ReadViewOnly() {
    sqlite3_limit(m_database.getHandle(), SQLITE_LIMIT_LENGTH, m_longest_value);
    sqlite3_set_authorizer(m_database.getHandle(), nullptr, nullptr);
}

} // namespace harrier::archive
