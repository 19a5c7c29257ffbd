// SPDX-License-Identifier: MIT
#pragma once

// What an import finds at the paths that it was given: a bulk export (its ZIP, or the folder that somebody
// unpacked it into), other folders and ZIPs with activity files, and single files. Nothing is unpacked to
// disk.

#include "archive/import_item.hpp"
#include "formats/inflate.hpp"
#include "model/athlete.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace harrier::sync {

// An item of an import that did not work.
struct ImportFailure {
    std::string path;                  // for people: "export.zip: activities/12.fit.gz"
    std::optional<std::size_t> offset; // byte in the file, where that is known
    std::string reason;
};

struct SourceFile {
    std::string name; // for people
    Instant changed{};
    std::uint64_t size = 0;                   // as it is stored
    std::function<std::string()> read;        // its bytes; any thread; throws Error
    formats::InflateBudget* budget = nullptr; // of the ZIP that it is in
};

// A row of the export, a file, or a row with its file.
struct ImportJob {
    std::string name; // for people: of the file, else of the row
    std::optional<archive::ImportedRow> row;
    std::shared_ptr<const std::string> header; // of the row's table: what its `raw` is still to begin with
    std::optional<SourceFile> file;
};

// What the jobs read from while they run.
class OpenSource {
public:
    virtual ~OpenSource() = default;
};

struct ImportSources {
    std::vector<ImportJob> jobs;           // always in the same order
    std::optional<model::Athlete> athlete; // whose export it is
    std::vector<archive::Gear> gear;
    std::vector<archive::Media> media;
    std::vector<ImportFailure> failures;
    std::vector<std::string> notices; // one line each
    std::vector<std::unique_ptr<OpenSource>> open;
};

// A path that cannot be read is a failure and stops no other.
[[nodiscard]] ImportSources find_import_sources(std::span<const std::filesystem::path> paths);

} // namespace harrier::sync
