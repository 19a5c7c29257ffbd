// SPDX-License-Identifier: MIT
#include "insight/source_rows.hpp"

#include "archive/merging.hpp"

#include <string>

namespace harrier::insight {

namespace {

std::string_view field_of(const std::string& column) {
    if (column == "start" || column == "end") {
        return column == "start" ? "start_latlng" : "end_latlng";
    }
    return column;
}

} // namespace

void for_each_said(std::span<const model::Statement> statements,
                   const std::function<void(const report::ActivityColumn& column,
                                            const model::Statement& statement, bool believed)>& visit) {
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

report::Rows source_rows(std::span<const model::Statement> statements) {
    report::Rows rows{.names = {"field", "value", "source", "source_key", "as_of", "believed"}, .rows = {}};
    for_each_said(statements, [&](const auto& column, const auto& statement, bool believed) {
        rows.rows.push_back({std::string(column.field), column.value(statement.said),
                             std::string(model::word_of(statement.source)), statement.key,
                             format_instant(statement.as_of), believed});
    });
    return rows;
}

} // namespace harrier::insight
