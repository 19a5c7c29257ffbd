// SPDX-License-Identifier: MIT
#include "emulator/token_store.hpp"

#include "base/random.hpp"

#include <algorithm>

namespace harrier::emulator {

namespace {

constexpr std::chrono::seconds code_lifetime{600};
// An access token with more than this left is handed out again by a refresh.
constexpr std::chrono::seconds reuse_margin{3600};

} // namespace

std::string random_hex(std::size_t digits) {
    constexpr std::string_view alphabet = "0123456789abcdef";
    std::string text;
    for (const char byte : random_bytes((digits + 1) / 2)) {
        const auto value = static_cast<unsigned char>(byte);
        text += alphabet[value >> 4U];
        text += alphabet[value & 15U];
    }
    text.resize(digits);
    return text;
}

std::string TokenStore::issue_code(ScopeList scopes) {
    auto code = random_hex(40);
    const std::lock_guard lock(m_mutex);
    drop_expired();
    m_codes[code] = {std::move(scopes), now() + code_lifetime};
    return code;
}

std::optional<IssuedToken> TokenStore::exchange(const std::string& code) {
    const std::lock_guard lock(m_mutex);
    drop_expired();
    const auto found = m_codes.find(code);
    if (found == m_codes.end()) {
        return std::nullopt;
    }
    auto session = std::make_shared<Session>();
    session->scopes = std::move(found->second.scopes);
    m_codes.erase(found);
    renew_access(session);
    renew_refresh(session);
    return issued(*session);
}

std::optional<IssuedToken> TokenStore::refresh(const std::string& refresh_token) {
    const std::lock_guard lock(m_mutex);
    drop_expired();
    const auto found = m_refresh.find(refresh_token);
    if (found == m_refresh.end()) {
        return std::nullopt;
    }
    const auto session = found->second;
    const bool is_due = session->expires_at - now() <= reuse_margin;
    if (is_due) {
        renew_access(session);
    }
    if (m_rotation == Rotation::always || (m_rotation == Rotation::on_expiry && is_due)) {
        renew_refresh(session);
    }
    ++m_refreshes;
    return issued(*session);
}

std::optional<ScopeList> TokenStore::scopes_of(const std::string& access_token) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_access.find(access_token);
    if (found == m_access.end() || found->second.expires_at <= now()) {
        return std::nullopt;
    }
    return found->second.session->scopes;
}

bool TokenStore::is_granted(const ScopeList& scopes) {
    const std::lock_guard lock(m_mutex);
    return std::any_of(m_refresh.begin(), m_refresh.end(),
                       [&](const auto& entry) { return has_all(entry.second->scopes, scopes); });
}

void TokenStore::revoke_all() {
    const std::lock_guard lock(m_mutex);
    m_access.clear();
    m_refresh.clear();
    m_codes.clear();
}

void TokenStore::revoke(const std::string& token) {
    const std::lock_guard lock(m_mutex);
    if (const auto access = m_access.find(token); access != m_access.end()) {
        end(std::shared_ptr(access->second.session));
    } else if (const auto refresh = m_refresh.find(token); refresh != m_refresh.end()) {
        end(std::shared_ptr(refresh->second));
    }
}

TokenStore::Counts TokenStore::counts() {
    const std::lock_guard lock(m_mutex);
    drop_expired();
    return {m_refresh.size(), m_access.size(), m_codes.size(), m_refreshes};
}

Instant TokenStore::now() {
    return std::chrono::floor<std::chrono::seconds>(m_clock.now());
}

void TokenStore::drop_expired() {
    const auto moment = now();
    std::erase_if(m_codes, [&](const auto& entry) { return entry.second.expires_at <= moment; });
    std::erase_if(m_access, [&](const auto& entry) { return entry.second.expires_at <= moment; });
}

void TokenStore::renew_access(const std::shared_ptr<Session>& session) {
    session->access_token = random_hex(40);
    session->expires_at = now() + m_lifetime;
    m_access[session->access_token] = {session, session->expires_at};
}

void TokenStore::renew_refresh(const std::shared_ptr<Session>& session) {
    m_refresh.erase(session->refresh_token);
    session->refresh_token = random_hex(40);
    m_refresh[session->refresh_token] = session;
}

void TokenStore::end(const std::shared_ptr<Session>& session) {
    std::erase_if(m_access, [&](const auto& entry) { return entry.second.session == session; });
    m_refresh.erase(session->refresh_token);
}

IssuedToken TokenStore::issued(const Session& session) {
    return {session.access_token, session.refresh_token, session.expires_at, session.expires_at - now()};
}

} // namespace harrier::emulator
