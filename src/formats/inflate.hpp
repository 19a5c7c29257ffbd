// SPDX-License-Identifier: MIT
#pragma once

// DEFLATE streams turned back into bytes, behind limits that no bomb gets past. Pure; any number of threads.
// The limits: one DEFLATE stream cannot grow to more than 1,032 times its size, so what claims more lies
// (D. Fifield, "A better zip bomb", USENIX WOOT 2019).

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace harrier::formats {

constexpr std::uint64_t max_inflated_size = std::uint64_t{512} << 20U; // of one file, bytes
constexpr std::uint64_t max_inflated_ratio = 1100;                     // of one file to its compressed bytes

// What an activity file of so many compressed bytes may hold. Strava takes files of up to 25 MB, and no watch
// writes larger ones; what is large already may double. More is refused, for it costs much memory.
[[nodiscard]] constexpr std::uint64_t max_activity_size(std::uint64_t compressed) {
    return std::min(max_inflated_size, std::max(std::uint64_t{25} << 20U, 2 * compressed));
}

// What may still be inflated from one archive, by all threads together. What was taken is never given back.
class InflateBudget {
public:
    explicit InflateBudget(std::uint64_t bytes) : m_left(bytes) {}

    [[nodiscard]] std::uint64_t left() const { return m_left.load(std::memory_order_relaxed); }
    // False, and nothing taken, when less than that is left.
    [[nodiscard]] bool take(std::uint64_t bytes);

private:
    std::atomic<std::uint64_t> m_left;
};

enum class InflateEnd {
    complete,
    damaged,   // cut short or no DEFLATE: the two cannot be told apart
    too_large, // it would be longer than the limit
};

struct Inflated {
    InflateEnd end = InflateEnd::damaged;
    std::size_t consumed = 0; // compressed bytes up to the stream's end; 0 unless complete
    std::string bytes;        // empty unless complete
};

// One raw DEFLATE stream at the beginning of `compressed`. `likely_size` is what somebody says the size is:
// it makes the work quick where it is true and costs at most 32 MiB of memory where it is not.
[[nodiscard]] Inflated inflate(std::span<const std::byte> compressed, std::uint64_t likely_size,
                               std::uint64_t limit);

// The CRC-32 of ZIP and gzip.
[[nodiscard]] std::uint32_t crc32(std::span<const std::byte> bytes);

} // namespace harrier::formats
