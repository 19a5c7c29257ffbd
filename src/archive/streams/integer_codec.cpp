// SPDX-License-Identifier: MIT
#include "archive/streams/integer_codec.hpp"

#include <algorithm>
#include <utility>

namespace harrier::archive {

namespace {

constexpr std::uint32_t smallest_state = 1U << 16U; // between two symbols the state is at least this
constexpr unsigned precision = TokenModel::precision_bits;

// Small numbers of either sign become small numbers: 0, -1, 1, -2, …
std::uint64_t fold(std::uint64_t difference) {
    return difference << 1U ^ (std::uint64_t{0} - (difference >> 63U));
}

std::uint64_t unfold(std::uint64_t folded) {
    return folded >> 1U ^ (std::uint64_t{0} - (folded & 1U));
}

// What each predictor would cost over some stretches, situations aside.
class PredictorTrial {
public:
    // The numbers from `from` (at least 1) to before `to`.
    void run(std::span<const std::int64_t> numbers, const GuideSteps& guides, std::size_t from,
             std::size_t to) {
        const std::size_t warm_up = from - std::min<std::size_t>(from, 5);
        History history(static_cast<std::uint64_t>(numbers[warm_up]));
        for (std::size_t i = warm_up + 1; i < from; ++i) {
            history.add(static_cast<std::uint64_t>(numbers[i]));
        }
        for (std::size_t i = from; i < to; ++i) {
            const auto number = static_cast<std::uint64_t>(numbers[i]);
            try_all(history, number, guides, i, std::make_index_sequence<predictors.size()>());
            history.add(number);
        }
    }

    [[nodiscard]] std::uint64_t cost(std::size_t p) const {
        return entropy_cost(m_counts[p]) + (m_open_bits[p] << 16U);
    }

private:
    // Written out for each predictor, so that its factors are known to the compiler: this is the hottest
    // place of an import.
    template <std::size_t... p>
    void try_all(const History& history, std::uint64_t number, const GuideSteps& guides, std::size_t i,
                 std::index_sequence<p...> /*all*/) {
        (try_one<p>(history, number, guides.of(predictors[p].guide), i), ...);
    }

    template <std::size_t p>
    void try_one(const History& history, std::uint64_t number, std::span<const std::int64_t> steps,
                 std::size_t i) {
        const std::int64_t step = steps.empty() ? 0 : steps[i];
        const Token token = token_of(fold(number - history.predict(predictors[p], step)));
        ++m_counts[p][token.symbol];
        m_open_bits[p] += token.open_bits;
    }

    std::array<SymbolCounts, predictors.size()> m_counts{};
    std::array<std::uint64_t, predictors.size()> m_open_bits{};
};

// Long columns are tried in places only.
std::uint8_t choose_predictor(std::span<const std::int64_t> numbers, const GuideSteps& guides) {
    constexpr std::size_t stretches = 16;
    constexpr std::size_t stretch_size = 64;
    PredictorTrial trial;
    if (numbers.size() <= stretches * stretch_size) {
        trial.run(numbers, guides, 1, numbers.size());
    } else {
        for (std::size_t i = 0; i < stretches; ++i) {
            const std::size_t from = 1 + (numbers.size() - 1 - stretch_size) * i / (stretches - 1);
            trial.run(numbers, guides, from, from + stretch_size);
        }
    }
    std::size_t best = 0;
    std::uint64_t best_cost = trial.cost(0);
    for (std::size_t p = 1; p < predictors.size(); ++p) {
        const Guide guide = predictors[p].guide;
        const std::uint64_t cost = trial.cost(p);
        if (cost < best_cost && (guide == Guide::none || !guides.of(guide).empty())) {
            best = p;
            best_cost = cost;
        }
    }
    return static_cast<std::uint8_t>(best);
}

} // namespace

void IntegerEncoder::count_tokens(std::span<const std::int64_t> numbers, std::span<const std::int64_t> steps,
                                  const Predictor& predictor) {
    m_counts = {};
    m_open_bits.clear();
    m_symbols.resize(numbers.size() - 1);
    History history(static_cast<std::uint64_t>(numbers[0]));
    Situation situation;
    for (std::size_t i = 1; i < numbers.size(); ++i) {
        const auto number = static_cast<std::uint64_t>(numbers[i]);
        const std::uint64_t folded = fold(number - history.predict(predictor, steps.empty() ? 0 : steps[i]));
        history.add(number);
        const Token token = token_of(folded);
        const unsigned in = situation.value();
        situation.add(folded);
        m_symbols[i - 1] = {static_cast<std::uint8_t>(in), token.symbol};
        ++m_counts[in][token.symbol];
        if (token.open_bits > 0) {
            m_open_bits.put(folded - smallest_of(token.symbol), token.open_bits);
        }
    }
}

// From the last symbol to the first, since the decoder undoes the steps in the opposite order. Gives the
// words in the decoder's order, the last state in front.
std::span<const std::uint16_t> IntegerEncoder::code_symbols(const TokenModel& model) {
    struct Range {
        std::uint32_t start;
        std::uint32_t frequency;
    };
    std::vector<Range> ranges;
    for (const auto& group : model.groups()) {
        std::uint32_t start = 0;
        for (const std::uint32_t frequency : group.frequencies) {
            ranges.push_back({start, frequency});
            start += frequency;
        }
    }
    const auto group_of = model.group_of_situation();
    m_words.resize(m_symbols.size() + 2); // a symbol gives one word at most
    std::size_t first = m_words.size();
    std::uint32_t state = smallest_state;
    for (std::size_t i = m_symbols.size(); i-- > 0;) {
        const Range range = ranges[group_of[m_symbols[i].situation] * symbol_count + m_symbols[i].symbol];
        if (state >= std::uint64_t{range.frequency} << (32 - precision)) {
            m_words[--first] = static_cast<std::uint16_t>(state);
            state >>= 16U;
        }
        state = ((state / range.frequency) << precision) + state % range.frequency + range.start;
    }
    m_words[--first] = static_cast<std::uint16_t>(state >> 16U);
    m_words[--first] = static_cast<std::uint16_t>(state);
    return std::span<const std::uint16_t>(m_words).subspan(first);
}

void IntegerEncoder::encode(std::span<const std::int64_t> numbers, const GuideSteps& guides,
                            ByteWriter& out) {
    if (numbers.empty()) {
        return;
    }
    const std::uint8_t predictor = choose_predictor(numbers, guides);
    out.put_byte(predictor);
    out.put_number(fold(static_cast<std::uint64_t>(numbers[0])));
    if (numbers.size() == 1) {
        return;
    }
    count_tokens(numbers, guides.of(predictors[predictor].guide), predictors[predictor]);
    const auto model = TokenModel::fit(m_counts);
    m_tables.clear();
    model.write(m_tables);
    out.put_bytes(m_tables.finish());
    const auto words = code_symbols(model);
    out.put_number(words.size());
    for (const auto word : words) {
        out.put_little(word, 2);
    }
    out.put_text(m_open_bits.finish());
}

IntegerDecoder::IntegerDecoder(ByteReader& in, std::size_t count) : m_count(count) {
    if (count == 0) {
        return;
    }
    m_predictor = in.take_byte();
    if (m_predictor >= predictors.size()) {
        throw_damaged("an unknown predictor");
    }
    m_first = static_cast<std::int64_t>(unfold(in.take_number()));
    m_history = History(static_cast<std::uint64_t>(m_first));
    if (count == 1) {
        return;
    }
    BitReader tables(in.rest());
    build_table(TokenModel::read(tables));
    static_cast<void>(in.take_bytes(tables.finish()));
    const std::uint64_t word_count = in.take_number();
    if (word_count < 2 || word_count > in.rest().size() / 2) {
        throw_damaged("cut short");
    }
    m_words = in.take_bytes(2 * word_count);
    m_state = static_cast<std::uint32_t>(load_little(m_words.data(), 4));
    m_words.remove_prefix(4);
    if (m_state < smallest_state) {
        throw_damaged("a state");
    }
    const auto open_bits = in.take_text();
    m_open_bits = BitReader(open_bits);
    m_open_bytes = open_bits.size();
}

void IntegerDecoder::build_table(const TokenModel& model) {
    m_table.reserve(model.groups().size() * TokenModel::frequency_sum);
    for (const auto& group : model.groups()) {
        for (unsigned symbol = 0; symbol < symbol_count; ++symbol) {
            const std::uint32_t frequency = group.frequencies[symbol];
            for (std::uint32_t offset = 0; offset < frequency; ++offset) {
                m_table.push_back(symbol << 24U | frequency << precision | offset);
            }
        }
    }
    const auto group_of = model.group_of_situation();
    for (std::size_t i = 0; i < group_of.size(); ++i) {
        m_table_start[i] = group_of[i] * TokenModel::frequency_sum;
    }
}

void IntegerDecoder::next(std::span<std::int64_t> out, std::span<const std::int64_t> steps) {
    if (out.empty()) {
        return;
    }
    if (m_done == 0) {
        out[0] = m_first;
        out = out.subspan(1);
        steps = steps.empty() ? steps : steps.subspan(1);
        ++m_done;
    }
    decode_differences(out, steps);
    m_done += out.size();
}

// The members are copied, as the compiler cannot know that `out` is none of them.
void IntegerDecoder::decode_differences(std::span<std::int64_t> out, std::span<const std::int64_t> steps) {
    const Predictor predictor = predictors[m_predictor];
    History history = m_history;
    Situation situation = m_situation;
    BitReader open_bits = m_open_bits;
    std::uint32_t state = m_state;
    const char* word = m_words.data();
    const char* const words_end = word + m_words.size();
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::uint32_t entry =
            m_table[m_table_start[situation.value()] + state % TokenModel::frequency_sum];
        const std::uint32_t frequency = entry >> precision & (2 * TokenModel::frequency_sum - 1);
        state = frequency * (state >> precision) + entry % TokenModel::frequency_sum;
        if (state < smallest_state) {
            if (word == words_end) {
                throw_damaged("too few words");
            }
            state = state << 16U | static_cast<std::uint32_t>(load_little(word, 2));
            word += 2;
        }
        const unsigned symbol = entry >> 24U;
        std::uint64_t folded = smallest_of(symbol);
        if (symbol >= plain_symbols) {
            folded |= open_bits.take(open_bits_of(symbol));
        }
        situation.add(folded);
        const std::uint64_t number =
            history.predict(predictor, steps.empty() ? 0 : steps[i]) + unfold(folded);
        history.add(number);
        out[i] = static_cast<std::int64_t>(number);
    }
    m_history = history;
    m_situation = situation;
    m_open_bits = open_bits;
    m_state = state;
    m_words.remove_prefix(static_cast<std::size_t>(word - m_words.data()));
}

void IntegerDecoder::finish() {
    if (m_count < 2) {
        return;
    }
    if (m_state != smallest_state || !m_words.empty() || m_open_bits.finish() != m_open_bytes) {
        throw_damaged("something is left over");
    }
}

} // namespace harrier::archive
