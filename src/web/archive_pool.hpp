// SPDX-License-Identifier: MIT
#pragma once

// Connections for reading, one for each request that is at work, and the number of the archive's state. Any
// thread. An archive that appears, or takes another one's place, is seen by the next request.

#include "archive/archive.hpp"
#include "archive/change_watcher.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace harrier::web {

class ArchivePool {
public:
    using Open = std::function<std::unique_ptr<archive::Archive>()>;

    ArchivePool(std::filesystem::path path, Open open) : m_path(std::move(path)), m_open(std::move(open)) {}

    // Goes back to the pool when it ends.
    class Lease {
    public:
        Lease(ArchivePool& pool, std::unique_ptr<archive::Archive> archive, std::string file)
            : m_pool(pool), m_archive(std::move(archive)), m_file(std::move(file)) {}
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        ~Lease() { m_pool.give_back(std::move(m_archive), m_file); }
        [[nodiscard]] archive::Archive& operator*() const { return *m_archive; }

    private:
        ArchivePool& m_pool;
        std::unique_ptr<archive::Archive> m_archive;
        std::string m_file;
    };

    // Throws Error{no_archive} when there is none.
    [[nodiscard]] Lease borrow();
    // Grows whenever the archive has changed since the last call; 0 while there is none.
    [[nodiscard]] std::int64_t change();

private:
    void give_back(std::unique_ptr<archive::Archive> archive, const std::string& file);
    [[nodiscard]] std::string file_now() const; // which file the path names; "" = none

    std::filesystem::path m_path;
    Open m_open;
    std::mutex m_mutex; // of what follows
    std::vector<std::unique_ptr<archive::Archive>> m_idle;
    std::string m_idle_file; // that the idle ones read
    std::unique_ptr<archive::ChangeWatcher> m_watcher;
    std::string m_watched_file;
    std::int64_t m_seen = 0; // the watcher's
    std::int64_t m_change = 0;
};

} // namespace harrier::web
