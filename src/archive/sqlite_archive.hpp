// SPDX-License-Identifier: MIT
#pragma once

// The embedded archive: one SQLite file (WAL, mmap off, application_id of our own), readable by its owner
// only. A process that dies loses nothing that was stored. A power cut may take back the last pages of a
// listing that has not ended, with the place that it had come to, and nothing else; it never damages the
// file.

#include "archive/archive.hpp"

#include <filesystem>
#include <memory>

namespace harrier::archive {

enum class Access {
    read,  // never creates, never writes; other readers and one writer may be at work
    write, // creates and migrates; takes the writer's lock (archive.db.lock), so one at a time
};

// Throws Error{no_archive} when it is not there to read, Error{locked} when another process writes,
// Error{data} when the file is not an archive or is newer than this harrier.
[[nodiscard]] std::unique_ptr<Archive> open_sqlite_archive(const std::filesystem::path& path, Access access);

} // namespace harrier::archive
