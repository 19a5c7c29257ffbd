// SPDX-License-Identifier: MIT
#include "formats/fit/crc.hpp"

#include <array>
#include <bit>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace harrier::formats::fit {

namespace {

static_assert(std::endian::native == std::endian::little,
              "the eight-byte step reads words in little-endian order");

constexpr unsigned polynomial = 0xA001U; // x^16 + x^15 + x^2 + 1, the highest power in the lowest bit

// tables[k][b]: what byte b does to the checksum when k more bytes follow it.
constexpr auto make_tables() {
    std::array<std::array<std::uint16_t, 256>, 8> tables{};
    for (unsigned byte = 0; byte < 256; ++byte) {
        unsigned crc = byte;
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc & 1U) != 0 ? crc >> 1U ^ polynomial : crc >> 1U;
        }
        tables[0][byte] = static_cast<std::uint16_t>(crc);
    }
    for (std::size_t k = 1; k < 8; ++k) {
        for (std::size_t byte = 0; byte < 256; ++byte) {
            const unsigned before = tables[k - 1][byte];
            tables[k][byte] = static_cast<std::uint16_t>(before >> 8U ^ tables[0][before & 0xFFU]);
        }
    }
    return tables;
}

constexpr auto tables = make_tables();

#if defined(__x86_64__)

// x^power modulo the polynomial, as the 64-bit factor of a carry-less product: bit-reversed like the data,
// the power 0 in the highest bit.
constexpr std::uint64_t power_of_x(unsigned power) {
    unsigned remainder = 0x8000U;
    for (unsigned i = 0; i < power; ++i) {
        remainder = (remainder & 1U) != 0 ? remainder >> 1U ^ polynomial : remainder >> 1U;
    }
    return std::uint64_t{remainder} << 48U;
}

// Moves 16 bytes `bits` further on, modulo the polynomial: the first eight of them by 64 more than the
// others. A carry-less product of reversed numbers comes out one power too high, hence the -1.
template <unsigned bits>
__attribute__((target("pclmul,sse2"))) inline __m128i moved(__m128i block) {
    const __m128i factors = _mm_set_epi64x(static_cast<std::int64_t>(power_of_x(bits - 1)),
                                           static_cast<std::int64_t>(power_of_x(bits + 64 - 1)));
    return _mm_xor_si128(_mm_clmulepi64_si128(block, factors, 0x00),
                         _mm_clmulepi64_si128(block, factors, 0x11));
}

__attribute__((target("pclmul,sse2"))) inline __m128i load_block(const std::byte* bytes) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
}

// Folds all whole blocks of 64 bytes into 16 bytes of the same remainder (Gopal et al., "Fast CRC Computation
// for Generic Polynomials Using PCLMULQDQ", Intel 2009); the table does these 16.
__attribute__((target("pclmul,sse2"))) std::uint16_t fold(const std::byte* bytes, std::size_t blocks,
                                                          std::uint16_t crc) {
    __m128i lanes[4];
    for (int i = 0; i < 4; ++i) {
        lanes[i] = load_block(bytes + 16 * i);
    }
    lanes[0] = _mm_xor_si128(lanes[0], _mm_cvtsi32_si128(crc));
    for (std::size_t block = 1; block < blocks; ++block) {
        bytes += 64;
        for (int i = 0; i < 4; ++i) {
            lanes[i] = _mm_xor_si128(moved<512>(lanes[i]), load_block(bytes + 16 * i));
        }
    }
    __m128i all = lanes[0];
    for (int i = 1; i < 4; ++i) {
        all = _mm_xor_si128(moved<128>(all), lanes[i]);
    }
    std::array<std::byte, 16> rest{};
    std::memcpy(rest.data(), &all, rest.size());
    return detail::crc16_by_table(rest, 0);
}

#endif

} // namespace

namespace detail {

std::uint16_t crc16_by_table(std::span<const std::byte> bytes, std::uint16_t crc) {
    const auto* next = bytes.data();
    std::size_t left = bytes.size();
    for (; left >= 8; left -= 8, next += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, next, sizeof word);
        word ^= crc;
        crc = static_cast<std::uint16_t>(tables[7][word & 0xFFU] ^ tables[6][word >> 8U & 0xFFU] ^
                                         tables[5][word >> 16U & 0xFFU] ^ tables[4][word >> 24U & 0xFFU] ^
                                         tables[3][word >> 32U & 0xFFU] ^ tables[2][word >> 40U & 0xFFU] ^
                                         tables[1][word >> 48U & 0xFFU] ^ tables[0][word >> 56U]);
    }
    for (; left > 0; --left, ++next) {
        crc = static_cast<std::uint16_t>(crc >> 8U ^
                                         tables[0][(crc ^ std::to_integer<unsigned>(*next)) & 0xFFU]);
    }
    return crc;
}

} // namespace detail

std::uint16_t crc16(std::span<const std::byte> bytes, std::uint16_t crc) {
#if defined(__x86_64__)
    constexpr std::size_t worth_folding = 128;
    if (bytes.size() >= worth_folding && __builtin_cpu_supports("pclmul") != 0) {
        const std::size_t blocks = bytes.size() / 64;
        return detail::crc16_by_table(bytes.subspan(blocks * 64), fold(bytes.data(), blocks, crc));
    }
#endif
    return detail::crc16_by_table(bytes, crc);
}

} // namespace harrier::formats::fit
