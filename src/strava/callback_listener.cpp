// SPDX-License-Identifier: MIT
#include "strava/callback_listener.hpp"

#include "net/server.hpp"
#include "strava/callback_flow.hpp"

#include <algorithm>

namespace harrier::strava {

namespace {

constexpr auto last_page_patience = std::chrono::seconds{2};

net::ServerOptions server_options(std::uint16_t port) {
    net::ServerOptions options;
    options.port = port;
    // Browsers open connections that they never use: a few dozen silent ones must not shut the true one out.
    options.max_connections = 64;
    options.max_head_bytes = 8 * 1024;
    options.max_body_bytes = 1024;
    options.head_timeout = std::chrono::seconds{2};
    options.body_timeout = std::chrono::seconds{2};
    options.write_timeout = std::chrono::seconds{2};
    options.keep_alive = false;
    return options;
}

} // namespace

struct CallbackListener::Impl {
    explicit Impl(const ListenerOptions& options)
        : server(server_options(options.port)), flow(server.port(), options.bind_to_browser) {}

    // In this order: the flow must outlive the server's threads.
    net::Server server;
    CallbackFlow flow;
};

CallbackListener::CallbackListener(ListenerOptions options) : m_impl(std::make_unique<Impl>(options)) {}

CallbackListener::~CallbackListener() {
    m_impl->server.stop();
}

std::string CallbackListener::redirect_uri() const {
    return m_impl->flow.redirect_uri();
}

const std::string& CallbackListener::state() const {
    return m_impl->flow.state();
}

void CallbackListener::start(std::string authorize_url) {
    m_impl->flow.set_authorize_url(std::move(authorize_url));
    m_impl->server.start(
        [&flow = m_impl->flow](const net::ServerRequest& request) { return flow.handle(request); });
}

std::string CallbackListener::make_start_url() {
    return m_impl->flow.make_start_url();
}

bool CallbackListener::offer(const Redirect& redirect) {
    return m_impl->flow.offer(redirect);
}

bool CallbackListener::accept(const Redirect& redirect) {
    return m_impl->flow.accept(redirect);
}

std::optional<Redirect> CallbackListener::wait(std::chrono::milliseconds timeout, std::stop_token stop) {
    auto redirect = m_impl->flow.wait(timeout, stop);
    if (redirect) {
        m_impl->flow.wait_for_last_page(last_page_patience, stop);
    }
    return redirect;
}

} // namespace harrier::strava
