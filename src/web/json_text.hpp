// SPDX-License-Identifier: MIT
#pragma once

// JSON for the page, written straight into a text. Numbers are the shortest that read back the same, what is
// absent or not finite is null, bytes that are not UTF-8 become U+FFFD. "<", ">" and "&" are escaped too, so
// that an answer that somebody takes for HTML is harmless. Pure.

#include "report/rows.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::web {

[[nodiscard]] std::string json(std::string_view text);
[[nodiscard]] std::string json(double number);
[[nodiscard]] std::string json(std::int64_t number);
[[nodiscard]] std::string json_flag(bool value);
[[nodiscard]] std::string json(const report::Value& value);

template <typename Value>
[[nodiscard]] std::string json(const std::optional<Value>& value) {
    return value ? json(*value) : std::string("null");
}

// [a,b,c] of texts that are JSON already.
[[nodiscard]] std::string json_array(const std::vector<std::string>& items);

// An object, field by field.
class JsonObject {
public:
    // `value` is JSON already.
    JsonObject& add(std::string_view name, std::string_view value);
    [[nodiscard]] std::string str() const { return m_text + "}"; }

private:
    std::string m_text = "{";
};

} // namespace harrier::web
