// SPDX-License-Identifier: MIT
#include "formats/export_values.hpp"

#include "base/text.hpp"
#include "formats/utf8.hpp"
#include "formats/xml_values.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace harrier::formats {

namespace {

constexpr std::size_t longest_number = 64;

std::optional<double> read_plain(std::string_view text) {
    constexpr double limit = 1e12;
    const auto value = read_number(text);
    return value && std::abs(*value) < limit ? value : std::nullopt;
}

std::string without_spaces(std::string_view text) {
    std::string dense;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t size = std::max<std::size_t>(1, utf8_size(text.substr(at)));
        const auto character = text.substr(at, size);
        if (character != " " && character != "\u00A0" && character != "\u202F") {
            dense += character;
        }
        at += size;
    }
    return dense;
}

// "1,234,567" or "1.234" without its marks; nothing where they do not stand before three digits each.
std::optional<std::string> without_thousands(const std::string& text) {
    std::string digits;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != ',' && text[at] != '.') {
            digits += text[at];
            continue;
        }
        const auto group = text.find_first_of(",.", at + 1);
        if (at == 0 || std::min(group, text.size()) - at != 4) {
            return std::nullopt;
        }
    }
    return digits;
}

} // namespace

std::optional<double> read_export_number(std::string_view cell, bool has_decimal_comma) {
    if (cell.size() > longest_number) {
        return std::nullopt;
    }
    if (const auto plain = read_plain(cell)) {
        return plain;
    }
    const std::string text = without_spaces(cell);
    const auto last = text.find_last_of(",.");
    if (last == std::string::npos) {
        return read_plain(text);
    }
    // The last mark parts the fraction, unless it is there several times, or is a comma that may not.
    const bool is_repeated = text.find(text[last]) != last;
    const bool is_alone = text.find_first_of(",.") == last;
    const bool parts_thousands =
        is_repeated || (is_alone && text[last] == ',' && !has_decimal_comma && text.size() - last == 4);
    const std::string whole = text.substr(0, parts_thousands ? text.size() : last);
    const std::string fraction = parts_thousands ? "" : "." + text.substr(last + 1);
    const auto digits = without_thousands(whole);
    return digits ? read_plain(*digits + fraction) : std::nullopt;
}

std::optional<bool> read_export_bool(std::string_view cell) {
    cell = trim(cell);
    if (equal_ignoring_case(cell, "true")) {
        return true;
    }
    if (equal_ignoring_case(cell, "false")) {
        return false;
    }
    const auto number = read_export_number(cell, true);
    return number == 1.0 || number == 0.0 ? std::optional(*number == 1.0) : std::nullopt;
}

std::optional<std::int64_t> read_export_id(std::string_view cell) {
    cell = trim(cell);
    std::int64_t id = 0;
    const auto read = std::from_chars(cell.data(), cell.data() + cell.size(), id);
    const bool is_whole = read.ec == std::errc() && read.ptr == cell.data() + cell.size();
    return is_whole && id > 0 ? std::optional(id) : std::nullopt;
}

std::vector<std::string> read_export_media(std::string_view cell) {
    std::string names = mend_utf8(cell);
    for (const char separator : {';', ',', '\n', '\r'}) {
        std::replace(names.begin(), names.end(), separator, '|');
    }
    return split(names, '|');
}

} // namespace harrier::formats
