// SPDX-License-Identifier: MIT
#include "cli/source_table.hpp"

#include "archive/merging.hpp"
#include "report/activity_columns.hpp"

#include <functional>

namespace harrier::cli {

namespace {

// The archive keeps a position in two columns; here it is one field.
std::string_view field_of(const std::string& column) {
    if (column == "start" || column == "end") {
        return column == "start" ? "start_latlng" : "end_latlng";
    }
    return column;
}

using Visit = std::function<void(const report::ActivityColumn& column, const model::Statement& statement,
                                 bool believed)>;

void for_each_value(std::span<const model::Statement> statements, const Visit& visit) {
    if (statements.empty()) {
        return;
    }
    for (const auto& field : archive::merge(statements).fields) {
        const auto& column = report::find_activity_column(field_of(field.column));
        visit(column, statements[field.statement], true);
        for (const auto other : field.others) {
            visit(column, statements[other], false);
        }
    }
}

} // namespace

Rows source_rows(std::span<const model::Statement> statements) {
    Rows rows{.names = {"field", "value", "source", "source_key", "as_of", "believed"}, .rows = {}};
    for_each_value(statements, [&](const auto& column, const auto& statement, bool believed) {
        rows.rows.push_back({std::string(column.field), column.value(statement.said),
                             std::string(model::word_of(statement.source)), statement.key,
                             format_instant(statement.as_of), believed});
    });
    return rows;
}

report::Table source_table(std::span<const model::Statement> statements, Units units) {
    report::Table table({{"Field"}, {"Value", report::Align::left, true}, {"Source"}, {"As of"}});
    for_each_value(statements, [&](const auto& column, const auto& statement, bool believed) {
        table.add_row({believed ? std::string(column.field) : "",
                       report::read_value(column, statement.said, units),
                       (believed ? "" : "not ") + std::string(model::word_of(statement.source)),
                       format_instant(statement.as_of).substr(0, 10)});
    });
    return table;
}

} // namespace harrier::cli
