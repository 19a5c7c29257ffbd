// SPDX-License-Identifier: MIT
#pragma once

// Every setting with its value, as `config list --json` and the dashboard give it.

#include "cli/config_file.hpp"
#include "report/rows.hpp"

namespace harrier::cli {

// key, value, default, help; in the order of config_keys.
[[nodiscard]] report::Rows config_rows(const Config& config);

} // namespace harrier::cli
