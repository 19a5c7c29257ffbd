// SPDX-License-Identifier: MIT
#include "archive/streams/crc32c.hpp"

#include "archive/streams/byte_io.hpp"

#include <array>

namespace harrier::archive {

namespace {

constexpr std::uint32_t reversed_polynomial = 0x82F63B78;

// tables[k][b] is the remainder of the byte b followed by k zero bytes.
using Crc32cTables = std::array<std::array<std::uint32_t, 256>, 8>;

constexpr Crc32cTables make_crc32c_tables() {
    Crc32cTables tables{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t rest = byte;
        for (int bit = 0; bit < 8; ++bit) {
            rest = (rest >> 1U) ^ ((rest & 1U) != 0 ? reversed_polynomial : 0);
        }
        tables[0][byte] = rest;
    }
    for (std::size_t zeros = 1; zeros < 8; ++zeros) {
        for (std::size_t byte = 0; byte < 256; ++byte) {
            const std::uint32_t before = tables[zeros - 1][byte];
            tables[zeros][byte] = (before >> 8U) ^ tables[0][before & 0xFFU];
        }
    }
    return tables;
}

constexpr Crc32cTables tables = make_crc32c_tables();

} // namespace

// Eight bytes a step: M. Kounavis and F. Berry, "Novel Table Lookup-Based Algorithms for High-Performance CRC
// Generation", IEEE Transactions on Computers 57 (2008).
std::uint32_t crc32c(std::string_view bytes) {
    std::uint32_t rest = 0xFFFF'FFFF;
    for (; bytes.size() >= 8; bytes.remove_prefix(8)) {
        const std::uint64_t word = load_little(bytes.data(), 8) ^ rest;
        rest = 0;
        for (std::size_t i = 0; i < 8; ++i) {
            rest ^= tables[7 - i][(word >> 8 * i) & 0xFFU];
        }
    }
    for (const char byte : bytes) {
        rest = (rest >> 8U) ^ tables[0][(rest ^ static_cast<std::uint8_t>(byte)) & 0xFFU];
    }
    return ~rest;
}

} // namespace harrier::archive
