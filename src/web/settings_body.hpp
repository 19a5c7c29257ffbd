// SPDX-License-Identifier: MIT
#pragma once

// The bodies of the two PUTs. Pure.

#include <optional>
#include <string>
#include <string_view>

namespace harrier::web {

struct SettingChange {
    std::string key;
    std::optional<std::string> value{}; // nothing: back to the default
};

struct RetirementChange {
    std::optional<double> value{}; // m, above zero; nothing: no limit
};

// Nothing when the body is something else; nor when it sets from a day on, which no setting can.
[[nodiscard]] std::optional<SettingChange> parse_setting(std::string_view body);
[[nodiscard]] std::optional<RetirementChange> parse_retirement(std::string_view body);

} // namespace harrier::web
