// SPDX-License-Identifier: MIT
#pragma once

// What lies below a folder that somebody named for an import. Links are followed only to what lies below it
// as well: an import reads nothing that was not named.

#include "sync/import_sources.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace harrier::sync {

struct FoundFiles {
    std::vector<std::filesystem::path>
        exports;                             // folders that hold an export's table; not looked into further
    std::vector<std::filesystem::path> zips; // by their name
    std::vector<std::filesystem::path> activities; // by their name
    std::vector<ImportFailure> unreadable;
    std::vector<std::string> notices;
};

// Each list in the order of its paths. What begins with a dot is nobody's activity: macOS leaves "._run.fit"
// beside every "run.fit".
[[nodiscard]] FoundFiles walk_folder(const std::filesystem::path& folder);

// True when the file, or what it links to, lies below the folder. Both must be there.
[[nodiscard]] bool lies_within(const std::filesystem::path& file, const std::filesystem::path& folder);

} // namespace harrier::sync
