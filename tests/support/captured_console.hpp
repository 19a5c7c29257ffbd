// SPDX-License-Identifier: MIT
#pragma once

// A console that keeps what is written and types what it was given. Writing is safe from any thread.

#include "cli/console.hpp"

#include <deque>
#include <mutex>
#include <string>

namespace harrier::test {

class CapturedConsole {
public:
    CapturedConsole() {
        console.out.write = [this](std::string_view text) { append(m_out, text); };
        console.err.write = [this](std::string_view text) { append(m_err, text); };
        console.read_line = [this](bool echo) -> std::optional<std::string> {
            hidden_questions += echo ? 0 : 1;
            if (typed.empty()) {
                return std::nullopt;
            }
            auto line = typed.front();
            typed.pop_front();
            return line;
        };
    }
    CapturedConsole(const CapturedConsole&) = delete;
    CapturedConsole& operator=(const CapturedConsole&) = delete;

    // A person sits there.
    void be_terminal() { console.in_is_terminal = console.err.is_terminal = console.out.is_terminal = true; }

    [[nodiscard]] std::string out() const { return read(m_out); }
    [[nodiscard]] std::string err() const { return read(m_err); }

    cli::Console console;
    std::deque<std::string> typed;
    int hidden_questions = 0; // asked without echo

private:
    void append(std::string& stream, std::string_view text) {
        const std::lock_guard lock(m_mutex);
        stream += text;
    }
    [[nodiscard]] std::string read(const std::string& stream) const {
        const std::lock_guard lock(m_mutex);
        return stream;
    }

    mutable std::mutex m_mutex;
    std::string m_out;
    std::string m_err;
};

} // namespace harrier::test
