// SPDX-License-Identifier: MIT
#pragma once

// Who may ask the dashboard what. It listens on the loopback interface only, but every page of the web can
// make the user's browser send requests there; these rules refuse them. Pure.
//
// - Host is exactly one of 127.0.0.1, localhost and [::1] with the port: a foreign name that was made to
// point
//   here (DNS rebinding) is 421.
// - What changes something is same-origin by Sec-Fetch-Site and by Origin, one of which must be there, and
//   carries the session's token in X-Harrier-Csrf.
// - What is read is same-origin, or typed by the user; another site may lead here by a link, and no more.

#include "net/http.hpp"
#include "net/server.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::web {

struct Refusal {
    int status = 403;
    std::string message;
};

struct GuardRules {
    std::uint16_t port = 0;
    std::string csrf_token;
};

// Nothing when the request may be answered.
[[nodiscard]] std::optional<Refusal> find_refusal(const net::ServerRequest& request, const GuardRules& rules);

// What every answer carries: a strict Content-Security-Policy, nosniff, no-referrer, and that nobody else may
// frame or read it. `tile_origin` is that of the map tiles that the user chose, or "".
[[nodiscard]] std::vector<net::Header> security_headers(std::string_view tile_origin);

} // namespace harrier::web
