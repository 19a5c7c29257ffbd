// SPDX-License-Identifier: MIT
#include "archive/stream_table.hpp"

#include "archive/import_reader.hpp"
#include "archive/stream_codec.hpp"
#include "base/error.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <array>
#include <exception>
#include <memory>
#include <string>

namespace harrier::archive {

namespace {

using Column = std::vector<double> model::Streams::*;

struct NamedColumn {
    const char* name;
    Column column;
};

constexpr std::array stream_columns{
    NamedColumn{"time", &model::Streams::time},
    NamedColumn{"lat", &model::Streams::latitude},
    NamedColumn{"lng", &model::Streams::longitude},
    NamedColumn{"distance", &model::Streams::distance},
    NamedColumn{"altitude", &model::Streams::altitude},
    NamedColumn{"velocity_smooth", &model::Streams::velocity_smooth},
    NamedColumn{"heartrate", &model::Streams::heartrate},
    NamedColumn{"cadence", &model::Streams::cadence},
    NamedColumn{"watts", &model::Streams::watts},
    NamedColumn{"temp", &model::Streams::temp},
    NamedColumn{"grade_smooth", &model::Streams::grade_smooth},
};

// The columns of the table: the number of the sample, the samples, and the function's two arguments.
constexpr int sample_column = 0;
constexpr int first_stream_column = 1;
constexpr int activity_column = first_stream_column + static_cast<int>(stream_columns.size());
constexpr int athlete_column = activity_column + 1;

// Which arguments a query gives, told from xBestIndex to xFilter.
constexpr int athlete_is_given = 1;

struct Registration {
    SQLite::Database& database;
    AthleteId athlete;
};

// SQLite's own parts come first, as it wants them.
struct StreamTable {
    sqlite3_vtab base{};
    Registration* registration = nullptr;
};

struct StreamCursor {
    sqlite3_vtab_cursor base{};
    StoredStreams stored;
    std::size_t sample = 0;
    std::int64_t activity = 0;
    std::int64_t athlete = 0;
};

StreamCursor& cursor_of(sqlite3_vtab_cursor* cursor) {
    return *reinterpret_cast<StreamCursor*>(cursor);
}

int connect_table(sqlite3* handle, void* registration, int /*argc*/, const char* const* /*argv*/,
                  sqlite3_vtab** table, char** /*error*/) {
    std::string columns = "sample INTEGER";
    for (const auto& column : stream_columns) {
        columns += fmt::format(", {} REAL", column.name);
    }
    const auto sql = fmt::format(
        "CREATE TABLE streams ({}, activity_id INTEGER HIDDEN, athlete_id INTEGER HIDDEN)", columns);
    if (const int result = sqlite3_declare_vtab(handle, sql.c_str()); result != SQLITE_OK) {
        return result;
    }
    auto made = std::make_unique<StreamTable>();
    made->registration = static_cast<Registration*>(registration);
    *table = &made.release()->base;
    return SQLITE_OK;
}

int disconnect_table(sqlite3_vtab* table) {
    const std::unique_ptr<StreamTable> owned(reinterpret_cast<StreamTable*>(table));
    return SQLITE_OK;
}

// The activity has to be given; without the athlete, the registered one is meant.
int choose_plan(sqlite3_vtab* table, sqlite3_index_info* info) {
    int activity = -1;
    int athlete = -1;
    for (int i = 0; i < info->nConstraint; ++i) {
        const auto& constraint = info->aConstraint[i];
        if (constraint.op != SQLITE_INDEX_CONSTRAINT_EQ) {
            continue;
        }
        const bool is_argument =
            constraint.iColumn == activity_column || constraint.iColumn == athlete_column;
        if (is_argument && constraint.usable == 0) {
            return SQLITE_CONSTRAINT;
        }
        activity = constraint.iColumn == activity_column ? i : activity;
        athlete = constraint.iColumn == athlete_column ? i : athlete;
    }
    if (activity < 0) {
        sqlite3_free(table->zErrMsg);
        table->zErrMsg = sqlite3_mprintf("streams needs an activity: streams(activity_id)");
        return SQLITE_ERROR;
    }
    info->aConstraintUsage[activity].argvIndex = 1;
    info->aConstraintUsage[activity].omit = 1;
    if (athlete >= 0) {
        info->aConstraintUsage[athlete].argvIndex = 2;
        info->aConstraintUsage[athlete].omit = 1;
        info->idxNum = athlete_is_given;
    }
    constexpr double usual_samples = 3600;
    info->estimatedCost = usual_samples;
    info->estimatedRows = static_cast<sqlite3_int64>(usual_samples);
    return SQLITE_OK;
}

int open_cursor(sqlite3_vtab* /*table*/, sqlite3_vtab_cursor** cursor) {
    *cursor = &std::make_unique<StreamCursor>().release()->base;
    return SQLITE_OK;
}

int close_cursor(sqlite3_vtab_cursor* cursor) {
    const std::unique_ptr<StreamCursor> owned(&cursor_of(cursor));
    return SQLITE_OK;
}

int read_samples(sqlite3_vtab_cursor* base, int plan, const char* /*plan_text*/, int /*argc*/,
                 sqlite3_value** arguments) {
    auto& cursor = cursor_of(base);
    const auto& registration = *reinterpret_cast<StreamTable*>(base->pVtab)->registration;
    cursor.sample = 0;
    cursor.stored = {};
    cursor.activity = sqlite3_value_int64(arguments[0]);
    cursor.athlete =
        plan == athlete_is_given ? sqlite3_value_int64(arguments[1]) : registration.athlete.value;
    try {
        const auto stored =
            read_stream(registration.database, AthleteId{cursor.athlete}, ActivityId{cursor.activity});
        if (stored) {
            cursor.stored = decode_streams(stored->data);
        }
        return SQLITE_OK;
    } catch (const std::exception& error) { // may not pass through SQLite
        sqlite3_free(base->pVtab->zErrMsg);
        base->pVtab->zErrMsg =
            sqlite3_mprintf("the samples of activity %lld cannot be read: %s", cursor.activity, error.what());
        return SQLITE_ERROR;
    }
}

int next_sample(sqlite3_vtab_cursor* cursor) {
    ++cursor_of(cursor).sample;
    return SQLITE_OK;
}

int is_at_end(sqlite3_vtab_cursor* base) {
    const auto& cursor = cursor_of(base);
    return cursor.sample >= cursor.stored.streams.size() ? 1 : 0;
}

int give_value(sqlite3_vtab_cursor* base, sqlite3_context* context, int column) {
    const auto& cursor = cursor_of(base);
    if (column == sample_column) {
        sqlite3_result_int64(context, static_cast<sqlite3_int64>(cursor.sample));
    } else if (column == activity_column) {
        sqlite3_result_int64(context, cursor.activity);
    } else if (column == athlete_column) {
        sqlite3_result_int64(context, cursor.athlete);
    } else {
        const auto member = stream_columns.at(static_cast<std::size_t>(column - first_stream_column)).column;
        const auto& values = cursor.stored.streams.*member;
        if (cursor.sample < values.size() && !model::is_missing(values[cursor.sample])) {
            sqlite3_result_double(context, values[cursor.sample]);
        } // else null, which is what a result is at first
    }
    return SQLITE_OK;
}

int give_row_id(sqlite3_vtab_cursor* cursor, sqlite3_int64* id) {
    *id = static_cast<sqlite3_int64>(cursor_of(cursor).sample);
    return SQLITE_OK;
}

// Without xCreate: there without CREATE VIRTUAL TABLE, as a function is.
constexpr sqlite3_module make_module() {
    sqlite3_module module{};
    module.xConnect = connect_table;
    module.xBestIndex = choose_plan;
    module.xDisconnect = disconnect_table;
    module.xOpen = open_cursor;
    module.xClose = close_cursor;
    module.xFilter = read_samples;
    module.xNext = next_sample;
    module.xEof = is_at_end;
    module.xColumn = give_value;
    module.xRowid = give_row_id;
    return module;
}

} // namespace

void register_stream_table(SQLite::Database& database, AthleteId athlete) {
    static constexpr auto module = make_module();
    auto registration = std::make_unique<Registration>(Registration{database, athlete});
    const auto release = [](void* data) {
        const std::unique_ptr<Registration> owned(static_cast<Registration*>(data));
    };
    // Owned by SQLite from here on, also when this fails.
    const int result =
        sqlite3_create_module_v2(database.getHandle(), "streams", &module, registration.release(), release);
    if (result != SQLITE_OK) {
        throw Error(ErrorKind::internal, "cannot offer streams() to SQL");
    }
    // Its first use declares its columns, which a connection that may only read is not allowed to do.
    const SQLite::Statement first(database, "SELECT 1 FROM streams(0)");
}

} // namespace harrier::archive
