// SPDX-License-Identifier: MIT
#include "cli/child_sync.hpp"

#include "base/error.hpp"
#include "base/file.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace harrier::cli {

namespace {

constexpr std::size_t longest_output = 64UL * 1024; // bytes; the object at its end is far shorter

// What a sync reads of the environment; the rest is nothing to it.
constexpr std::array passed_on{"DBUS_SESSION_BUS_ADDRESS",
                               "HARRIER_API_BASE",
                               "HARRIER_CLIENT_ID",
                               "HARRIER_CLIENT_SECRET",
                               "HARRIER_OAUTH_BASE",
                               "HOME",
                               "LANG",
                               "LC_ALL",
                               "PATH",
                               "TMPDIR",
                               "TZ",
                               "XDG_CONFIG_HOME",
                               "XDG_DATA_HOME",
                               "XDG_RUNTIME_DIR",
                               "XDG_STATE_HOME",
                               "http_proxy",
                               "https_proxy",
                               "HTTPS_PROXY",
                               "NO_PROXY",
                               "no_proxy",
                               "SSL_CERT_DIR",
                               "SSL_CERT_FILE"};

std::vector<std::string> sync_environment(const Settings& settings) {
    std::vector<std::string> entries;
    for (const char* name : passed_on) {
        if (const auto value = settings.environment.find(name)) {
            entries.push_back(std::string(name) + "=" + *value);
        }
    }
    return entries;
}

std::vector<std::string> sync_arguments(const Settings& settings) {
    std::vector<std::string> arguments{"harrier"};
    if (settings.plain_home) {
        arguments.insert(arguments.end(), {"--home", settings.state_folder.parent_path().string()});
    }
    arguments.insert(arguments.end(), {"--archive", settings.archive_path.string(), "sync", "--json"});
    return arguments;
}

std::vector<char*> argument_pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (auto& text : texts) {
        pointers.push_back(text.data());
    }
    pointers.push_back(nullptr);
    return pointers;
}

// The child's stdout is `out`; it reads nothing and its talk goes nowhere.
int start_child(pid_t& child, int out, std::vector<std::string> arguments, std::vector<std::string> entries) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    const auto argument_pointers = argument_pointers_to(arguments);
    const auto entry_pointers = argument_pointers_to(entries);
    const int failure = posix_spawn(&child, "/proc/self/exe", &actions, &attributes, argument_pointers.data(),
                                    entry_pointers.data());
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failure;
}

} // namespace

ChildSync::ChildSync(const Settings& settings) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) {
        throw errno_error("start a sync", errno);
    }
    FileDescriptor in(ends[0]);
    const FileDescriptor out(ends[1]);
    if (const int failure =
            start_child(m_child, out.get(), sync_arguments(settings), sync_environment(settings));
        failure != 0) {
        throw errno_error("start a sync", failure);
    }
    m_reader = std::thread([this, fd = in.release()] { read_to_end(fd); });
}

ChildSync::~ChildSync() {
    if (m_running) {
        kill(m_child, SIGTERM);
    }
    m_reader.join();
    while (waitpid(m_child, nullptr, 0) < 0 && errno == EINTR) {
    }
}

void ChildSync::read_to_end(int fd) {
    const FileDescriptor in(fd);
    std::array<char, 4096> buffer{};
    ssize_t count = 0;
    while ((count = read(in.get(), buffer.data(), buffer.size())) != 0) {
        if (count > 0 && m_output.size() < longest_output) {
            m_output.append(buffer.data(), static_cast<std::size_t>(count));
        } else if (count < 0 && errno != EINTR) {
            break;
        }
    }
    siginfo_t ended{};
    // Only looked at: its number stays its own for as long as somebody may signal it.
    while (waitid(P_PID, static_cast<id_t>(m_child), &ended, WEXITED | WNOWAIT) < 0 && errno == EINTR) {
    }
    m_running = false;
}

} // namespace harrier::cli
