// SPDX-License-Identifier: MIT
#include "sync/folder_walk.hpp"

#include "base/text.hpp"
#include "formats/activity_file.hpp"
#include "sync/export_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

namespace harrier::sync {

namespace fs = std::filesystem;

namespace {

class Walk {
public:
    explicit Walk(fs::path folder) : m_root(std::move(folder)) {}

    FoundFiles run() {
        look_into(m_root);
        for (auto* paths : {&m_found.exports, &m_found.zips, &m_found.activities}) {
            std::sort(paths->begin(), paths->end());
        }
        return std::move(m_found);
    }

private:
    void look_into(const fs::path& folder) {
        std::error_code error;
        if (fs::exists(folder / export_table, error)) {
            m_found.exports.push_back(folder);
            return;
        }
        fs::directory_iterator entry(folder, error);
        while (!error && entry != fs::directory_iterator()) {
            if (!entry->path().filename().string().starts_with('.')) {
                add(*entry);
            }
            entry.increment(error);
        }
        note(folder, error);
    }

    void add(const fs::directory_entry& entry) {
        std::error_code error;
        const bool is_link = entry.is_symlink(error);
        const auto name = entry.path().filename().string();
        const bool is_activity = formats::has_activity_file_name(name);
        const bool is_zip = to_lower(name).ends_with(".zip");
        // A folder behind a link would be found twice, or without end.
        if (!is_link && entry.is_directory(error)) {
            return look_into(entry.path());
        }
        if (!is_activity && !is_zip) {
            return;
        }
        if (is_link && entry.exists(error) && !lies_within(entry.path(), m_root)) {
            m_found.notices.push_back(
                fmt::format("{}: a link out of the folder is not followed", entry.path().string()));
            return;
        }
        const bool is_file = !error && entry.is_regular_file(error);
        note(entry.path(), error);
        if (is_file) {
            (is_activity ? m_found.activities : m_found.zips).push_back(entry.path());
        }
    }

    void note(const fs::path& path, const std::error_code& error) {
        if (error) {
            m_found.unreadable.push_back(
                {path.string(), {}, fmt::format("it cannot be read: {}", error.message())});
        }
    }

    fs::path m_root;
    FoundFiles m_found;
};

} // namespace

FoundFiles walk_folder(const fs::path& folder) {
    return Walk(folder).run();
}

bool lies_within(const fs::path& file, const fs::path& folder) {
    std::error_code error;
    const auto real_file = fs::canonical(file, error);
    const auto real_folder = error ? fs::path() : fs::canonical(folder, error);
    return !error &&
           std::mismatch(real_folder.begin(), real_folder.end(), real_file.begin(), real_file.end()).first ==
               real_folder.end();
}

} // namespace harrier::sync
