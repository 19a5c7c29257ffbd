// SPDX-License-Identifier: MIT
#pragma once

// Stores the items of an import one by one, each wholly or not at all: what is wrong with one costs no other.
// Only the archive's own sources include this.

#include "archive/archive.hpp"
#include "archive/import_writer.hpp"

#include <optional>
#include <span>

namespace harrier::archive {

// The caller holds the transaction, and has begun `writer` for the athlete; the writer is another one when an
// item was refused. Throws SQLite::Exception for what is no item's fault: a full disk, a damaged archive.
[[nodiscard]] ImportOutcome store_each(SQLite::Database& database, std::optional<ImportWriter>& writer,
                                       AthleteId athlete, std::span<const ImportItem> items);

} // namespace harrier::archive
