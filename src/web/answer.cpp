// SPDX-License-Identifier: MIT
#include "web/answer.hpp"

#include "web/json_text.hpp"

namespace harrier::web {

namespace {

int status_of(ErrorKind kind) {
    switch (kind) {
    case ErrorKind::usage:
        return 400;
    case ErrorKind::auth:
        return 403;
    case ErrorKind::no_archive:
        return 404;
    case ErrorKind::locked:
    case ErrorKind::interrupted:
    case ErrorKind::rate_limited:
        return 503;
    case ErrorKind::network:
    case ErrorKind::remote:
        return 502;
    case ErrorKind::data:
    case ErrorKind::io:
    case ErrorKind::internal:
        break;
    }
    return 500;
}

} // namespace

Answer error_answer(int status, std::string_view kind, std::string_view message, std::string_view hint) {
    const auto error =
        JsonObject().add("kind", json(kind)).add("message", json(message)).add("hint", json(hint)).str();
    return {.status = status, .body = JsonObject().add("error", error).str() + "\n"};
}

Answer error_answer(const Error& error) {
    return error_answer(status_of(error.kind()), name(error.kind()), error.message(), error.hint());
}

Answer not_found(std::string_view message) {
    return error_answer(404, "not_found", message);
}

} // namespace harrier::web
