// SPDX-License-Identifier: MIT
#include "formats/activity_file.hpp"

#include "base/text.hpp"
#include "formats/fit/decode.hpp"
#include "formats/gpx.hpp"
#include "formats/tcx.hpp"

#include <algorithm>
#include <string>

namespace harrier::formats {

namespace {

constexpr std::size_t looked_at_bytes = 4096;

bool looks_like_fit(std::span<const std::byte> bytes) {
    constexpr std::string_view signature = ".FIT";
    constexpr std::size_t at = 8;
    return bytes.size() >= at + signature.size() &&
           std::equal(signature.begin(), signature.end(), bytes.begin() + at,
                      [](char left, std::byte right) { return static_cast<std::byte>(left) == right; });
}

// The name of the first element, without its prefix; "" when there is none.
std::string find_root_name(std::string_view text) {
    const auto first = text.find_first_not_of("\xEF\xBB\xBF\xFF\xFE \t\r\n"); // byte order marks and space
    if (first == std::string_view::npos || text[first] != '<') {
        return {};
    }
    for (auto at = first; at != std::string_view::npos; at = text.find('<', at + 1)) {
        if (text.substr(at).starts_with("<!--")) {
            at = std::min(text.find("-->", at), text.size());
            continue;
        }
        const auto name = text.substr(at + 1, text.find_first_of(" \t\r\n>/", at + 1) - at - 1);
        if (!name.empty() && name.front() != '?' && name.front() != '!') {
            return std::string(name.substr(name.find(':') + 1));
        }
    }
    return {};
}

// Every second byte of UTF-16 is zero in what matters here.
std::string without_zeros(std::span<const std::byte> bytes) {
    std::string text;
    for (const auto byte : bytes.first(std::min(bytes.size(), looked_at_bytes))) {
        if (byte != std::byte{0}) {
            text += static_cast<char>(byte);
        }
    }
    return text;
}

} // namespace

std::string_view word_of(FileFormat format) {
    switch (format) {
    case FileFormat::fit:
        return "fit";
    case FileFormat::gpx:
        return "gpx";
    case FileFormat::tcx:
        break;
    }
    return "tcx";
}

std::optional<FileFormat> find_format(std::span<const std::byte> bytes) {
    if (looks_like_fit(bytes)) {
        return FileFormat::fit;
    }
    const auto root = find_root_name(without_zeros(bytes));
    if (root == "gpx") {
        return FileFormat::gpx;
    }
    return root == "TrainingCenterDatabase" ? std::optional(FileFormat::tcx) : std::nullopt;
}

bool has_activity_file_name(std::string_view name) {
    auto lower = to_lower(name);
    if (lower.ends_with(".gz")) {
        lower.resize(lower.size() - 3);
    }
    return lower.ends_with(".fit") || lower.ends_with(".gpx") || lower.ends_with(".tcx");
}

model::DecodedFile decode(FileFormat format, std::span<const std::byte> bytes) {
    switch (format) {
    case FileFormat::fit:
        return fit::decode(bytes);
    case FileFormat::gpx:
        return gpx::decode(bytes);
    case FileFormat::tcx:
        break;
    }
    return tcx::decode(bytes);
}

} // namespace harrier::formats
