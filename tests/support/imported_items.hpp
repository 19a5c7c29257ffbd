// SPDX-License-Identifier: MIT
#pragma once

// Files, rows and listed activities as an import or a listing brings them to the archive, made up; and an
// archive to bring them to.

#include "archive/compress.hpp"
#include "archive/sqlite_archive.hpp"
#include "tests/support/archive_dump.hpp"
#include "tests/support/archive_fixture.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace harrier::archive {

using test::at;
using test::record;
using test::stored_athlete;

constexpr const char* export_day = "2026-02-01T12:00:00Z";

// A key as a file has it: 64 digits, of which the last say which file.
inline std::string sha(int number) {
    return fmt::format("{:064}", number);
}

inline model::Activity outing(const char* start, double distance = 5000.0) {
    model::Activity said;
    said.sport_type = "Run";
    said.start_date = at(start);
    said.elapsed_time = 1800;
    said.distance = distance;
    return said;
}

inline ImportItem loose_file(int number, const model::Activity& said) {
    ImportItem item;
    item.file = ImportedFile{.sha256 = sha(number),
                             .name = fmt::format("{}.fit", number),
                             .format = "fit",
                             .size = 4,
                             .raw = Compressor().compress("file"),
                             .as_of = at("2026-01-02T00:00:00Z")};
    item.recordings = {
        {.index = 0, .said = said, .streams = "samples", .samples = 1800, .laps = {model::Lap{}}}};
    return item;
}

inline ImportItem row(std::int64_t id, const char* start, std::string name, const char* as_of = export_day) {
    auto said = outing(start);
    said.strava_id = StravaId{id};
    said.name = name;
    said.gear_name = "Red shoes";
    ImportItem item;
    item.row = ImportedRow{.said = said, .raw = "id,name\n" + name, .as_of = at(as_of), .media = {}};
    return item;
}

inline ImportItem row_with_file(std::int64_t id, const char* start, std::string name, int number) {
    auto item = loose_file(number, outing(start, 5001.5));
    item.row = row(id, start, std::move(name)).row;
    return item;
}

inline model::ActivityRecord listed(std::int64_t id, const char* start, std::string name) {
    auto one = record(id, start, std::move(name));
    one.activity.elapsed_time = 1810;
    one.activity.distance = 4990.0;
    one.activity.kudos_count = 7;
    return one;
}

class ImportTest : public test::ArchiveFixture {
protected:
    static ImportOutcome import(Archive& archive, std::initializer_list<ImportItem> items) {
        return archive.store_import(stored_athlete, std::vector<ImportItem>(items));
    }
    static std::vector<model::Activity> all(Archive& archive) {
        return archive.activities(stored_athlete, {.sort = "start_date", .order = SortOrder::ascending});
    }
    // The dump of a new archive after these steps.
    std::string dump_after(std::initializer_list<std::function<void(Archive&)>> steps) {
        const auto file = m_folder.path() / fmt::format("{}.db", ++m_dumps);
        {
            const auto archive = open_sqlite_archive(file, Access::write);
            for (const auto& step : steps) {
                step(*archive);
            }
        }
        return test::dump_archive(file);
    }

    int m_dumps = 0;
};

} // namespace harrier::archive
