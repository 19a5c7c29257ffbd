// SPDX-License-Identifier: MIT
#pragma once

// Opens the archive's file safely: what is not ours, or from a newer harrier, is refused before SQLite
// touches it; a new archive appears whole or not at all; one process writes, and only it checkpoints (SQLite
// before 3.51.3 can corrupt a WAL that a second connection checkpoints: sqlite.org, "WAL-reset bug"). Only
// the archive's own sources include this.

#include "archive/sqlite_archive.hpp"
#include "base/error.hpp"
#include "base/file.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>

#include <filesystem>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace harrier::archive {

struct SqliteFile {
    // Freed last: nobody else may write before this connection has ended its checkpoint.
    std::optional<FileLock> writer_lock;
    SQLite::Database database;
};

[[nodiscard]] SqliteFile open_sqlite_file(const std::filesystem::path& path, Access access);

// What an SQLite error means to a user: locked, data (damaged), io, else internal.
[[nodiscard]] Error explain(const SQLite::Exception& error, const std::filesystem::path& path);

// Throws SQLite's I/O error if a complaint of its integrity check is of a page that the disk did not give:
// that is no damage.
void refuse_unread_page(std::string_view complaint);

// Runs `work` and turns SQLite's exceptions into ours.
template <typename Work>
std::invoke_result_t<Work> guarded(const std::filesystem::path& path, Work&& work) {
    try {
        return std::forward<Work>(work)();
    } catch (const SQLite::Exception& error) {
        throw explain(error, path);
    }
}

} // namespace harrier::archive
