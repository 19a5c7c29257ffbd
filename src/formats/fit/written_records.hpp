// SPDX-License-Identifier: MIT
#pragma once

// The samples of a recording as `record` messages: one definition with the columns that the recording has,
// filled column by column.

#include "formats/fit/writer.hpp"
#include "model/recording.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace harrier::formats::fit {

// The most columns of apps that are written; our reader takes as many.
constexpr std::size_t most_extra_columns = 128;

class WrittenRecords {
public:
    // Borrows both. `times` are FIT times, 0xFFFFFFFF for a sample without one.
    WrittenRecords(const model::Recording& recording, const std::vector<std::uint32_t>& times);

    [[nodiscard]] std::size_t record_size() const { return m_size + 1; }
    // What the columns of apps mean; has to stand before the records.
    void describe(Writer& writer) const;
    // Has to stand before `write`.
    void define(Writer& writer, std::uint8_t local_type) const;
    void write(Writer& writer, std::uint8_t local_type, std::size_t begin, std::size_t end) const;

private:
    // Rows [begin, end); the first one's field lies at `out`, the next one's `stride` bytes behind it.
    struct Run {
        std::size_t begin;
        std::size_t end;
        std::byte* out;
        std::size_t stride;
    };
    using Fill = std::function<void(const Run& run)>;
    struct Extra {
        const model::ExtraColumn* column;
        BaseType type;
    };

    void add(std::uint8_t number, BaseType type, Fill fill);
    void add_scaled(std::uint8_t number, BaseType type, const std::vector<double>& column, Scale scale);
    void add_positions(const model::Streams& streams);
    void add_cadence(const std::vector<double>& column);
    void add_extra(const model::ExtraColumn& column);

    const std::vector<std::uint32_t>& m_times;
    std::vector<FieldDefinition> m_fields;
    std::vector<DeveloperFieldDefinition> m_developer_fields;
    std::vector<Extra> m_extra;
    std::vector<Fill> m_fills; // of the fields, then of the developer fields
    std::vector<std::size_t> m_offsets;
    std::size_t m_size = 0; // of the data of a record
};

} // namespace harrier::formats::fit
