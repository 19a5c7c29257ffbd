// SPDX-License-Identifier: MIT
#pragma once

// Small things about texts that several rooms need. ASCII only where letters matter; never the C locale.

#include <string>
#include <string_view>
#include <vector>

namespace harrier {

[[nodiscard]] std::string_view trim(std::string_view text);
[[nodiscard]] std::string to_lower(std::string_view text);
[[nodiscard]] bool equal_ignoring_case(std::string_view left, std::string_view right);

// The parts between separators, trimmed; empty parts are left out: split("a, b,,c", ',') -> a b c.
[[nodiscard]] std::vector<std::string> split(std::string_view text, char separator);
[[nodiscard]] std::string join(const std::vector<std::string>& parts, std::string_view separator);

// The candidate nearest to `word` by edit distance, if near enough to be what was meant; empty otherwise.
[[nodiscard]] std::string_view nearest(std::string_view word,
                                       const std::vector<std::string_view>& candidates);

// Foreign text made safe for a terminal: control characters (C0, DEL, C1) and bidirectional controls become
// visible escapes (\x1b, \u202e), line breaks become spaces, bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string escape_terminal(std::string_view text);

} // namespace harrier
