// SPDX-License-Identifier: MIT
#pragma once

// The terminal as a value: stdout is data, stderr is talk. Tests make one that captures.

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace harrier::cli {

// What others wrote (a server, a file's name), for a terminal: control characters are shown and not obeyed.
// Line breaks stay.
[[nodiscard]] std::string safe_lines(std::string_view text);

struct Stream {
    std::function<void(std::string_view)> write;
    bool is_terminal = false;
    bool colour = false;
};

struct Console {
    Stream out;
    Stream err;
    // One line from stdin without its end; nothing at the end of input. `echo` off hides what is typed.
    std::function<std::optional<std::string>(bool echo)> read_line;
    // One line from stdin, from a thread beside other work: nothing at the end of input, and when `stop` is
    // asked for. May be empty: then nobody can type or paste.
    std::function<std::optional<std::string>(const std::stop_token& stop)> read_line_until;
    // Everything from stdin up to its end.
    std::function<std::string()> read_all;
    bool in_is_terminal = false;
    int width = 80; // columns of the terminal

    // Data for stdout.
    void print(std::string_view text) const { out.write(text); }
    // Data with others' words in it: exact for a program, safe on a terminal.
    void print_foreign(std::string_view text) const {
        out.write(out.is_terminal ? safe_lines(text) : std::string(text));
    }
    // A line of talk for stderr; the line break is added.
    void say(std::string_view line) const { err.write(std::string(line) + "\n"); }
    // Questions may be asked only then; else the missing flag is named.
    [[nodiscard]] bool can_prompt() const { return in_is_terminal && err.is_terminal; }
};

// A progress line on stderr: redrawn in place on a terminal; elsewhere a plain line at `finish` only.
class ProgressLine {
public:
    explicit ProgressLine(const Console& console) : m_console(console) {}
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    ~ProgressLine() { clear(); }

    // Shows `text`, cut to the width; at most 10 times a second.
    void update(std::string_view text);
    // Removes the line.
    void clear();

private:
    const Console& m_console;
    bool m_shown = false;
    long long m_last_ms = 0;
};

} // namespace harrier::cli
