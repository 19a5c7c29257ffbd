// SPDX-License-Identifier: MIT
#include "cli/source_table.hpp"

#include "insight/source_rows.hpp"
#include "report/activity_columns.hpp"

namespace harrier::cli {

report::Table source_table(std::span<const model::Statement> statements, Units units) {
    report::Table table({{"Field"}, {"Value", report::Align::left, true}, {"Source"}, {"As of"}});
    insight::for_each_said(statements, [&](const auto& column, const auto& statement, bool believed) {
        table.add_row({believed ? std::string(column.field) : "",
                       report::read_value(column, statement.said, units),
                       (believed ? "" : "not ") + std::string(model::word_of(statement.source)),
                       format_instant(statement.as_of).substr(0, 10)});
    });
    return table;
}

} // namespace harrier::cli
