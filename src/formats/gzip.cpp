// SPDX-License-Identifier: MIT
#include "formats/gzip.hpp"

#include "base/error.hpp"
#include "formats/little_endian.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace harrier::formats {

namespace {

// Of RFC 1952, 2.3.
constexpr std::byte first_magic{0x1F};
constexpr std::byte second_magic{0x8B};
constexpr std::byte method_deflate{8};
constexpr std::size_t header_size = 10;
constexpr std::size_t trailer_size = 8;
constexpr unsigned has_header_checksum = 2;
constexpr unsigned has_extra = 4;
constexpr unsigned has_name = 8;
constexpr unsigned has_comment = 16;
constexpr unsigned reserved_flags = 0xE0;

Error gzip_error(std::string_view what) {
    return {ErrorKind::data, fmt::format("the gzip file {}", what),
            "Get the file again where it came from; this copy is not whole."};
}

Error cut_short() {
    return gzip_error("is cut short or damaged");
}

// Up to and with the zero that ends a text of the header.
std::size_t skip_text(std::span<const std::byte> bytes, std::size_t at) {
    const auto rest = bytes.subspan(std::min(at, bytes.size()));
    const auto zero = std::find(rest.begin(), rest.end(), std::byte{0});
    if (zero == rest.end()) {
        throw cut_short();
    }
    return at + static_cast<std::size_t>(zero - rest.begin()) + 1;
}

// Where the compressed bytes of the member begin.
std::size_t skip_header(std::span<const std::byte> bytes) {
    if (bytes.size() < header_size) {
        throw cut_short();
    }
    if (!is_gzip(bytes)) {
        throw gzip_error("does not begin as one");
    }
    const auto flags = std::to_integer<unsigned>(bytes[3]);
    if (bytes[2] != method_deflate || (flags & reserved_flags) != 0) {
        throw gzip_error("uses a method that nobody has defined");
    }
    std::size_t at = header_size;
    if ((flags & has_extra) != 0) {
        if (bytes.size() < at + 2) {
            throw cut_short();
        }
        at += 2U + get_u16(bytes, at);
    }
    at = (flags & has_name) != 0 ? skip_text(bytes, at) : at;
    at = (flags & has_comment) != 0 ? skip_text(bytes, at) : at;
    if ((flags & has_header_checksum) != 0) {
        if (bytes.size() < at + 2) {
            throw cut_short();
        }
        if (get_u16(bytes, at) != (crc32(bytes.first(at)) & 0xFFFFU)) {
            throw gzip_error("has a wrong checksum in its header");
        }
        at += 2;
    }
    if (bytes.size() < at + trailer_size) {
        throw cut_short();
    }
    return at;
}

struct Member {
    std::string bytes;
    std::size_t size = 0; // of the member in the file
};

Member read_member(std::span<const std::byte> bytes, std::uint64_t likely_size, std::uint64_t room) {
    const std::size_t begin = skip_header(bytes);
    const auto compressed = bytes.subspan(begin);
    auto inflated = inflate(compressed, likely_size, room);
    if (inflated.end == InflateEnd::too_large) {
        throw gzip_error("holds more than is allowed; unpack it if it is a recording all the same");
    }
    if (inflated.end == InflateEnd::damaged || compressed.size() - inflated.consumed < trailer_size) {
        throw cut_short();
    }
    const std::size_t trailer = inflated.consumed;
    if (get_u32(compressed, trailer) != crc32(std::as_bytes(std::span(inflated.bytes)))) {
        throw gzip_error("is damaged: its checksum is wrong");
    }
    if (get_u32(compressed, trailer + 4) != (inflated.bytes.size() & 0xFFFFFFFFU)) {
        throw gzip_error("is damaged: its size is wrong");
    }
    return {std::move(inflated.bytes), begin + trailer + trailer_size};
}

} // namespace

bool is_gzip(std::span<const std::byte> bytes) {
    return bytes.size() >= 2 && bytes[0] == first_magic && bytes[1] == second_magic;
}

std::uint64_t claimed_size(std::span<const std::byte> bytes) {
    return bytes.size() < 4 ? 0 : get_u32(bytes, bytes.size() - 4);
}

std::string gunzip(std::span<const std::byte> bytes, std::uint64_t limit, InflateBudget* budget) {
    limit = std::min(limit, bytes.size() * max_inflated_ratio);
    // Further members are given little at first: a file can hold a member per 20 bytes.
    constexpr std::uint64_t little = 4096;
    auto likely_size = std::min(limit, claimed_size(bytes));
    std::string all;
    const auto is_padding = [](std::byte byte) { return byte == std::byte{0}; };
    do {
        const auto left = budget != nullptr ? budget->left() : limit;
        auto member = read_member(bytes, likely_size, std::min(limit - all.size(), left));
        if (budget != nullptr && !budget->take(member.bytes.size())) {
            throw gzip_error("holds more than its archive may");
        }
        bytes = bytes.subspan(member.size);
        likely_size = std::min(likely_size, little);
        all = all.empty() ? std::move(member.bytes) : std::move(all) + member.bytes;
    } while (!std::all_of(bytes.begin(), bytes.end(), is_padding));
    return all;
}

} // namespace harrier::formats
