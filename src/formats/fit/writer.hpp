// SPDX-License-Identifier: MIT
#pragma once

// The FIT container, the other way: messages in, a file with its header and checksums out. Little-endian,
// protocol 2.0. It knows no field's meaning. One thread per writer.

#include "formats/fit/reader.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::formats::fit {

// The raw numbers that a field of an integer type can hold, its invalid value not among them.
struct RawRange {
    std::int64_t least = 0;
    std::int64_t most = 0;
    std::int64_t invalid = 0;
};
[[nodiscard]] RawRange raw_range(BaseType type);

// The raw number nearest to (value + shift) * scale; nothing where the value is missing or does not fit.
struct Scale {
    double scale = 1;
    double shift = 0;
};
[[nodiscard]] std::optional<std::int64_t> to_raw(double value, BaseType type, Scale scale = {});

// The type as it stands in definitions: with bit 0x80 where it has a byte order.
[[nodiscard]] std::uint8_t type_code(BaseType type);

// A message on its way into a file. A field without a value is left out of its definition.
class NewMessage {
public:
    explicit NewMessage(std::uint16_t global) : m_global(global) {}

    NewMessage& integer(std::uint8_t number, BaseType type, std::optional<std::int64_t> raw);
    NewMessage& value(std::uint8_t number, BaseType type, std::optional<double> value, Scale scale = {});
    // Ends with NUL; cut between two characters where it is longer than 254 bytes. What is not UTF-8, and a
    // NUL within, become U+FFFD. Nothing for an empty text.
    NewMessage& text(std::uint8_t number, std::string_view text);
    NewMessage& bytes(std::uint8_t number, BaseType type, std::span<const std::byte> bytes);

    [[nodiscard]] std::uint16_t global() const { return m_global; }
    [[nodiscard]] const std::vector<FieldDefinition>& fields() const { return m_fields; }
    [[nodiscard]] std::string_view data() const { return m_data; }

private:
    void begin_field(std::uint8_t number, BaseType type, std::size_t size);

    std::uint16_t m_global;
    std::vector<FieldDefinition> m_fields;
    std::string m_data;
};

class Writer {
public:
    explicit Writer(std::size_t size_guess);

    // Defines the local type anew where its last message had other fields.
    void write(std::uint8_t local_type, const NewMessage& message);

    // The other way, for many equal messages: a definition, whose offsets are not looked at, and then room
    // for `count` messages. Their headers are written; the first one's data begins at the pointer, the next
    // one's `size + 1` bytes behind it. Valid until the next call.
    void define(std::uint8_t local_type, std::uint16_t global, const std::vector<FieldDefinition>& fields,
                const std::vector<DeveloperFieldDefinition>& developer_fields);
    [[nodiscard]] std::byte* add_messages(std::uint8_t local_type, std::size_t count, std::size_t size);

    // The whole file. Throws Error{data} where it is beyond the 4 GB that the format can hold.
    [[nodiscard]] std::string finish();

private:
    std::string m_bytes;
    std::vector<std::string> m_definitions; // by local type, as they stand in the file
};

// Writes the lowest `size` bytes.
inline void store(std::byte* out, std::uint64_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) {
        out[i] = static_cast<std::byte>(value >> 8U * i & 0xFFU);
    }
}

// Writes all bytes of a number of that type, where it has to be quick.
template <typename Raw>
inline void store_as(std::byte* out, std::uint64_t value) {
    const auto raw = static_cast<Raw>(value);
    std::memcpy(out, &raw, sizeof raw);
}

} // namespace harrier::formats::fit
