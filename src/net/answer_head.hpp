// SPDX-License-Identifier: MIT
#pragma once

// How a ServerResponse looks on the wire: the head of an HTTP/1.1 answer. Pure.

#include "base/time.hpp"
#include "net/server.hpp"

#include <string>

namespace harrier::net {

// Whether the status and every header can be sent as they are: a header with a line break in it could forge a
// second header, or a second answer.
[[nodiscard]] bool well_formed(const ServerResponse& response);

// 204 and 304 never have a body.
[[nodiscard]] bool may_have_body(int status);

// Status line, the response's own headers, then Content-Length, Date and Connection unless they are among
// those, then the empty line.
[[nodiscard]] std::string format_answer_head(const ServerResponse& response, bool keep_alive, Instant now);

} // namespace harrier::net
