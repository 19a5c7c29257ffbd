// SPDX-License-Identifier: MIT
#include "formats/xml_document.hpp"

#include "formats/xml_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace harrier::formats {

namespace {

bool is_text(XmlNode node) {
    return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

std::string_view what_is_wrong(pugi::xml_parse_status status) {
    switch (status) {
    case pugi::status_end_element_mismatch:
        return "mismatched tag";
    case pugi::status_bad_start_element:
    case pugi::status_unrecognized_tag:
        return "malformed start tag";
    case pugi::status_bad_end_element:
        return "malformed end tag";
    case pugi::status_bad_attribute:
        return "malformed attribute";
    case pugi::status_bad_comment:
    case pugi::status_bad_cdata:
    case pugi::status_bad_pi:
        return "a comment, CDATA or <? without end";
    default:
        return "not well-formed XML";
    }
}

} // namespace

XmlNode find_child(XmlNode parent, std::string_view name) {
    for (const auto child : parent) {
        if (local_name(child) == name) {
            return child;
        }
    }
    return {};
}

XmlText::XmlText(XmlNode element) : m_plain(element.value()) {
    for (const auto child : element) {
        if (!is_text(child)) {
            continue;
        }
        if (m_plain.empty()) {
            m_plain = child.value();
            continue;
        }
        if (m_joined.empty()) {
            m_joined = m_plain;
        }
        m_joined += child.value();
    }
}

XmlDocument::XmlDocument(std::span<const std::byte> bytes) : m_source(bytes) {
    if (m_source.text().empty()) {
        m_findings.push_back({0, 0, "an empty file"});
        return;
    }
    if (!m_source.unknown_encoding().empty()) {
        report(0, fmt::format("encoding {} is not known here; read as UTF-8", m_source.unknown_encoding()));
    }
    auto scan = scan_xml(m_source);
    std::move(scan.findings.begin(), scan.findings.end(), std::back_inserter(m_findings));
    m_usable = scan.usable;
    if (m_usable == 0) {
        return;
    }
    m_buffer = m_source.text().substr(0, m_usable);
    const auto result = m_tree.load_buffer_inplace(
        m_buffer.data(), m_buffer.size(), pugi::parse_cdata | pugi::parse_escapes | pugi::parse_embed_pcdata,
        pugi::encoding_utf8);
    m_damaged = !result;
    if (m_damaged && !scan.refused) {
        report_damage(result);
    }
}

void XmlDocument::report(std::size_t offset, std::string_view what) {
    m_findings.push_back(
        {m_source.offset_in_file(offset), 0, fmt::format("line {}: {}", m_source.line_at(offset), what)});
}

void XmlDocument::report_damage(const pugi::xml_parse_result& result) {
    if (result.status == pugi::status_no_document_element) {
        return report(0, "not an XML file");
    }
    const auto offset =
        std::min(static_cast<std::size_t>(std::max<std::ptrdiff_t>(result.offset, 0)), m_usable);
    // The parser sees the end of the text one character early.
    const bool at_end = trim(m_source.text().substr(offset)).size() <= 1;
    m_usable = at_end ? m_usable : offset;
    report(m_usable, fmt::format("{}; what stands before is kept",
                                 at_end ? "the file ends in the middle" : what_is_wrong(result.status)));
}

std::size_t XmlDocument::offset_of(XmlNode node) const {
    return m_source.offset_in_file(
        static_cast<std::size_t>(std::max<std::ptrdiff_t>(node.offset_debug(), 0)));
}

bool XmlDocument::is_complete(XmlNode element) const {
    if (!m_damaged) {
        return true;
    }
    const auto name = local_name(element);
    const auto begin = static_cast<std::size_t>(std::max<std::ptrdiff_t>(element.offset_debug(), 0));
    const auto text = m_source.text().substr(0, m_usable);
    const auto tag_end = text.find('>', begin);
    if (tag_end != std::string_view::npos && text[tag_end - 1] == '/') {
        return true;
    }
    for (auto at = text.find(name, begin + name.size()); at != std::string_view::npos;
         at = text.find(name, at + name.size())) {
        if (trim(text.substr(at + name.size(), 100)).starts_with('>')) {
            return true;
        }
    }
    return false;
}

} // namespace harrier::formats
