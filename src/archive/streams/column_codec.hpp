// SPDX-License-Identifier: MIT
#pragma once

// One column of samples as bytes: its form, where samples are missing, and the integers of the others.
// docs/streams.md has the layout.

#include "archive/streams/byte_io.hpp"
#include "archive/streams/distance_guide.hpp"
#include "archive/streams/integer_codec.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace harrier::archive {

// Keeps its working memory between calls. One thread at a time.
class ColumnEncoder {
public:
    void encode(std::span<const double> values, const DistanceGuide& guide, ByteWriter& out);
    void encode_numbers(std::span<const std::int64_t> numbers, ByteWriter& out);

private:
    [[nodiscard]] GuideSteps guide_steps(const DistanceGuide& guide, std::optional<double> units,
                                         const PresentRows& rows);

    std::vector<double> m_present;
    std::vector<std::uint32_t> m_rows;
    std::vector<std::int64_t> m_numbers;
    std::vector<std::int64_t> m_steps_by_speed;
    std::vector<std::int64_t> m_steps_by_position;
    IntegerEncoder m_integers;
};

// `count` values, as ColumnEncoder::encode got them. Throws Error{data} where it wrote nothing like it.
[[nodiscard]] std::vector<double> decode_column(ByteReader& in, std::size_t count,
                                                const DistanceGuide& guide);
[[nodiscard]] std::vector<std::int64_t> decode_numbers(ByteReader& in, std::size_t count);

} // namespace harrier::archive
