// SPDX-License-Identifier: MIT
#pragma once

// A FIT, GPX or TCX file, told by what is in it: names lie. Pure; any number of threads.

#include "model/recording.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace harrier::formats {

enum class FileFormat { fit, gpx, tcx };

// "fit", "gpx", "tcx"
[[nodiscard]] std::string_view word_of(FileFormat format);

// Nothing for any other file. Looks at the first 4 KiB.
[[nodiscard]] std::optional<FileFormat> find_format(std::span<const std::byte> bytes);

// True for names that end as activity files do: .fit, .gpx, .tcx, in any case, with .gz behind it or without.
[[nodiscard]] bool has_activity_file_name(std::string_view name);

[[nodiscard]] model::DecodedFile decode(FileFormat format, std::span<const std::byte> bytes);

} // namespace harrier::formats
