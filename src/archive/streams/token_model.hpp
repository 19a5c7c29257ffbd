// SPDX-License-Identifier: MIT
#pragma once

// How often each token comes, in each of a few situations: the tables behind the entropy code of
// integer_codec. A token is the size of a number, roughly; the bits that it leaves open follow plainly.
// All arithmetic is on integers, so that every machine makes the same tables.

#include "archive/streams/byte_io.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace harrier::archive {

// Numbers below 16 are tokens themselves; of the others the token names the highest bit and the two below it.
struct Token {
    std::uint8_t symbol;
    unsigned open_bits; // how many of the lowest bits follow
};
constexpr unsigned symbol_count = 256;
constexpr unsigned plain_symbols = 16;

[[nodiscard]] inline Token token_of(std::uint64_t number) {
    if (number < plain_symbols) {
        return {static_cast<std::uint8_t>(number), 0};
    }
    const auto width = static_cast<unsigned>(std::bit_width(number));
    const unsigned open_bits = width - 3;
    return {static_cast<std::uint8_t>(plain_symbols + (width - 5) * 4 + ((number >> open_bits) & 3U)),
            open_bits};
}

[[nodiscard]] inline unsigned open_bits_of(unsigned symbol) {
    return symbol < plain_symbols ? 0 : (symbol - plain_symbols) / 4 + 2;
}

// The number whose token this is and whose open bits are zero.
[[nodiscard]] inline std::uint64_t smallest_of(unsigned symbol) {
    return symbol < plain_symbols ? symbol : std::uint64_t{4 | (symbol & 3U)} << open_bits_of(symbol);
}

// How large the numbers were of late: the situation in which the next one is coded.
class Situation {
public:
    static constexpr unsigned count = 23;

    [[nodiscard]] unsigned value() const { return static_cast<unsigned>(std::bit_width(m_level)); }
    void add(std::uint64_t number) {
        m_level += static_cast<std::uint32_t>(std::min(number, largest_number)) - m_level / 4;
    }

private:
    static constexpr std::uint64_t largest_number = (1U << 20U) - 1;
    std::uint32_t m_level = 0; // four times a fading mean, hence below 2^22
};

using SymbolCounts = std::array<std::uint32_t, symbol_count>;

// What coding these symbols costs by their entropy, in 1/65536 bit.
[[nodiscard]] std::uint64_t entropy_cost(std::span<const std::uint32_t> counts);

// The frequencies of symbols for each group of neighbouring situations; those of a group add up to 2048.
class TokenModel {
public:
    static constexpr unsigned precision_bits = 11;
    static constexpr unsigned frequency_sum = 1U << precision_bits;
    static constexpr unsigned largest_group_count = 8;

    struct Group {
        unsigned first_situation = 0;
        std::array<std::uint16_t, symbol_count> frequencies{};
    };

    // Situations that are alike share a group: as few bytes as possible, tables included. At least one count
    // is not zero.
    [[nodiscard]] static TokenModel fit(const std::array<SymbolCounts, Situation::count>& counts);

    void write(BitWriter& out) const;
    // Throws Error{data} where no model could have been written so.
    [[nodiscard]] static TokenModel read(BitReader& in);

    [[nodiscard]] const std::vector<Group>& groups() const { return m_groups; }
    [[nodiscard]] std::array<std::uint8_t, Situation::count> group_of_situation() const;

private:
    std::vector<Group> m_groups;
};

} // namespace harrier::archive
