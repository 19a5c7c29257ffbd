// SPDX-License-Identifier: MIT
#pragma once

// What is done with an XML file before it is parsed: its encoding becomes UTF-8, and what a hostile file
// could hurt with is refused while it costs nothing. No entity is ever defined or expanded: a DOCTYPE ends
// the reading. Pure.

#include "model/recording.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::formats {

constexpr std::size_t max_xml_depth = 64;
constexpr std::size_t max_xml_attributes = 256; // of one element
constexpr std::size_t max_xml_run = 1 << 20;    // bytes of one text or one tag

// A file's text as UTF-8, without byte order mark and leading white space. Known are UTF-8, UTF-16 of both
// byte orders (by mark or by its first character) and ISO-8859-1 (by declaration). Borrows `bytes`.
class XmlSource {
public:
    explicit XmlSource(std::span<const std::byte> bytes);
    XmlSource(const XmlSource&) = delete;
    XmlSource& operator=(const XmlSource&) = delete;

    [[nodiscard]] std::string_view text() const { return m_text; }
    // The byte in the file for one of the text. Only near, at most the file's size, where it was converted.
    [[nodiscard]] std::size_t offset_in_file(std::size_t offset) const;
    [[nodiscard]] std::size_t line_at(std::size_t offset) const; // from 1
    // Empty, or the declared encoding that is none of ours: the text is then taken as UTF-8.
    [[nodiscard]] const std::string& unknown_encoding() const { return m_unknown_encoding; }

private:
    std::string m_converted;
    std::string_view m_text;
    std::size_t m_skipped = 0; // bytes of the file before the text
    std::size_t m_file_size = 0;
    std::string m_unknown_encoding;
};

struct XmlScan {
    std::size_t usable = 0; // the text up to the first thing that is refused
    bool refused = false;
    std::vector<model::Finding> findings; // the refusal, and prefixes that no xmlns declares
};

// Memory: the parsed tree of the usable text takes at most 16 MB and 4 bytes per byte of the text.
[[nodiscard]] XmlScan scan_xml(const XmlSource& source);

} // namespace harrier::formats
