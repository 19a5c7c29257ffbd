// SPDX-License-Identifier: MIT
#include "sync/import_sources.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "formats/activity_file.hpp"
#include "formats/gzip.hpp"
#include "formats/strava_export.hpp"
#include "formats/zip.hpp"
#include "sync/export_source.hpp"
#include "sync/folder_walk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>

namespace harrier::sync {

namespace {

namespace fs = std::filesystem;

// A device has no end, and opening a pipe waits for somebody who writes.
void require_regular_file(const fs::path& path) {
    if (fs::exists(path) && !fs::is_regular_file(path)) {
        throw Error(ErrorKind::io, "it is no regular file");
    }
}

// What is larger than any recording is none.
std::string read_loose_file(const fs::path& path) {
    require_regular_file(path);
    if (fs::file_size(path) > formats::max_inflated_size) {
        throw Error(ErrorKind::data,
                    fmt::format("it is larger than {} MiB", formats::max_inflated_size >> 20U));
    }
    return read_file(path);
}

std::uint64_t size_of(const fs::path& path) {
    std::error_code unknown; // reading it tells why
    const auto size = fs::file_size(path, unknown);
    return unknown ? 0 : size;
}

SourceFile loose_file(const fs::path& path) {
    return {.name = path.string(),
            .changed = last_change(path),
            .size = size_of(path),
            .read = [path] { return read_loose_file(path); },
            .budget = nullptr};
}

void fail(const fs::path& path, std::string reason, ImportSources& sources) {
    sources.failures.push_back({path.empty() ? "\"\"" : path.string(), {}, std::move(reason)});
}

// The beginning of a file, by which its kind is told.
std::string read_head(const fs::path& path) {
    constexpr std::size_t enough = 4096;
    std::string head(enough, '\0');
    std::ifstream file(path, std::ios::binary);
    file.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(file.gcount()));
    return head;
}

// By what is in it, for names lie; what looks like nothing that is known goes by its name.
bool is_zip(const fs::path& path) {
    const auto head = read_head(path);
    if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06")) {
        return true;
    }
    const auto bytes = std::as_bytes(std::span(head));
    return to_lower(path.extension().string()) == ".zip" && !formats::is_gzip(bytes) &&
           !formats::find_format(bytes);
}

void add_file(const fs::path& path, bool is_named, ImportSources& sources) {
    require_regular_file(path);
    if (is_zip(path)) {
        add_export(std::make_unique<ZipStore>(path), is_named, sources);
    } else {
        sources.jobs.push_back({.name = path.string(), .row = {}, .header = {}, .file = loose_file(path)});
    }
}

// What goes wrong with one path is a failure and stops no other.
template <typename Add>
void attempt(const fs::path& path, ImportSources& sources, Add&& add) {
    try {
        std::forward<Add>(add)();
    } catch (const Error& error) {
        fail(path, error.message(), sources);
    } catch (const fs::filesystem_error& error) {
        fail(path, error.code().message(), sources);
    }
}

void add_folder(const fs::path& folder, ImportSources& sources) {
    auto found = walk_folder(folder);
    const auto jobs_before = sources.jobs.size();
    const bool is_readable = found.unreadable.empty();
    std::move(found.unreadable.begin(), found.unreadable.end(), std::back_inserter(sources.failures));
    std::move(found.notices.begin(), found.notices.end(), std::back_inserter(sources.notices));
    for (const auto& path : found.exports) {
        attempt(path, sources, [&] { add_export(std::make_unique<FolderStore>(path), true, sources); });
    }
    for (const auto* files : {&found.zips, &found.activities}) {
        for (const auto& path : *files) {
            attempt(path, sources, [&] { add_file(path, false, sources); });
        }
    }
    if (sources.jobs.size() == jobs_before && found.exports.empty() && is_readable) {
        fail(folder, "there is no bulk export and no FIT, GPX or TCX file in this folder", sources);
    }
}

void add_path(const fs::path& path, ImportSources& sources) {
    if (fs::is_directory(path)) {
        add_folder(path, sources);
    } else if (!fs::exists(path)) {
        throw Error(ErrorKind::io, path.empty() ? "the path is empty" : "there is no such file");
    } else {
        add_file(path, true, sources);
    }
}

} // namespace

ImportSources find_import_sources(std::span<const fs::path> paths) {
    ImportSources sources;
    for (const auto& path : paths) {
        attempt(path, sources, [&] { add_path(path, sources); });
    }
    return sources;
}

} // namespace harrier::sync
