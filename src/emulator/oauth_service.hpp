// SPDX-License-Identifier: MIT
#pragma once

// The OAuth side of the emulator: authorize with its consent page, token, deauthorize and revoke, with
// Strava's statuses and bodies. One application, one athlete. Any thread.

#include "emulator/emulator.hpp"
#include "emulator/rate_limiter.hpp"
#include "emulator/token_store.hpp"
#include "net/server.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace harrier::emulator {

class OauthService {
public:
    // `options` must have a client secret. The references must outlive the service.
    OauthService(const EmulatorOptions& options, std::string athlete_summary_json, TokenStore& tokens,
                 RateLimiter& limiter, Clock& clock);

    // GET …/authorize: the consent page, a redirect, or a fault.
    [[nodiscard]] net::ServerResponse authorize(const net::ServerRequest& request);
    // POST of the consent page's form.
    [[nodiscard]] net::ServerResponse decide(const net::ServerRequest& request);
    [[nodiscard]] net::ServerResponse token(const net::ServerRequest& request);
    [[nodiscard]] net::ServerResponse deauthorize(const net::ServerRequest& request);
    [[nodiscard]] net::ServerResponse revoke(const net::ServerRequest& request);

private:
    // A consent page that was shown and waits for its form.
    struct Pending {
        ScopeList scopes;
        std::string redirect_uri;
        std::string state;
        Instant expires_at{};
    };

    [[nodiscard]] net::ServerResponse answer_consent(Pending pending, bool may_skip);
    [[nodiscard]] net::ServerResponse show_consent(Pending pending);
    [[nodiscard]] net::ServerResponse approve(const Pending& pending, ScopeList granted);
    [[nodiscard]] std::optional<Pending> take_pending(const std::string& nonce);
    [[nodiscard]] net::ServerResponse exchange_code(const std::string& code);
    [[nodiscard]] net::ServerResponse refresh(const std::string& refresh_token);
    [[nodiscard]] Instant now();

    std::string m_client_id;
    std::string m_client_secret;
    bool m_auto_approve;
    bool m_deny;
    std::optional<ScopeList> m_grant;
    std::string m_athlete_summary;
    std::string m_athlete_name;
    TokenStore& m_tokens;
    RateLimiter& m_limiter;
    Clock& m_clock;
    std::mutex m_mutex;
    std::map<std::string, Pending> m_pending; // by nonce
};

// "127.0.0.1:40123" of a redirect URI that Strava would accept: the callback domain is localhost, and
// localhost and 127.0.0.1 are always allowed, with any port and path. Nothing for every other.
[[nodiscard]] std::optional<std::string> allowed_redirect_host(std::string_view redirect_uri);

} // namespace harrier::emulator
