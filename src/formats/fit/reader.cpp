// SPDX-License-Identifier: MIT
#include "formats/fit/reader.hpp"

#include "formats/fit/crc.hpp"
#include "formats/fit/value.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace harrier::formats::fit {

namespace {

constexpr std::size_t smallest_header = 12;
constexpr std::size_t checksum_size = 2;
constexpr std::size_t fixed_definition = 6;
constexpr std::uint8_t timestamp_field = 253;
// A hostile file must not fill the memory with complaints, nor with files of no content.
constexpr std::size_t most_findings = 1000;
constexpr std::size_t most_segments = 10'000;

unsigned at(std::span<const std::byte> bytes, std::size_t i) {
    return std::to_integer<unsigned>(bytes[i]);
}

unsigned little16(std::span<const std::byte> bytes, std::size_t i) {
    return at(bytes, i) | at(bytes, i + 1) << 8U;
}

std::uint32_t little32(std::span<const std::byte> bytes, std::size_t i) {
    return little16(bytes, i) | little16(bytes, i + 2) << 16U;
}

bool has_signature(std::span<const std::byte> bytes) {
    constexpr std::string_view signature = ".FIT";
    return bytes.size() >= smallest_header &&
           std::equal(signature.begin(), signature.end(), bytes.begin() + 8,
                      [](char c, std::byte b) { return static_cast<char>(b) == c; });
}

// The type of a field, by its declared number; some writers leave out the endianness bit 0x80, so the low
// five bits decide. An unknown one is read as bytes.
BaseType base_type(unsigned declared) {
    const unsigned low = declared & 0x1FU;
    return low <= static_cast<unsigned>(BaseType::uint64z) ? static_cast<BaseType>(low) : BaseType::bytes;
}

} // namespace

std::size_t size_of(BaseType type) {
    switch (type) {
    case BaseType::int16:
    case BaseType::uint16:
    case BaseType::uint16z:
        return 2;
    case BaseType::int32:
    case BaseType::uint32:
    case BaseType::uint32z:
    case BaseType::float32:
        return 4;
    case BaseType::float64:
    case BaseType::int64:
    case BaseType::uint64:
    case BaseType::uint64z:
        return 8;
    case BaseType::enumeration:
    case BaseType::int8:
    case BaseType::uint8:
    case BaseType::uint8z:
    case BaseType::string:
    case BaseType::bytes:
        return 1;
    }
    return 1;
}

bool looks_like_fit(std::span<const std::byte> bytes) {
    return has_signature(bytes) && at(bytes, 0) >= smallest_header;
}

Reader::Reader(std::span<const std::byte> bytes) : m_bytes(bytes) {}

// Formats nothing once there are enough, since a hostile file has a million faults.
template <typename... Arguments>
void Reader::find(std::size_t offset, std::string_view what, const Arguments&... arguments) {
    if (m_findings.size() < most_findings) {
        m_findings.push_back(
            {offset, m_message_count, fmt::vformat(what, fmt::make_format_args(arguments...))});
    }
}

bool Reader::begin_segment() {
    const auto rest = m_bytes.subspan(m_position);
    const std::size_t start = m_position;
    m_position = m_bytes.size(); // unless a file begins here
    if (rest.empty() && !m_segments.empty()) {
        return false;
    }
    if (!has_signature(rest)) {
        m_segments.empty() ? find(start, "not a FIT file: the signature .FIT is missing")
                           : find(start, "{} bytes behind the end are no FIT file", rest.size());
        return false;
    }
    if (m_segments.size() == most_segments) {
        find(start, "more than {} files in a chain: the rest is left out", most_segments);
        return false;
    }
    Segment segment;
    segment.offset = start;
    segment.header_size = static_cast<std::uint8_t>(at(rest, 0));
    segment.protocol = static_cast<std::uint8_t>(at(rest, 1));
    segment.profile_version = static_cast<std::uint16_t>(little16(rest, 2));
    segment.data_size = little32(rest, 4);
    if (segment.header_size < smallest_header || segment.header_size > rest.size()) {
        find(start, "a header of {} bytes", segment.header_size);
        return false;
    }
    if (segment.header_size >= smallest_header + checksum_size) {
        const auto stored = little16(rest, smallest_header);
        segment.header_checksum = stored == 0                                    ? Checksum::zero
                                  : crc16(rest.first(smallest_header)) == stored ? Checksum::ok
                                                                                 : Checksum::bad;
        if (segment.header_checksum == Checksum::bad) {
            find(start + smallest_header, "the header's checksum is wrong");
        }
    }
    m_position = start + segment.header_size;
    read_size(segment, rest.subspan(segment.header_size));
    segment.is_cut = segment.data_size > rest.size() - segment.header_size;
    m_segments.push_back(segment);
    m_in_segment = true;
    m_damaged = false;
    m_last_timestamp = 0;
    m_defined.fill(false);
    return true;
}

// Where the data ends, and the checksum behind it. A size of 0 is that of an empty file, or of a writer that
// crashed before it could go back and fill it in: then everything up to the end is data.
void Reader::read_size(const Segment& segment, std::span<const std::byte> rest) {
    const std::size_t header_end = m_position;
    const bool is_empty = segment.data_size == 0 && rest.size() >= checksum_size &&
                          (rest.size() == checksum_size || has_signature(rest.subspan(checksum_size)));
    if (segment.data_size == 0 && !is_empty) {
        find(segment.offset + 4, "the header says no size: read to the end");
        const auto before = m_bytes.subspan(segment.offset, m_bytes.size() - segment.offset);
        const bool ends_with_checksum = rest.size() > checksum_size && crc16(before) == 0;
        m_data_end = m_bytes.size() - (ends_with_checksum ? checksum_size : 0);
        m_next_file = ends_with_checksum ? m_bytes.size() : 0;
        return;
    }
    if (segment.data_size > rest.size()) {
        find(segment.offset + 4, "the header promises {} bytes, {} are there", segment.data_size,
             rest.size());
    }
    m_data_end = header_end + std::min<std::size_t>(segment.data_size, rest.size());
    const std::size_t end = header_end + segment.data_size + checksum_size;
    m_next_file = end <= m_bytes.size() ? end : 0;
}

void Reader::end_segment() {
    Segment& segment = m_segments.back();
    segment.damaged = m_damaged;
    segment.is_cut = segment.is_cut || m_damaged;
    m_in_segment = false;
    if (m_next_file == 0) {
        if (segment.file_checksum == Checksum::missing) {
            find(m_data_end, "the file's checksum is missing");
        }
        m_position = m_bytes.size();
        return;
    }
    const std::size_t end = m_next_file - checksum_size;
    const auto stored = little16(m_bytes, end);
    const auto covered = m_bytes.subspan(segment.offset, end - segment.offset);
    segment.file_checksum = crc16(covered) == stored ? Checksum::ok
                            : stored == 0            ? Checksum::zero
                                                     : Checksum::bad;
    if (segment.file_checksum == Checksum::bad) {
        find(end, "the file's checksum is wrong");
    } else if (segment.file_checksum == Checksum::zero) {
        find(end, "the file's checksum was never written");
    }
    m_position = m_next_file;
}

const Message* Reader::advance(std::size_t most) {
    while (true) {
        if (m_damaged || m_position >= m_data_end) {
            if (m_in_segment) {
                end_segment();
            }
            if (!begin_segment()) {
                return nullptr;
            }
            continue;
        }
        const auto header = static_cast<std::uint8_t>(at(m_bytes, m_position));
        if ((header & 0x80U) != 0) {
            const std::uint32_t offset = header & 0x1FU;
            const std::uint32_t timestamp = m_last_timestamp + ((offset - m_last_timestamp) & 0x1FU);
            if (read_data(static_cast<std::uint8_t>(header >> 5U & 3U), timestamp, 1)) {
                m_last_timestamp = timestamp;
                note_timestamp();
                return &m_message;
            }
        } else if ((header & 0x40U) != 0) {
            m_damaged = !read_definition(header);
        } else if (read_data(static_cast<std::uint8_t>(header & 0x0FU), std::nullopt, most)) {
            note_timestamp();
            return &m_message;
        }
    }
}

bool Reader::read_definition(std::uint8_t header) {
    const std::size_t start = m_position;
    const auto rest = m_bytes.subspan(start, m_data_end - start);
    const std::size_t field_count = rest.size() > 5 ? at(rest, 5) : 0;
    std::size_t end = fixed_definition + 3 * field_count;
    const bool has_developer_fields = (header & 0x20U) != 0;
    const std::size_t developer_count = has_developer_fields && rest.size() > end ? at(rest, end) : 0;
    const std::size_t developer_start = end + 1;
    end += has_developer_fields ? 1 + 3 * developer_count : 0;
    if (rest.size() < end) {
        find(start, "a definition runs past the end");
        return false;
    }
    const std::size_t local_type = header & 0x0FU;
    Definition& definition = m_definitions[local_type];
    const unsigned architecture = at(rest, 2);
    if (architecture > 1) {
        find(start + 2, "the byte order {} is unknown: read as little-endian", architecture);
    }
    definition.big_endian = architecture == 1;
    definition.global = static_cast<std::uint16_t>(definition.big_endian ? at(rest, 3) << 8U | at(rest, 4)
                                                                         : little16(rest, 3));
    definition.generation = ++m_generation;
    definition.fields.clear();
    definition.developer_fields.clear();
    definition.timestamp_offset.reset();
    definition.size = 0;
    read_fields(start, definition);
    for (std::size_t i = 0; i < developer_count; ++i) {
        const std::size_t place = developer_start + 3 * i;
        if (const auto size = static_cast<std::uint16_t>(at(rest, place + 1)); size > 0) {
            definition.developer_fields.push_back({static_cast<std::uint8_t>(at(rest, place)),
                                                   static_cast<std::uint8_t>(at(rest, place + 2)), size,
                                                   definition.size});
            definition.size += size;
        }
    }
    m_defined[local_type] = true;
    ++m_segments.back().definitions;
    m_position += end;
    return true;
}

void Reader::read_fields(std::size_t start, Definition& definition) {
    const std::size_t end = start + fixed_definition + 3 * at(m_bytes, start + 5);
    for (std::size_t place = start + fixed_definition; place < end; place += 3) {
        FieldDefinition field;
        field.number = static_cast<std::uint8_t>(at(m_bytes, place));
        field.size = static_cast<std::uint16_t>(at(m_bytes, place + 1));
        field.type = base_type(at(m_bytes, place + 2));
        field.offset = definition.size;
        if (field.size == 0) {
            continue;
        }
        if (field.size % size_of(field.type) != 0) {
            find(place, "field {} of message {} has {} bytes, no multiple of its type: kept as bytes",
                 field.number, definition.global, field.size);
            field.type = BaseType::bytes;
        }
        if (field.number == timestamp_field && field.type == BaseType::uint32 && field.size == 4 &&
            !definition.timestamp_offset) {
            definition.timestamp_offset = field.offset;
        }
        definition.size += field.size;
        definition.fields.push_back(field);
    }
}

bool Reader::read_data(std::uint8_t local_type, std::optional<std::uint32_t> timestamp, std::size_t most) {
    const Definition& definition = m_definitions[local_type];
    const std::size_t start = m_position + 1;
    if (!m_defined[local_type] || m_data_end - start < definition.size) {
        m_damaged = true;
        // A crashed writer leaves two zeros where the checksum was to stand.
        Segment& segment = m_segments.back();
        if (segment.data_size == 0 && m_bytes.size() - m_position == checksum_size &&
            little16(m_bytes, m_position) == 0) {
            segment.file_checksum = Checksum::zero;
        } else if (!m_defined[local_type]) {
            find(m_position, "a message of the undefined local type {}", local_type);
        } else {
            find(m_position, "a message runs past the end");
        }
        return false;
    }
    const std::size_t stride = std::size_t{1} + definition.size;
    const std::byte header = m_bytes[m_position];
    std::size_t end = m_position + stride;
    std::size_t count = 1;
    while (count < most && m_data_end - end >= stride && m_bytes[end] == header) {
        end += stride;
        ++count;
    }
    m_message = {
        &definition,    m_bytes.subspan(start, definition.size), timestamp, local_type, count, m_position,
        m_message_count};
    m_message_count += count;
    m_segments.back().messages += count;
    m_position = end;
    return true;
}

void Reader::note_timestamp() {
    const Definition& definition = *m_message.definition;
    if (definition.timestamp_offset) {
        const auto* last = m_message.data.data() + (m_message.count - 1) * m_message.stride();
        const auto value =
            detail::load<std::uint32_t>(last + *definition.timestamp_offset, definition.big_endian);
        m_last_timestamp = value != 0xFFFFFFFFU ? value : m_last_timestamp;
    }
}

} // namespace harrier::formats::fit
