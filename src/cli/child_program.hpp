// SPDX-License-Identifier: MIT
#pragma once

// Other programs of this machine that harrier makes use of where they are installed.

#include "cli/settings.hpp"

#include <optional>
#include <string>
#include <vector>

namespace harrier::cli {

// The program as the PATH of `environment` finds it; "" when it does not. A name with a slash is a path.
[[nodiscard]] std::string find_program(const std::string& name, const Environment& environment);

// Runs it to its end without input or output, with PATH, HOME and the language of `environment` alone. Its
// exit code; nothing when it did not start or a signal ended it.
[[nodiscard]] std::optional<int> run_program(const std::string& program,
                                             const std::vector<std::string>& arguments,
                                             const Environment& environment);

} // namespace harrier::cli
