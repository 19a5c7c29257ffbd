// SPDX-License-Identifier: MIT
#pragma once

// Texts of foreign files held against UTF-8. Pure.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace harrier::formats {

// Bytes of the UTF-8 character at the beginning of a text that is not empty; 0 when it is none: also for
// forms longer than needed, halves of surrogate pairs, and what lies beyond Unicode.
[[nodiscard]] std::size_t utf8_size(std::string_view text);

[[nodiscard]] bool is_utf8(std::string_view text);

// Bytes that are not UTF-8 become U+FFFD; all else stays as it is.
[[nodiscard]] std::string mend_utf8(std::string_view text);

// At the end of a text; `code` is a character of Unicode.
void append_utf8(std::string& text, std::uint32_t code);

// Without a byte order mark. Halves of surrogate pairs become U+FFFD, an odd last byte is left out.
[[nodiscard]] std::string from_utf16(std::string_view bytes, bool big_endian);

} // namespace harrier::formats
