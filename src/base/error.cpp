// SPDX-License-Identifier: MIT
#include "base/error.hpp"

#include <fmt/format.h>

#include <system_error>

namespace harrier {

std::string_view name(ErrorKind kind) {
    switch (kind) {
    case ErrorKind::usage:
        return "usage";
    case ErrorKind::auth:
        return "auth";
    case ErrorKind::network:
        return "network";
    case ErrorKind::rate_limited:
        return "rate_limited";
    case ErrorKind::remote:
        return "remote";
    case ErrorKind::data:
        return "data";
    case ErrorKind::io:
        return "io";
    case ErrorKind::no_archive:
        return "no_archive";
    case ErrorKind::locked:
        return "locked";
    case ErrorKind::interrupted:
        return "interrupted";
    case ErrorKind::internal:
        return "internal";
    }
    return "internal";
}

Error errno_error(std::string_view what, int error_number, std::string hint) {
    return {ErrorKind::io, fmt::format("cannot {}: {}", what, std::generic_category().message(error_number)),
            std::move(hint)};
}

} // namespace harrier
