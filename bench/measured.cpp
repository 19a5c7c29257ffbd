// SPDX-License-Identifier: MIT

// Runs a program and prints what it took as the last line of stderr, a JSON object: wall and CPU seconds, the
// largest resident memory in KiB, and the exit code. A small process of its
// own, since Linux counts the memory of whoever forked towards the child's peak.
//   measured PROGRAM ARGUMENTS…

#include <fmt/format.h>

#include <chrono>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        fmt::print(stderr, "usage: measured PROGRAM ARGUMENTS…\n");
        return 2;
    }
    const auto begin = std::chrono::steady_clock::now();
    const pid_t child = fork();
    if (child == 0) {
        execvp(argv[1], argv + 1);
        fmt::print(stderr, "measured: cannot run {}\n", argv[1]);
        _exit(127);
    }
    int status = 0;
    rusage usage{};
    if (child < 0 || wait4(child, &status, 0, &usage) != child) {
        fmt::print(stderr, "measured: cannot run {}\n", argv[1]);
        return 1;
    }
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    const auto line =
        fmt::format(R"({{"wall_s":{:.6f},"cpu_s":{:.6f},"peak_kib":{},"exit":{}}})"
                    "\n",
                    wall.count(), seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss, code);
    fmt::print(stderr, "{}", line);
    return code;
}
