// SPDX-License-Identifier: MIT
#include "archive/import_items.hpp"

#include "archive/statement.hpp"
#include "base/error.hpp"

#include <SQLiteCpp/Exception.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <string>

namespace harrier::archive {

namespace {

// Faults that lie in the values of one item; all others would meet the next item as well.
bool is_of_the_item(const SQLite::Exception& error) {
    const int code = error.getErrorCode();
    return code == SQLITE_CONSTRAINT || code == SQLITE_TOOBIG || code == SQLITE_MISMATCH;
}

class ItemByItem {
public:
    ItemByItem(SQLite::Database& database, std::optional<ImportWriter>& writer, AthleteId athlete)
        : m_database(database), m_writer(writer), m_athlete(athlete), m_begin(database, "SAVEPOINT item"),
          m_keep(database, "RELEASE item") {}

    void store(std::size_t index, const ImportItem& item) {
        run(m_begin);
        try {
            m_outcome += m_writer->store(item);
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::data) {
                throw;
            }
            refuse(index, error.message());
        } catch (const SQLite::Exception& error) {
            if (!is_of_the_item(error)) {
                throw;
            }
            refuse(index, fmt::format("the archive does not take it: {}", error.what()));
        }
        run(m_keep);
    }
    [[nodiscard]] ImportOutcome outcome() && { return std::move(m_outcome); }

private:
    // The writer's statements may stand half-way, and it remembers what is gone now.
    void refuse(std::size_t index, std::string reason) {
        m_database.exec("ROLLBACK TO item");
        m_writer->end();
        m_writer.emplace(m_database);
        m_writer->begin(m_athlete);
        m_outcome.refused.push_back({index, std::move(reason)});
    }

    SQLite::Database& m_database;
    std::optional<ImportWriter>& m_writer;
    AthleteId m_athlete;
    SQLite::Statement m_begin;
    SQLite::Statement m_keep;
    ImportOutcome m_outcome;
};

} // namespace

ImportOutcome store_each(SQLite::Database& database, std::optional<ImportWriter>& writer, AthleteId athlete,
                         std::span<const ImportItem> items) {
    ItemByItem each(database, writer, athlete);
    for (std::size_t i = 0; i < items.size(); ++i) {
        each.store(i, items[i]);
    }
    return std::move(each).outcome();
}

} // namespace harrier::archive
