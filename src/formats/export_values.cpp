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

} // namespace

std::optional<double> read_export_number(std::string_view cell, bool has_decimal_comma) {
    if (cell.size() > longest_number) {
        return std::nullopt;
    }
    if (const auto plain = read_plain(cell)) {
        return plain;
    }
    std::string text = without_spaces(cell);
    const auto comma = text.rfind(',');
    const auto point = text.rfind('.');
    if (comma != std::string::npos) {
        const bool has_point_last = point != std::string::npos && point > comma;
        const bool is_alone = point == std::string::npos && text.find(',') == comma;
        const bool parts_thousands =
            has_point_last || (point == std::string::npos && !is_alone) ||
            (is_alone && !has_decimal_comma && text.size() - comma == 4);
        if (parts_thousands) {
            std::erase(text, ',');
        } else {
            text[comma] = ';';
            std::erase(text, '.');
            std::replace(text.begin(), text.end(), ';', '.');
        }
    }
    return read_plain(text);
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
