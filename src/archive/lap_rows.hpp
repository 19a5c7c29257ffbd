// SPDX-License-Identifier: MIT
#pragma once

// The table of laps, from files and from Strava. The caller holds the transaction. Only the archive's own
// sources include this.

#include "base/ids.hpp"
#include "model/recording.hpp"
#include "model/source.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <span>
#include <string>
#include <vector>

namespace harrier::archive {

class LapWriter {
public:
    explicit LapWriter(SQLite::Database& database);

    // Numbered from 1 in this order.
    void store(AthleteId athlete, ActivityId id, model::Source source, const std::string& key,
               std::span<const model::Lap> laps);

private:
    SQLite::Statement m_insert;
};

// In their order; what the table has no column for is absent.
[[nodiscard]] std::vector<model::Lap> read_laps(SQLite::Database& database, AthleteId athlete, ActivityId id,
                                                model::Source source);

} // namespace harrier::archive
