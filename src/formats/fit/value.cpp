// SPDX-License-Identifier: MIT
#include "formats/fit/value.hpp"

#include <algorithm>
#include <cmath>

namespace harrier::formats::fit {

std::optional<double> load_number(const std::byte* bytes, BaseType type, bool big_endian) {
    if (type == BaseType::float32) {
        const auto value = std::bit_cast<float>(detail::load<std::uint32_t>(bytes, big_endian));
        return std::isfinite(value) ? std::optional(static_cast<double>(value)) : std::nullopt;
    }
    if (type == BaseType::float64) {
        const auto value = std::bit_cast<double>(detail::load<std::uint64_t>(bytes, big_endian));
        return std::isfinite(value) ? std::optional(value) : std::nullopt;
    }
    if (type == BaseType::uint64 || type == BaseType::uint64z) {
        const auto value = detail::load<std::uint64_t>(bytes, big_endian);
        const std::uint64_t invalid = type == BaseType::uint64 ? ~std::uint64_t{0} : 0;
        return value == invalid ? std::nullopt : std::optional(static_cast<double>(value));
    }
    const auto value = load_integer(bytes, type, big_endian);
    return value ? std::optional(static_cast<double>(*value)) : std::nullopt;
}

const FieldDefinition* find_field(const Definition& definition, std::uint8_t number) {
    const auto found = std::find_if(definition.fields.begin(), definition.fields.end(),
                                    [&](const FieldDefinition& field) { return field.number == number; });
    return found == definition.fields.end() ? nullptr : &*found;
}

std::optional<std::int64_t> integer(const Message& message, std::uint8_t field) {
    const auto* found = find_field(*message.definition, field);
    return found == nullptr ? std::nullopt
                            : load_integer(message.data.data() + found->offset, found->type,
                                           message.definition->big_endian);
}

std::optional<double> number(const Message& message, std::uint8_t field) {
    const auto* found = find_field(*message.definition, field);
    return found == nullptr ? std::nullopt
                            : load_number(message.data.data() + found->offset, found->type,
                                          message.definition->big_endian);
}

std::optional<double> scaled(const Message& message, std::uint8_t field, double scale, double offset) {
    const auto value = number(message, field);
    return value ? std::optional(*value / scale - offset) : std::nullopt;
}

std::string text(const Message& message, std::uint8_t field) {
    const auto* found = find_field(*message.definition, field);
    if (found == nullptr || found->type != BaseType::string) {
        return {};
    }
    const auto* begin = reinterpret_cast<const char*>(message.data.data()) + found->offset;
    return {begin, std::find(begin, begin + found->size, '\0')};
}

} // namespace harrier::formats::fit
