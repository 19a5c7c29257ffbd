// SPDX-License-Identifier: MIT
#include "report/markup.hpp"

#include "base/text.hpp"
#include "report/table.hpp"

#include <algorithm>

namespace harrier::report {

namespace {

void append_entity(std::string& text, char c) {
    switch (c) {
    case '&':
        text += "&amp;";
        break;
    case '<':
        text += "&lt;";
        break;
    case '>':
        text += "&gt;";
        break;
    case '"':
        text += "&quot;";
        break;
    case '\'':
        text += "&#39;";
        break;
    default:
        text += c;
    }
}

} // namespace

Markup escaped(std::string_view foreign, int longest) {
    // Characters without a width of their own count by their bytes, or a heap of accents would never end.
    const auto most_bytes = static_cast<std::size_t>(longest) * 4;
    std::size_t end = std::min(foreign.size(), most_bytes);
    while (end < foreign.size() && end > 0 && (static_cast<unsigned char>(foreign[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    auto visible = escape_terminal(foreign.substr(0, end));
    if (end < foreign.size()) {
        visible += "…";
    }
    Markup markup;
    for (const char c : fit(visible, longest)) {
        append_entity(markup.text, c);
    }
    return markup;
}

Markup element(std::string_view name, std::initializer_list<Attribute> attributes, const Markup& content) {
    Markup markup{"<" + std::string(name)};
    for (const auto& attribute : attributes) {
        markup.text += " " + std::string(attribute.name) + "=\"" + escaped(attribute.value, 4000).text + "\"";
    }
    markup.text += ">" + content.text + "</" + std::string(name) + ">";
    return markup;
}

} // namespace harrier::report
