// SPDX-License-Identifier: MIT
#pragma once

// OAuth 2.0 at Strava: the authorize URL, the redirect that comes back, the token endpoint, and revocation.
// Sources: developers.strava.com, "Authentication"; RFC 6749, RFC 7009, RFC 9700.

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"
#include "model/athlete.hpp"
#include "net/http.hpp"
#include "strava/scopes.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace harrier::strava {

// Where Strava is. Two settings, since the API moves to another host in 2027 while OAuth stays.
struct Endpoints {
    std::string api_base = "https://www.strava.com/api/v3";
    std::string oauth_base = "https://www.strava.com/oauth";
};

// The user's own API application.
struct ClientCredentials {
    std::string client_id;
    Secret client_secret;
};

struct Token {
    Secret access_token;
    Secret refresh_token;
    Instant expires_at{};
};

struct TokenGrant {
    Token token;
    std::optional<Scopes> scopes;          // only if the body names them
    std::optional<model::Athlete> athlete; // only for an authorization code
};

// Always with approval_prompt=force: "auto" would send a returning athlete straight back with the old grant,
// and no page to tick the missing box on.
[[nodiscard]] std::string authorize_url(const Endpoints& endpoints, std::string_view client_id,
                                        std::string_view redirect_uri, const Scopes& scopes,
                                        std::string_view state);

// The redirect that Strava sends the browser to, parsed. Every parameter at most once, or it is not a
// redirect.
struct Redirect {
    std::string state;
    Secret code;                   // empty when `error` is set
    std::string error;             // "access_denied"
    std::optional<Scopes> granted; // from `scope=`
};

// From a query string ("state=…&code=…&scope=…"). Nothing when it is neither a code nor an error.
[[nodiscard]] std::optional<Redirect> parse_redirect_query(std::string_view query);
// From a pasted URL of any loopback host and port, or any other http(s) URL with such a query. Browsers that
// copy an address without its scheme are understood.
[[nodiscard]] std::optional<Redirect> parse_redirect_url(std::string_view url);

// Each POST is sent once, never repeated: a code is single use and a refresh may burn the old token. They
// throw the explained Error of `fault.hpp`, or Error{network} or Error{data} when the answer did not come
// whole (the hint then says what may have happened to the token).
[[nodiscard]] TokenGrant exchange_code(net::HttpTransport& http, Clock& clock, const Endpoints& endpoints,
                                       const ClientCredentials& client, const Secret& code);

// Strava no longer takes this refresh token (400 "invalid"): it was rotated away or revoked. Only a new login
// helps.
struct RefreshRefused {
    Error error; // explained
};
// Every other failure is thrown and says nothing against the old refresh token. An answer without a refresh
// token keeps the old one.
[[nodiscard]] std::variant<TokenGrant, RefreshRefused> refresh(net::HttpTransport& http, Clock& clock,
                                                               const Endpoints& endpoints,
                                                               const ClientCredentials& client,
                                                               const Secret& refresh_token);

enum class Revocation { revoked, already_gone };
// POST /oauth/revoke with HTTP Basic, then the legacy /oauth/deauthorize where the first is not known (404).
// Throws when Strava could not be asked or did not do it; asking again later does no harm (RFC 7009).
Revocation revoke(net::HttpTransport& http, const Endpoints& endpoints, const ClientCredentials& client,
                  const Token& token);

} // namespace harrier::strava
