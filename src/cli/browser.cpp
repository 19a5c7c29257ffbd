// SPDX-License-Identifier: MIT
#include "cli/browser.hpp"

#include "cli/child_program.hpp"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>
#include <vector>

namespace harrier::cli {

namespace {

// Everything else, client secrets first of all, stays here.
constexpr std::array passed_variables{
    "BROWSER",
    "DBUS_SESSION_BUS_ADDRESS",
    "DESKTOP_SESSION",
    "DISPLAY",
    "HOME",
    "KDE_FULL_SESSION",
    "LANG",
    "LANGUAGE",
    "LC_ALL",
    "LOGNAME",
    "PATH",
    "USER",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "XDG_CONFIG_HOME",
    "XDG_CURRENT_DESKTOP",
    "XDG_DATA_DIRS",
    "XDG_DATA_HOME",
    "XDG_RUNTIME_DIR",
    "XDG_SESSION_TYPE",
};

std::vector<std::string> browser_environment(const Environment& environment) {
    std::vector<std::string> entries;
    for (const char* name : passed_variables) {
        if (const auto value = environment.find(name)) {
            entries.push_back(std::string(name) + "=" + *value);
        }
    }
    return entries;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (auto& text : texts) {
        pointers.push_back(text.data());
    }
    pointers.push_back(nullptr);
    return pointers;
}

bool spawn(const std::string& program, std::vector<std::string> arguments, std::vector<std::string> entries) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    // Signals as in a fresh process, and a group of its own: Ctrl-C here must not close the browser.
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes,
                             POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    pid_t child = 0;
    const auto argument_pointers = pointers_to(arguments);
    const auto entry_pointers = pointers_to(entries);
    const int failure = posix_spawn(&child, program.c_str(), &actions, &attributes, argument_pointers.data(),
                                    entry_pointers.data());
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failure == 0;
}

} // namespace

bool can_open_browser(const Environment& environment) {
    const bool is_remote = environment.find("SSH_CONNECTION") || environment.find("SSH_TTY");
    return !is_remote && (environment.find("DISPLAY") || environment.find("WAYLAND_DISPLAY") ||
                          environment.find("BROWSER"));
}

bool open_browser(const std::string& url, const Environment& environment) {
    const auto start = [&](const std::string& name) {
        const auto program = find_program(name, environment);
        return !program.empty() && spawn(program, {name, url}, browser_environment(environment));
    };
    // A list or a pattern ("a:b", "w3m %s") is xdg-open's to understand.
    const auto own = environment.find("BROWSER");
    const bool is_program = own && own->find_first_of(":% ") == std::string::npos;
    return (is_program && start(*own)) || start("xdg-open");
}

} // namespace harrier::cli
