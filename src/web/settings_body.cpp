// SPDX-License-Identifier: MIT
#include "web/settings_body.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace harrier::web {

namespace {

using Body = nlohmann::json;

Body parse_object(std::string_view body) {
    auto parsed = Body::parse(body, nullptr, false);
    return parsed.is_object() ? parsed : Body();
}

} // namespace

std::optional<SettingChange> parse_setting(std::string_view body) {
    const auto object = parse_object(body);
    if (!object.contains("key") || !object["key"].is_string() || !object.contains("value") ||
        (object.contains("since") && !object["since"].is_null())) {
        return std::nullopt;
    }
    SettingChange change{.key = object["key"].get<std::string>(), .value = std::nullopt};
    const auto& value = object["value"];
    if (value.is_string()) {
        change.value = value.get<std::string>();
    } else if (value.is_number()) {
        change.value = value.dump();
    } else if (!value.is_null()) {
        return std::nullopt;
    }
    return change;
}

std::optional<RetirementChange> parse_retirement(std::string_view body) {
    const auto object = parse_object(body);
    if (!object.contains("retire_at")) {
        return std::nullopt;
    }
    const auto& value = object["retire_at"];
    if (value.is_null()) {
        return RetirementChange{};
    }
    const auto metres = value.is_number() ? value.get<double>() : 0;
    return metres > 0 && metres <= 1e9 ? std::optional(RetirementChange{metres}) : std::nullopt;
}

} // namespace harrier::web
