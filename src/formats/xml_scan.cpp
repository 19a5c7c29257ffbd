// SPDX-License-Identifier: MIT
#include "formats/xml_scan.hpp"

#include "formats/utf8.hpp"
#include "formats/xml_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace harrier::formats {

namespace {

std::string from_latin1(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size() + bytes.size() / 16);
    for (const char c : bytes) {
        append_utf8(text, static_cast<unsigned char>(c));
    }
    return text;
}

// "utf-8" of <?xml version="1.0" encoding="UTF-8"?>
std::string declared_encoding(std::string_view text) {
    constexpr std::string_view word = "encoding";
    if (!text.starts_with("<?xml")) {
        return {};
    }
    const auto declaration = text.substr(0, std::min<std::size_t>(text.find("?>"), 500));
    const auto found = declaration.find(word);
    const auto begin =
        found == std::string_view::npos ? found : declaration.find_first_of("\"'", found + word.size());
    const auto end =
        begin == std::string_view::npos ? begin : declaration.find(declaration[begin], begin + 1);
    if (end == std::string_view::npos) {
        return {};
    }
    std::string name(declaration.substr(begin + 1, end - begin - 1));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return name;
}

std::size_t leading_space(std::string_view text) {
    return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_xml_space) - text.begin());
}

// Walks over the markup as the parser will, and counts what it will cost.
class Scanner {
public:
    explicit Scanner(const XmlSource& source)
        : m_source(source), m_text(source.text()),
          m_budget(std::min<std::size_t>(16'000'000 + 4 * m_text.size(), std::size_t{1} << 30U)) {}

    XmlScan run() {
        while (!m_scan.refused && m_at < m_text.size()) {
            pass_text();
            if (m_at < m_text.size() && !m_scan.refused) {
                pass_markup();
            }
        }
        if (!m_scan.refused) {
            m_scan.usable = m_text.size();
        }
        return std::move(m_scan);
    }

private:
    // What the parser allocates, in bytes.
    static constexpr std::size_t node_size = 64;
    static constexpr std::size_t attribute_size = 40;

    void refuse(std::size_t offset, std::string_view what, bool keep_what_was_before = true) {
        m_scan.refused = true;
        m_scan.usable = keep_what_was_before ? offset : 0;
        report(offset, what);
    }

    void report(std::size_t offset, std::string_view what) {
        m_scan.findings.push_back(
            {m_source.offset_in_file(offset), 0, fmt::format("line {}: {}", m_source.line_at(offset), what)});
    }

    void spend(std::size_t bytes) {
        m_spent += bytes;
        if (m_spent > m_budget) {
            refuse(m_at, "far more markup than a recording has; the rest is left out");
        }
    }

    void skip_behind(std::string_view end) {
        const auto found = m_text.find(end, m_at);
        const auto next = found == std::string_view::npos ? m_text.size() : found + end.size();
        if (next - m_at > max_xml_run) {
            return refuse(m_at, "a tag or text of more than 1 MiB; the rest is left out");
        }
        m_at = next;
    }

    void pass_text() {
        const auto begin = m_at;
        while (m_at < m_text.size() && is_xml_space(m_text[m_at])) {
            ++m_at;
        }
        if (m_at < m_text.size() && m_text[m_at] == '<') {
            return;
        }
        // The first text of an element is kept in the element itself.
        if (!m_is_first_text) {
            spend(node_size);
        }
        m_at = std::min(m_text.find('<', m_at), m_text.size());
        if (m_at - begin > max_xml_run) {
            refuse(begin, "a text of more than 1 MiB; the rest is left out");
        }
    }

    void pass_markup() {
        const char kind = m_at + 1 < m_text.size() ? m_text[m_at + 1] : '\0';
        m_is_first_text = false;
        if (kind == '/') {
            m_depth -= m_depth > 0 ? 1 : 0;
            skip_behind(">");
        } else if (kind == '?') {
            skip_behind("?>");
        } else if (kind == '!') {
            pass_declaration();
        } else {
            pass_start_tag();
        }
    }

    void pass_declaration() {
        constexpr std::string_view comment = "<!--";
        constexpr std::string_view cdata = "<![CDATA[";
        constexpr std::string_view doctype = "<!DOCTYPE";
        const auto here = m_text.substr(m_at, doctype.size());
        if (here.starts_with(comment)) {
            skip_behind("-->");
        } else if (here == cdata) {
            spend(node_size);
            skip_behind("]]>");
        } else if (here == doctype) {
            refuse(m_at, "a DOCTYPE, which no recording needs; the file is refused", false);
        } else {
            refuse(m_at, "a malformed or cut <! here; the rest is left out");
        }
    }

    void pass_start_tag() {
        const auto begin = m_at;
        std::size_t attributes = 0;
        std::size_t at = begin + 1;
        for (; at < m_text.size() && m_text[at] != '>'; ++at) {
            if (m_text[at] == '"' || m_text[at] == '\'') {
                ++attributes;
                at = m_text.find(m_text[at], at + 1);
                if (at == std::string_view::npos) {
                    break;
                }
            }
        }
        const auto end = std::min(at, m_text.size());
        if (end - begin > max_xml_run) {
            return refuse(begin, "a tag of more than 1 MiB; the rest is left out");
        }
        if (attributes > max_xml_attributes) {
            return refuse(begin,
                          fmt::format("an element with {} attributes; the rest is left out", attributes));
        }
        check_prefixes(m_text.substr(begin + 1, end - begin - 1), begin, attributes > 0);
        if (m_text[end - 1] != '/') {
            m_is_first_text = true;
            if (++m_depth > max_xml_depth) {
                return refuse(begin, "elements more than 64 deep; the rest is left out");
            }
        }
        spend(node_size + attributes * attribute_size);
        m_at = std::min(end + 1, m_text.size());
    }

    // A declaration counts from its tag to the end of the file: nearer would be stricter than useful.
    void check_prefixes(std::string_view tag, std::size_t begin, bool has_attributes) {
        if (has_attributes) {
            collect_declared(tag);
        }
        const auto end = tag.find_first_of(": \t\r\n/>");
        if (end == std::string_view::npos || tag[end] != ':') {
            return;
        }
        const auto prefix = tag.substr(0, end);
        if (prefix == m_last_prefix) {
            return;
        }
        m_last_prefix = prefix;
        if (std::find(m_prefixes.begin(), m_prefixes.end(), prefix) == m_prefixes.end() &&
            m_prefixes.size() < max_prefixes) {
            m_prefixes.push_back(prefix);
            report(begin, fmt::format("unbound prefix {}; its elements are read all the same",
                                      clean_words(prefix.substr(0, 40))));
        }
    }

    void collect_declared(std::string_view tag) {
        constexpr std::string_view word = "xmlns:";
        for (auto at = tag.find(word); at != std::string_view::npos; at = tag.find(word, at + 1)) {
            const auto name = tag.substr(at + word.size());
            const auto prefix = name.substr(0, name.find_first_of("= \t\r\n"));
            if (m_prefixes.size() < max_prefixes &&
                std::find(m_prefixes.begin(), m_prefixes.end(), prefix) == m_prefixes.end()) {
                m_prefixes.push_back(prefix);
            }
        }
    }

    static constexpr std::size_t max_prefixes = 64;

    const XmlSource& m_source;
    std::string_view m_text;
    std::size_t m_budget;
    std::size_t m_spent = 0;
    std::size_t m_at = 0;
    std::size_t m_depth = 0;
    bool m_is_first_text = false;                    // right behind a start tag
    std::vector<std::string_view> m_prefixes{"xml"}; // declared, or reported
    std::string_view m_last_prefix;
    XmlScan m_scan;
};

} // namespace

XmlSource::XmlSource(std::span<const std::byte> bytes) : m_file_size(bytes.size()) {
    using namespace std::string_view_literals;
    const std::string_view file(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    m_text = file;
    const bool little = file.starts_with("\xFF\xFE"sv) || file.starts_with("<\0"sv);
    const bool big = file.starts_with("\xFE\xFF"sv) || file.starts_with("\0<"sv);
    if (little || big) {
        m_converted = from_utf16(file.substr(file[0] == '<' || file[0] == '\0' ? 0 : 2), big);
        m_text = m_converted;
    } else if (file.starts_with("\xEF\xBB\xBF"sv)) {
        m_text.remove_prefix(3);
    }
    m_text.remove_prefix(leading_space(m_text));
    m_skipped = file.size() - m_text.size();
    const auto encoding = declared_encoding(m_text);
    if (little || big || encoding.empty() || encoding == "utf-8" || encoding == "utf8") {
        return;
    }
    if (encoding == "iso-8859-1" || encoding == "latin1" || encoding == "windows-1252") {
        m_converted = from_latin1(m_text);
        m_text = m_converted;
    } else if (encoding != "us-ascii") {
        m_unknown_encoding = clean_words(encoding);
    }
}

std::size_t XmlSource::offset_in_file(std::size_t offset) const {
    return std::min(m_converted.empty() ? m_skipped + offset : offset, m_file_size);
}

std::size_t XmlSource::line_at(std::size_t offset) const {
    const auto before = m_text.substr(0, offset);
    return 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
}

XmlScan scan_xml(const XmlSource& source) {
    return Scanner(source).run();
}

} // namespace harrier::formats
