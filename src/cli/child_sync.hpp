// SPDX-License-Identifier: MIT
#pragma once

// `harrier sync --json` as a process of its own: whatever becomes of it, the process that started it goes on,
// and the writer's lock says to everybody that it runs.

#include "cli/settings.hpp"

#include <atomic>
#include <string>
#include <sys/types.h>
#include <thread>

namespace harrier::cli {

class ChildSync {
public:
    // Starts this program again. Throws Error{io} when it cannot be started.
    explicit ChildSync(const Settings& settings);
    ChildSync(const ChildSync&) = delete;
    ChildSync& operator=(const ChildSync&) = delete;
    // Asks it to end, as Ctrl-C would, and waits: what it has stored stays.
    ~ChildSync();

    [[nodiscard]] bool is_running() const { return m_running; }
    // What it printed, once it has ended.
    [[nodiscard]] const std::string& output() const { return m_output; }

private:
    void read_to_end(int fd);

    pid_t m_child = 0;
    std::atomic<bool> m_running{true};
    std::string m_output;
    std::thread m_reader;
};

} // namespace harrier::cli
