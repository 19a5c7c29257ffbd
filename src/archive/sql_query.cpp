// SPDX-License-Identifier: MIT
#include "archive/sql_query.hpp"

#include "base/error.hpp"

#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <memory>
#include <utility>

namespace harrier::archive {

namespace {

constexpr const char* sql_example = "To see what can be asked, run:  harrier sql";
constexpr int instructions_between_looks = 10'000; // of SQLite's machine, at the stop token

struct Finalizer {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using StatementHandle = std::unique_ptr<sqlite3_stmt, Finalizer>;

[[noreturn]] void refuse_sql(std::string_view why) {
    throw Error(ErrorKind::usage, fmt::format("cannot run this SQL: {}", why), sql_example);
}

int authorize_reading(void* /*unused*/, int action, const char* first, const char* second,
                      const char* /*schema*/, const char* /*innermost*/) {
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_FUNCTION:
        return second != nullptr && std::string_view(second) == "load_extension" ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_PRAGMA: // the table-valued function pragma_table_info(), which tells the columns of a view
        return first != nullptr && std::string_view(first) == "table_info" ? SQLITE_OK : SQLITE_DENY;
    default:
        return SQLITE_DENY;
    }
}

int is_stopped(void* stop) {
    return static_cast<const std::stop_token*>(stop)->stop_requested() ? 1 : 0;
}

// While it lives, statements of the connection only read, and end when `stop` is asked for.
class ReadingOnly {
public:
    ReadingOnly(sqlite3* handle, std::stop_token& stop) : m_handle(handle) {
        sqlite3_set_authorizer(m_handle, authorize_reading, nullptr);
        sqlite3_progress_handler(m_handle, instructions_between_looks, is_stopped, &stop);
    }
    ReadingOnly(const ReadingOnly&) = delete;
    ReadingOnly& operator=(const ReadingOnly&) = delete;
    ~ReadingOnly() {
        sqlite3_progress_handler(m_handle, 0, nullptr, nullptr);
        sqlite3_set_authorizer(m_handle, nullptr, nullptr);
    }

private:
    sqlite3* m_handle;
};

[[noreturn]] void explain_failure(sqlite3* handle) {
    switch (sqlite3_errcode(handle)) {
    case SQLITE_INTERRUPT:
        throw Error(ErrorKind::interrupted, "interrupted", "");
    case SQLITE_AUTH:
        throw Error(ErrorKind::usage, "cannot run this SQL: it would do more than read",
                    "Only SELECT is possible here; the archive is changed by harrier's other commands");
    case SQLITE_ERROR:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
    case SQLITE_NOMEM:
    case SQLITE_RANGE:
        refuse_sql(sqlite3_errmsg(handle));
    default:
        throw SQLite::Exception(handle);
    }
}

// True when nothing but space and comments is left.
bool is_only_space(sqlite3* handle, const char* text) {
    while (text != nullptr && *text != '\0') {
        sqlite3_stmt* next = nullptr;
        if (sqlite3_prepare_v2(handle, text, -1, &next, &text) != SQLITE_OK) {
            return false;
        }
        const StatementHandle owned(next);
        if (owned) {
            return false;
        }
    }
    return true;
}

StatementHandle prepare(sqlite3* handle, const std::string& statement) {
    if (statement.find('\0') != std::string::npos) {
        refuse_sql("it holds a zero byte");
    }
    sqlite3_stmt* prepared = nullptr;
    const char* rest = nullptr;
    if (sqlite3_prepare_v2(handle, statement.c_str(), -1, &prepared, &rest) != SQLITE_OK) {
        explain_failure(handle);
    }
    StatementHandle owned(prepared);
    if (!owned) {
        refuse_sql("it is empty");
    }
    if (!is_only_space(handle, rest)) {
        refuse_sql("it must be one statement");
    }
    return owned;
}

// As SQL writes bytes: x'00ff'.
std::string blob_literal(std::string_view bytes) {
    std::string text = "x'";
    for (const char c : bytes) {
        text += fmt::format("{:02x}", static_cast<unsigned char>(c));
    }
    return text + "'";
}

SqlValue read_value(sqlite3_stmt* row, int column) {
    const auto bytes = [&](const void* data) {
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(row, column));
        return data == nullptr ? std::string() : std::string(static_cast<const char*>(data), size);
    };
    switch (sqlite3_column_type(row, column)) {
    case SQLITE_INTEGER:
        return std::int64_t{sqlite3_column_int64(row, column)};
    case SQLITE_FLOAT:
        return sqlite3_column_double(row, column);
    case SQLITE_TEXT:
        return bytes(sqlite3_column_text(row, column));
    case SQLITE_BLOB:
        return blob_literal(bytes(sqlite3_column_blob(row, column)));
    default:
        return std::monostate{};
    }
}

} // namespace

void run_sql(SQLite::Database& database, std::string_view statement, const SqlReader& reader,
             const std::stop_token& stop) {
    sqlite3* handle = database.getHandle();
    auto watched = stop;
    // Its first use declares its columns, which a connection that may only read is not allowed to do.
    { const SQLite::Statement first(database, "SELECT 1 FROM pragma_table_info('activity')"); }
    const ReadingOnly guard(handle, watched);
    const auto row = prepare(handle, std::string(statement));
    const int count = sqlite3_column_count(row.get());
    std::vector<std::string> names;
    for (int i = 0; i < count; ++i) {
        names.emplace_back(sqlite3_column_name(row.get(), i));
    }
    reader.columns(names);
    for (;;) {
        const int result = sqlite3_step(row.get());
        if (result == SQLITE_DONE) {
            return;
        }
        if (result != SQLITE_ROW) {
            explain_failure(handle);
        }
        std::vector<SqlValue> values;
        values.reserve(names.size());
        for (int i = 0; i < count; ++i) {
            values.push_back(read_value(row.get(), i));
        }
        reader.row(std::move(values));
    }
}

} // namespace harrier::archive
