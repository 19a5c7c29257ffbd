// SPDX-License-Identifier: MIT
#include "archive/import_reader.hpp"

#include "archive/statement.hpp"

#include <fmt/format.h>

#include <string>

namespace harrier::archive {

Sighting read_sighting(SQLite::Statement& row, int first) {
    const auto as_of = find_text(row, first);
    return {.as_of = as_of ? parse_instant(*as_of).value_or(Instant{}) : Instant{},
            .name = row.getColumn(first + 1).getString()};
}

std::vector<KnownFile> read_known_files(SQLite::Database& database, AthleteId athlete) {
    SQLite::Statement rows(
        database,
        fmt::format("SELECT f.sha256, f.strava_id, f.findings > 0, {} FROM file f WHERE f.athlete_id = ?",
                    sighting_columns));
    rows.bind(1, athlete.value);
    std::vector<KnownFile> files;
    while (rows.executeStep()) {
        auto& file = files.emplace_back();
        file.sha256 = rows.getColumn(0).getString();
        file.has_findings = rows.getColumn(2).getInt() != 0;
        file.sighting = read_sighting(rows, 3);
        if (const auto id = rows.getColumn(1); !id.isNull()) {
            file.strava_id = StravaId{id.getInt64()};
        }
    }
    return files;
}

std::optional<StoredStream> read_stream(SQLite::Database& database, AthleteId athlete, ActivityId id) {
    SQLite::Statement row(
        database, fmt::format("SELECT s.source, s.source_key, s.samples, s.data FROM {} WHERE s.athlete_id = "
                              "? AND s.activity_id = ? ORDER BY {} LIMIT 1",
                              ranked_streams, best_stream_first));
    row.bind(1, athlete.value);
    row.bind(2, id.value);
    if (!row.executeStep()) {
        return std::nullopt;
    }
    return StoredStream{.source = row.getColumn(0).getString(),
                        .key = row.getColumn(1).getString(),
                        .samples = row.getColumn(2).getInt64(),
                        .data = row.getColumn(3).getString()};
}

std::vector<Media> read_media(SQLite::Database& database, AthleteId athlete, ActivityId id) {
    SQLite::Statement rows(database, "SELECT filename, caption FROM media WHERE athlete_id = ? AND "
                                     "activity_id = ? ORDER BY filename");
    rows.bind(1, athlete.value);
    rows.bind(2, id.value);
    std::vector<Media> media;
    while (rows.executeStep()) {
        media.push_back({rows.getColumn(0).getString(), rows.getColumn(1).getString()});
    }
    return media;
}

std::vector<ImportedFile> read_files(SQLite::Database& database, AthleteId athlete, ActivityId id) {
    SQLite::Statement rows(
        database, "SELECT f.sha256, f.name, f.format, f.size, f.raw, r.fetched_at FROM source_record r "
                  "JOIN file f ON f.athlete_id = r.athlete_id AND f.sha256 = substr(r.source_key, 1, 64) "
                  "LEFT JOIN stream s ON s.athlete_id = r.athlete_id AND s.activity_id = r.activity_id AND "
                  "s.source = 'file' AND s.source_key = r.source_key "
                  "WHERE r.athlete_id = ? AND r.activity_id = ? AND r.source = 'file' GROUP BY f.sha256 "
                  "ORDER BY max(r.quality) DESC, max(s.samples) DESC, f.sha256");
    rows.bind(1, athlete.value);
    rows.bind(2, id.value);
    std::vector<ImportedFile> files;
    while (rows.executeStep()) {
        files.push_back({.sha256 = rows.getColumn(0).getString(),
                         .name = rows.getColumn(1).getString(),
                         .format = rows.getColumn(2).getString(),
                         .size = rows.getColumn(3).getInt64(),
                         .raw = rows.getColumn(4).getString(),
                         .as_of = parse_instant(rows.getColumn(5).getText()).value_or(Instant{})});
    }
    return files;
}

} // namespace harrier::archive
