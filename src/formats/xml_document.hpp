// SPDX-License-Identifier: MIT
#pragma once

// An XML file as a tree: pugixml behind the limits of xml_scan.hpp. A file that is cut or malformed gives the
// tree of what stands before the damage, and a finding. Elements are told by local name, whatever their
// prefix.

#include "formats/xml_scan.hpp"
#include "model/recording.hpp"

#include <pugixml.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::formats {

using XmlNode = pugi::xml_node;

[[nodiscard]] inline std::string_view local_name(XmlNode node) {
    const std::string_view name = node.name();
    return name.substr(name.find(':') + 1);
}

// The first child element of that name; a null node when there is none.
[[nodiscard]] XmlNode find_child(XmlNode parent, std::string_view name);

// The text of an element without its child elements; comments and CDATA do not interrupt it. Untrimmed.
class XmlText {
public:
    explicit XmlText(XmlNode element);
    [[nodiscard]] std::string_view view() const { return m_joined.empty() ? m_plain : m_joined; }

private:
    std::string_view m_plain;
    std::string m_joined;
};

class XmlDocument {
public:
    explicit XmlDocument(std::span<const std::byte> bytes);
    XmlDocument(const XmlDocument&) = delete;
    XmlDocument& operator=(const XmlDocument&) = delete;

    [[nodiscard]] XmlNode root() const { return m_tree.document_element(); }
    [[nodiscard]] std::vector<model::Finding>& findings() { return m_findings; }
    // The tree is only that of the beginning.
    [[nodiscard]] bool is_damaged() const { return m_damaged; }
    [[nodiscard]] std::size_t offset_of(XmlNode node) const; // of its name, in the file
    // Whether the file holds the element to its end: false for the one that the damage cut.
    [[nodiscard]] bool is_complete(XmlNode element) const;

private:
    void report(std::size_t offset, std::string_view what);
    void report_damage(const pugi::xml_parse_result& result);

    XmlSource m_source;
    std::size_t m_usable = 0; // bytes of the source before any damage
    bool m_damaged = false;
    std::string m_buffer; // the tree points into it
    pugi::xml_document m_tree;
    std::vector<model::Finding> m_findings;
};

} // namespace harrier::formats
