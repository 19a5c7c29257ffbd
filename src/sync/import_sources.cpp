// SPDX-License-Identifier: MIT
#include "sync/import_sources.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "formats/activity_file.hpp"
#include "formats/strava_export.hpp"
#include "formats/zip.hpp"
#include "sync/export_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

namespace harrier::sync {

namespace {

namespace fs = std::filesystem;

bool is_zip_name(const fs::path& path) {
    return to_lower(path.extension().string()) == ".zip";
}

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

// Activity files below a folder, in the order of their paths. What begins with a dot is nobody's activity:
// macOS leaves "._run.fit" beside every "run.fit".
std::vector<fs::path> find_activity_files(const fs::path& folder) {
    std::vector<fs::path> files;
    constexpr auto options = fs::directory_options::skip_permission_denied;
    for (auto entry = fs::recursive_directory_iterator(folder, options);
         entry != fs::recursive_directory_iterator(); ++entry) {
        const auto name = entry->path().filename().string();
        if (name.starts_with('.')) {
            if (entry->is_directory()) {
                entry.disable_recursion_pending();
            }
            continue;
        }
        if (entry->is_regular_file() && formats::has_activity_file_name(name)) {
            files.push_back(entry->path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

void add_folder(const fs::path& folder, ImportSources& sources) {
    if (fs::exists(folder / export_table)) {
        add_export(std::make_unique<FolderStore>(folder), sources);
        return;
    }
    const auto files = find_activity_files(folder);
    if (files.empty()) {
        sources.failures.push_back({folder.string(), {}, "there is no FIT, GPX or TCX file in this folder"});
    }
    for (const auto& file : files) {
        sources.jobs.push_back({.name = file.string(), .row = {}, .header = {}, .file = loose_file(file)});
    }
}

void add_path(const fs::path& path, ImportSources& sources) {
    if (fs::is_directory(path)) {
        add_folder(path, sources);
    } else if (is_zip_name(path)) {
        require_regular_file(path);
        add_export(std::make_unique<ZipStore>(path), sources);
    } else {
        if (!fs::exists(path)) {
            throw Error(ErrorKind::io, "there is no such file");
        }
        sources.jobs.push_back({.name = path.string(), .row = {}, .header = {}, .file = loose_file(path)});
    }
}

} // namespace

ImportSources find_import_sources(std::span<const fs::path> paths) {
    ImportSources sources;
    for (const auto& path : paths) {
        try {
            add_path(path, sources);
        } catch (const Error& error) {
            sources.failures.push_back({path.string(), {}, error.message()});
        } catch (const fs::filesystem_error& error) {
            sources.failures.push_back({path.string(), {}, error.code().message()});
        }
    }
    return sources;
}

} // namespace harrier::sync
