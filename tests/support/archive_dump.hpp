// SPDX-License-Identifier: MIT
#pragma once

// Everything in an archive as text, without the numbers that only the archive itself gives: two archives that
// hold the same give the same text, in whatever order it came.

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <vector>

namespace harrier::test {

// Does to an archive that nobody has open what harrier never would.
inline void change_archive(const std::filesystem::path& file, const std::string& sql) {
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE).exec(sql);
}

// The name of an activity that does not depend on when it came: Strava's id, else its first file.
inline const char* const name_of_activity =
    "(SELECT coalesce('strava ' || a.strava_id, (SELECT min(source_key) FROM source_record r WHERE "
    "r.athlete_id = a.athlete_id AND r.activity_id = a.activity_id)) FROM activity a WHERE "
    "a.athlete_id = t.athlete_id AND a.activity_id = t.activity_id)";

inline std::string dump_table(SQLite::Database& database, const std::string& table) {
    std::string columns;
    bool has_activity = false;
    SQLite::Statement info(database, fmt::format("SELECT name FROM pragma_table_info('{}')", table));
    while (info.executeStep()) {
        const auto name = info.getColumn(0).getString();
        has_activity = has_activity || name == "activity_id";
        if (name != "activity_id" && name != "next_activity_id" && name != "position") {
            columns += fmt::format("{}quote({})", columns.empty() ? "" : " || '|' || ", name);
        }
    }
    SQLite::Statement rows(
        database,
        fmt::format("SELECT {} || '|' || {} AS line FROM {} t ORDER BY line",
                    has_activity ? fmt::format("coalesce({}, '')", name_of_activity) : "''", columns, table));
    std::string text;
    while (rows.executeStep()) {
        text += fmt::format("{}: {}\n", table, rows.getColumn(0).getString());
    }
    return text;
}

inline std::string dump_archive(const std::filesystem::path& path) {
    SQLite::Database database(path.string(), SQLite::OPEN_READONLY);
    std::vector<std::string> tables;
    SQLite::Statement names(database, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
    while (names.executeStep()) {
        tables.push_back(names.getColumn(0).getString());
    }
    std::string text;
    for (const auto& table : tables) {
        text += dump_table(database, table);
    }
    return text;
}

} // namespace harrier::test
