// SPDX-License-Identifier: MIT
#pragma once

// The whole emulator as a function from request to answer, without a socket: it sends each request to OAuth,
// API or admin, lets faults strike, and keeps the log. Any thread.

#include "emulator/activity_shelf.hpp"
#include "emulator/admin_service.hpp"
#include "emulator/api_service.hpp"
#include "emulator/emulator.hpp"
#include "emulator/emulator_clock.hpp"
#include "emulator/fault_plan.hpp"
#include "emulator/oauth_service.hpp"
#include "emulator/rate_limiter.hpp"
#include "emulator/request_log.hpp"
#include "emulator/token_store.hpp"

#include <memory>
#include <string_view>

namespace harrier::emulator {

class Site {
public:
    // `options.client_secret` must be set. Throws Error{usage} for a fault or a scope that cannot be read.
    Site(const EmulatorOptions& options, std::unique_ptr<ActivitySource> source, Clock& clock);

    [[nodiscard]] net::ServerResponse handle(const net::ServerRequest& request);

private:
    using OauthCall = net::ServerResponse (OauthService::*)(const net::ServerRequest&);

    [[nodiscard]] net::ServerResponse route(const net::ServerRequest& request);
    [[nodiscard]] net::ServerResponse oauth(const net::ServerRequest& request, std::string_view endpoint,
                                            OauthCall call);

    std::unique_ptr<ActivitySource> m_source;
    EmulatorClock m_clock;
    ActivityShelf m_shelf;
    TokenStore m_tokens;
    RateLimiter m_limiter;
    FaultPlan m_faults;
    RequestLog m_log;
    OauthService m_oauth;
    ApiService m_api;
    AdminService m_admin;
    bool m_has_admin;
    std::chrono::milliseconds m_latency;
};

} // namespace harrier::emulator
