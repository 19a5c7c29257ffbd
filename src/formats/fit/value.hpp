// SPDX-License-Identifier: MIT
#pragma once

// Values of FIT fields out of their bytes: both byte orders, every base type, and its "invalid" value as
// nothing. Pure.

#include "formats/fit/reader.hpp"

#include <bit>
#include <cstring>
#include <optional>
#include <string>

namespace harrier::formats::fit {

namespace detail {

template <typename T>
[[nodiscard]] inline T load(const std::byte* bytes, bool big_endian) {
    T value{};
    std::memcpy(&value, bytes, sizeof value);
    if constexpr (sizeof(T) == 2) {
        return big_endian ? static_cast<T>(__builtin_bswap16(static_cast<std::uint16_t>(value))) : value;
    } else if constexpr (sizeof(T) == 4) {
        return big_endian ? static_cast<T>(__builtin_bswap32(static_cast<std::uint32_t>(value))) : value;
    } else if constexpr (sizeof(T) == 8) {
        return big_endian ? static_cast<T>(__builtin_bswap64(static_cast<std::uint64_t>(value))) : value;
    } else {
        return value;
    }
}

template <typename T>
[[nodiscard]] inline std::optional<std::int64_t> valid(T value, T invalid) {
    return value == invalid ? std::nullopt : std::optional(static_cast<std::int64_t>(value));
}

} // namespace detail

// One integer; nothing when it holds the type's invalid value or the type is no integer. A uint64 beyond
// int64 wraps.
[[nodiscard]] inline std::optional<std::int64_t> load_integer(const std::byte* bytes, BaseType type,
                                                              bool big_endian) {
    using namespace detail;
    switch (type) {
    case BaseType::enumeration:
    case BaseType::uint8:
    case BaseType::bytes:
        return valid<std::uint8_t>(load<std::uint8_t>(bytes, false), 0xFF);
    case BaseType::int8:
        return valid<std::int8_t>(load<std::int8_t>(bytes, false), 0x7F);
    case BaseType::uint8z:
        return valid<std::uint8_t>(load<std::uint8_t>(bytes, false), 0);
    case BaseType::int16:
        return valid<std::int16_t>(load<std::int16_t>(bytes, big_endian), 0x7FFF);
    case BaseType::uint16:
        return valid<std::uint16_t>(load<std::uint16_t>(bytes, big_endian), 0xFFFF);
    case BaseType::uint16z:
        return valid<std::uint16_t>(load<std::uint16_t>(bytes, big_endian), 0);
    case BaseType::int32:
        return valid<std::int32_t>(load<std::int32_t>(bytes, big_endian), 0x7FFFFFFF);
    case BaseType::uint32:
        return valid<std::uint32_t>(load<std::uint32_t>(bytes, big_endian), 0xFFFFFFFFU);
    case BaseType::uint32z:
        return valid<std::uint32_t>(load<std::uint32_t>(bytes, big_endian), 0);
    case BaseType::int64:
        return valid<std::int64_t>(load<std::int64_t>(bytes, big_endian), 0x7FFFFFFFFFFFFFFF);
    case BaseType::uint64:
        return valid<std::uint64_t>(load<std::uint64_t>(bytes, big_endian), 0xFFFFFFFFFFFFFFFFU);
    case BaseType::uint64z:
        return valid<std::uint64_t>(load<std::uint64_t>(bytes, big_endian), 0);
    case BaseType::string:
    case BaseType::float32:
    case BaseType::float64:
        return std::nullopt;
    }
    return std::nullopt;
}

// One number of any numeric type, not scaled.
[[nodiscard]] std::optional<double> load_number(const std::byte* bytes, BaseType type, bool big_endian);

// The field of a message; null when the definition has none, or one of size 0.
[[nodiscard]] const FieldDefinition* find_field(const Definition& definition, std::uint8_t number);

// The first value of a field, not scaled; nothing when the message has none or it is invalid.
[[nodiscard]] std::optional<std::int64_t> integer(const Message& message, std::uint8_t field);
[[nodiscard]] std::optional<double> number(const Message& message, std::uint8_t field);
// raw / scale - offset.
[[nodiscard]] std::optional<double> scaled(const Message& message, std::uint8_t field, double scale,
                                           double offset = 0);
// Calls `use` with each value of an array, invalid ones as nothing.
template <typename Use>
void for_each_integer(const Message& message, std::uint8_t field, Use&& use) {
    if (const auto* found = find_field(*message.definition, field)) {
        const std::size_t step = size_of(found->type);
        for (std::size_t at = 0; at < found->size; at += step) {
            use(load_integer(message.data.data() + found->offset + at, found->type,
                             message.definition->big_endian));
        }
    }
}
// Up to the first NUL, or the whole field; bytes that are not UTF-8 are kept.
[[nodiscard]] std::string text(const Message& message, std::uint8_t field);

} // namespace harrier::formats::fit
