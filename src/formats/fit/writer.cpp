// SPDX-License-Identifier: MIT
#include "formats/fit/writer.hpp"

#include "base/error.hpp"
#include "formats/fit/crc.hpp"
#include "formats/utf8.hpp"
#include "formats/xml_values.hpp"

#include <array>
#include <cmath>
#include <limits>

namespace harrier::formats::fit {

namespace {

constexpr std::size_t header_size = 14;
constexpr std::uint8_t protocol = 0x20;
constexpr std::uint16_t profile = 2132;
constexpr std::size_t local_types = 16;

template <typename T>
RawRange range_of() {
    using Limits = std::numeric_limits<T>;
    return {Limits::min(), static_cast<std::int64_t>(Limits::max()) - 1,
            static_cast<std::int64_t>(Limits::max())};
}

void append(std::string& bytes, std::uint64_t value, std::size_t size) {
    std::array<std::byte, 8> raw{};
    store(raw.data(), value, size);
    bytes.append(reinterpret_cast<const char*>(raw.data()), size);
}

std::span<const std::byte> as_bytes(std::string_view text) {
    return std::as_bytes(std::span(text));
}

std::string definition_of(std::uint8_t local_type, std::uint16_t global,
                          const std::vector<FieldDefinition>& fields,
                          const std::vector<DeveloperFieldDefinition>& developer_fields) {
    std::string definition;
    append(definition, 0x40U | (developer_fields.empty() ? 0U : 0x20U) | local_type, 1);
    append(definition, 0, 2); // reserved, little-endian
    append(definition, global, 2);
    append(definition, fields.size(), 1);
    for (const auto& field : fields) {
        append(definition, field.number, 1);
        append(definition, field.size, 1);
        append(definition, type_code(field.type), 1);
    }
    if (!developer_fields.empty()) {
        append(definition, developer_fields.size(), 1);
        for (const auto& field : developer_fields) {
            append(definition, field.number, 1);
            append(definition, field.size, 1);
            append(definition, field.developer, 1);
        }
    }
    return definition;
}

} // namespace

RawRange raw_range(BaseType type) {
    switch (type) {
    case BaseType::int8:
        return range_of<std::int8_t>();
    case BaseType::uint16:
        return range_of<std::uint16_t>();
    case BaseType::int16:
        return range_of<std::int16_t>();
    case BaseType::uint32:
        return range_of<std::uint32_t>();
    case BaseType::int32:
        return range_of<std::int32_t>();
    default:
        return range_of<std::uint8_t>();
    }
}

std::optional<std::int64_t> to_raw(double value, BaseType type, Scale scale) {
    const auto range = raw_range(type);
    const double raw = std::round((value + scale.shift) * scale.scale);
    const bool fits = raw >= static_cast<double>(range.least) && raw <= static_cast<double>(range.most);
    return fits ? std::optional(static_cast<std::int64_t>(raw)) : std::nullopt;
}

std::uint8_t type_code(BaseType type) {
    const bool has_order = size_of(type) > 1;
    return static_cast<std::uint8_t>(static_cast<unsigned>(type) | (has_order ? 0x80U : 0U));
}

void NewMessage::begin_field(std::uint8_t number, BaseType type, std::size_t size) {
    m_fields.push_back({number, type, static_cast<std::uint16_t>(size), 0});
}

NewMessage& NewMessage::integer(std::uint8_t number, BaseType type, std::optional<std::int64_t> raw) {
    const auto range = raw_range(type);
    if (raw && *raw >= range.least && *raw <= range.most) {
        begin_field(number, type, size_of(type));
        append(m_data, static_cast<std::uint64_t>(*raw), size_of(type));
    }
    return *this;
}

NewMessage& NewMessage::value(std::uint8_t number, BaseType type, std::optional<double> value, Scale scale) {
    return value ? integer(number, type, to_raw(*value, type, scale)) : *this;
}

NewMessage& NewMessage::text(std::uint8_t number, std::string_view text) {
    constexpr std::size_t longest = 254;
    constexpr std::string_view replacement = "\xEF\xBF\xBD";
    std::string clean;
    while (!text.empty()) {
        const auto size = utf8_size(text);
        const auto character = size == 0 || text[0] == '\0' ? replacement : text.substr(0, size);
        if (clean.size() + character.size() > longest) {
            break;
        }
        clean += character;
        text.remove_prefix(size == 0 ? 1 : size);
    }
    if (!clean.empty()) {
        clean += '\0';
        bytes(number, BaseType::string, as_bytes(clean));
    }
    return *this;
}

NewMessage& NewMessage::bytes(std::uint8_t number, BaseType type, std::span<const std::byte> bytes) {
    begin_field(number, type, bytes.size());
    m_data.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    return *this;
}

Writer::Writer(std::size_t size_guess) : m_definitions(local_types) {
    m_bytes.reserve(size_guess);
    m_bytes.resize(header_size);
}

void Writer::write(std::uint8_t local_type, const NewMessage& message) {
    auto definition = definition_of(local_type, message.global(), message.fields(), {});
    if (definition != m_definitions[local_type]) {
        m_bytes += definition;
        m_definitions[local_type] = std::move(definition);
    }
    append(m_bytes, local_type, 1);
    m_bytes += message.data();
}

void Writer::define(std::uint8_t local_type, std::uint16_t global, const std::vector<FieldDefinition>& fields,
                    const std::vector<DeveloperFieldDefinition>& developer_fields) {
    m_definitions[local_type] = definition_of(local_type, global, fields, developer_fields);
    m_bytes += m_definitions[local_type];
}

std::byte* Writer::add_messages(std::uint8_t local_type, std::size_t count, std::size_t size) {
    const std::size_t begin = m_bytes.size();
    m_bytes.resize(begin + count * (size + 1));
    auto* first = reinterpret_cast<std::byte*>(m_bytes.data()) + begin;
    for (std::size_t i = 0; i < count; ++i) {
        first[i * (size + 1)] = static_cast<std::byte>(local_type);
    }
    return first + 1;
}

std::string Writer::finish() {
    const std::size_t data_size = m_bytes.size() - header_size;
    if (data_size > 0xFFFFFFFFU) {
        throw Error(ErrorKind::data, "cannot write the FIT file: the format holds 4 GB at most");
    }
    auto* header = reinterpret_cast<std::byte*>(m_bytes.data());
    store(header, header_size, 1);
    store(header + 1, protocol, 1);
    store(header + 2, profile, 2);
    store(header + 4, data_size, 4);
    store(header + 8, 0x5449462E, 4); // .FIT
    store(header + 12, crc16(std::span(header, 12)), 2);
    append(m_bytes, crc16(as_bytes(m_bytes)), 2);
    return std::move(m_bytes);
}

} // namespace harrier::formats::fit
