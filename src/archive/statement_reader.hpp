// SPDX-License-Identifier: MIT
#pragma once

// Reads what each source said about an activity. Only the archive's own sources include this.

#include "base/ids.hpp"
#include "model/source.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <vector>

namespace harrier::archive {

class StatementReader {
public:
    explicit StatementReader(SQLite::Database& database);

    [[nodiscard]] std::vector<model::Statement> read(AthleteId athlete, std::int64_t activity_id);

private:
    SQLite::Statement m_several;
    SQLite::Statement m_sole;
};

} // namespace harrier::archive
