// SPDX-License-Identifier: MIT
#pragma once

// Fields of the records that an app on the device invented. What their bytes mean is told by a description,
// which may come before them, behind them, again with other contents, or never: so the bytes are kept as they
// are, and read at the end.

#include "formats/fit/messages.hpp"
#include "formats/fit/reader.hpp"
#include "model/recording.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace harrier::formats::fit {

struct DeveloperColumn {
    model::ExtraColumn column;
    std::optional<int> native_field; // the field of the record that it says it stands for
};

class DeveloperValues {
public:
    // A description that came up. True when it gives a field that is already in use another meaning: then the
    // slots have to be asked for again.
    [[nodiscard]] bool describe(FieldDescription description);

    // Where the values of a field go; nothing when there are too many fields.
    [[nodiscard]] std::optional<std::uint16_t> slot_for(const DeveloperFieldDefinition& field,
                                                        bool big_endian);
    [[nodiscard]] std::size_t slot_count() const { return m_slots.size(); }

    void add(std::uint16_t slot, const Message& run, std::size_t offset, std::uint32_t row);

    // Columns of `rows` values, of all fields that were described and have a valid value.
    [[nodiscard]] std::vector<DeveloperColumn> take(std::size_t rows);

private:
    using Raw = std::array<std::byte, 8>; // the first bytes of a field, as in the file
    struct Rows {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
    };
    struct Slot {
        DeveloperFieldDefinition field;
        bool big_endian = false;
        bool closed = false;                    // its field means something else by now
        std::optional<std::size_t> description; // place among the descriptions
        std::vector<Rows> rows;                 // that have a value
        std::vector<Raw> values;
    };
    static bool fill(const Slot& slot, const FieldDescription& description, std::vector<double>& column);

    std::vector<FieldDescription> m_descriptions;
    std::vector<Slot> m_slots;
};

} // namespace harrier::formats::fit
