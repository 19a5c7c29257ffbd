// SPDX-License-Identifier: MIT
#pragma once

// A folder for secrets: 0700, its files 0600, owned by this user, no symlinks, no hard links. Every check is
// made on the open descriptor, never on a name, and every file is replaced whole, through one temporary file.
// Errors are Error{io} with the line to type as the hint.

#include "base/file.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace harrier::strava {

class PrivateFolder {
public:
    // Nothing when it does not exist.
    [[nodiscard]] static std::optional<PrivateFolder> find(const std::filesystem::path& path);
    // Makes it, and its missing parents, 0700.
    [[nodiscard]] static PrivateFolder make(const std::filesystem::path& path);

    // The whole file; nothing when there is none. At most 1 MiB is taken.
    [[nodiscard]] std::optional<std::string> find_file(const char* name) const;
    // True when there was one.
    bool remove_file(const char* name) const;

    // A new, empty file (an old one of that name is removed first), to be filled and put in place.
    [[nodiscard]] FileDescriptor create(const char* temporary) const;
    // Makes the file's content exactly `bytes`, on disk, whatever it held before (it may be longer).
    void fill(const FileDescriptor& fd, std::string_view bytes, const char* temporary) const;
    // Renames over the final name and syncs the folder; closes the descriptor. When that fails the old file
    // stays, and so does the temporary one, complete: what it holds may be the only copy of a new token.
    void put_in_place(FileDescriptor fd, const char* temporary, const char* name) const;
    // The same for a temporary file that is complete already.
    void rename(const char* temporary, const char* name) const;
    void sync() const;

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    PrivateFolder(std::filesystem::path path, FileDescriptor fd);

    std::filesystem::path m_path;
    FileDescriptor m_fd;
};

// A path quoted for a shell, for hints that are pasted.
[[nodiscard]] std::string quote_for_shell(const std::filesystem::path& path);

} // namespace harrier::strava
