// SPDX-License-Identifier: MIT
#include "emulator/emulator.hpp"

#include "emulator/site.hpp"
#include "net/server.hpp"

#include <fmt/format.h>

namespace harrier::emulator {

namespace {

EmulatorOptions with_secret(EmulatorOptions options) {
    if (options.client_secret.empty()) {
        options.client_secret = random_hex(40);
    }
    return options;
}

net::ServerOptions server_options(const EmulatorOptions& options) {
    net::ServerOptions server;
    server.port = options.port;
    server.reuse_address = true; // an emulator that is started again wants its port back
    server.threads = options.threads;
    server.max_body_bytes = std::size_t{1} << 20U;
    server.head_timeout = std::chrono::seconds{60}; // clients keep connections open between requests
    return server;
}

} // namespace

struct Emulator::Impl {
    Impl(EmulatorOptions chosen, std::unique_ptr<ActivitySource> source, Clock& clock)
        : options(with_secret(std::move(chosen))), site(options, std::move(source), clock),
          server(server_options(options)) {
        server.start([this](const net::ServerRequest& request) { return site.handle(request); });
    }

    EmulatorOptions options;
    Site site;
    net::Server server; // last, so that it stops first
};

Emulator::Emulator(EmulatorOptions options, std::unique_ptr<ActivitySource> source, Clock& clock)
    : m_impl(std::make_unique<Impl>(std::move(options), std::move(source), clock)) {}

Emulator::~Emulator() = default;

std::uint16_t Emulator::port() const {
    return m_impl->server.port();
}

std::string Emulator::url() const {
    return fmt::format("http://127.0.0.1:{}", port());
}

std::string Emulator::api_base() const {
    return url() + "/api/v3";
}

std::string Emulator::oauth_base() const {
    return url() + "/oauth";
}

std::string Emulator::client_id() const {
    return m_impl->options.client_id;
}

std::string Emulator::client_secret() const {
    return m_impl->options.client_secret;
}

std::string Emulator::ready_line() const {
    return fmt::format(
        R"({{"url":"{}","api_base":"{}","oauth_base":"{}","client_id":"{}","client_secret":"{}"}})", url(),
        api_base(), oauth_base(), client_id(), client_secret());
}

} // namespace harrier::emulator
