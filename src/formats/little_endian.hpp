// SPDX-License-Identifier: MIT
#pragma once

// Numbers of ZIP and gzip files, the lowest byte first. The caller has checked that the bytes are there.

#include <cstddef>
#include <cstdint>
#include <span>

namespace harrier::formats {

[[nodiscard]] constexpr std::uint64_t little_endian(std::span<const std::byte> bytes, std::size_t at,
                                                    std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = size; i-- > 0;) {
        value = value << 8U | std::to_integer<std::uint64_t>(bytes[at + i]);
    }
    return value;
}
[[nodiscard]] constexpr std::uint16_t get_u16(std::span<const std::byte> bytes, std::size_t at) {
    return static_cast<std::uint16_t>(little_endian(bytes, at, 2));
}
[[nodiscard]] constexpr std::uint32_t get_u32(std::span<const std::byte> bytes, std::size_t at) {
    return static_cast<std::uint32_t>(little_endian(bytes, at, 4));
}
[[nodiscard]] constexpr std::uint64_t get_u64(std::span<const std::byte> bytes, std::size_t at) {
    return little_endian(bytes, at, 8);
}

} // namespace harrier::formats
