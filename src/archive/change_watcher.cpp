// SPDX-License-Identifier: MIT
#include "archive/change_watcher.hpp"

#include "archive/sqlite_file.hpp"

#include <SQLiteCpp/Column.h>

#include <fcntl.h>

namespace harrier::archive {

struct ChangeWatcher::Impl {
    std::filesystem::path path;
    SqliteFile file;
};

ChangeWatcher::ChangeWatcher(std::filesystem::path path)
    : m_impl(std::make_unique<Impl>(Impl{path, open_sqlite_file(path, Access::read)})) {}

ChangeWatcher::~ChangeWatcher() = default;

std::int64_t ChangeWatcher::changes_seen() {
    return guarded(m_impl->path,
                   [&] { return m_impl->file.database.execAndGet("PRAGMA data_version").getInt64(); });
}

// The lock of sqlite_file.cpp: asked for only, so that nobody is turned away meanwhile.
bool is_being_written(const std::filesystem::path& archive) {
    const auto path = archive.string() + ".lock";
    const FileDescriptor fd(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!fd) {
        return false;
    }
    struct flock question {};
    question.l_type = F_WRLCK;
    question.l_whence = SEEK_SET;
    return fcntl(fd.get(), F_OFD_GETLK, &question) == 0 && question.l_type != F_UNLCK;
}

} // namespace harrier::archive
