// SPDX-License-Identifier: MIT
#pragma once

// Files that survive a crash: whole-file reads, atomic replacement, and locks that the kernel frees when
// their holder dies. Every failure is an Error{io} that names the file.

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace harrier {

// Owns a file descriptor.
class FileDescriptor {
public:
    FileDescriptor() = default;
    explicit FileDescriptor(int fd) : m_fd(fd) {}
    FileDescriptor(FileDescriptor&& other) noexcept : m_fd(other.release()) {}
    FileDescriptor& operator=(FileDescriptor&& other) noexcept;
    FileDescriptor(const FileDescriptor&) = delete;
    FileDescriptor& operator=(const FileDescriptor&) = delete;
    ~FileDescriptor();

    [[nodiscard]] int get() const { return m_fd; }
    [[nodiscard]] explicit operator bool() const { return m_fd >= 0; }
    int release();

private:
    int m_fd = -1;
};

// The whole file.
[[nodiscard]] std::string read_file(const std::filesystem::path& path);
// The whole file; nothing when it does not exist.
[[nodiscard]] std::optional<std::string> find_file(const std::filesystem::path& path);

// Replaces a file so that a reader, and a machine that loses power, sees the old bytes or the new: temporary
// file in the same folder, fsync, rename, fsync of the folder.
void write_file_atomically(const std::filesystem::path& path, std::string_view bytes, mode_t mode = 0644);

// Makes a rename or a new name in the folder survive a loss of power.
void sync_folder(const std::filesystem::path& folder);

// Creates the folder and its missing parents, each new one with `mode`.
void make_folders(const std::filesystem::path& path, mode_t mode = 0755);

// Writes all bytes to a descriptor, through short writes and EINTR. `what` completes "cannot …".
void write_all(int fd, std::string_view bytes, std::string_view what);

// An exclusive lock between processes and threads: an open-file-description lock on a file of its own, which
// is never renamed or deleted. Freed when the object goes, or when the kernel ends the process.
class FileLock {
public:
    // Waits up to `patience`; nothing when another holder kept it.
    [[nodiscard]] static std::optional<FileLock>
    acquire(const std::filesystem::path& path, std::chrono::milliseconds patience, mode_t mode = 0600);

private:
    explicit FileLock(FileDescriptor fd) : m_fd(std::move(fd)) {}

    FileDescriptor m_fd;
};

} // namespace harrier
