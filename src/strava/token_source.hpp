// SPDX-License-Identifier: MIT
#pragma once

// Where a client gets its access token: valid now, refreshed when needed, exactly once for all threads and
// processes.

#include "base/clock.hpp"
#include "base/secret.hpp"
#include "net/http.hpp"
#include "strava/vault.hpp"

#include <mutex>
#include <optional>

namespace harrier::strava {

class TokenSource {
public:
    virtual ~TokenSource() = default;

    // A token that is believed to be valid for some minutes. Throws Error{auth} when a login is needed.
    [[nodiscard]] virtual Secret access_token() = 0;
    // The token just used got a 401: a newer one, after one refresh if nobody else refreshed meanwhile.
    // Nothing when the refresh gives the same token back (then the 401 meant something else, a scope).
    [[nodiscard]] virtual std::optional<Secret> replace_rejected(const Secret& rejected) = 0;
    // The scopes that the login was granted.
    [[nodiscard]] virtual Scopes granted() = 0;
};

// From the vault. Any thread.
class VaultTokenSource final : public TokenSource {
public:
    VaultTokenSource(Vault& vault, net::HttpTransport& http, Clock& clock, Endpoints endpoints);

    [[nodiscard]] Secret access_token() override;
    [[nodiscard]] std::optional<Secret> replace_rejected(const Secret& rejected) override;
    [[nodiscard]] Scopes granted() override;

private:
    [[nodiscard]] Login refreshed(const Login& stale, const Secret* rejected);

    Vault& m_vault;
    net::HttpTransport& m_http;
    Clock& m_clock;
    Endpoints m_endpoints;
    std::mutex m_mutex;
    std::optional<Login> m_login; // as last read
};

} // namespace harrier::strava
