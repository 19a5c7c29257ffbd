// SPDX-License-Identifier: MIT
#pragma once

// The FIT container: headers, chained files, definitions, messages and checksums; it knows no field's
// meaning. One pass over the bytes, no allocation per message. Whatever is damaged ends its file at the last
// good message and becomes a finding; nothing throws. One thread per reader.

#include "model/recording.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::formats::fit {

enum class BaseType : std::uint8_t {
    enumeration,
    int8,
    uint8,
    int16,
    uint16,
    int32,
    uint32,
    string,
    float32,
    float64,
    uint8z,
    uint16z,
    uint32z,
    bytes,
    int64,
    uint64,
    uint64z,
};

// Bytes of one value of a type.
[[nodiscard]] std::size_t size_of(BaseType type);

struct FieldDefinition {
    std::uint8_t number = 0;
    BaseType type = BaseType::bytes; // `bytes` when the size is no multiple of the declared type's
    std::uint16_t size = 0;          // in bytes
    std::uint32_t offset = 0;        // from the start of the message's data
};

struct DeveloperFieldDefinition {
    std::uint8_t number = 0;
    std::uint8_t developer = 0;
    std::uint16_t size = 0;
    std::uint32_t offset = 0;
};

struct Definition {
    std::uint16_t global = 0; // the message's number in the profile
    bool big_endian = false;
    std::uint32_t size = 0;                        // of the data that follows a message's header
    std::uint32_t generation = 0;                  // changes whenever the local type is defined anew; never 0
    std::optional<std::uint32_t> timestamp_offset; // of the field 253, where it is a whole uint32
    std::vector<FieldDefinition> fields;           // without those of size 0
    std::vector<DeveloperFieldDefinition> developer_fields;
};

// A data message, or a run of `count` messages that follow each other with the same header: the second one's
// data begins stride() bytes behind the first one's.
struct Message {
    const Definition* definition = nullptr;
    std::span<const std::byte> data;        // of the first one
    std::optional<std::uint32_t> timestamp; // from a compressed-timestamp header
    std::uint8_t local_type = 0;
    std::size_t count = 1;
    std::size_t offset = 0; // of the message's header, in the bytes
    std::size_t index = 0;  // among data messages, 0-based, over all chained files

    [[nodiscard]] std::size_t stride() const { return data.size() + 1; }
    [[nodiscard]] Message nth(std::size_t i) const {
        return {definition, {data.data() + i * stride(), data.size()},
                timestamp,  local_type,
                1,          offset + i * stride(),
                index + i};
    }
};

enum class Checksum { ok, bad, zero, absent, missing };

// One file of a chain.
struct Segment {
    std::size_t offset = 0;
    std::uint8_t header_size = 0;
    std::uint8_t protocol = 0;
    std::uint16_t profile_version = 0;
    std::uint32_t data_size = 0; // as the header says
    Checksum header_checksum = Checksum::absent;
    Checksum file_checksum = Checksum::missing;
    std::size_t definitions = 0;
    std::size_t messages = 0;
    bool damaged = false; // ended before the end of its data
    bool is_cut = false;  // damaged, or the bytes end before the size that its header says
};

class Reader {
public:
    // Borrows the bytes.
    explicit Reader(std::span<const std::byte> bytes);

    // The next data message, over all chained files; null at the end. It belongs to the reader and is valid
    // until the next call.
    [[nodiscard]] const Message* next() { return advance(1); }
    // As `next`, but takes as many messages of one kind as follow each other, up to longest_run.
    [[nodiscard]] const Message* next_run() { return advance(longest_run); }
    static constexpr std::size_t longest_run = 256; // their bytes and their columns fit the first-level cache

    // The file of the chain that the last message belongs to is segments().back().
    [[nodiscard]] const std::vector<Segment>& segments() const { return m_segments; }
    [[nodiscard]] const std::vector<model::Finding>& findings() const { return m_findings; }

private:
    const Message* advance(std::size_t most);
    bool begin_segment();
    void read_size(const Segment& segment, std::span<const std::byte> rest);
    void end_segment();
    bool read_definition(std::uint8_t header);
    void read_fields(std::size_t start, Definition& definition);
    bool read_data(std::uint8_t local_type, std::optional<std::uint32_t> timestamp, std::size_t most);
    void note_timestamp();
    template <typename... Arguments>
    void find(std::size_t offset, std::string_view what, const Arguments&... arguments);

    std::span<const std::byte> m_bytes;
    Message m_message;
    std::size_t m_position = 0;
    std::size_t m_data_end = 0;  // of this segment, as far as the bytes go
    std::size_t m_next_file = 0; // where the checksum of this segment ends; 0 = it has none
    bool m_in_segment = false;
    bool m_damaged = false;
    std::uint32_t m_last_timestamp = 0;
    std::uint32_t m_generation = 0;
    std::size_t m_message_count = 0;
    std::array<Definition, 16> m_definitions;
    std::array<bool, 16> m_defined{};
    std::vector<Segment> m_segments;
    std::vector<model::Finding> m_findings;
};

// True when the bytes start like a FIT file.
[[nodiscard]] bool looks_like_fit(std::span<const std::byte> bytes);

} // namespace harrier::formats::fit
