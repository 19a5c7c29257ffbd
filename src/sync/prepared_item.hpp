// SPDX-License-Identifier: MIT
#pragma once

// The work on one item of an import that any thread can do: read, inflate, hash, decode, summarise, encode.

#include "archive/compress.hpp"
#include "archive/import_item.hpp"
#include "base/ordered_work.hpp"
#include "sync/import_sources.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace harrier::sync {

// The files that the archive has, by SHA-256.
using KnownFiles = std::map<std::string, archive::KnownFile, std::less<>>;

struct PreparedItem {
    std::string name;         // for people
    archive::ImportItem item; // without its file when the archive has it as it is
    bool has_known_file = false;
    std::uint64_t bytes = 0;              // of the file, not compressed
    std::optional<ImportFailure> failure; // of the file; a row is imported all the same
    std::vector<ImportFailure> findings;  // what was repaired or skipped in a file that is imported
};

using PreparedItems = OrderedWork<PreparedItem>;

// One per thread.
class ItemPreparer {
public:
    explicit ItemPreparer(const KnownFiles& known) : m_known(known) {}

    // Never throws for what is in the file.
    [[nodiscard]] PreparedItem prepare(ImportJob job, PreparedItems::Room& room);

private:
    void add_file(const SourceFile& source, PreparedItem& prepared, PreparedItems::Room& room);
    // What was found in a file when it was imported is still true of it.
    [[nodiscard]] std::vector<ImportFailure> find_again(const SourceFile& source, const std::string& sha256,
                                                        std::span<const std::byte> bytes) const;
    // True when the archive has the file as it would be stored.
    [[nodiscard]] bool is_known(const std::string& sha256, const SourceFile& source,
                                const archive::ImportItem& item) const;

    const KnownFiles& m_known;
    archive::Compressor m_compressor;
};

} // namespace harrier::sync
