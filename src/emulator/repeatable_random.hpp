// SPDX-License-Identifier: MIT
#pragma once

// Repeatable numbers for made-up data: the same seed gives the same numbers on every machine and compiler,
// which the distributions of the standard library do not promise. Never for secrets (see base/random.hpp).
// Generator: SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", 2014).

#include <cstdint>

namespace harrier::emulator {

class RepeatableRandom {
public:
    explicit constexpr RepeatableRandom(std::uint64_t seed) : m_state(seed) {}

    constexpr std::uint64_t next() {
        m_state += 0x9e3779b97f4a7c15U;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31U);
    }

    // Uniform in [0, bound); bound is at most 2^32.
    constexpr std::uint64_t below(std::uint64_t bound) { return ((next() >> 32U) * bound) >> 32U; }

    // Uniform in [0, 1).
    constexpr double unit() { return static_cast<double>(next() >> 11U) * 0x1p-53; }

    // Uniform in [low, high).
    constexpr double between(double low, double high) { return low + (high - low) * unit(); }

    // True in `percent` of 100 calls.
    constexpr bool chance(unsigned percent) { return below(100) < percent; }

private:
    std::uint64_t m_state;
};

// A seed for part `part` of whatever `seed` stands for.
[[nodiscard]] constexpr std::uint64_t seed_of(std::uint64_t seed, std::uint64_t part) {
    return RepeatableRandom(seed ^ (part * 0xd6e8feb86659fd93U)).next();
}

} // namespace harrier::emulator
