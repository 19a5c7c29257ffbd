// SPDX-License-Identifier: MIT
#pragma once

// What a command is. One command = one file `command_<name>.cpp`, one line in commands.cpp. Parsing and
// running are separate: `declare` binds flags to members, `run` does the work and may throw Error.

#include "base/clock.hpp"
#include "cli/console.hpp"
#include "cli/settings.hpp"

#include <memory>
#include <stop_token>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace harrier::cli {

// What a run of a command is given.
struct Invocation {
    Console& console;
    const Settings& settings;
    Clock& clock;
    std::stop_token stop;
};

class Command {
public:
    virtual ~Command() = default;
    // Adds flags, arguments and examples (`app.footer`). Opens nothing.
    virtual void declare(CLI::App& app) = 0;
    // Returns an exit code (exit_code.hpp).
    [[nodiscard]] virtual int run(Invocation& invocation) = 0;
};

struct CommandEntry {
    std::string_view name;
    std::string_view summary; // one line for the list of commands
    std::unique_ptr<Command> (*make)();
};

// Every command, in the order of the help. The one registry: help, completion and tests read it.
[[nodiscard]] const std::vector<CommandEntry>& commands();

} // namespace harrier::cli
