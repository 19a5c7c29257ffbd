// SPDX-License-Identifier: MIT
#include "strava/private_folder.hpp"

#include "base/error.hpp"
#include "base/kill_point.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace harrier::strava {

namespace {

constexpr off_t largest_file = 1024 * 1024; // bytes

struct stat status_of(const FileDescriptor& fd, const std::filesystem::path& path) {
    struct stat status {};
    if (fstat(fd.get(), &status) != 0) {
        throw errno_error(fmt::format("look at {}", path.string()), errno);
    }
    return status;
}

void require_private(const struct stat& status, const std::filesystem::path& path, std::string_view mode) {
    if (status.st_uid != geteuid()) {
        throw Error(ErrorKind::io, fmt::format("{} belongs to another user", path.string()),
                    fmt::format("If it is yours, run:  sudo chown \"$(id -u)\" {}", quote_for_shell(path)));
    }
    if ((status.st_mode & 077U) != 0) {
        throw Error(ErrorKind::io,
                    fmt::format("{} can be reached by other users (mode {:04o})", path.string(),
                                status.st_mode & 07777U),
                    fmt::format("To close it, run:  chmod {} {}", mode, quote_for_shell(path)));
    }
}

// A regular file with one name, of a size that one of ours may have.
void require_ordinary_file(const struct stat& status, const std::filesystem::path& path) {
    if (!S_ISREG(status.st_mode)) {
        throw Error(ErrorKind::io, fmt::format("{} is not a regular file", path.string()),
                    fmt::format("Look at it with:  ls -ld {}", quote_for_shell(path)));
    }
    require_private(status, path, "600");
    if (status.st_nlink > 1) {
        throw Error(ErrorKind::io, fmt::format("{} has a second name (hard link)", path.string()),
                    fmt::format("To find it, run:  find / -xdev -samefile {}", quote_for_shell(path)));
    }
    if (status.st_size > largest_file) {
        throw Error(ErrorKind::io, fmt::format("{} is too large to be one of harrier's", path.string()),
                    fmt::format("Look at it with:  ls -l {}", quote_for_shell(path)));
    }
}

Error open_error(const std::filesystem::path& path, int error_number) {
    if (error_number == ELOOP || error_number == ENOTDIR) {
        return {ErrorKind::io, fmt::format("{} is a symbolic link or not what it should be", path.string()),
                fmt::format("Look at it with:  ls -ld {}", quote_for_shell(path))};
    }
    return errno_error(fmt::format("open {}", path.string()), error_number);
}

void sync_to_disk(const FileDescriptor& fd, const std::filesystem::path& path) {
    if (fsync(fd.get()) != 0) {
        throw errno_error(fmt::format("write {} to disk", path.string()), errno);
    }
}

} // namespace

std::string quote_for_shell(const std::filesystem::path& path) {
    std::string quoted = "'";
    for (const char c : path.string()) {
        quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return quoted + "'";
}

PrivateFolder::PrivateFolder(std::filesystem::path path, FileDescriptor fd)
    : m_path(std::move(path)), m_fd(std::move(fd)) {
    require_private(status_of(m_fd, m_path), m_path, "700");
}

std::optional<PrivateFolder> PrivateFolder::find(const std::filesystem::path& path) {
    FileDescriptor fd(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!fd) {
        const int error_number = errno;
        std::error_code ignored;
        if (error_number == ENOENT ||
            (error_number == ENOTDIR &&
             !std::filesystem::exists(std::filesystem::symlink_status(path, ignored)))) {
            return std::nullopt;
        }
        throw open_error(path, error_number);
    }
    return PrivateFolder(path, std::move(fd));
}

PrivateFolder PrivateFolder::make(const std::filesystem::path& path) {
    make_folders(path, 0700);
    auto folder = find(path);
    if (!folder) {
        throw errno_error(fmt::format("open {}", path.string()), ENOENT);
    }
    return *std::move(folder);
}

std::optional<std::string> PrivateFolder::find_file(const char* name) const {
    const auto path = m_path / name;
    // Not blocking: somebody may have put a pipe there.
    const FileDescriptor fd(openat(m_fd.get(), name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!fd) {
        if (errno == ENOENT) {
            return std::nullopt;
        }
        throw open_error(path, errno);
    }
    const auto status = status_of(fd, path);
    require_ordinary_file(status, path);
    std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
    std::size_t size = 0;
    while (size < bytes.size()) {
        const ssize_t count = read(fd.get(), bytes.data() + size, bytes.size() - size);
        if (count < 0 && errno != EINTR) {
            throw errno_error(fmt::format("read {}", path.string()), errno);
        }
        if (count == 0) {
            break;
        }
        size += count > 0 ? static_cast<std::size_t>(count) : 0;
    }
    bytes.resize(size);
    return bytes;
}

bool PrivateFolder::remove_file(const char* name) const {
    if (unlinkat(m_fd.get(), name, 0) == 0) {
        return true;
    }
    if (errno != ENOENT) {
        throw errno_error(fmt::format("remove {}", (m_path / name).string()), errno);
    }
    return false;
}

FileDescriptor PrivateFolder::create(const char* temporary) const {
    static_cast<void>(remove_file(temporary));
    FileDescriptor fd(
        openat(m_fd.get(), temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!fd) {
        throw errno_error(fmt::format("create {}", (m_path / temporary).string()), errno);
    }
    HARRIER_KILL_POINT("private folder: created");
    return fd;
}

void PrivateFolder::fill(const FileDescriptor& fd, std::string_view bytes, const char* temporary) const {
    const auto path = m_path / temporary;
    const auto writing = fmt::format("write {}", path.string());
    if (lseek(fd.get(), 0, SEEK_SET) != 0) {
        throw errno_error(writing, errno);
    }
    write_all(fd.get(), bytes.substr(0, bytes.size() / 2), writing);
    HARRIER_KILL_POINT("private folder: half written");
    write_all(fd.get(), bytes.substr(bytes.size() / 2), writing);
    HARRIER_KILL_POINT("private folder: written");
    if (ftruncate(fd.get(), static_cast<off_t>(bytes.size())) != 0) {
        throw errno_error(writing, errno);
    }
    HARRIER_KILL_POINT("private folder: cut to size");
    sync_to_disk(fd, path);
    HARRIER_KILL_POINT("private folder: on disk");
}

void PrivateFolder::put_in_place(FileDescriptor fd, const char* temporary, const char* name) const {
    if (close(fd.release()) != 0) {
        throw errno_error(fmt::format("write {}", (m_path / name).string()), errno);
    }
    rename(temporary, name);
}

void PrivateFolder::rename(const char* temporary, const char* name) const {
    if (renameat(m_fd.get(), temporary, m_fd.get(), name) != 0) {
        throw errno_error(fmt::format("replace {}", (m_path / name).string()), errno);
    }
    HARRIER_KILL_POINT("private folder: renamed");
    sync();
    HARRIER_KILL_POINT("private folder: rename on disk");
}

void PrivateFolder::sync() const {
    sync_to_disk(m_fd, m_path);
}

} // namespace harrier::strava
