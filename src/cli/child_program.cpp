// SPDX-License-Identifier: MIT
#include "cli/child_program.hpp"

#include "base/text.hpp"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace harrier::cli {

namespace {

std::vector<char*> null_ended(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (auto& text : texts) {
        pointers.push_back(text.data());
    }
    pointers.push_back(nullptr);
    return pointers;
}

std::optional<int> await_end(pid_t child) {
    int status = 0;
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) {
            return std::nullopt;
        }
    }
    return WIFEXITED(status) ? std::optional(WEXITSTATUS(status)) : std::nullopt;
}

} // namespace

std::string find_program(const std::string& name, const Environment& environment) {
    if (name.find('/') != std::string::npos) {
        return name;
    }
    for (const auto& folder : split(environment.find("PATH").value_or(""), ':')) {
        const auto path = folder + "/" + name;
        if (access(path.c_str(), X_OK) == 0) {
            return path;
        }
    }
    return {};
}

std::optional<int> run_program(const std::string& program, const std::vector<std::string>& arguments,
                               const Environment& environment) {
    std::vector<std::string> words{program};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<std::string> entries;
    for (const char* name : {"PATH", "HOME", "LANG", "LC_ALL", "XDG_CACHE_HOME"}) {
        if (const auto value = environment.find(name)) {
            entries.push_back(std::string(name) + "=" + *value);
        }
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    pid_t child = 0;
    const auto word_pointers = null_ended(words);
    const auto entry_pointers = null_ended(entries);
    const int failure = posix_spawn(&child, program.c_str(), &actions, &attributes, word_pointers.data(),
                                    entry_pointers.data());
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failure == 0 ? await_end(child) : std::nullopt;
}

} // namespace harrier::cli
