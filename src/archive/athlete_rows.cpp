// SPDX-License-Identifier: MIT
#include "archive/athlete_rows.hpp"

#include "archive/archive.hpp"
#include "archive/compress.hpp"
#include "archive/statement.hpp"

#include <fmt/format.h>

namespace harrier::archive {

namespace {

model::Athlete read_athlete(SQLite::Statement& row) {
    const auto weight = row.getColumn(8);
    return {.athlete_id = AthleteId{row.getColumn(0).getInt64()},
            .username = find_text(row, 1),
            .firstname = row.getColumn(2).getString(),
            .lastname = row.getColumn(3).getString(),
            .city = find_text(row, 4),
            .country = find_text(row, 5),
            .sex = find_text(row, 6),
            .measurement_preference = find_text(row, 7),
            .weight = weight.isNull() ? std::nullopt : std::optional(weight.getDouble())};
}

} // namespace

std::vector<model::Athlete> read_athletes(SQLite::Database& database) {
    SQLite::Statement rows(database, "SELECT athlete_id, username, firstname, lastname, city, country, sex, "
                                     "measurement_preference, weight FROM athlete ORDER BY position");
    std::vector<model::Athlete> athletes;
    while (rows.executeStep()) {
        athletes.push_back(read_athlete(rows));
    }
    return athletes;
}

void store_athlete(SQLite::Database& database, const model::Athlete& athlete, std::string_view raw) {
    adopt_nobodys_archive(database, athlete.athlete_id);
    SQLite::Statement insert(
        database,
        "INSERT INTO athlete (athlete_id, position, username, firstname, lastname, city, country, sex, "
        "measurement_preference, weight, raw) "
        "SELECT ?1, coalesce(max(position), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 FROM athlete WHERE "
        "true "
        "ON CONFLICT (athlete_id) DO UPDATE SET username = excluded.username, firstname = "
        "excluded.firstname, "
        "lastname = excluded.lastname, city = excluded.city, country = excluded.country, sex = excluded.sex, "
        "measurement_preference = excluded.measurement_preference, weight = excluded.weight, "
        "raw = coalesce(excluded.raw, raw)");
    insert.bind(1, athlete.athlete_id.value);
    bind_optional(insert, 2, athlete.username);
    insert.bind(3, athlete.firstname);
    insert.bind(4, athlete.lastname);
    bind_optional(insert, 5, athlete.city);
    bind_optional(insert, 6, athlete.country);
    bind_optional(insert, 7, athlete.sex);
    bind_optional(insert, 8, athlete.measurement_preference);
    if (athlete.weight) {
        insert.bind(9, *athlete.weight);
    }
    if (!raw.empty()) {
        const auto frame = Compressor().compress(raw);
        insert.bind(10, frame.data(), static_cast<int>(frame.size()));
    }
    insert.executeStep();
}

void adopt_nobodys_archive(SQLite::Database& database, AthleteId athlete) {
    SQLite::Statement others(database, "SELECT max(athlete_id) FROM athlete");
    if (athlete == nobody_yet || find_number(others) != nobody_yet.value) {
        return;
    }
    database.exec("PRAGMA defer_foreign_keys=ON");
    for (const char* table : {"athlete", "activity", "source_record", "source_activity", "file", "stream",
                              "lap", "gear", "media", "listing_state", "work_item", "metrics", "best_effort",
                              "metrics_state", "explored_tiles", "mark", "strava_effort", "strava_split"}) {
        database.exec(fmt::format("UPDATE {} SET athlete_id = {} WHERE athlete_id = {}", table, athlete.value,
                                  nobody_yet.value));
    }
}

} // namespace harrier::archive
