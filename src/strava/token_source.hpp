// SPDX-License-Identifier: MIT
#pragma once

// Where a client gets its access token: valid now, refreshed when needed, exactly once for all threads and
// processes.

#include "base/clock.hpp"
#include "base/secret.hpp"
#include "net/http.hpp"
#include "strava/vault.hpp"

#include <chrono>
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

// From the vault. Any thread. The token is refreshed 5 minutes before it expires; by the wall clock or by the
// time that has passed since it was read, whichever says so first, but never twice within a minute, so that a
// clock that is wrong by days cannot start a storm of refreshes. While the old token lives, a refresh that
// fails for any reason is put off and the old token is given.
class VaultTokenSource final : public TokenSource {
public:
    VaultTokenSource(Vault& vault, net::HttpTransport& http, Clock& clock, Endpoints endpoints);

    [[nodiscard]] Secret access_token() override;
    [[nodiscard]] std::optional<Secret> replace_rejected(const Secret& rejected) override;
    [[nodiscard]] Scopes granted() override;

private:
    using Duration = std::chrono::milliseconds;

    void remember(const Login& login);
    void require_loaded();
    [[nodiscard]] Duration time_left(const Login& login) const;
    [[nodiscard]] bool is_due(const Login& login) const;
    // Takes over what another process stored, or refreshes. `rejected` is null when the clock asked for it.
    void renew(const Secret* rejected);
    void spend(Vault::Update& update);

    Vault& m_vault;
    net::HttpTransport& m_http;
    Clock& m_clock;
    Endpoints m_endpoints;

    std::mutex m_mutex;                     // held through a refresh: the other threads want its result
    std::optional<Login> m_login;           // as last read or stored
    Duration m_steady_end{0};               // of m_login's access token, on the steady clock
    std::optional<Duration> m_last_attempt; // to refresh, on the steady clock
    std::optional<Duration> m_last_success;
};

} // namespace harrier::strava
