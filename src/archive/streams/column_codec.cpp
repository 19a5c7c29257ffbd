// SPDX-License-Identifier: MIT
#include "archive/streams/column_codec.hpp"

#include "archive/streams/number_form.hpp"
#include "model/recording.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace harrier::archive {

namespace {

constexpr std::uint8_t has_missing = 0x80;
constexpr std::size_t piece_size = 1024;

// Lengths of the stretches of present and missing samples in turn; the first stretch is of present ones.
std::vector<std::int64_t> run_lengths(std::span<const double> values) {
    std::vector<std::int64_t> runs{0};
    bool present = true;
    for (const double value : values) {
        if (model::is_missing(value) == present) {
            present = !present;
            runs.push_back(0);
        }
        ++runs.back();
    }
    return runs;
}

// The present rows among the first `count`. Runs are never held as a whole: there may be millions.
std::vector<std::uint32_t> decode_present_rows(ByteReader& in, std::size_t count) {
    const std::uint64_t run_count = in.take_number();
    if (run_count > count + 1) {
        throw_damaged("too many runs");
    }
    IntegerDecoder decoder(in, static_cast<std::size_t>(run_count));
    std::vector<std::uint32_t> rows;
    rows.reserve(count);
    std::size_t row = 0;
    std::array<std::int64_t, piece_size> piece{};
    for (std::size_t run = 0; run < run_count;) {
        const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(piece_size, run_count - run));
        decoder.next(std::span(piece).first(size), {});
        for (std::size_t i = 0; i < size; ++i, ++run) {
            const auto length = static_cast<std::uint64_t>(piece[i]);
            if (length > count - row) {
                throw_damaged("a run that is too long");
            }
            const std::size_t end = row + static_cast<std::size_t>(length);
            for (; row < end; ++row) {
                if (run % 2 == 0) {
                    rows.push_back(static_cast<std::uint32_t>(row));
                }
            }
        }
    }
    decoder.finish();
    if (row != count) {
        throw_damaged("runs that are too short");
    }
    return rows;
}

} // namespace

void ColumnEncoder::encode(std::span<const double> values, const DistanceGuide& guide, ByteWriter& out) {
    PresentRows rows;
    std::span<const double> present = values;
    std::vector<std::int64_t> runs;
    if (std::any_of(values.begin(), values.end(), model::is_missing)) {
        runs = run_lengths(values);
        m_rows.clear();
        m_present.clear();
        for (std::size_t row = 0; row < values.size(); ++row) {
            if (!model::is_missing(values[row])) {
                m_rows.push_back(static_cast<std::uint32_t>(row));
                m_present.push_back(values[row]);
            }
        }
        rows.list = &m_rows;
        present = m_present;
    }
    const NumberForm form = find_form(present, m_numbers);
    out.put_byte(static_cast<std::uint8_t>(static_cast<unsigned>(form) | (runs.empty() ? 0 : has_missing)));
    if (!runs.empty()) {
        out.put_number(runs.size());
        m_integers.encode(runs, {}, out);
    }
    m_integers.encode(m_numbers, guide_steps(guide, units_per_one(form), rows), out);
}

GuideSteps ColumnEncoder::guide_steps(const DistanceGuide& guide, std::optional<double> units,
                                      const PresentRows& rows) {
    m_steps_by_speed.clear();
    m_steps_by_position.clear();
    if (units && guide.has_speed()) {
        m_steps_by_speed.resize(m_numbers.size());
        guide.steps_by_speed(*units, rows, 0, m_steps_by_speed);
    }
    if (units && guide.has_position()) {
        m_steps_by_position.resize(m_numbers.size());
        guide.steps_by_position(*units, rows, 0, m_steps_by_position);
    }
    return {m_steps_by_speed, m_steps_by_position};
}

void ColumnEncoder::encode_numbers(std::span<const std::int64_t> numbers, ByteWriter& out) {
    m_integers.encode(numbers, {}, out);
}

std::vector<double> decode_column(ByteReader& in, std::size_t count, const DistanceGuide& guide) {
    const std::uint8_t head = in.take_byte();
    const auto form = static_cast<NumberForm>(head & ~unsigned{has_missing});
    if (static_cast<std::uint8_t>(form) >= number_form_count) {
        throw_damaged("an unknown form");
    }
    PresentRows rows;
    std::vector<std::uint32_t> row_list;
    std::size_t present = count;
    std::vector<double> values;
    if ((head & has_missing) != 0) {
        row_list = decode_present_rows(in, count);
        rows.list = &row_list;
        present = row_list.size();
        values.resize(count, model::missing);
    } else {
        values.resize(count);
    }
    IntegerDecoder decoder(in, present);
    const auto units = units_per_one(form);
    const Guide by = decoder.guide();
    if ((by == Guide::speed && !(units && guide.has_speed())) ||
        (by == Guide::position && !(units && guide.has_position()))) {
        throw_damaged("nothing to guess a distance from");
    }
    std::array<std::int64_t, piece_size> numbers{};
    std::array<std::int64_t, piece_size> steps{};
    std::array<double, piece_size> piece{};
    for (std::size_t first = 0; first < present; first += piece_size) {
        const std::size_t size = std::min(piece_size, present - first);
        const auto piece_steps = std::span(steps).first(by == Guide::none ? 0 : size);
        if (by == Guide::speed) {
            guide.steps_by_speed(*units, rows, first, piece_steps);
        } else if (by == Guide::position) {
            guide.steps_by_position(*units, rows, first, piece_steps);
        }
        decoder.next(std::span(numbers).first(size), piece_steps);
        if (rows.list == nullptr) {
            from_numbers(form, std::span(numbers).first(size), std::span(values).subspan(first, size));
            continue;
        }
        from_numbers(form, std::span(numbers).first(size), piece);
        for (std::size_t i = 0; i < size; ++i) {
            values[row_list[first + i]] = piece[i];
        }
    }
    decoder.finish();
    return values;
}

std::vector<std::int64_t> decode_numbers(ByteReader& in, std::size_t count) {
    IntegerDecoder decoder(in, count);
    std::vector<std::int64_t> numbers(count);
    decoder.next(numbers, {});
    decoder.finish();
    return numbers;
}

} // namespace harrier::archive
