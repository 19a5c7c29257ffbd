// SPDX-License-Identifier: MIT
#include "web/json_text.hpp"

#include "formats/utf8.hpp"

#include <fmt/format.h>

#include <cmath>
#include <type_traits>
#include <variant>

namespace harrier::web {

namespace {

bool needs_escape(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&';
}

} // namespace

std::string json(std::string_view text) {
    std::string mended;
    if (!formats::is_utf8(text)) {
        mended = formats::mend_utf8(text);
        text = mended;
    }
    std::string quoted = "\"";
    quoted.reserve(text.size() + 2);
    for (const char c : text) {
        if (!needs_escape(c)) {
            quoted += c;
        } else if (c == '"' || c == '\\') {
            quoted += '\\';
            quoted += c;
        } else {
            quoted += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
        }
    }
    return quoted + "\"";
}

std::string json(double number) {
    return std::isfinite(number) ? fmt::to_string(number) : "null";
}

std::string json(std::int64_t number) {
    return fmt::to_string(number);
}

std::string json_flag(bool value) {
    return value ? "true" : "false";
}

std::string json(const report::Value& value) {
    return std::visit(
        [](const auto& held) -> std::string {
            using Held = std::decay_t<decltype(held)>;
            if constexpr (std::is_same_v<Held, std::monostate>) {
                return "null";
            } else if constexpr (std::is_same_v<Held, bool>) {
                return json_flag(held);
            } else if constexpr (std::is_same_v<Held, std::vector<double>>) {
                std::vector<std::string> items;
                for (const double number : held) {
                    items.push_back(json(number));
                }
                return json_array(items);
            } else if constexpr (std::is_same_v<Held, std::string>) {
                return json(std::string_view(held));
            } else {
                return json(held);
            }
        },
        value);
}

std::string json_array(const std::vector<std::string>& items) {
    return fmt::format("[{}]", fmt::join(items, ","));
}

JsonObject& JsonObject::add(std::string_view name, std::string_view value) {
    m_text += fmt::format("{}\"{}\":{}", m_text.size() > 1 ? "," : "", name, value);
    return *this;
}

} // namespace harrier::web
