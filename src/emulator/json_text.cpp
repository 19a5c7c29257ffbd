// SPDX-License-Identifier: MIT
#include "emulator/json_text.hpp"

#include <array>
#include <charconv>

namespace harrier::emulator {

namespace {

void append_whole(std::string& out, std::int64_t value) {
    std::array<char, 24> digits{};
    const auto result = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    out.append(digits.data(), result.ptr);
}

void append_escaped(std::string& out, char c) {
    constexpr std::string_view hex = "0123456789abcdef";
    switch (c) {
    case '"':
        out += "\\\"";
        return;
    case '\\':
        out += "\\\\";
        return;
    case '\n':
        out += "\\n";
        return;
    case '\r':
        out += "\\r";
        return;
    case '\t':
        out += "\\t";
        return;
    default:
        break;
    }
    const auto code = static_cast<unsigned char>(c);
    if (code < 0x20 || code == 0x7f || c == '&' || c == '<' || c == '>') {
        out += "\\u00";
        out += hex[code >> 4U];
        out += hex[code & 15U];
    } else {
        out += c;
    }
}

} // namespace

void JsonText::separate() {
    if (m_needs_comma) {
        m_text += ',';
    }
    m_needs_comma = true;
}

JsonText& JsonText::open(char bracket) {
    separate();
    m_text += bracket;
    m_needs_comma = false;
    return *this;
}

JsonText& JsonText::close(char bracket) {
    m_text += bracket;
    m_needs_comma = true;
    return *this;
}

JsonText& JsonText::key(std::string_view name) {
    separate();
    m_text += '"';
    m_text += name;
    m_text += "\":";
    m_needs_comma = false;
    return *this;
}

JsonText& JsonText::text(std::string_view value) {
    separate();
    m_text += '"';
    for (const char c : value) {
        append_escaped(m_text, c);
    }
    m_text += '"';
    return *this;
}

JsonText& JsonText::whole(std::int64_t value) {
    separate();
    append_whole(m_text, value);
    return *this;
}

JsonText& JsonText::decimal(std::int64_t units, int digits) {
    separate();
    std::int64_t unit = 1;
    for (int i = 0; i < digits; ++i) {
        unit *= 10;
    }
    const std::int64_t size = units < 0 ? -units : units;
    if (units < 0) {
        m_text += '-';
    }
    append_whole(m_text, size / unit);
    m_text += '.';
    std::int64_t rest = size % unit;
    do {
        unit /= 10;
        m_text += static_cast<char>('0' + rest / unit);
        rest %= unit;
    } while (rest != 0);
    return *this;
}

JsonText& JsonText::boolean(bool value) {
    return raw(value ? "true" : "false");
}

JsonText& JsonText::null() {
    return raw("null");
}

JsonText& JsonText::raw(std::string_view json) {
    separate();
    m_text += json;
    return *this;
}

} // namespace harrier::emulator
