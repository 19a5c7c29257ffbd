// SPDX-License-Identifier: MIT
#pragma once

// What other processes do with the archive, seen without keeping any of them waiting.

#include <cstdint>
#include <filesystem>
#include <memory>

namespace harrier::archive {

// A connection that only looks whether somebody has changed the archive. One thread at a time.
class ChangeWatcher {
public:
    // Throws as open_sqlite_archive for reading.
    explicit ChangeWatcher(std::filesystem::path path);
    ~ChangeWatcher();

    // A number that is another one after a change. It means something beside earlier answers of the same
    // watcher only. Costs next to nothing.
    [[nodiscard]] std::int64_t changes_seen();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

// Whether some process has the archive open for writing: a sync, an import. Takes no lock.
[[nodiscard]] bool is_being_written(const std::filesystem::path& archive);

} // namespace harrier::archive
