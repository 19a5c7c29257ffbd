// SPDX-License-Identifier: MIT
#pragma once

// Runs a shell command line with an environment of its own and keeps what it wrote. Input and output go
// through files in `folder`, so that nothing can wait for anything.

#include "base/file.hpp"

#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <map>
#include <spawn.h>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <vector>

namespace harrier::test {

struct ProgramRun {
    int exit = 0; // 128 + n when signal n ended it
    std::string out;
    std::string err;
};

// `command` is read by /bin/sh, in `folder`.
inline ProgramRun run_program(const std::string& command,
                              const std::map<std::string, std::string>& environment, const std::string& input,
                              const std::filesystem::path& folder) {
    const auto in_path = (folder / "stdin").string();
    const auto out_path = (folder / "stdout").string();
    const auto err_path = (folder / "stderr").string();
    write_file_atomically(in_path, input);

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    constexpr int fresh = O_WRONLY | O_CREAT | O_TRUNC;
    posix_spawn_file_actions_addopen(&actions, 0, in_path.c_str(), O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, out_path.c_str(), fresh, 0600);
    posix_spawn_file_actions_addopen(&actions, 2, err_path.c_str(), fresh, 0600);
    posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());

    std::vector<std::string> entries;
    for (const auto& [name, value] : environment) {
        entries.push_back(name + "=" + value);
    }
    std::vector<char*> pointers;
    for (auto& entry : entries) {
        pointers.push_back(entry.data());
    }
    pointers.push_back(nullptr);
    std::vector<std::string> arguments{"sh", "-c", command};
    std::vector<char*> argv{arguments[0].data(), arguments[1].data(), arguments[2].data(), nullptr};

    pid_t child = 0;
    const int failed = posix_spawn(&child, "/bin/sh", &actions, nullptr, argv.data(), pointers.data());
    posix_spawn_file_actions_destroy(&actions);
    int status = 0;
    if (failed != 0 || waitpid(child, &status, 0) != child) {
        throw std::runtime_error("cannot run " + command);
    }
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), read_file(out_path),
            read_file(err_path)};
}

} // namespace harrier::test
