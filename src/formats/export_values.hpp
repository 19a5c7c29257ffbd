// SPDX-License-Identifier: MIT
#pragma once

// Cells of the export's tables as values, whatever the locale of this machine. An empty cell is no value, and
// so is one that cannot be read: the caller tells them apart. Pure.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::formats {

// "1428.0", "9,44", "1.234,5", "1 234,5", "1,234.5". One comma alone parts the fraction, but in a language
// without decimal comma ("1,234") it parts thousands where three digits follow. Finite, and below 10^12.
[[nodiscard]] std::optional<double> read_export_number(std::string_view cell, bool has_decimal_comma);

// "true", "1.0", "1"; "false", "0.0", "0"
[[nodiscard]] std::optional<bool> read_export_bool(std::string_view cell);

// A whole number above 0, up to 2^63 - 1; never through a double.
[[nodiscard]] std::optional<std::int64_t> read_export_id(std::string_view cell);

// File names of one cell. Seen is one name; several are taken apart at '|', ';', ',' and line ends.
[[nodiscard]] std::vector<std::string> read_export_media(std::string_view cell);

} // namespace harrier::formats
