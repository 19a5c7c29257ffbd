// SPDX-License-Identifier: MIT
#include "strava/oauth.hpp"

#include "base/text.hpp"
#include "net/url.hpp"
#include "strava/fault.hpp"
#include "strava/json.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>

namespace harrier::strava {

namespace {

constexpr std::size_t longest_redirect = 8 * 1024; // bytes, as the listener takes them
constexpr auto token_timeout = std::chrono::seconds{30};

// A scope list with its commas and colons left readable; everything else is escaped.
std::string encode_scopes(const Scopes& scopes) {
    std::vector<std::string> names;
    for (const auto& name : scopes.names()) {
        std::vector<std::string> parts;
        for (const auto& part : split(name, ':')) {
            parts.push_back(net::percent_encode(part));
        }
        names.push_back(join(parts, ":"));
    }
    return join(names, ",");
}

std::string basic_authorization(const ClientCredentials& client) {
    std::string pair = fmt::format("{}:{}", client.client_id, client.client_secret.reveal());
    constexpr int variant = sodium_base64_VARIANT_ORIGINAL;
    std::string encoded(sodium_base64_encoded_len(pair.size(), variant), '\0');
    sodium_bin2base64(encoded.data(), encoded.size(), reinterpret_cast<const unsigned char*>(pair.data()),
                      pair.size(), variant);
    encoded.pop_back(); // the final NUL
    wipe(pair);
    return "Basic " + encoded;
}

net::Request form_post(std::string url, const net::Parameters& form) {
    net::Request request;
    request.method = "POST";
    request.url = std::move(url);
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}};
    request.body = net::encode_form(form);
    request.total_timeout = token_timeout;
    return request;
}

net::Parameters token_form(const ClientCredentials& client, std::string_view grant_type,
                           std::string_view name, const Secret& value) {
    return {{"client_id", client.client_id},
            {"client_secret", client.client_secret.reveal()},
            {"grant_type", std::string(grant_type)},
            {std::string(name), value.reveal()}};
}

// Sends a request that holds secrets and wipes them afterwards.
net::Response send_secret(net::HttpTransport& http, net::Request& request, std::string_view doing,
                          std::string_view hint) {
    const auto wipe_request = [&] {
        wipe(request.body);
        for (auto& header : request.headers) {
            wipe(header.value);
        }
    };
    try {
        auto response = http.send(request);
        wipe_request();
        return response;
    } catch (const Error& error) {
        wipe_request();
        throw Error(error.kind(), fmt::format("cannot {}: {}", doing, error.message()), std::string(hint));
    } catch (...) {
        wipe_request();
        throw;
    }
}

// `spent`: the code or token of the request. A server that sends it back must not bring it onto the screen.
Error explained(Fault fault, const net::Response& response, const Endpoints& endpoints,
                const ClientCredentials& client, const Secret& spent, std::string_view path,
                std::string_view doing) {
    for (const Secret* secret : {&client.client_secret, &spent}) {
        if (!secret->empty() && fault.message.find(secret->reveal()) != std::string::npos) {
            fault.message.clear();
        }
    }
    FaultContext context;
    context.method = "POST";
    context.path = path;
    context.headers = response.headers;
    context.client_id = client.client_id;
    context.authorize_base = endpoints.oauth_base;
    return to_error(explain(fault, context), doing);
}

TokenGrant read_grant(net::Response& response, Clock& clock, std::string_view doing, std::string_view hint) {
    const auto received = std::chrono::floor<std::chrono::seconds>(clock.now());
    try {
        auto grant = parse_token_grant(response.body, received);
        wipe(response.body);
        return grant;
    } catch (const Error&) {
        // The parser's words may quote the body, and the body may hold a token.
        wipe(response.body);
        throw Error(
            ErrorKind::data,
            fmt::format("cannot {}: the answer of the token endpoint is not what it should be", doing),
            std::string(hint));
    }
}

bool refuses_refresh_token(const Fault& fault) {
    return fault.status == 400 &&
           std::any_of(fault.items.begin(), fault.items.end(), [](const FaultItem& item) {
               return item.resource == "RefreshToken" ||
                      (item.field == "refresh_token" && item.code == "invalid");
           });
}

bool is_success(const net::Response& response) {
    return response.status >= 200 && response.status < 300;
}

Revocation deauthorize(net::HttpTransport& http, const Endpoints& endpoints, const ClientCredentials& client,
                       const Token& token, std::string_view hint) {
    constexpr std::string_view doing = "revoke the login at Strava";
    auto request = form_post(endpoints.oauth_base + "/deauthorize", {});
    request.headers.push_back({"Authorization", "Bearer " + token.access_token.reveal()});
    const auto response = send_secret(http, request, doing, hint);
    if (is_success(response)) {
        return Revocation::revoked;
    }
    if (response.status == 401) {
        return Revocation::already_gone;
    }
    throw explained(parse_fault(response.status, response.body), response, endpoints, client,
                    token.access_token, "/oauth/deauthorize", doing);
}

} // namespace

std::string authorize_url(const Endpoints& endpoints, std::string_view client_id,
                          std::string_view redirect_uri, const Scopes& scopes, std::string_view state) {
    return fmt::format(
        "{}/"
        "authorize?client_id={}&redirect_uri={}&response_type=code&approval_prompt=force&scope={}&state={}",
        endpoints.oauth_base, net::percent_encode(client_id), net::percent_encode(redirect_uri),
        encode_scopes(scopes), net::percent_encode(state));
}

std::optional<Redirect> parse_redirect_query(std::string_view query) {
    if (query.size() > longest_redirect) {
        return std::nullopt;
    }
    const auto parameters = net::decode_form(query);
    for (const auto& [name, value] : parameters) {
        if (net::count(parameters, name) != 1) {
            return std::nullopt;
        }
    }
    Redirect redirect;
    redirect.state = net::find(parameters, "state").value_or("");
    redirect.error = net::find(parameters, "error").value_or("");
    redirect.code = Secret(net::find(parameters, "code").value_or(""));
    if (const auto scope = net::find(parameters, "scope")) {
        redirect.granted = Scopes::parse(*scope);
    }
    if (redirect.code.empty() == redirect.error.empty()) { // neither, or both
        return std::nullopt;
    }
    return redirect;
}

std::optional<Redirect> parse_redirect_url(std::string_view url) {
    url = trim(url);
    if (url.size() > longest_redirect) {
        return std::nullopt;
    }
    const bool has_scheme = url.substr(0, url.find('?')).find("://") != std::string_view::npos;
    const auto parsed = net::parse_url(has_scheme ? std::string(url) : fmt::format("http://{}", url));
    return parsed ? parse_redirect_query(parsed->query) : std::nullopt;
}

TokenGrant exchange_code(net::HttpTransport& http, Clock& clock, const Endpoints& endpoints,
                         const ClientCredentials& client, const Secret& code) {
    constexpr std::string_view doing = "exchange the code for a token";
    constexpr std::string_view hint = "A code works once; for a new one, run:  harrier login";
    auto request =
        form_post(endpoints.oauth_base + "/token", token_form(client, "authorization_code", "code", code));
    auto response = send_secret(http, request, doing, hint);
    if (!is_success(response)) {
        throw explained(parse_fault(response.status, response.body), response, endpoints, client, code,
                        "/oauth/token", doing);
    }
    auto grant = read_grant(response, clock, doing, hint);
    if (grant.token.refresh_token.empty()) {
        throw Error(ErrorKind::data, fmt::format("cannot {}: the answer has no refresh token", doing),
                    std::string(hint));
    }
    return grant;
}

std::variant<TokenGrant, RefreshRefused> refresh(net::HttpTransport& http, Clock& clock,
                                                 const Endpoints& endpoints, const ClientCredentials& client,
                                                 const Secret& refresh_token) {
    constexpr std::string_view doing = "refresh the token";
    constexpr std::string_view hint =
        "Run the command again: the old refresh token is kept and tried once more";
    auto request = form_post(endpoints.oauth_base + "/token",
                             token_form(client, "refresh_token", "refresh_token", refresh_token));
    auto response = send_secret(http, request, doing, hint);
    if (!is_success(response)) {
        const auto fault = parse_fault(response.status, response.body);
        auto error = explained(fault, response, endpoints, client, refresh_token, "/oauth/token", doing);
        if (refuses_refresh_token(fault)) {
            return RefreshRefused{std::move(error)};
        }
        throw Error(std::move(error));
    }
    auto grant = read_grant(response, clock, doing, hint);
    if (grant.token.refresh_token.empty()) {
        grant.token.refresh_token = refresh_token;
    }
    return grant;
}

Revocation revoke(net::HttpTransport& http, const Endpoints& endpoints, const ClientCredentials& client,
                  const Token& token) {
    constexpr std::string_view doing = "revoke the login at Strava";
    constexpr std::string_view hint = "Remove it by hand at https://www.strava.com/settings/apps";
    auto request = form_post(endpoints.oauth_base + "/revoke",
                             {{"token", token.refresh_token.reveal()}, {"token_type_hint", "refresh_token"}});
    request.headers.push_back({"Authorization", basic_authorization(client)});
    const auto response = send_secret(http, request, doing, hint);
    if (is_success(response)) {
        return Revocation::revoked; // also for a token that was dead before: RFC 7009 does not tell
    }
    if (response.status == 404) {
        return deauthorize(http, endpoints, client, token, hint);
    }
    throw explained(parse_fault(response.status, response.body), response, endpoints, client,
                    token.refresh_token, "/oauth/revoke", doing);
}

} // namespace harrier::strava
