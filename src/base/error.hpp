// SPDX-License-Identifier: MIT
#pragma once

// The one exception of harrier. Thrown when an operation cannot go on; what a caller is expected to branch on
// is returned instead. The message names the thing and the cause, the hint is the cure, best a command to
// paste.

#include <stdexcept>
#include <string>
#include <string_view>

namespace harrier {

enum class ErrorKind {
    usage,        // the caller asked for something that cannot be
    auth,         // a login or a scope is needed
    network,      // the other side could not be reached, or broke off
    rate_limited, // ask again later
    remote,       // the other side answered with a fault
    data,         // bytes that cannot be understood
    io,           // a local file or disk
    no_archive,   // there is no archive at the place that was named
    locked,       // another process holds the archive or the vault
    interrupted,  // the user asked to stop
    internal,     // a mistake in harrier
};

// The stable word for a kind, as `--json` errors carry it.
[[nodiscard]] std::string_view name(ErrorKind kind);

class Error : public std::runtime_error {
public:
    // `message`: one sentence without a final stop; a second line may give detail. `hint`: one line, may be
    // empty.
    Error(ErrorKind kind, const std::string& message, std::string hint = {})
        : std::runtime_error(message), m_kind(kind), m_hint(std::move(hint)) {}

    [[nodiscard]] ErrorKind kind() const { return m_kind; }
    [[nodiscard]] std::string message() const { return what(); }
    [[nodiscard]] const std::string& hint() const { return m_hint; }

private:
    ErrorKind m_kind;
    std::string m_hint;
};

// An io error from errno: "cannot WHAT: No space left on device".
[[nodiscard]] Error errno_error(std::string_view what, int error_number, std::string hint = {});

} // namespace harrier
