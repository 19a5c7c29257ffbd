// SPDX-License-Identifier: MIT
#pragma once

// Brings files and bulk exports into the archive: several threads read and decode, one writes, in the order
// of the sources, so that the same import always gives the same archive. Resume = run again: what was stored
// is known by its SHA-256 and skipped. One broken file stops no other.

#include "archive/archive.hpp"
#include "sync/import_sources.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace harrier::sync {

struct ImportOptions {
    bool dry_run = false;         // does everything, and undoes it at the end
    bool again = false;           // replaces what is stored of these items, known or not
    unsigned threads = 0;         // that decode; 0 = one for each core
    std::optional<Instant> now{}; // no source speaks from later; nothing = whatever their dates say
};

struct ImportProgress {
    std::size_t done = 0;
    std::size_t total = 0;
    std::uint64_t bytes = 0; // of the files so far, not compressed
    std::size_t failed = 0;
};

struct ImportResult {
    archive::StoreCounts counts; // activities
    std::size_t items = 0;       // rows and files
    std::size_t files = 0;
    std::uint64_t bytes = 0;
    std::vector<ImportFailure> failures; // the items that did not work
    std::vector<ImportFailure> findings; // what was repaired or skipped in files that were imported
    bool complete = false;               // false: `stop` ended it early; what was stored stays
};

class Importer {
public:
    // The archive is open for writing, for a dry run as well.
    Importer(archive::Archive& archive, ImportOptions options) : m_archive(archive), m_options(options) {}

    // Throws what the archive throws.
    ImportResult run(AthleteId athlete, ImportSources sources,
                     const std::function<void(const ImportProgress&)>& progress, std::stop_token stop = {});

private:
    ImportResult store(AthleteId athlete, ImportSources sources,
                       const std::function<void(const ImportProgress&)>& progress,
                       const std::stop_token& stop);

    archive::Archive& m_archive;
    ImportOptions m_options;
};

} // namespace harrier::sync
