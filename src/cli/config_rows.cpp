// SPDX-License-Identifier: MIT
#include "cli/config_rows.hpp"

namespace harrier::cli {

using report::Rows;
using report::Value;

Rows config_rows(const Config& config) {
    Rows rows{{"key", "value", "default", "help"}, {}};
    for (const auto& key : config_keys()) {
        const auto value = config.find_text(key.name);
        rows.rows.push_back({std::string(key.name), value ? Value{*value} : Value{},
                             key.fallback.empty() ? Value{} : Value{std::string(key.fallback)},
                             std::string(key.help)});
    }
    return rows;
}

} // namespace harrier::cli
