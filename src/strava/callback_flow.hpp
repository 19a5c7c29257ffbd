// SPDX-License-Identifier: MIT
#pragma once

// What the login's listener answers, as a function of requests, without a socket. Four paths exist:
// /start/<nonce> sends the browser to Strava and gives it a cookie, /cb/<random> takes the redirect, /done
// shows the last page, everything else is 404. A wrong request gets a 4xx and changes nothing. Any thread.

#include "net/server.hpp"
#include "strava/oauth.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace harrier::strava {

class CallbackFlow {
public:
    CallbackFlow(std::uint16_t port, bool bind_to_browser);

    [[nodiscard]] std::string redirect_uri() const;
    [[nodiscard]] const std::string& state() const { return m_state; }
    void set_authorize_url(std::string url);
    // A new /start URL, good for one use.
    [[nodiscard]] std::string make_start_url();

    [[nodiscard]] net::ServerResponse handle(const net::ServerRequest& request);

    // A redirect that came another way. `offer` wants the right state; `accept` takes it as it is. False when
    // a redirect was taken before, or the state is wrong.
    [[nodiscard]] bool offer(const Redirect& redirect);
    [[nodiscard]] bool accept(const Redirect& redirect);

    // The first redirect that was taken; nothing after `timeout` or on `stop`.
    [[nodiscard]] std::optional<Redirect> wait(std::chrono::milliseconds timeout, std::stop_token stop);
    // Until the browser has fetched the last page, if the redirect came from one.
    void wait_for_last_page(std::chrono::milliseconds timeout, std::stop_token stop);

private:
    enum class Source { browser, elsewhere };

    [[nodiscard]] net::ServerResponse start(std::string_view nonce);
    [[nodiscard]] net::ServerResponse callback(const net::ServerRequest& request);
    [[nodiscard]] net::ServerResponse last_page();
    [[nodiscard]] bool has_our_cookie(const net::ServerRequest& request);
    [[nodiscard]] bool take(const Redirect& redirect, Source source);

    const std::string m_authority; // 127.0.0.1:PORT
    const bool m_bind_to_browser;
    const std::string m_callback_path;
    const std::string m_state;

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::string m_authorize_url;
    std::vector<std::string> m_nonces;  // not yet used
    std::vector<std::string> m_cookies; // one per used nonce
    std::optional<Redirect> m_redirect;
    Source m_source = Source::elsewhere;
    bool m_last_page_sent = false;
};

} // namespace harrier::strava
