// SPDX-License-Identifier: MIT
#include "web/archive_pool.hpp"

#include "base/error.hpp"

#include <fmt/format.h>

#include <sys/stat.h>

namespace harrier::web {

namespace {

constexpr std::size_t most_idle = 3;

} // namespace

std::string ArchivePool::file_now() const {
    struct stat status {};
    return stat(m_path.c_str(), &status) == 0 ? fmt::format("{} {}", status.st_dev, status.st_ino) : "";
}

ArchivePool::Lease ArchivePool::borrow() {
    const auto file = file_now();
    std::unique_ptr<archive::Archive> archive;
    {
        const std::lock_guard lock(m_mutex);
        if (file != m_idle_file) {
            m_idle.clear();
            m_idle_file = file;
        }
        if (!m_idle.empty()) {
            archive = std::move(m_idle.back());
            m_idle.pop_back();
        }
    }
    if (!archive) {
        archive = m_open();
    }
    return {*this, std::move(archive), file};
}

void ArchivePool::give_back(std::unique_ptr<archive::Archive> archive, const std::string& file) {
    const std::lock_guard lock(m_mutex);
    if (file == m_idle_file && m_idle.size() < most_idle) {
        m_idle.push_back(std::move(archive));
    }
}

std::int64_t ArchivePool::change() {
    const std::lock_guard lock(m_mutex);
    const auto file = file_now();
    if (file.empty()) {
        m_watcher.reset();
        m_watched_file.clear();
        return 0;
    }
    if (!m_watcher || file != m_watched_file) {
        try {
            m_watcher = std::make_unique<archive::ChangeWatcher>(m_path);
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::no_archive) {
                throw;
            }
            m_watcher.reset();
            return 0;
        }
        m_watched_file = file;
        m_seen = m_watcher->changes_seen();
        ++m_change;
    } else if (const auto seen = m_watcher->changes_seen(); seen != m_seen) {
        m_seen = seen;
        ++m_change;
    }
    return m_change;
}

} // namespace harrier::web
