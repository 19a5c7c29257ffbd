// SPDX-License-Identifier: MIT
#include "strava/token_source.hpp"

#include "base/error.hpp"
#include "base/kill_point.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace harrier::strava {

namespace {

constexpr auto refresh_margin = std::chrono::seconds{300};
constexpr auto shortest_interval = std::chrono::seconds{60}; // between two refreshes that a clock asked for

Error login_needed() {
    return {ErrorKind::auth, "nobody is logged in", "To log in, run:  harrier login"};
}

Error login_ended(const Login& login) {
    const auto scopes = login.requested.empty() ? login.granted.pasteable() : login.requested;
    return {ErrorKind::auth,
            "the login has ended: Strava no longer takes its refresh token\n"
            "(access was revoked, or a newer token was handed out and lost)",
            scopes.empty() || scopes == default_scopes()
                ? "To log in again, run:  harrier login"
                : fmt::format("To log in again, run:  harrier login --scope {}", scopes.join())};
}

} // namespace

VaultTokenSource::VaultTokenSource(Vault& vault, net::HttpTransport& http, Clock& clock, Endpoints endpoints)
    : m_vault(vault), m_http(http), m_clock(clock), m_endpoints(std::move(endpoints)) {}

void VaultTokenSource::remember(const Login& login) {
    m_login = login;
    m_steady_end = m_clock.steady() + (login.token.expires_at - m_clock.now());
}

void VaultTokenSource::require_loaded() {
    if (m_login) {
        return;
    }
    const auto login = m_vault.load();
    if (!login) {
        throw login_needed();
    }
    remember(*login);
}

VaultTokenSource::Duration VaultTokenSource::time_left(const Login& login) const {
    return std::min<Duration>(login.token.expires_at - m_clock.now(), m_steady_end - m_clock.steady());
}

bool VaultTokenSource::is_due(const Login& login) const {
    if (time_left(login) > refresh_margin) {
        return false;
    }
    return !m_last_attempt || m_clock.steady() - *m_last_attempt >= shortest_interval;
}

Secret VaultTokenSource::access_token() {
    const std::lock_guard lock(m_mutex);
    require_loaded();
    if (m_login->needs_login) {
        if (time_left(*m_login) <= Duration::zero()) {
            renew(nullptr); // somebody may have logged in meanwhile
        }
        return m_login->token.access_token;
    }
    if (is_due(*m_login)) {
        try {
            renew(nullptr);
        } catch (const Error&) {
            if (time_left(*m_login) <= Duration::zero()) {
                throw;
            }
        }
    }
    return m_login->token.access_token;
}

std::optional<Secret> VaultTokenSource::replace_rejected(const Secret& rejected) {
    const std::lock_guard lock(m_mutex);
    require_loaded();
    const auto is_rejected = [&] { return m_login->token.access_token.equals(rejected.reveal()); };
    if (!is_rejected()) {
        return m_login->token.access_token; // another thread was here first
    }
    // Fresh from Strava and still rejected: another refresh would bring the same token again.
    const bool is_fresh = m_last_success && m_clock.steady() - *m_last_success < shortest_interval;
    if (!is_fresh) {
        renew(&rejected);
    }
    if (is_rejected()) {
        return std::nullopt;
    }
    return m_login->token.access_token;
}

Scopes VaultTokenSource::granted() {
    const std::lock_guard lock(m_mutex);
    require_loaded();
    return m_login->granted;
}

void VaultTokenSource::renew(const Secret* rejected) {
    auto update = m_vault.begin_update();
    if (!update.login()) {
        m_login.reset();
        throw login_needed();
    }
    const auto& stored = *update.login();
    const bool is_ours = m_login && m_login->token.expires_at == stored.token.expires_at &&
                         stored.token.access_token.equals(m_login->token.access_token.reveal());
    if (!is_ours || stored.needs_login) {
        remember(stored);
    }
    const bool is_good = rejected != nullptr ? !stored.token.access_token.equals(rejected->reveal())
                                             : time_left(stored) > refresh_margin;
    if (is_good) {
        return;
    }
    if (stored.needs_login) {
        if (rejected == nullptr && time_left(stored) > Duration::zero()) {
            return;
        }
        throw login_ended(stored);
    }
    spend(update);
}

void VaultTokenSource::spend(Vault::Update& update) {
    auto login = *update.login();
    update.reserve();
    m_last_attempt = m_clock.steady();
    HARRIER_KILL_POINT("token source: before the POST");
    try {
        auto answer = refresh(m_http, m_clock, m_endpoints, login.client, login.token.refresh_token);
        HARRIER_KILL_POINT("token source: after the POST");
        if (auto* grant = std::get_if<TokenGrant>(&answer)) {
            login.token = std::move(grant->token);
            login.granted = grant->scopes.value_or(login.granted);
            m_last_success = m_last_attempt;
        } else {
            login.needs_login = true;
        }
    } catch (const Error& error) {
        // A broken connection may hide an answer, so the note stays until the old token was tried again. A
        // fault from Strava settles it: nothing was spent.
        if (error.kind() != ErrorKind::network && error.kind() != ErrorKind::data) {
            update.release();
        }
        throw;
    }
    update.commit(login);
    remember(login);
    if (login.needs_login && time_left(login) <= Duration::zero()) {
        throw login_ended(login);
    }
}

} // namespace harrier::strava
