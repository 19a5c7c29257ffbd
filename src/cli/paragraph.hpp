// SPDX-License-Identifier: MIT
#pragma once

// Running text for people. Pure.

#include <string>
#include <string_view>

namespace harrier::cli {

// The words of `text` in lines of at most `width` columns, each begun by `indent` and ended by a line break.
// A word that is longer than a line stays whole: it may be an address to copy.
[[nodiscard]] std::string paragraph(std::string_view text, int width, std::string_view indent);

// A message ("the token is old") as a sentence ("The token is old.").
[[nodiscard]] std::string sentence(std::string_view message);

// A hint on lines of its own. The command in "To log in, run:  harrier login" gets its own line, uncut.
[[nodiscard]] std::string hint_lines(std::string_view hint, int width, std::string_view indent);

} // namespace harrier::cli
