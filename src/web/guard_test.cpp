// SPDX-License-Identifier: MIT
#include "web/guard.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace harrier::web {
namespace {

constexpr int allowed = 0;
constexpr std::string_view own_origin = "http://127.0.0.1:8080";

struct Sent {
    std::string method = "GET";
    std::string path = "/api/session";
    std::vector<net::Header> headers;
};

int answer_to(const Sent& sent) {
    net::ServerRequest request;
    request.method = sent.method;
    request.target = request.path = sent.path;
    request.headers = sent.headers;
    const auto refusal = find_refusal(request, {.port = 8080, .csrf_token = "secret"});
    return refusal ? refusal->status : allowed;
}

Sent with_host(std::string_view host) {
    return {.headers = {{"Host", std::string(host)}}};
}

TEST(Guard, TakesItsOwnNamesWithItsPort) {
    for (const auto* host : {"127.0.0.1:8080", "localhost:8080", "[::1]:8080", "LOCALHOST:8080"}) {
        EXPECT_EQ(answer_to(with_host(host)), allowed) << host;
    }
}

TEST(Guard, RefusesEveryOtherHost) {
    for (const auto* host :
         {"evil.test", "evil.test:8080", "127.0.0.1", "127.0.0.1:8081", "127.0.0.1.evil.test:8080",
          "localhost.evil.test:8080", "127.0.0.2:8080", "0.0.0.0:8080", "[::]:8080", "", " ",
          "127.0.0.1:8080@evil.test", "evil.test#127.0.0.1:8080", "127.0.0.1:80800", "2130706433:8080"}) {
        EXPECT_EQ(answer_to(with_host(host)), 421) << host;
    }
    EXPECT_EQ(answer_to({}), 421);
    EXPECT_EQ(answer_to({.headers = {{"Host", "127.0.0.1:8080"}, {"host", "127.0.0.1:8080"}}}), 421);
}

// Every Sec-Fetch-Site with every Origin, for each method.
TEST(Guard, OnlyItsOwnPageWrites) {
    const std::vector<std::string> sites{"", "same-origin", "same-site", "cross-site", "none", "odd"};
    const std::vector<std::string> origins{"",
                                           std::string(own_origin),
                                           "null",
                                           "http://evil.test",
                                           "http://127.0.0.1:8081",
                                           "https://127.0.0.1:8080",
                                           "http://localhost:8080"};
    for (const auto* method : {"POST", "PUT"}) {
        for (const auto& site : sites) {
            for (const auto& origin : origins) {
                Sent sent{.method = method,
                          .path = "/api/sync",
                          .headers = {{"Host", "127.0.0.1:8080"}, {"X-Harrier-Csrf", "secret"}}};
                if (!site.empty()) {
                    sent.headers.push_back({"Sec-Fetch-Site", site});
                }
                if (!origin.empty()) {
                    sent.headers.push_back({"Origin", origin});
                }
                const bool own_site = site == "same-origin" || site.empty();
                const bool same = origin == own_origin || origin.empty();
                const bool is_own = own_site && same && !(site.empty() && origin.empty());
                EXPECT_EQ(answer_to(sent), is_own ? allowed : 403) << method << " " << site << " " << origin;
            }
        }
    }
}

TEST(Guard, AWriteNeedsTheTokenOfTheSession) {
    Sent sent{.method = "POST", .headers = {{"Host", "127.0.0.1:8080"}, {"Sec-Fetch-Site", "same-origin"}}};
    EXPECT_EQ(answer_to(sent), 403);
    for (const auto* token : {"", "Secret", "secret ", "secre", "secrets"}) {
        auto guessed = sent;
        guessed.headers.push_back({"X-Harrier-Csrf", token});
        EXPECT_EQ(answer_to(guessed), 403) << token;
    }
    sent.headers.push_back({"X-Harrier-Csrf", "secret"});
    EXPECT_EQ(answer_to(sent), allowed);
}

TEST(Guard, OtherSitesReadNothingButMayLinkToAPage) {
    const auto get = [](std::string path, std::string site, std::string mode, std::string destination) {
        return answer_to({.path = std::move(path),
                          .headers = {{"Host", "localhost:8080"},
                                      {"Sec-Fetch-Site", std::move(site)},
                                      {"Sec-Fetch-Mode", std::move(mode)},
                                      {"Sec-Fetch-Dest", std::move(destination)}}});
    };
    EXPECT_EQ(get("/api/session", "same-origin", "cors", "empty"), allowed);
    EXPECT_EQ(get("/api/session", "none", "navigate", "document"), allowed);
    for (const auto* site : {"cross-site", "same-site"}) {
        EXPECT_EQ(get("/api/session", site, "no-cors", "script"), 403);
        EXPECT_EQ(get("/api/session", site, "navigate", "document"), 403);
        EXPECT_EQ(get("/assets/a.js", site, "no-cors", "script"), 403);
        EXPECT_EQ(get("/records", site, "navigate", "iframe"), 403);
        EXPECT_EQ(get("/records", site, "navigate", "document"), allowed);
    }
    EXPECT_EQ(answer_to({.headers = {{"Host", "localhost:8080"}, {"Origin", "http://evil.test"}}}), 403);
    EXPECT_EQ(answer_to({.headers = {{"Host", "localhost:8080"}, {"Origin", "http://localhost:8080"}}}),
              allowed);
}

TEST(Guard, KnowsNoOtherMethod) {
    for (const auto* method : {"DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get"}) {
        EXPECT_EQ(answer_to({.method = method, .headers = {{"Host", "127.0.0.1:8080"}}}), 405) << method;
    }
}

TEST(Guard, ThePolicyAllowsNothingInlineAndNoOtherHost) {
    const auto headers = security_headers("");
    const auto policy = net::find_header(headers, "Content-Security-Policy").value();
    EXPECT_EQ(policy, "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
                      "connect-src 'self'; worker-src 'self'; font-src 'self'; manifest-src 'self'; "
                      "base-uri 'none'; frame-ancestors 'none'; form-action 'none'");
    EXPECT_EQ(net::find_header(headers, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(net::find_header(headers, "Referrer-Policy"), "no-referrer");
    EXPECT_FALSE(net::find_header(headers, "Access-Control-Allow-Origin"));
    const auto with_tiles = security_headers("https://tiles.test");
    EXPECT_THAT(std::string(net::find_header(with_tiles, "Content-Security-Policy").value()),
                testing::HasSubstr("img-src 'self' data: blob: https://tiles.test; connect-src 'self' "
                                   "https://tiles.test;"));
}

} // namespace
} // namespace harrier::web
