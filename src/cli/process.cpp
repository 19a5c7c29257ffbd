// SPDX-License-Identifier: MIT

// The real process behind a run: streams, terminal, signals, environment.

#include "base/error.hpp"
#include "base/file.hpp"
#include "cli/exit_code.hpp"
#include "cli/run.hpp"

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <termios.h>
#include <thread>
#include <unistd.h>

namespace harrier::cli {

namespace {

// Wipes nothing, shows nothing: switches the terminal's echo off while a secret is typed.
class EchoOff {
public:
    explicit EchoOff(bool wanted) {
        m_changed = wanted && tcgetattr(STDIN_FILENO, &m_before) == 0;
        if (m_changed) {
            termios quiet = m_before;
            quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
            tcsetattr(STDIN_FILENO, TCSANOW, &quiet);
        }
    }
    EchoOff(const EchoOff&) = delete;
    EchoOff& operator=(const EchoOff&) = delete;
    ~EchoOff() {
        if (m_changed) {
            tcsetattr(STDIN_FILENO, TCSANOW, &m_before);
        }
    }

private:
    termios m_before{};
    bool m_changed = false;
};

void write_stream(int fd, std::string_view text) {
    try {
        write_all(fd, text, "write the output");
    } catch (const Error&) {
        if (errno == EPIPE) {
            std::_Exit(128 + SIGPIPE); // whoever read us has seen enough, as with any filter
        }
        throw;
    }
}

// Waits for input, but not beyond a Ctrl-C.
void await_input(const std::stop_token& stop) {
    pollfd input{STDIN_FILENO, POLLIN, 0};
    while (poll(&input, 1, 100) == 0) {
        if (stop.stop_requested()) {
            throw Error(ErrorKind::interrupted, "interrupted");
        }
    }
}

std::optional<std::string> read_line(bool echo, const std::stop_token& stop) {
    const EchoOff echo_off(!echo && isatty(STDIN_FILENO) == 1);
    std::string line;
    char character = 0;
    while (true) {
        await_input(stop);
        const ssize_t count = read(STDIN_FILENO, &character, 1);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return line.empty() ? std::nullopt : std::optional(line);
        }
        if (character == '\n') {
            return line;
        }
        line += character;
    }
}

std::optional<std::string> read_line_until(const std::stop_token& stop) {
    try {
        return read_line(true, stop);
    } catch (const Error&) {
        return std::nullopt;
    }
}

std::string read_all(const std::stop_token& stop) {
    std::string text;
    char buffer[65536];
    while (true) {
        await_input(stop);
        const ssize_t count = read(STDIN_FILENO, buffer, sizeof buffer);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            throw errno_error("read standard input", errno);
        }
        if (count == 0) {
            return text;
        }
        text.append(buffer, static_cast<std::size_t>(count));
    }
}

bool wants_colour(int fd, const Environment& environment) {
    if (const auto forced = environment.find("CLICOLOR_FORCE")) {
        return *forced != "0";
    }
    return isatty(fd) == 1 && !environment.find("NO_COLOR") &&
           environment.find("CLICOLOR").value_or("1") != "0" &&
           environment.find("TERM").value_or("dumb") != "dumb";
}

int terminal_width(const Environment& environment) {
    if (const auto columns = environment.find("COLUMNS")) {
        int width = 0;
        const auto [end, error] = std::from_chars(columns->data(), columns->data() + columns->size(), width);
        if (error == std::errc{} && width >= 20 && width <= 10'000) {
            return width;
        }
    }
    for (const int fd : {STDOUT_FILENO, STDERR_FILENO}) {
        winsize size{};
        if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20) {
            return size.ws_col;
        }
    }
    return 80;
}

// Talk that nobody can hear (a full disk, a terminal that is gone) ends no work and changes no exit code.
void write_talk(std::string_view text) {
    try {
        write_stream(STDERR_FILENO, text);
    } catch (const Error&) {
        return;
    }
}

// A descriptor that was closed for us would be given to the next file that is opened, the vault or the
// archive, and what is meant for people would be written into it.
void fill_standard_streams() {
    for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF) {
            // Lowest free number first, so this is `fd`. Data for a closed stdout must fail and not vanish.
            static_cast<void>(open("/dev/null", fd == STDERR_FILENO ? O_WRONLY : O_RDONLY));
        }
    }
}

Stream make_stream(int fd, const Environment& environment) {
    Stream stream;
    if (fd == STDERR_FILENO) {
        stream.write = write_talk;
    } else {
        stream.write = [fd](std::string_view text) { write_stream(fd, text); };
    }
    stream.is_terminal = isatty(fd) == 1 && environment.find("TERM").value_or("") != "dumb";
    stream.colour = wants_colour(fd, environment);
    return stream;
}

// Turns the first SIGINT or SIGTERM into a request to stop; the second ends the process at once. The thread
// outlives the run: it waits until the process ends.
std::stop_token stop_on_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::stop_source source;
    std::thread([source, signals]() mutable {
        int received = 0;
        sigwait(&signals, &received);
        source.request_stop();
        sigwait(&signals, &received);
        std::_Exit(exit_interrupted);
    }).detach();
    return source.get_token();
}

} // namespace

int run_process(int argc, char** argv, char** environment_entries) {
    fill_standard_streams();
    std::signal(SIGPIPE, SIG_IGN); // NOLINT: a closed socket is an error of a call, not of the process
    prctl(PR_SET_DUMPABLE, 0);     // a crash must not leave tokens in a core file
    const Environment environment(environment_entries);
    const auto stop = stop_on_signals();
    Console console;
    console.out = make_stream(STDOUT_FILENO, environment);
    console.err = make_stream(STDERR_FILENO, environment);
    console.in_is_terminal = isatty(STDIN_FILENO) == 1;
    console.read_line = [stop](bool echo) { return read_line(echo, stop); };
    console.read_line_until = read_line_until;
    console.read_all = [stop] { return read_all(stop); };
    console.width = terminal_width(environment);
    const std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
    SystemClock clock;
    return run(arguments, environment, console, clock, stop);
}

} // namespace harrier::cli
