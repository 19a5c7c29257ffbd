// SPDX-License-Identifier: MIT
#include "base/file.hpp"

#include "base/error.hpp"
#include "base/kill_point.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace harrier {

namespace {

std::string read_all(int fd, const std::filesystem::path& path) {
    std::string bytes;
    std::size_t size = 0;
    struct stat status {};
    if (fstat(fd, &status) == 0 && status.st_size > 0) {
        bytes.resize(static_cast<std::size_t>(status.st_size));
    }
    while (true) {
        if (size == bytes.size()) {
            bytes.resize(bytes.size() + 65536);
        }
        const ssize_t count = read(fd, bytes.data() + size, bytes.size() - size);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            throw errno_error(fmt::format("read {}", path.string()), errno);
        }
        if (count == 0) {
            bytes.resize(size);
            return bytes;
        }
        size += static_cast<std::size_t>(count);
    }
}

void sync_or_throw(int fd, const std::filesystem::path& path) {
    if (fsync(fd) != 0) {
        throw errno_error(fmt::format("write {} to disk", path.string()), errno);
    }
}

} // namespace

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
    if (this != &other) {
        if (m_fd >= 0) {
            close(m_fd);
        }
        m_fd = other.release();
    }
    return *this;
}

FileDescriptor::~FileDescriptor() {
    if (m_fd >= 0) {
        close(m_fd);
    }
}

int FileDescriptor::release() {
    return std::exchange(m_fd, -1);
}

std::optional<std::string> find_file(const std::filesystem::path& path) {
    const FileDescriptor fd(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd) {
        if (errno == ENOENT || errno == ENOTDIR) {
            return std::nullopt;
        }
        throw errno_error(fmt::format("open {}", path.string()), errno);
    }
    return read_all(fd.get(), path);
}

std::string read_file(const std::filesystem::path& path) {
    auto bytes = find_file(path);
    if (!bytes) {
        throw errno_error(fmt::format("open {}", path.string()), ENOENT);
    }
    return *std::move(bytes);
}

void write_all(int fd, std::string_view bytes, std::string_view what) {
    while (!bytes.empty()) {
        const ssize_t count = write(fd, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            throw errno_error(what, errno);
        }
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

void write_file_atomically(const std::filesystem::path& path, std::string_view bytes, mode_t mode) {
    const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    std::string temporary = path.string() + ".XXXXXX";
    FileDescriptor fd(mkostemp(temporary.data(), O_CLOEXEC));
    if (!fd) {
        throw errno_error(fmt::format("write {}", path.string()), errno);
    }
    try {
        if (fchmod(fd.get(), mode) != 0) {
            throw errno_error(fmt::format("set the mode of {}", temporary), errno);
        }
        write_all(fd.get(), bytes, fmt::format("write {}", path.string()));
        sync_or_throw(fd.get(), path);
        HARRIER_KILL_POINT("file: before rename");
        if (rename(temporary.c_str(), path.c_str()) != 0) {
            throw errno_error(fmt::format("replace {}", path.string()), errno);
        }
    } catch (...) {
        unlink(temporary.c_str());
        throw;
    }
    HARRIER_KILL_POINT("file: after rename");
    sync_folder(folder);
}

void sync_folder(const std::filesystem::path& folder) {
    const FileDescriptor fd(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd) {
        throw errno_error(fmt::format("open {}", folder.string()), errno);
    }
    sync_or_throw(fd.get(), folder);
}

void make_folders(const std::filesystem::path& path, mode_t mode) {
    std::error_code unknown;
    if (path.empty() || std::filesystem::is_directory(path, unknown)) {
        return;
    }
    make_folders(path.parent_path(), mode);
    if (mkdir(path.c_str(), mode) != 0) {
        const int cause = errno;
        if (cause == EEXIST && std::filesystem::is_directory(path, unknown)) {
            return; // somebody else was faster, or the path ends in '/'
        }
        throw errno_error(fmt::format("create the folder {}", path.string()), cause);
    }
}

std::optional<FileLock> FileLock::acquire(const std::filesystem::path& path,
                                          std::chrono::milliseconds patience, mode_t mode) {
    FileDescriptor fd(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode));
    if (!fd) {
        throw errno_error(fmt::format("open the lock file {}", path.string()), errno);
    }
    const auto deadline = std::chrono::steady_clock::now() + patience;
    auto pause = std::chrono::milliseconds{1};
    while (true) {
        struct flock request {};
        request.l_type = F_WRLCK;
        request.l_whence = SEEK_SET;
        if (fcntl(fd.get(), F_OFD_SETLK, &request) == 0) {
            return FileLock(std::move(fd));
        }
        if (errno != EAGAIN && errno != EACCES && errno != EINTR) {
            throw errno_error(fmt::format("lock {}", path.string()), errno);
        }
        if (std::chrono::steady_clock::now() >= deadline) {
            return std::nullopt;
        }
        std::this_thread::sleep_for(pause);
        pause = std::min(pause * 2, std::chrono::milliseconds{20});
    }
}

} // namespace harrier
