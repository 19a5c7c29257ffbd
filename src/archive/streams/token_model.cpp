// SPDX-License-Identifier: MIT
#include "archive/streams/token_model.hpp"

#include <limits>
#include <numeric>

namespace harrier::archive {

namespace {

constexpr unsigned fraction_bits = 16;

// log2(1 + i/256), in 1/65536.
constexpr std::array<std::uint32_t, 256> make_logarithms() {
    std::array<std::uint32_t, 256> logarithms{};
    for (std::uint64_t i = 0; i < 256; ++i) {
        std::uint64_t x = (256 + i) << 22U; // in [1, 2), with 30 bits behind the point
        for (unsigned bit = 0; bit < fraction_bits; ++bit) {
            x = (x * x) >> 30U;
            const std::uint64_t digit = x >> 31U;
            logarithms[i] = logarithms[i] << 1U | static_cast<std::uint32_t>(digit);
            x >>= digit;
        }
    }
    return logarithms;
}

constexpr auto logarithms = make_logarithms();

// x · log2(x), in 1/65536; of x > 511 the highest nine bits count.
std::uint64_t weighted_logarithm(std::uint32_t x) {
    if (x < 2) {
        return 0;
    }
    const auto whole = static_cast<unsigned>(std::bit_width(x)) - 1;
    const std::uint32_t highest = whole >= 8 ? x >> (whole - 8) : x << (8 - whole);
    return x * ((std::uint64_t{whole} << fraction_bits) + logarithms[highest - 256]);
}

std::uint64_t cost_with_table(std::span<const std::uint32_t> counts) {
    constexpr std::uint64_t bits_per_table = 20;
    constexpr std::uint64_t bits_per_symbol = 6;
    const auto symbols =
        static_cast<std::uint64_t>(std::count_if(counts.begin(), counts.end(), [](auto n) { return n > 0; }));
    return entropy_cost(counts) + ((bits_per_table + bits_per_symbol * symbols) << fraction_bits);
}

// One situation or several: what came in them, and what that costs with a table of its own.
struct Candidate {
    unsigned first_situation = 0;
    std::size_t end = 0; // behind the last symbol that came
    SymbolCounts counts{};
    std::uint64_t cost = 0;

    void set_cost() { cost = cost_with_table(std::span(counts).first(end)); }
};

Candidate merged(const Candidate& a, const Candidate& b) {
    Candidate both{a.first_situation, std::max(a.end, b.end), a.counts};
    for (std::size_t i = 0; i < b.end; ++i) {
        both.counts[i] += b.counts[i];
    }
    both.set_cost();
    return both;
}

// Merges the two neighbours that gain most, until nothing is gained any more.
std::vector<Candidate> grouped(const std::array<SymbolCounts, Situation::count>& counts) {
    std::vector<Candidate> groups;
    for (unsigned i = 0; i < Situation::count; ++i) {
        const auto last = std::find_if(counts[i].rbegin(), counts[i].rend(), [](auto n) { return n > 0; });
        if (last != counts[i].rend()) {
            const auto end = static_cast<std::size_t>(counts[i].rend() - last);
            groups.push_back({i, end, counts[i]});
            groups.back().set_cost();
        }
    }
    std::vector<Candidate> pairs; // pairs[i] is groups[i] and groups[i + 1]
    for (std::size_t i = 0; i + 1 < groups.size(); ++i) {
        pairs.push_back(merged(groups[i], groups[i + 1]));
    }
    while (!pairs.empty()) {
        std::size_t best = 0;
        std::int64_t best_gain = std::numeric_limits<std::int64_t>::min();
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            const auto gain = static_cast<std::int64_t>(groups[i].cost + groups[i + 1].cost - pairs[i].cost);
            if (gain > best_gain) {
                best = i;
                best_gain = gain;
            }
        }
        if (best_gain < 0 && groups.size() <= TokenModel::largest_group_count) {
            break;
        }
        groups[best] = pairs[best];
        groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(best) + 1);
        pairs.erase(pairs.begin() + static_cast<std::ptrdiff_t>(best));
        if (best < pairs.size()) {
            pairs[best] = merged(groups[best], groups[best + 1]);
        }
        if (best > 0) {
            pairs[best - 1] = merged(groups[best - 1], groups[best]);
        }
    }
    groups.front().first_situation = 0;
    return groups;
}

// Scales the counts to the sum of a group; what came at all keeps at least 1.
std::array<std::uint16_t, symbol_count> scaled(const SymbolCounts& counts) {
    constexpr std::uint64_t wanted = TokenModel::frequency_sum;
    const std::uint64_t total = std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
    std::array<std::uint16_t, symbol_count> frequencies{};
    std::int64_t left = wanted;
    for (std::size_t i = 0; i < symbol_count; ++i) {
        if (counts[i] > 0) {
            const std::uint64_t nearest = (counts[i] * wanted + total / 2) / total;
            frequencies[i] = static_cast<std::uint16_t>(std::max<std::uint64_t>(nearest, 1));
            left -= frequencies[i];
        }
    }
    while (left != 0) {
        // Half of the largest at most, so that no single symbol pays for all.
        auto& largest = *std::max_element(frequencies.begin(), frequencies.end());
        const std::int64_t change = std::max<std::int64_t>(left, -(largest / 2));
        largest = static_cast<std::uint16_t>(largest + change);
        left -= change;
    }
    return frequencies;
}

unsigned width_of(std::uint16_t frequency) {
    return static_cast<unsigned>(std::bit_width(frequency));
}

constexpr unsigned first_width = 6;
constexpr unsigned largest_width = TokenModel::precision_bits + 1;

// Neighbouring frequencies have about as many digits: the difference in one code, then the digits.
void write_frequency(BitWriter& out, std::uint16_t frequency, unsigned width_before) {
    const unsigned width = width_of(frequency);
    out.put_unary(width >= width_before ? 2 * (width - width_before) : 2 * (width_before - width) - 1);
    if (width > 1) {
        out.put(frequency - (1U << (width - 1)), width - 1);
    }
}

std::uint16_t read_frequency(BitReader& in, unsigned width_before) {
    const unsigned code = in.take_unary(2 * largest_width);
    const unsigned width = code % 2 == 0 ? width_before + code / 2 : width_before - (code + 1) / 2;
    if (width > largest_width) {
        throw_damaged("a table");
    }
    if (width < 2) {
        return static_cast<std::uint16_t>(width);
    }
    return static_cast<std::uint16_t>(1U << (width - 1) | static_cast<unsigned>(in.take(width - 1)));
}

void read_frequencies(BitReader& in, std::array<std::uint16_t, symbol_count>& frequencies) {
    const auto first = static_cast<std::size_t>(in.take(8));
    const auto last = static_cast<std::size_t>(in.take(8));
    unsigned width = first_width;
    unsigned sum = 0;
    for (std::size_t i = first; i <= last; ++i) {
        frequencies[i] = read_frequency(in, width);
        width = width_of(frequencies[i]);
        sum += frequencies[i];
    }
    if (sum != TokenModel::frequency_sum) {
        throw_damaged("a table");
    }
}

} // namespace

std::uint64_t entropy_cost(std::span<const std::uint32_t> counts) {
    std::uint32_t total = 0;
    std::uint64_t parts = 0;
    for (const auto count : counts) {
        total += count;
        parts += weighted_logarithm(count);
    }
    // The logarithms are cut, so a sum of one symbol and a bit can come out below its parts.
    const std::uint64_t whole = weighted_logarithm(total);
    return whole - std::min(whole, parts);
}

TokenModel TokenModel::fit(const std::array<SymbolCounts, Situation::count>& counts) {
    TokenModel model;
    for (const auto& group : grouped(counts)) {
        model.m_groups.push_back({group.first_situation, scaled(group.counts)});
    }
    return model;
}

void TokenModel::write(BitWriter& out) const {
    out.put(m_groups.size() - 1, 3);
    for (std::size_t i = 1; i < m_groups.size(); ++i) {
        out.put(m_groups[i].first_situation, 5);
    }
    for (const auto& group : m_groups) {
        const auto is_used = [](std::uint16_t frequency) { return frequency > 0; };
        const auto& all = group.frequencies;
        const auto first = std::find_if(all.begin(), all.end(), is_used);
        const auto last = std::find_if(all.rbegin(), all.rend(), is_used).base();
        out.put(static_cast<std::uint64_t>(first - all.begin()), 8);
        out.put(static_cast<std::uint64_t>(last - all.begin() - 1), 8);
        unsigned width = first_width;
        for (auto frequency = first; frequency != last; ++frequency) {
            write_frequency(out, *frequency, width);
            width = width_of(*frequency);
        }
    }
}

TokenModel TokenModel::read(BitReader& in) {
    TokenModel model;
    model.m_groups.resize(static_cast<std::size_t>(in.take(3)) + 1);
    for (std::size_t i = 1; i < model.m_groups.size(); ++i) {
        model.m_groups[i].first_situation = static_cast<unsigned>(in.take(5));
        if (model.m_groups[i].first_situation <= model.m_groups[i - 1].first_situation ||
            model.m_groups[i].first_situation >= Situation::count) {
            throw_damaged("a table");
        }
    }
    for (auto& group : model.m_groups) {
        read_frequencies(in, group.frequencies);
    }
    return model;
}

std::array<std::uint8_t, Situation::count> TokenModel::group_of_situation() const {
    std::array<std::uint8_t, Situation::count> groups{};
    for (std::size_t group = 0; group < m_groups.size(); ++group) {
        std::fill(groups.begin() + m_groups[group].first_situation, groups.end(),
                  static_cast<std::uint8_t>(group));
    }
    return groups;
}

} // namespace harrier::archive
