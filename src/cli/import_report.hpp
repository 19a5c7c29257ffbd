// SPDX-License-Identifier: MIT
#pragma once

// What an import tells: its progress, what came of it, and what did not work.

#include "cli/console.hpp"
#include "sync/importer.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace harrier::cli {

// "1,234 of 5,000 items (24 %), 512/s, 240 MB, 8 s left"; the time left once there is something to go by.
[[nodiscard]] std::string import_progress_text(const sync::ImportProgress& progress,
                                               std::chrono::milliseconds elapsed);

// "12 new, 3 updated, 4,985 unchanged, 2 failed; 4,998 files, 812 MB, 9.8 s."
[[nodiscard]] std::string import_summary_text(const sync::ImportResult& result,
                                              std::chrono::milliseconds elapsed);

// One object: the counts, and every failure, finding and notice.
[[nodiscard]] std::string import_json(const sync::ImportResult& result,
                                      const std::vector<std::string>& notices);

// Lists what did not work and what was repaired, the first of each; how many more there are.
void say_import_problems(const Console& console, const sync::ImportResult& result,
                         const std::vector<std::string>& notices);

} // namespace harrier::cli
