// SPDX-License-Identifier: MIT
#include "web/guard.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace harrier::web {

namespace {

constexpr std::array<std::string_view, 3> own_names{"127.0.0.1", "localhost", "[::1]"};

std::size_t count_of(const net::ServerRequest& request, std::string_view name) {
    return static_cast<std::size_t>(
        std::count_if(request.headers.begin(), request.headers.end(),
                      [&](const net::Header& header) { return equal_ignoring_case(header.name, name); }));
}

bool is_own_host(std::string_view host, std::uint16_t port) {
    return std::any_of(own_names.begin(), own_names.end(), [&](std::string_view name) {
        // Browsers leave the port out where it is HTTP's own.
        return equal_ignoring_case(host, fmt::format("{}:{}", name, port)) ||
               (port == 80 && equal_ignoring_case(host, name));
    });
}

// Compares all bytes, however many are equal.
bool is_same_secret(std::string_view left, std::string_view right) {
    unsigned difference = left.size() == right.size() ? 0 : 1;
    for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
        difference |= static_cast<unsigned>(left[i] ^ right[i]);
    }
    return difference == 0;
}

std::optional<Refusal> refuse_write(const net::ServerRequest& request, std::string_view host,
                                    const GuardRules& rules) {
    const auto site = request.header("Sec-Fetch-Site");
    const auto origin = request.header("Origin");
    if (count_of(request, "Origin") > 1 || count_of(request, "Sec-Fetch-Site") > 1 || (!site && !origin) ||
        (site && *site != "same-origin") || (origin && *origin != fmt::format("http://{}", host))) {
        return Refusal{403, "only the dashboard's own page may change something"};
    }
    const auto token = request.header("X-Harrier-Csrf");
    if (!token || rules.csrf_token.empty() || !is_same_secret(*token, rules.csrf_token)) {
        return Refusal{403, "the header X-Harrier-Csrf has to carry the token of /api/session"};
    }
    return std::nullopt;
}

// A link on another site may lead to a page of ours; its scripts, images and frames get nothing.
std::optional<Refusal> refuse_read(const net::ServerRequest& request) {
    const auto site = request.header("Sec-Fetch-Site");
    const auto origin = request.header("Origin");
    const bool is_own = !site || *site == "same-origin" || *site == "none";
    const bool is_link = request.header("Sec-Fetch-Mode") == "navigate" &&
                         request.header("Sec-Fetch-Dest") == "document" && !request.path.starts_with("/api/");
    if ((!is_own && !is_link) || (origin && *origin != fmt::format("http://{}", *request.header("Host")))) {
        return Refusal{403, "another site may not read the dashboard"};
    }
    return std::nullopt;
}

} // namespace

std::optional<Refusal> find_refusal(const net::ServerRequest& request, const GuardRules& rules) {
    const auto host = request.header("Host");
    if (!host || count_of(request, "Host") != 1 || !is_own_host(*host, rules.port)) {
        return Refusal{421, fmt::format("this is http://127.0.0.1:{} and no other host", rules.port)};
    }
    if (!request.target.starts_with('/')) {
        return Refusal{400, "the target of a request is a path"};
    }
    if (request.method == "GET" || request.method == "HEAD") {
        return refuse_read(request);
    }
    if (request.method == "POST" || request.method == "PUT") {
        return refuse_write(request, *host, rules);
    }
    return Refusal{405, "GET, HEAD, and for a few paths PUT or POST"};
}

std::vector<net::Header> security_headers(std::string_view tile_origin) {
    const std::string tiles = tile_origin.empty() ? "" : fmt::format(" {}", tile_origin);
    return {{"Content-Security-Policy",
             fmt::format("default-src 'none'; script-src 'self'; style-src 'self'; "
                         "img-src 'self' data: blob:{0}; connect-src 'self'{0}; worker-src 'self'; "
                         "font-src 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
                         "form-action 'none'",
                         tiles)},
            {"X-Content-Type-Options", "nosniff"},
            {"Referrer-Policy", "no-referrer"},
            {"X-Frame-Options", "DENY"},
            {"Cross-Origin-Opener-Policy", "same-origin"},
            {"Cross-Origin-Resource-Policy", "same-origin"}};
}

} // namespace harrier::web
