// SPDX-License-Identifier: MIT
#pragma once

// The texts that harrier shows when it is not told what to do.

#include "cli/settings.hpp"

#include <string>

namespace harrier::cli {

// A short help whose first line is the next sensible step for this user. Reads the vault and the archive,
// changes nothing, and never throws for what it finds there.
[[nodiscard]] std::string welcome(const Settings& settings);

// Every command with its line, the flags that go everywhere, and where to read on.
[[nodiscard]] std::string full_help();

} // namespace harrier::cli
