// SPDX-License-Identifier: MIT
#pragma once

// The loopback end of a login: a listener on 127.0.0.1 that waits for Strava's redirect and cannot be
// tricked, stopped or read out by anything else that finds the port. Random port, path and state; the state
// is bound to the browser by a cookie; a wrong request gets a 4xx and changes nothing; every answer is
// `no-store` and `no-referrer`. Sources: RFC 8252 §7.3 and §8, RFC 9700 §2.1 and §4.

#include "strava/oauth.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace harrier::strava {

struct ListenerOptions {
    std::uint16_t port = 0;      // 0 = any free port
    bool bind_to_browser = true; // off for --no-browser: the URL is opened by hand, maybe elsewhere
};

class CallbackListener {
public:
    // Binds at once. Error{io} names a port that is taken (hint: leave out --port).
    explicit CallbackListener(ListenerOptions options);
    ~CallbackListener();

    [[nodiscard]] std::string redirect_uri() const; // http://127.0.0.1:PORT/cb/<22 characters>
    [[nodiscard]] const std::string& state() const;
    // Serves. `authorize_url` is where /start/<nonce> sends the browser, the only place it ever redirects to.
    void start(std::string authorize_url);
    // http://127.0.0.1:PORT/start/<nonce>: a new one at each call, each good for one use. This is what a
    // browser is given, so that a process list shows no state and no client id; another is for opening by
    // hand.
    [[nodiscard]] std::string make_start_url();

    // A redirect from elsewhere (pasted). False when its state is not ours, or another one came first; it is
    // then ignored.
    [[nodiscard]] bool offer(const Redirect& redirect);
    // The same without looking at the state, for a URL that the user made by hand: only with their knowledge,
    // since nothing then tells that this login was begun here.
    [[nodiscard]] bool accept(const Redirect& redirect);

    // Waits for the first true redirect, from the browser or from `offer`; nothing after `timeout` or on
    // `stop`. After it the browser has had the time (up to 2 s) to fetch the final page.
    [[nodiscard]] std::optional<Redirect> wait(std::chrono::milliseconds timeout, std::stop_token stop = {});

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace harrier::strava
