// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "base/text.hpp"
#include "formats/activity_file.hpp"
#include "sync/export_source.hpp"
#include "sync/folder_walk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace harrier::sync {

namespace fs = std::filesystem;

namespace {

FileDescriptor open_file(const fs::path& path) {
    FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) {
        throw errno_error(fmt::format("open {}", path.string()), errno);
    }
    return file;
}

std::uint64_t size_of(const FileDescriptor& file, const fs::path& path) {
    struct stat status {};
    if (fstat(file.get(), &status) != 0) {
        throw errno_error(fmt::format("read {}", path.string()), errno);
    }
    return static_cast<std::uint64_t>(status.st_size);
}

// Reads, and never maps: a file of gigabytes takes no memory, and one that is cut meanwhile is an error.
void read_at(int fd, const fs::path& path, std::uint64_t offset, std::span<std::byte> into) {
    while (!into.empty()) {
        const ssize_t count = pread(fd, into.data(), into.size(), static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            throw count == 0
                ? Error(ErrorKind::data, fmt::format("cannot read {}: it is cut short", path.string()))
                : errno_error(fmt::format("read {}", path.string()), errno);
        }
        offset += static_cast<std::uint64_t>(count);
        into = into.subspan(static_cast<std::size_t>(count));
    }
}

formats::ZipReader open_zip(const FileDescriptor& file, const fs::path& path) {
    return formats::ZipReader(
        {.size = size_of(file, path),
         .read = [fd = file.get(), path](std::uint64_t offset, std::span<std::byte> into) {
             read_at(fd, path, offset, into);
         }});
}

// The folder that holds activities.csv, the one that lies highest.
std::string find_prefix(const formats::ZipReader& reader) {
    const std::string_view table = export_table;
    std::optional<std::string> prefix;
    for (const auto& entry : reader.entries()) {
        const std::string_view name = entry.name;
        if (name == table || name.ends_with("/" + std::string(table))) {
            const auto folder = name.substr(0, name.size() - table.size());
            if (!prefix || folder.size() < prefix->size()) {
                prefix = folder;
            }
        }
    }
    return prefix.value_or("");
}

} // namespace

Instant last_change(const fs::path& path) {
    struct stat status {};
    return stat(path.c_str(), &status) == 0 ? Instant{std::chrono::seconds{status.st_mtime}} : Instant{};
}

FolderStore::FolderStore(fs::path folder) : m_folder(std::move(folder)) {
    std::error_code unknown;
    const auto activities = m_folder / "activities";
    if (!fs::is_directory(activities, unknown)) {
        return;
    }
    auto found = walk_folder(activities);
    for (const auto& file : found.activities) {
        m_activities.push_back(file.lexically_relative(m_folder).generic_string());
    }
    m_notices = std::move(found.notices);
    m_unreadable = std::move(found.unreadable);
}

std::optional<fs::path> FolderStore::find(const std::string& file) const {
    const fs::path relative(file);
    const bool leads_out =
        relative.is_absolute() ||
        std::any_of(relative.begin(), relative.end(), [](const fs::path& part) { return part == ".."; });
    if (leads_out || file.find('\0') != std::string::npos) {
        return std::nullopt;
    }
    const auto path = m_folder / relative;
    struct stat status {};
    if (stat(path.c_str(), &status) != 0) {
        const bool is_absent = errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG;
        return is_absent ? std::nullopt : std::optional(path);
    }
    return S_ISREG(status.st_mode) && lies_within(path, m_folder) ? std::optional(path) : std::nullopt;
}

bool FolderStore::has(const std::string& file) const {
    return find(file).has_value();
}

std::string FolderStore::read(const std::string& file) const {
    const auto path = find(file);
    if (!path) {
        throw Error(ErrorKind::data, "it is not in the folder");
    }
    const auto limit = formats::has_activity_file_name(file) ? formats::max_inflated_size : max_table_bytes;
    if (fs::file_size(*path) > limit) {
        throw Error(ErrorKind::data, fmt::format("it is larger than {} MiB", limit >> 20U));
    }
    return read_file(*path);
}

Instant FolderStore::changed(const std::string& file) const {
    const auto path = find(file);
    return path ? last_change(*path) : Instant{};
}

std::uint64_t FolderStore::size(const std::string& file) const {
    const auto path = find(file);
    std::error_code unknown; // reading it tells why
    const auto bytes = path ? fs::file_size(*path, unknown) : 0;
    return unknown ? 0 : bytes;
}

ZipStore::ZipStore(const fs::path& path)
    : m_path(path), m_file(open_file(path)), m_reader(open_zip(m_file, path)),
      m_prefix(find_prefix(m_reader)) {}

const formats::ZipEntry& ZipStore::entry(const std::string& file) const {
    const auto* found = m_reader.find(m_prefix + file);
    if (found == nullptr) {
        throw Error(ErrorKind::data, "it is not in the ZIP");
    }
    return *found;
}

bool ZipStore::has(const std::string& file) const {
    return m_reader.find(m_prefix + file) != nullptr;
}

std::string ZipStore::read(const std::string& file) const {
    const auto& found = entry(file);
    if (found.size > (formats::has_activity_file_name(file)
                          ? formats::max_activity_size(found.compressed_size)
                          : max_table_bytes)) {
        throw Error(ErrorKind::data,
                    fmt::format("it would grow to {} MiB, which is more than is allowed", found.size >> 20U));
    }
    return m_reader.read(found);
}

std::uint64_t ZipStore::size(const std::string& file) const {
    return entry(file).size;
}

Instant ZipStore::changed(const std::string& file) const {
    const auto& found = entry(file);
    if (found.modified_utc) {
        return *found.modified_utc;
    }
    // Nobody says in which zone the clock stood; as UTC it is the same on every machine.
    return found.modified ? Instant{found.modified->time_since_epoch()} : Instant{};
}

std::vector<std::string> ZipStore::activity_files() const {
    std::vector<std::string> files;
    for (const auto& entry : m_reader.entries()) {
        const std::string_view name = entry.name;
        const auto last = name.substr(name.find_last_of('/') + 1);
        if (!entry.is_directory && name.starts_with(m_prefix) && !last.starts_with('.') &&
            formats::has_activity_file_name(name)) {
            files.emplace_back(name.substr(m_prefix.size()));
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<std::string> ZipStore::notices() const {
    std::vector<std::string> lines;
    for (const auto& finding : m_reader.findings()) {
        lines.push_back(finding.name.empty() ? finding.what : finding.name + ": " + finding.what);
    }
    return lines;
}

} // namespace harrier::sync
