// SPDX-License-Identifier: MIT
#pragma once

// Makes FIT files for tests, byte by byte: also such as no device would write.

#include "formats/fit/crc.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <span>
#include <string_view>
#include <vector>

namespace harrier::tests {

using Bytes = std::vector<std::byte>;

// Base types as they stand in a file.
namespace fit_type {
constexpr std::uint8_t enumeration = 0x00;
constexpr std::uint8_t s8 = 0x01;
constexpr std::uint8_t u8 = 0x02;
constexpr std::uint8_t s16 = 0x83;
constexpr std::uint8_t u16 = 0x84;
constexpr std::uint8_t s32 = 0x85;
constexpr std::uint8_t u32 = 0x86;
constexpr std::uint8_t string = 0x07;
constexpr std::uint8_t f32 = 0x88;
constexpr std::uint8_t f64 = 0x89;
constexpr std::uint8_t u8z = 0x0A;
constexpr std::uint8_t u16z = 0x8B;
constexpr std::uint8_t u32z = 0x8C;
constexpr std::uint8_t bytes = 0x0D;
constexpr std::uint8_t s64 = 0x8E;
constexpr std::uint8_t u64 = 0x8F;
constexpr std::uint8_t u64z = 0x90;
} // namespace fit_type

struct FitField {
    std::uint8_t number = 0;
    std::uint8_t size = 0;
    std::uint8_t type = fit_type::u8; // of a developer field: the developer's index
};

struct FitDefinition {
    std::uint16_t global = 20;
    std::vector<FitField> fields;
    std::vector<FitField> developer_fields;
    bool big_endian = false;
};

struct FitHeader {
    std::uint8_t size = 14;
    bool zero_checksum = false;
};

class FitBuilder {
public:
    // The same local type may be defined again.
    FitBuilder& define(std::uint8_t local, FitDefinition definition) {
        const bool developer = !definition.developer_fields.empty();
        put(0x40U | (developer ? 0x20U : 0U) | local);
        put(0);
        put(definition.big_endian ? 1 : 0);
        put_number(definition.global, 2, definition.big_endian);
        put_fields(definition.fields);
        if (developer) {
            put_fields(definition.developer_fields);
        }
        m_definitions[local] = std::move(definition);
        return *this;
    }

    // One number for each field, native ones first, in the size and byte order of the definition.
    FitBuilder& data(std::uint8_t local, std::initializer_list<std::int64_t> numbers) {
        put(local);
        return put_numbers(local, numbers);
    }
    FitBuilder& compressed(std::uint8_t local, unsigned time_offset,
                           std::initializer_list<std::int64_t> numbers) {
        put(0x80U | static_cast<unsigned>(local) << 5U | time_offset);
        return put_numbers(local, numbers);
    }
    // Whatever bytes.
    FitBuilder& raw(std::string_view text) {
        const auto more = std::as_bytes(std::span(text));
        m_data.insert(m_data.end(), more.begin(), more.end());
        return *this;
    }
    FitBuilder& raw(std::initializer_list<unsigned> more) {
        for (const auto byte : more) {
            put(byte);
        }
        return *this;
    }
    FitBuilder& reserve(std::size_t size) {
        m_data.reserve(size);
        return *this;
    }
    // Offset of the next message in the finished file, behind a header of 14 bytes.
    [[nodiscard]] std::size_t offset() const { return 14 + m_data.size(); }

    [[nodiscard]] Bytes finish(FitHeader header = {}) const {
        Bytes file;
        const auto add = [&](std::uint64_t value, unsigned size) {
            for (unsigned i = 0; i < size; ++i) {
                file.push_back(static_cast<std::byte>(value >> 8U * i & 0xFFU));
            }
        };
        add(header.size, 1);
        add(0x20, 1);
        add(2132, 2);
        add(m_data.size(), 4);
        add(0x5449462E, 4); // .FIT
        if (header.size >= 14) {
            add(header.zero_checksum ? 0 : formats::fit::crc16(file), 2);
        }
        file.resize(header.size);
        file.insert(file.end(), m_data.begin(), m_data.end());
        add(formats::fit::crc16(file), 2);
        return file;
    }

private:
    void put(std::uint64_t byte) { m_data.push_back(static_cast<std::byte>(byte & 0xFFU)); }
    void put_number(std::uint64_t value, unsigned size, bool big_endian) {
        for (unsigned i = 0; i < size; ++i) {
            const unsigned place = big_endian ? size - 1 - i : i;
            put(place < 8 ? value >> 8U * place : 0);
        }
    }
    void put_fields(const std::vector<FitField>& fields) {
        put(fields.size());
        for (const auto& field : fields) {
            put(field.number);
            put(field.size);
            put(field.type);
        }
    }
    FitBuilder& put_numbers(std::uint8_t local, std::initializer_list<std::int64_t> numbers) {
        const auto& definition = m_definitions[local];
        const auto* number = numbers.begin();
        for (const auto* fields : {&definition.fields, &definition.developer_fields}) {
            for (const auto& field : *fields) {
                if (number != numbers.end()) {
                    put_number(static_cast<std::uint64_t>(*number++), field.size, definition.big_endian);
                }
            }
        }
        return *this;
    }

    Bytes m_data;
    std::map<std::uint8_t, FitDefinition> m_definitions;
};

} // namespace harrier::tests
