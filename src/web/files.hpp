// SPDX-License-Identifier: MIT
#pragma once

// The built page (web/dist), which is a part of the program: compiled in by src/web/embed_page. Without it
// there is one plain page that says how to get it.

#include <span>
#include <string>
#include <string_view>

namespace harrier::web {

struct PageFile {
    std::string_view path; // "/assets/index-1a2b3c4d.js"
    std::string_view type;
    std::span<const unsigned char> gzip;
};

// Empty in a program that was built without the page.
[[nodiscard]] std::span<const PageFile> page_files();

// Null when there is no such file.
[[nodiscard]] const PageFile* find_page_file(std::string_view path);

// Names a file of its contents: it never changes under its name.
[[nodiscard]] bool is_immutable(std::string_view path);

// The plain page.
[[nodiscard]] std::string fallback_page();

} // namespace harrier::web
