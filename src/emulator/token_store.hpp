// SPDX-License-Identifier: MIT
#pragma once

// Codes and tokens of the one application, with Strava's rules: a code is good once and for ten minutes; a
// refresh gives the same access token while it has more than an hour left, else a new one, and the older one
// lives on to its own end; a new refresh token kills the older one at once. Any thread.
// Source: developers.strava.com, "Authentication".

#include "base/clock.hpp"
#include "base/time.hpp"
#include "emulator/emulator.hpp"
#include "emulator/granted_scopes.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace harrier::emulator {

struct IssuedToken {
    std::string access_token;
    std::string refresh_token;
    Instant expires_at{};
    std::chrono::seconds expires_in{};
};

// `digits` random hexadecimal digits, as in Strava's codes and tokens.
[[nodiscard]] std::string random_hex(std::size_t digits);

class TokenStore {
public:
    TokenStore(std::chrono::seconds token_lifetime, Rotation rotation, Clock& clock)
        : m_lifetime(token_lifetime), m_rotation(rotation), m_clock(clock) {}

    [[nodiscard]] std::string issue_code(ScopeList scopes);
    // Nothing when the code is unknown, too old or used.
    [[nodiscard]] std::optional<IssuedToken> exchange(const std::string& code);
    // Nothing when the refresh token is unknown, rotated away or revoked.
    [[nodiscard]] std::optional<IssuedToken> refresh(const std::string& refresh_token);

    // What a live access token may do; nothing for a dead or unknown one.
    [[nodiscard]] std::optional<ScopeList> scopes_of(const std::string& access_token);
    // True when the athlete has already granted all of these to the application.
    [[nodiscard]] bool is_granted(const ScopeList& scopes);

    // Kills everything, as when the athlete removes the application.
    void revoke_all();
    // Kills the session that an access or refresh token belongs to.
    void revoke(const std::string& token);

    struct Counts {
        std::size_t sessions = 0;
        std::size_t access_tokens = 0;
        std::size_t codes = 0;
        long long refreshes = 0; // answered since the start
    };
    [[nodiscard]] Counts counts();

private:
    struct Code {
        ScopeList scopes;
        Instant expires_at{};
    };
    struct Session {
        ScopeList scopes;
        std::string refresh_token;
        std::string access_token; // the newest
        Instant expires_at{};
    };
    struct Access {
        std::shared_ptr<Session> session;
        Instant expires_at{};
    };

    [[nodiscard]] Instant now();
    void drop_expired();
    void renew_access(const std::shared_ptr<Session>& session);
    void renew_refresh(const std::shared_ptr<Session>& session);
    void end(const std::shared_ptr<Session>& session);
    [[nodiscard]] IssuedToken issued(const Session& session);

    std::chrono::seconds m_lifetime;
    Rotation m_rotation;
    Clock& m_clock;
    std::mutex m_mutex;
    std::map<std::string, Code> m_codes;
    std::unordered_map<std::string, Access> m_access;
    std::unordered_map<std::string, std::shared_ptr<Session>> m_refresh;
    long long m_refreshes = 0;
};

} // namespace harrier::emulator
