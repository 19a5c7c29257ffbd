// SPDX-License-Identifier: MIT
#include "emulator/oauth_service.hpp"

#include "base/error.hpp"
#include "base/secret.hpp"
#include "base/text.hpp"
#include "emulator/answers.hpp"
#include "emulator/consent_page.hpp"
#include "emulator/request_fields.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace harrier::emulator {

namespace {

constexpr std::chrono::seconds consent_lifetime{600};
constexpr std::size_t max_pending = 1000;

std::string read_name(const std::string& athlete_summary_json) {
    const auto athlete = nlohmann::json::parse(athlete_summary_json, nullptr, false);
    if (!athlete.is_object()) {
        return "the athlete";
    }
    const auto part = [&](const char* key) {
        const auto found = athlete.find(key);
        return found != athlete.end() && found->is_string() ? found->get<std::string>() : std::string{};
    };
    return std::string(trim(part("firstname") + " " + part("lastname")));
}

std::optional<ScopeList> read_grant(const std::optional<std::string>& grant) {
    if (!grant) {
        return std::nullopt;
    }
    auto scopes = parse_scopes(*grant);
    if (!scopes) {
        throw Error(ErrorKind::usage,
                    fmt::format("cannot grant '{}': not a list of scopes", escape_terminal(*grant)),
                    "harrier emulator --grant read,activity:read_all");
    }
    return scopes;
}

std::string redirect_to(const std::string& redirect_uri, std::string_view state, std::string_view rest) {
    const char joint = redirect_uri.find('?') == std::string::npos ? '?' : '&';
    return fmt::format("{}{}state={}&{}", redirect_uri, joint, net::percent_encode(state), rest);
}

std::string token_json(const IssuedToken& token, std::string_view athlete_json) {
    const auto expires_at = token.expires_at.time_since_epoch().count();
    const auto expires_in = token.expires_in.count();
    if (athlete_json.empty()) {
        return fmt::format(R"({{"token_type":"Bearer","access_token":"{}","expires_at":{},"expires_in":{},)"
                           R"("refresh_token":"{}"}})",
                           token.access_token, expires_at, expires_in, token.refresh_token);
    }
    return fmt::format(R"({{"token_type":"Bearer","expires_at":{},"expires_in":{},"refresh_token":"{}",)"
                       R"("access_token":"{}","athlete":{}}})",
                       expires_at, expires_in, token.refresh_token, token.access_token, athlete_json);
}

} // namespace

OauthService::OauthService(const EmulatorOptions& options, std::string athlete_summary_json,
                           TokenStore& tokens, RateLimiter& limiter, Clock& clock)
    : m_client_id(options.client_id), m_client_secret(options.client_secret),
      m_auto_approve(options.auto_approve), m_deny(options.deny), m_grant(read_grant(options.grant)),
      m_athlete_summary(std::move(athlete_summary_json)), m_athlete_name(read_name(m_athlete_summary)),
      m_tokens(tokens), m_limiter(limiter), m_clock(clock) {}

net::ServerResponse OauthService::authorize(const net::ServerRequest& request) {
    const auto fields = net::decode_form(request.query);
    const auto field = [&](std::string_view name) { return net::find(fields, name).value_or(""); };
    if (field("client_id") != m_client_id) {
        return fault_answer(fault::unknown_client);
    }
    Pending pending;
    pending.redirect_uri = field("redirect_uri");
    pending.state = field("state");
    if (!allowed_redirect_host(pending.redirect_uri)) {
        return fault_answer(fault::redirect_uri_invalid);
    }
    if (field("response_type") != "code") {
        return fault_answer(fault::response_type_invalid);
    }
    const auto prompt = net::find(fields, "approval_prompt").value_or("auto");
    if (prompt != "auto" && prompt != "force") {
        return fault_answer(fault::approval_prompt_invalid);
    }
    auto scopes = parse_scopes(field("scope"));
    if (!scopes) {
        return fault_answer(fault::scope_invalid);
    }
    pending.scopes = std::move(*scopes);
    return answer_consent(std::move(pending), prompt == "auto");
}

net::ServerResponse OauthService::answer_consent(Pending pending, bool may_skip) {
    if (m_deny) {
        return redirect_answer(redirect_to(pending.redirect_uri, pending.state, "error=access_denied"));
    }
    if (m_grant) {
        return approve(pending, intersection(pending.scopes, *m_grant));
    }
    if (m_auto_approve || (may_skip && m_tokens.is_granted(pending.scopes))) {
        return approve(pending, pending.scopes);
    }
    return show_consent(std::move(pending));
}

net::ServerResponse OauthService::show_consent(Pending pending) {
    ConsentRequest consent;
    consent.client_id = m_client_id;
    consent.athlete_name = m_athlete_name;
    consent.redirect_host = allowed_redirect_host(pending.redirect_uri).value_or("");
    consent.scopes = pending.scopes;
    consent.nonce = random_hex(32);
    pending.expires_at = now() + consent_lifetime;
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_pending, [&](const auto& entry) { return entry.second.expires_at <= now(); });
    if (m_pending.size() >= max_pending) {
        m_pending.erase(m_pending.begin());
    }
    m_pending[consent.nonce] = std::move(pending);
    return html_answer(200, consent_page(consent));
}

net::ServerResponse OauthService::decide(const net::ServerRequest& request) {
    const auto fields = request_fields(request);
    const auto pending = take_pending(net::find(fields, "nonce").value_or(""));
    if (!pending) {
        return html_answer(400, notice_page("This page is too old", "Start the login again."));
    }
    if (net::find(fields, "decision") != "authorize") {
        return redirect_answer(redirect_to(pending->redirect_uri, pending->state, "error=access_denied"));
    }
    ScopeList ticked{"read"}; // its box is fixed, and browsers do not send fixed boxes
    for (const auto& [name, value] : fields) {
        if (name == "scope") {
            ticked.push_back(value);
        }
    }
    return approve(*pending, intersection(pending->scopes, ticked));
}

net::ServerResponse OauthService::approve(const Pending& pending, ScopeList granted) {
    const auto scope = join(granted, ",");
    const auto code = m_tokens.issue_code(std::move(granted));
    return redirect_answer(
        redirect_to(pending.redirect_uri, pending.state, fmt::format("code={}&scope={}", code, scope)));
}

std::optional<OauthService::Pending> OauthService::take_pending(const std::string& nonce) {
    const std::lock_guard lock(m_mutex);
    auto node = m_pending.extract(nonce);
    if (node.empty() || node.mapped().expires_at <= now()) {
        return std::nullopt;
    }
    return std::move(node.mapped());
}

net::ServerResponse OauthService::token(const net::ServerRequest& request) {
    const auto fields = request_fields(request);
    const auto field = [&](std::string_view name) { return net::find(fields, name).value_or(""); };
    if (field("client_id") != m_client_id) {
        return fault_answer(fault::unknown_client);
    }
    if (!equal_in_constant_time(field("client_secret"), m_client_secret)) {
        return fault_answer(fault::wrong_secret);
    }
    const auto grant_type = field("grant_type");
    if (grant_type == "authorization_code") {
        return exchange_code(field("code"));
    }
    if (grant_type == "refresh_token") {
        return refresh(field("refresh_token"));
    }
    return fault_answer(fault::grant_type_invalid);
}

net::ServerResponse OauthService::exchange_code(const std::string& code) {
    const auto issued = m_tokens.exchange(code);
    return issued ? json_answer(200, token_json(*issued, m_athlete_summary))
                  : fault_answer(fault::code_invalid);
}

net::ServerResponse OauthService::refresh(const std::string& refresh_token) {
    const auto issued = m_tokens.refresh(refresh_token);
    return issued ? json_answer(200, token_json(*issued, "")) : fault_answer(fault::refresh_token_invalid);
}

net::ServerResponse OauthService::deauthorize(const net::ServerRequest& request) {
    const auto access_token = access_token_of(request);
    if (!m_tokens.scopes_of(access_token)) {
        return fault_answer(fault::token_invalid);
    }
    m_tokens.revoke_all();
    auto answer = json_answer(200, fmt::format(R"({{"access_token":"{}"}})", access_token));
    const auto rate = m_limiter.headers(m_limiter.take(false).usage);
    answer.headers.insert(answer.headers.end(), rate.begin(), rate.end());
    return answer;
}

net::ServerResponse OauthService::revoke(const net::ServerRequest& request) {
    const auto client = basic_credentials_of(request);
    if (!client || net::percent_decode(client->first) != m_client_id ||
        !equal_in_constant_time(net::percent_decode(client->second), m_client_secret)) {
        return fault_answer(fault::revoke_unauthorised);
    }
    const auto token = net::find(request_fields(request), "token").value_or("");
    if (token.empty()) {
        return fault_answer(fault::revoke_without_token);
    }
    m_tokens.revoke(token);
    return json_answer(200, "");
}

Instant OauthService::now() {
    return std::chrono::floor<std::chrono::seconds>(m_clock.now());
}

std::optional<std::string> allowed_redirect_host(std::string_view redirect_uri) {
    // Written into a Location header, so nothing but visible ASCII.
    const bool visible = std::all_of(redirect_uri.begin(), redirect_uri.end(),
                                     [](char letter) { return letter > ' ' && letter < '\x7f'; });
    const auto scheme_end = redirect_uri.find("://");
    if (!visible || scheme_end == std::string_view::npos || scheme_end == 0 ||
        redirect_uri.find_first_of("#\\") != std::string_view::npos) {
        return std::nullopt;
    }
    auto authority = redirect_uri.substr(scheme_end + 3);
    authority = authority.substr(0, authority.find_first_of("/?"));
    const auto host = to_lower(authority.substr(0, authority.find(':')));
    const auto port = authority.substr(host.size());
    const bool plain_port = port.find_first_not_of("0123456789", 1) == std::string_view::npos;
    if ((host != "localhost" && host != "127.0.0.1") || !plain_port) {
        return std::nullopt;
    }
    return std::string(authority);
}

} // namespace harrier::emulator
