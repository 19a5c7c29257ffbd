// SPDX-License-Identifier: MIT
#pragma once

// `/admin/…`, the back door for tests: read the request log, move the clock, add, edit and delete activities.
// Only there with `--admin`; needs no token. Any thread.

#include "emulator/activity_shelf.hpp"
#include "emulator/emulator_clock.hpp"
#include "emulator/rate_limiter.hpp"
#include "emulator/request_log.hpp"
#include "emulator/token_store.hpp"
#include "net/server.hpp"

namespace harrier::emulator {

class AdminService {
public:
    AdminService(ActivityShelf& shelf, TokenStore& tokens, RateLimiter& limiter, RequestLog& log,
                 EmulatorClock& clock)
        : m_shelf(shelf), m_tokens(tokens), m_limiter(limiter), m_log(log), m_clock(clock) {}

    // For paths that begin with "/admin/". Mistakes give a 400 with a plain sentence.
    [[nodiscard]] net::ServerResponse handle(const net::ServerRequest& request);

private:
    [[nodiscard]] net::ServerResponse state();
    [[nodiscard]] net::ServerResponse requests(const net::ServerRequest& request);
    [[nodiscard]] net::ServerResponse move_clock(const net::ServerRequest& request);
    [[nodiscard]] net::ServerResponse add(const net::ServerRequest& request);
    [[nodiscard]] net::ServerResponse change(const net::ServerRequest& request, std::string_view id_text);

    ActivityShelf& m_shelf;
    TokenStore& m_tokens;
    RateLimiter& m_limiter;
    RequestLog& m_log;
    EmulatorClock& m_clock;
};

} // namespace harrier::emulator
