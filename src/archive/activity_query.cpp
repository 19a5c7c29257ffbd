// SPDX-License-Identifier: MIT
#include "archive/activity_query.hpp"

#include "archive/activity_columns.hpp"
#include "archive/condition.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

#include <SQLiteCpp/Exception.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>

namespace harrier::archive {

namespace {

std::vector<std::string> view_columns(SQLite::Database& database) {
    const SQLite::Statement view(database, "SELECT * FROM v_activity LIMIT 0");
    std::vector<std::string> names;
    for (int i = 0; i < view.getColumnCount(); ++i) {
        names.emplace_back(view.getColumnName(i));
    }
    return names;
}

// "Did you mean distance?", or the whole list when nothing is near.
std::string suggest_column(SQLite::Database& database, std::string_view word) {
    const auto columns = view_columns(database);
    const std::string_view near = nearest(word, {columns.begin(), columns.end()});
    return near.empty() ? fmt::format("Columns: {}", join(columns, " "))
                        : fmt::format("Did you mean {}?", near);
}

std::string order_clause(SQLite::Database& database, const ActivityQuery& query) {
    const auto columns = view_columns(database);
    if (std::find(columns.begin(), columns.end(), query.sort) == columns.end()) {
        throw Error(ErrorKind::usage, fmt::format("cannot sort by {}: there is no such column", query.sort),
                    suggest_column(database, query.sort));
    }
    const std::string_view direction = query.order == SortOrder::ascending ? "ASC" : "DESC";
    return fmt::format(" ORDER BY {0} {1} NULLS LAST, activity_id {1}", query.sort, direction);
}

// A condition's values go in as parameters; only the user's own expression is text.
struct Filter {
    std::string sql;
    std::vector<std::string> texts; // parameters ?2, ?3, …
};

Filter make_filter(const ActivityQuery& query) {
    Filter filter{.sql = " WHERE athlete_id = ?1", .texts = {}};
    const auto add_text = [&filter](std::string text) {
        filter.texts.push_back(std::move(text));
        return filter.texts.size() + 1;
    };
    if (!query.sport_types.empty()) {
        std::vector<std::string> places;
        for (const auto& sport : query.sport_types) {
            places.push_back(fmt::format("?{}", add_text(sport)));
        }
        filter.sql += fmt::format(" AND sport_type IN ({})", join(places, ", "));
    }
    // Text comparison: "2026-11-01T07:30:00Z" sorts after "2026-11-01" and before "2026-11-02".
    if (query.since) {
        filter.sql += fmt::format(" AND coalesce(start_date_local, start_date) >= ?{}",
                                  add_text(format_day(*query.since)));
    }
    if (query.until) {
        filter.sql += fmt::format(" AND coalesce(start_date_local, start_date) < ?{}",
                                  add_text(format_day(*query.until + std::chrono::days{1})));
    }
    if (!query.where.empty()) {
        require_single_expression(query.where);
        filter.sql += fmt::format(" AND ({})", query.where);
    }
    return filter;
}

void run_query(SQLite::Database& database, AthleteId athlete, const std::string& sql,
               const std::vector<std::string>& texts, const std::function<void(SQLite::Statement&)>& visit) {
    SQLite::Statement statement(database, sql);
    statement.bind(1, athlete.value);
    int index = 2;
    for (const auto& text : texts) {
        statement.bindNoCopy(index++, text);
    }
    while (statement.executeStep()) {
        visit(statement);
    }
}

// What the user wrote is at fault, unless the file or the disk is.
bool is_of_the_condition(const SQLite::Exception& error) {
    const int code = error.getErrorCode();
    return code == SQLITE_ERROR || code == SQLITE_AUTH || code == SQLITE_MISMATCH || code == SQLITE_TOOBIG ||
           code == SQLITE_NOMEM;
}

Error explain_condition(SQLite::Database& database, const SQLite::Exception& error) {
    const std::string message = error.what();
    constexpr std::string_view no_column = "no such column: ";
    std::string hint = R"(For example:  harrier list --where "distance > 10000 AND sport_type = 'Run'")";
    if (message.starts_with(no_column)) {
        hint = suggest_column(database, std::string_view(message).substr(no_column.size())) +
               " (texts stand in single quotes)";
    }
    return {ErrorKind::usage, fmt::format("cannot read the condition of --where: {}", message),
            std::move(hint)};
}

} // namespace

std::string model_columns() {
    return "athlete_id, activity_id, sources, " + join(source_columns(), ", ");
}

model::Activity read_activity(SQLite::Statement& row) {
    model::Activity activity;
    activity.athlete_id = AthleteId{row.getColumn(0).getInt64()};
    activity.activity_id = ActivityId{row.getColumn(1).getInt64()};
    activity.sources = row.getColumn(2).getString();
    ColumnReader reader(row, 3);
    visit_columns(reader, activity);
    return activity;
}

void for_each_row(SQLite::Database& database, AthleteId athlete, const ActivityQuery& query,
                  const std::string& columns, const std::function<void(SQLite::Statement&)>& visit) {
    const auto filter = make_filter(query);
    std::string sql =
        fmt::format("SELECT {} FROM v_activity{}{}", columns, filter.sql, order_clause(database, query));
    if (query.limit) {
        sql += fmt::format(" LIMIT {}", *query.limit);
    }
    if (query.where.empty()) {
        run_query(database, athlete, sql, filter.texts, visit);
        return;
    }
    try {
        const ReadViewOnly guard(database);
        run_query(database, athlete, sql, filter.texts, visit);
    } catch (const SQLite::Exception& error) {
        if (!is_of_the_condition(error)) {
            throw;
        }
        throw explain_condition(database, error);
    }
}

} // namespace harrier::archive
