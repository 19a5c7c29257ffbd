// SPDX-License-Identifier: MIT
#pragma once

// The exit codes that scripts rely on; docs/cli.md lists them.

#include "base/error.hpp"

namespace harrier::cli {

enum ExitCode : int {
    exit_done = 0,
    exit_failed = 1,
    exit_usage = 2,
    exit_some_failed = 3,
    exit_login_needed = 4,
    exit_try_later = 5,
    exit_no_archive = 10,
    exit_locked = 11,
    exit_interrupted = 130,
};

[[nodiscard]] constexpr ExitCode exit_code(ErrorKind kind) {
    switch (kind) {
    case ErrorKind::usage:
        return exit_usage;
    case ErrorKind::auth:
        return exit_login_needed;
    case ErrorKind::rate_limited:
        return exit_try_later;
    case ErrorKind::no_archive:
        return exit_no_archive;
    case ErrorKind::locked:
        return exit_locked;
    case ErrorKind::interrupted:
        return exit_interrupted;
    case ErrorKind::network:
    case ErrorKind::remote:
    case ErrorKind::data:
    case ErrorKind::io:
    case ErrorKind::internal:
        return exit_failed;
    }
    return exit_failed;
}

} // namespace harrier::cli
