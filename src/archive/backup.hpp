// SPDX-License-Identifier: MIT
#pragma once

// A checked copy of an archive, and the way back. Both leave what was there until the new file is whole,
// checked and on the disk, whenever they are stopped.

#include <cstdint>
#include <filesystem>
#include <optional>

namespace harrier::archive {

struct CopySummary {
    std::int64_t activities = 0;
    std::uintmax_t bytes = 0;
    std::optional<std::filesystem::path> kept; // restore: where the archive that was there is now
};

// Writes everything that is committed to `copy` (0600), also while a sync is running. Throws Error{usage}
// when `copy` is there and may not be replaced, Error{no_archive}, Error{data} when the archive is damaged.
CopySummary back_up(const std::filesystem::path& archive, const std::filesystem::path& copy, bool replace);

// Makes the archive what the copy holds; what was there is kept beside it as archive.db.before-restore, or
// with a number behind that. Throws Error{data} when the copy is damaged or no archive, Error{locked} while
// another process writes.
CopySummary restore(const std::filesystem::path& copy, const std::filesystem::path& archive);

} // namespace harrier::archive
