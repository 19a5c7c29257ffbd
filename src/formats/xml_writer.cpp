// SPDX-License-Identifier: MIT
#include "formats/xml_writer.hpp"

#include "formats/utf8.hpp"
#include "formats/xml_values.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

namespace harrier::formats {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

// A whole character of UTF-8 that XML 1.0 does not allow: most control characters, U+FFFE and U+FFFF.
bool is_forbidden(std::string_view character) {
    const auto first = static_cast<unsigned char>(character[0]);
    if (first < 0x20) {
        return first != '\t' && first != '\n' && first != '\r';
    }
    return character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF";
}

// What stands for the character in a text; empty: itself. A bare carriage return would come back as a line
// feed.
std::string_view escaped(char c) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\r':
        return "&#13;";
    default:
        return {};
    }
}

void put_digits(char* out, int value, int count) {
    for (int i = count - 1; i >= 0; --i) {
        out[i] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
}

} // namespace

double fitted(double value, const NumberKind& kind) {
    const double kept = kind.whole ? std::round(value) : value;
    return kept >= kind.least && kept <= kind.most ? kept : model::missing;
}

XmlWriter& XmlWriter::words(std::string_view text) {
    std::size_t written = 0;
    while (!text.empty()) {
        const std::size_t size = utf8_size(text);
        const auto character = text.substr(0, size == 0 ? 1 : size);
        written += character.size();
        if (written > longest_xml_text) {
            break;
        }
        if (size == 0 || is_forbidden(character)) {
            raw(replacement);
        } else if (const auto stand_in = escaped(character[0]); !stand_in.empty()) {
            raw(stand_in);
        } else {
            raw(character);
        }
        text.remove_prefix(character.size());
    }
    return *this;
}

XmlWriter& XmlWriter::number(double value) {
    std::array<char, 400> digits; // the smallest double takes 343 of them
    const auto end =
        std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed);
    m_text.append(digits.data(), end.ptr);
    return *this;
}

bool has_xml_time(model::Moment moment) {
    using namespace std::chrono;
    return moment >= sys_days(year(0) / 1 / 1) && moment < sys_days(year(10'000) / 1 / 1);
}

XmlWriter& XmlWriter::time(model::Moment moment) {
    using namespace std::chrono;
    const auto day = floor<days>(moment);
    const year_month_day date(day);
    const auto since_midnight = static_cast<int>((moment - day).count());
    const int second = since_midnight / 1000;
    std::array<char, 24> text{"0000-00-00T00:00:00.000"};
    put_digits(text.data(), static_cast<int>(date.year()), 4);
    put_digits(text.data() + 5, static_cast<int>(static_cast<unsigned>(date.month())), 2);
    put_digits(text.data() + 8, static_cast<int>(static_cast<unsigned>(date.day())), 2);
    put_digits(text.data() + 11, second / 3600, 2);
    put_digits(text.data() + 14, second / 60 % 60, 2);
    put_digits(text.data() + 17, second % 60, 2);
    put_digits(text.data() + 20, since_midnight % 1000, 3);
    m_text.append(text.data(), since_midnight % 1000 == 0 ? 19 : 23);
    return raw("Z");
}

XmlWriter& XmlWriter::element(std::string_view tag, std::string_view text) {
    return text.empty() ? *this : open(tag).words(text).close(tag);
}

XmlWriter& XmlWriter::element(std::string_view tag, double value) {
    return model::is_missing(value) ? *this : open(tag).number(value).close(tag);
}

XmlWriter& XmlWriter::element(std::string_view tag, model::Moment moment) {
    return open(tag).time(moment).close(tag);
}

} // namespace harrier::formats
