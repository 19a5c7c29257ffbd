// SPDX-License-Identifier: MIT
#pragma once

// A forked child that runs a function and never comes back into the test. Fork before there are threads.

#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace harrier::test {

struct ChildEnd {
    int exit = -1;  // what the function returned; 99 = it threw
    int signal = 0; // that ended it
};

template <typename Body>
pid_t start_child(Body&& body) {
    const pid_t child = fork();
    if (child < 0) {
        throw std::runtime_error("cannot fork");
    }
    if (child == 0) {
        int code = 99;
        try {
            code = body();
        } catch (...) { // 99 says it
        }
        _exit(code);
    }
    return child;
}

inline ChildEnd wait_for(pid_t child) {
    int status = 0;
    if (waitpid(child, &status, 0) != child) {
        throw std::runtime_error("cannot wait for a child");
    }
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, WIFSIGNALED(status) ? WTERMSIG(status) : 0};
}

template <typename Body>
ChildEnd run_child(Body&& body) {
    return wait_for(start_child(body));
}

} // namespace harrier::test
