// SPDX-License-Identifier: MIT
#include "formats/inflate.hpp"

#include <algorithm>
#include <libdeflate.h>
#include <memory>
#include <new>

namespace harrier::formats {

namespace {

struct FreeDecompressor {
    void operator()(libdeflate_decompressor* decompressor) const {
        libdeflate_free_decompressor(decompressor);
    }
};

// Room that is given on somebody's word: what text files need, or what costs little.
std::uint64_t first_room(std::size_t compressed, std::uint64_t likely_size, std::uint64_t limit) {
    constexpr std::uint64_t cheap = std::uint64_t{32} << 20U;
    constexpr std::uint64_t usual_ratio = 16;
    return std::min({limit, likely_size, std::max(cheap, compressed * usual_ratio)});
}

} // namespace

bool InflateBudget::take(std::uint64_t bytes) {
    auto left = m_left.load(std::memory_order_relaxed);
    while (bytes <= left) {
        if (m_left.compare_exchange_weak(left, left - bytes, std::memory_order_relaxed)) {
            return true;
        }
    }
    return false;
}

Inflated inflate(std::span<const std::byte> compressed, std::uint64_t likely_size, std::uint64_t limit) {
    const std::unique_ptr<libdeflate_decompressor, FreeDecompressor> decompressor(
        libdeflate_alloc_decompressor());
    if (!decompressor) {
        throw std::bad_alloc();
    }
    Inflated result;
    auto room = first_room(compressed.size(), likely_size, limit);
    for (;;) {
        result.bytes.resize(static_cast<std::size_t>(room));
        std::size_t written = 0;
        const auto outcome = libdeflate_deflate_decompress_ex(
            decompressor.get(), compressed.data(), compressed.size(), result.bytes.data(),
            result.bytes.size(), &result.consumed, &written);
        if (outcome == LIBDEFLATE_SUCCESS) {
            result.end = InflateEnd::complete;
            result.bytes.resize(written);
            return result;
        }
        if (outcome != LIBDEFLATE_INSUFFICIENT_SPACE || room >= limit) {
            return {outcome == LIBDEFLATE_INSUFFICIENT_SPACE ? InflateEnd::too_large : InflateEnd::damaged,
                    0,
                    {}};
        }
        result.bytes = std::string(); // what it holds is not worth copying
        room = std::min(limit, std::max<std::uint64_t>(room * 2, 4096));
    }
}

std::uint32_t crc32(std::span<const std::byte> bytes) {
    return libdeflate_crc32(0, bytes.data(), bytes.size());
}

} // namespace harrier::formats
