// SPDX-License-Identifier: MIT
#pragma once

// Which of several files of one activity is believed and read first. Depends on nothing but the file's bytes,
// so that the order in which files come does not matter. Pure.

#include "archive/import_item.hpp"

#include <cstdint>

namespace harrier::archive {

// The greater tells more. In this order: a whole file before one that breaks off, and one of a device before
// what harrier wrote out of it; FIT before TCX before GPX; more columns of samples; more laps.
[[nodiscard]] std::int64_t quality_of(const ImportedFile& file, const ImportedRecording& recording);

} // namespace harrier::archive
