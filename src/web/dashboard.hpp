// SPDX-License-Identifier: MIT
#pragma once

// The dashboard: who may ask (guard.hpp), what is there (routes.hpp), and how an answer goes out: with an
// ETag of the archive's state, compressed, from the cache where nothing has changed. Any thread. The archive
// is only read, by connections that keep no writer waiting.

#include "net/server.hpp"
#include "web/answer.hpp"
#include "web/answer_cache.hpp"
#include "web/archive_pool.hpp"
#include "web/guard.hpp"
#include "web/host.hpp"
#include "web/routes.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace harrier::web {

class Dashboard {
public:
    // Serves at that port, of which Host and Origin are told.
    Dashboard(Host& host, std::uint16_t port);

    [[nodiscard]] net::ServerResponse handle(const net::ServerRequest& request);

    // Limits that fit: no head above 16 KiB, no body above 4 KiB, 5 s for either.
    [[nodiscard]] static net::ServerOptions server_options();

private:
    struct Conditions {
        bool gzip = false;     // the client takes it
        std::string known_tag; // If-None-Match
    };

    [[nodiscard]] net::ServerResponse answer_request(const net::ServerRequest& request);
    [[nodiscard]] net::ServerResponse read(const Route& route, const net::ServerRequest& request,
                                           std::vector<std::string> parts);
    [[nodiscard]] Answer change(const Route& route, const std::vector<std::string>& parts,
                                const std::string& body);
    [[nodiscard]] Answer own_answer(std::string_view pattern);
    [[nodiscard]] net::ServerResponse page(const net::ServerRequest& request);
    [[nodiscard]] net::ServerResponse send(const KeptAnswer& answer, int status, const Conditions& conditions,
                                           const std::string& tag) const;
    [[nodiscard]] std::string session_json();
    [[nodiscard]] std::string sync_state();
    [[nodiscard]] net::ServerResponse events(const net::ServerRequest& request);
    [[nodiscard]] std::string state();

    Host& m_host;
    GuardRules m_rules;
    std::string m_boot; // of this run: another one has other ETags
    ArchivePool m_archives;
    AnswerCache m_cache;
    ProfileCache m_profiles;
};

} // namespace harrier::web
