// SPDX-License-Identifier: MIT
#pragma once

// The checksum of FIT files: CRC-16/ARC (polynomial 0x8005 reflected, initial value 0, nothing xored out).
// Over bytes that end with their own checksum it gives 0. Pure.

#include <cstddef>
#include <cstdint>
#include <span>

namespace harrier::formats::fit {

// Continues from `crc`, so that a checksum can be taken in parts. 64 bytes at a time where the processor
// multiplies without carry, else eight.
[[nodiscard]] std::uint16_t crc16(std::span<const std::byte> bytes, std::uint16_t crc = 0);

namespace detail {
// The same on any processor.
[[nodiscard]] std::uint16_t crc16_by_table(std::span<const std::byte> bytes, std::uint16_t crc);
} // namespace detail

} // namespace harrier::formats::fit
