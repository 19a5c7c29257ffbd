// SPDX-License-Identifier: MIT
#pragma once

// The entry of the program: parses the command line, runs one command, turns an Error into text and an exit
// code.

#include "base/clock.hpp"
#include "cli/console.hpp"
#include "cli/settings.hpp"

#include <span>
#include <stop_token>
#include <string>

namespace harrier::cli {

// For tests: everything from outside is an argument. `arguments` without the program's name.
[[nodiscard]] int run(std::span<const std::string> arguments, const Environment& environment,
                      Console& console, Clock& clock, std::stop_token stop);

// For main: the real streams, clock, signals and environment.
[[nodiscard]] int run_process(int argc, char** argv, char** environment);

} // namespace harrier::cli
