// SPDX-License-Identifier: MIT
#include "archive/belongings_writer.hpp"

#include "archive/statement.hpp"
#include "base/text.hpp"

namespace harrier::archive {

// Of two exports of the same moment the greater words stay, so that their order does not matter.
BelongingsWriter::BelongingsWriter(SQLite::Database& database)
    : m_gear(database, "INSERT INTO gear (athlete_id, kind, name, brand, model, sport_types, as_of) "
                       "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (athlete_id, kind, name) DO UPDATE SET "
                       "brand = excluded.brand, model = excluded.model, "
                       "sport_types = excluded.sport_types, as_of = excluded.as_of "
                       "WHERE (excluded.as_of, excluded.brand, excluded.model, excluded.sport_types) "
                       "> (gear.as_of, gear.brand, gear.model, gear.sport_types)"),
      m_media(database, "INSERT INTO media (athlete_id, filename, caption, as_of) VALUES (?, ?, ?, ?) "
                        "ON CONFLICT (athlete_id, filename) DO UPDATE SET caption = excluded.caption, "
                        "as_of = excluded.as_of "
                        "WHERE (excluded.as_of, excluded.caption) > (media.as_of, media.caption)"),
      m_owner(database, "INSERT INTO media (athlete_id, filename, activity_id, caption, linked_as_of) "
                        "VALUES (?, ?, ?, '', ?) ON CONFLICT (athlete_id, filename) "
                        "DO UPDATE SET activity_id = excluded.activity_id, "
                        "linked_as_of = excluded.linked_as_of "
                        "WHERE media.activity_id IS NULL OR excluded.linked_as_of >= media.linked_as_of") {}

void BelongingsWriter::store_gear(std::span<const Gear> gear) {
    for (const auto& one : gear) {
        m_gear.bind(1, m_athlete.value);
        bind_text(m_gear, 2, one.is_bike ? "bike" : "shoes");
        m_gear.bindNoCopy(3, one.name);
        m_gear.bindNoCopy(4, one.brand);
        m_gear.bindNoCopy(5, one.model);
        bind_text(m_gear, 6, join(one.sport_types, ","));
        bind_text(m_gear, 7, format_instant(one.as_of));
        run(m_gear);
    }
}

void BelongingsWriter::store_media(std::span<const Media> media) {
    for (const auto& one : media) {
        m_media.bind(1, m_athlete.value);
        m_media.bindNoCopy(2, one.filename);
        m_media.bindNoCopy(3, one.caption);
        bind_text(m_media, 4, format_instant(one.as_of));
        run(m_media);
    }
}

void BelongingsWriter::link_media(std::int64_t activity_id, const ImportedRow& row) {
    for (const auto& filename : row.media) {
        m_owner.bind(1, m_athlete.value);
        m_owner.bindNoCopy(2, filename);
        m_owner.bind(3, activity_id);
        bind_text(m_owner, 4, format_instant(row.as_of));
        run(m_owner);
    }
}

} // namespace harrier::archive
