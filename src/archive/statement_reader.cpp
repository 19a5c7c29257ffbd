// SPDX-License-Identifier: MIT
#include "archive/statement_reader.hpp"

#include "archive/activity_columns.hpp"
#include "base/text.hpp"

#include <SQLiteCpp/Column.h>
#include <fmt/format.h>

namespace harrier::archive {

namespace {

using model::Source;
using model::Statement;

std::string said_sql(const char* table) {
    return fmt::format("SELECT r.source, r.source_key, r.fetched_at, r.quality, r.is_cut, s.{} FROM "
                       "source_record r JOIN {} s "
                       "WHERE r.athlete_id = ?1 AND r.activity_id = ?2 AND s.athlete_id = ?1 "
                       "AND s.activity_id = ?2",
                       join(source_columns(), ", s."), table);
}

Statement read_statement(SQLite::Statement& row) {
    Statement statement;
    statement.source = model::find_source(row.getColumn(0).getString()).value_or(Source::file);
    statement.key = row.getColumn(1).getString();
    statement.as_of = parse_instant(row.getColumn(2).getString()).value_or(Instant{});
    statement.quality = row.getColumn(3).getInt64();
    statement.is_cut = row.getColumn(4).getInt() != 0;
    ColumnReader reader(row, 5);
    visit_columns(reader, statement.said);
    return statement;
}

} // namespace

StatementReader::StatementReader(SQLite::Database& database)
    : m_several(database, said_sql("source_activity") +
                              " AND s.source = r.source AND s.source_key = r.source_key "
                              "ORDER BY r.source, r.source_key"),
      m_sole(database, said_sql("activity")) {}

std::vector<Statement> StatementReader::read(AthleteId athlete, std::int64_t activity_id) {
    std::vector<Statement> statements;
    // Several records have a row each for what they said; the only one has none.
    for (auto* query : {&m_several, &m_sole}) {
        query->bind(1, athlete.value);
        query->bind(2, activity_id);
        while (query->executeStep()) {
            statements.push_back(read_statement(*query));
        }
        query->reset();
        if (!statements.empty()) {
            break;
        }
    }
    return statements;
}

} // namespace harrier::archive
