// SPDX-License-Identifier: MIT
#pragma once

// A sequence of integers in few bytes: each is predicted from those before it, and the difference is coded by
// how often differences of its size come (range asymmetric numeral systems, rANS: J. Duda, "Asymmetric
// numeral systems", arXiv:1311.2540, 2013). docs/streams.md has the layout. Sums wrap around, so any 64-bit
// numbers do.

#include "archive/streams/byte_io.hpp"
#include "archive/streams/token_model.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace harrier::archive {

// What another column says of the increment from one number to the next.
enum class Guide : std::uint8_t { none, speed, position };

// How a number is guessed.
struct Predictor {
    std::uint64_t last;                 // times the number before
    std::array<std::uint64_t, 4> steps; // times the increments before, newest first, in quarters
    Guide guide = Guide::none;          // whose increment is added
};
constexpr std::array<Predictor, 9> predictors = {{
    {0, {0, 0, 0, 0}},
    {1, {0, 0, 0, 0}},
    {1, {4, 0, 0, 0}},
    {1, {3, 0, 0, 0}},
    {1, {2, 2, 0, 0}},
    {1, {6, std::uint64_t{0} - 2, 0, 0}},
    {1, {1, 1, 1, 1}},
    {1, {0, 0, 0, 0}, Guide::speed},
    {1, {0, 0, 0, 0}, Guide::position},
}};

// The increments that the guides give, one for each number; empty where a guide gives none.
struct GuideSteps {
    std::span<const std::int64_t> by_speed;
    std::span<const std::int64_t> by_position;

    [[nodiscard]] std::span<const std::int64_t> of(Guide guide) const {
        return guide == Guide::none ? std::span<const std::int64_t>()
                                    : (guide == Guide::speed ? by_speed : by_position);
    }
};

// The numbers so far, as the predictors see them.
class History {
public:
    explicit History(std::uint64_t first) : m_last(first) {}

    [[nodiscard]] std::uint64_t predict(const Predictor& by, std::int64_t guided_step) const {
        const std::uint64_t quarters = by.steps[0] * m_steps[0] + by.steps[1] * m_steps[1] +
                                       by.steps[2] * m_steps[2] + by.steps[3] * m_steps[3];
        return by.last * m_last + static_cast<std::uint64_t>(static_cast<std::int64_t>(quarters) >> 2) +
               static_cast<std::uint64_t>(guided_step);
    }
    void add(std::uint64_t number) {
        m_steps = {number - m_last, m_steps[0], m_steps[1], m_steps[2]};
        m_last = number;
    }

private:
    std::uint64_t m_last;
    std::array<std::uint64_t, 4> m_steps{};
};

// Keeps its working memory between calls. One thread at a time.
class IntegerEncoder {
public:
    // Nothing is written for no numbers.
    void encode(std::span<const std::int64_t> numbers, const GuideSteps& guides, ByteWriter& out);

private:
    void count_tokens(std::span<const std::int64_t> numbers, std::span<const std::int64_t> steps,
                      const Predictor& predictor);
    [[nodiscard]] std::span<const std::uint16_t> code_symbols(const TokenModel& model);

    struct SituatedSymbol {
        std::uint8_t situation;
        std::uint8_t symbol;
    };
    std::vector<SituatedSymbol> m_symbols;
    std::array<SymbolCounts, Situation::count> m_counts{};
    std::vector<std::uint16_t> m_words;
    BitWriter m_tables;
    BitWriter m_open_bits;
};

// Reads what IntegerEncoder wrote, piece by piece; throws Error{data} where it could not have.
class IntegerDecoder {
public:
    // `count` is that of the numbers encoded. The bytes read must outlive the decoder.
    IntegerDecoder(ByteReader& in, std::size_t count);

    [[nodiscard]] Guide guide() const { return predictors[m_predictor].guide; }
    // The next numbers; at most as many as are left. `steps` are those of guide() for them; empty for none.
    void next(std::span<std::int64_t> out, std::span<const std::int64_t> steps);
    // To be called after the last number.
    void finish();

private:
    void build_table(const TokenModel& model);
    void decode_differences(std::span<std::int64_t> out, std::span<const std::int64_t> steps);

    std::size_t m_count;
    std::size_t m_done = 0;
    std::uint8_t m_predictor = 0;
    History m_history{0};
    std::int64_t m_first = 0;
    Situation m_situation;
    // For each situation and each value of the state's low bits: the symbol, its frequency, and how far the
    // value lies into the symbol's range.
    std::vector<std::uint32_t> m_table;
    std::array<std::uint32_t, Situation::count> m_table_start{};
    std::uint32_t m_state = 0;
    std::string_view m_words;
    BitReader m_open_bits;
    std::size_t m_open_bytes = 0;
};

} // namespace harrier::archive
