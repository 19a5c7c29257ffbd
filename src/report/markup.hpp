// SPDX-License-Identifier: MIT
#pragma once

// Text that is HTML or SVG already. A type of its own, so that foreign text cannot get into a page but
// through `escaped`. Pure.

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace harrier::report {

struct Markup {
    std::string text;

    Markup& operator+=(const Markup& other) {
        text += other.text;
        return *this;
    }
};

// Foreign text for the content of an element or a quoted attribute: markup characters become entities;
// control and bidirectional characters, bytes that are not UTF-8 and line breaks as in escape_terminal. Cut
// with … to `longest` columns.
[[nodiscard]] Markup escaped(std::string_view foreign, int longest = 160);

struct Attribute {
    std::string_view name;
    std::string_view value; // escaped here
};

// <name a="…">content</name>. `name` is ours.
[[nodiscard]] Markup element(std::string_view name, std::initializer_list<Attribute> attributes,
                             const Markup& content);

} // namespace harrier::report
