// SPDX-License-Identifier: MIT
#pragma once

// Gear and photos as exports list them: the newest export that names one has the word, in whatever order they
// come. The caller holds the transaction. Only the archive's own sources include this.

#include "archive/import_item.hpp"
#include "base/ids.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <span>

namespace harrier::archive {

class BelongingsWriter {
public:
    explicit BelongingsWriter(SQLite::Database& database);

    void begin(AthleteId athlete) { m_athlete = athlete; }
    void store_gear(std::span<const Gear> gear);
    void store_media(std::span<const Media> media);
    // The photos that the row names are the activity's.
    void link_media(std::int64_t activity_id, const ImportedRow& row);

private:
    AthleteId m_athlete{};
    SQLite::Statement m_gear;
    SQLite::Statement m_media;
    SQLite::Statement m_owner;
};

} // namespace harrier::archive
