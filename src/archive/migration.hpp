// SPDX-License-Identifier: MIT
#pragma once

// Brings the tables of an older archive to those of this harrier: first a copy of the whole file beside it
// (archive.db.v1), then one transaction for each version, so that a crash leaves the old tables or the new.
// Only the archive's own sources include this.

#include <filesystem>

namespace harrier::archive {

// The writer's lock is held. Throws SQLite::Exception, Error{io} when the copy cannot be made, and
// Error{internal} when a step would leave rows that refer to nothing; the archive is then as it was.
void migrate(const std::filesystem::path& path, int from_version);

} // namespace harrier::archive
