// SPDX-License-Identifier: MIT
#pragma once

// The file that the watch of an emulated activity left: what an athlete has beside the API.

#include "emulator/activity_source.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace harrier::emulator {

struct WatchFile {
    std::string name;  // "2026-11-22-16500000025.fit"
    std::string bytes; // FIT
};

// Nothing for an activity without samples, or one that the source does not have.
[[nodiscard]] std::optional<WatchFile> find_watch_file(const ActivitySource& source, std::int64_t id);

} // namespace harrier::emulator
