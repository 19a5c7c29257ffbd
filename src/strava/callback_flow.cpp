// SPDX-License-Identifier: MIT
#include "strava/callback_flow.hpp"

#include "base/random.hpp"
#include "base/secret.hpp"
#include "base/text.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>

namespace harrier::strava {

namespace {

constexpr std::string_view cookie_name = "harrier_login";
constexpr std::string_view start_prefix = "/start/";

constexpr std::string_view style =
    "body{font:1.1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:18vh auto;padding:0 1.5rem;"
    "color:#22303c;background:#f7f5f0}h1{font-size:1.6rem;font-weight:600}"
    "@media(prefers-color-scheme:dark){body{color:#e8e6e1;background:#1b2229}}";

std::string style_hash() {
    std::string hash(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256(reinterpret_cast<unsigned char*>(hash.data()),
                       reinterpret_cast<const unsigned char*>(style.data()), style.size());
    constexpr int variant = sodium_base64_VARIANT_ORIGINAL;
    std::string text(sodium_base64_encoded_len(hash.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(hash.data()),
                      hash.size(), variant);
    text.pop_back(); // the final NUL
    return text;
}

// No request ever reaches a page: nothing is reflected.
net::ServerResponse answer(int status, std::string body, std::string_view content_type) {
    net::ServerResponse response;
    response.status = status;
    response.headers = {
        {"Content-Type", fmt::format("{}; charset=utf-8", content_type)},
        {"Cache-Control", "no-store"},
        {"Referrer-Policy", "no-referrer"},
        {"Content-Security-Policy",
         fmt::format("default-src 'none'; style-src 'sha256-{}'; frame-ancestors 'none'; base-uri 'none'; "
                     "form-action 'none'",
                     style_hash())},
        {"X-Content-Type-Options", "nosniff"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Connection", "close"},
    };
    response.body = std::move(body);
    return response;
}

net::ServerResponse refusal(int status, std::string_view words) {
    return answer(status, fmt::format("{}\n", words), "text/plain");
}

net::ServerResponse redirection(std::string location) {
    auto response = answer(303, "", "text/plain");
    response.headers.push_back({"Location", std::move(location)});
    return response;
}

std::string page() {
    return fmt::format("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                       "<meta name=\"viewport\" content=\"width=device-width\">"
                       "<title>harrier</title><style>{}</style></head>\n"
                       "<body><h1>Back to the terminal</h1>\n"
                       "<p>Strava's answer has reached harrier, which now says there what came of it.</p>\n"
                       "<p>You can close this tab.</p></body></html>\n",
                       style);
}

std::size_t count_headers(const net::ServerRequest& request, std::string_view name) {
    return static_cast<std::size_t>(
        std::count_if(request.headers.begin(), request.headers.end(),
                      [&](const net::Header& header) { return equal_ignoring_case(header.name, name); }));
}

bool contains_secret(const std::vector<std::string>& secrets, std::string_view candidate) {
    bool found = false;
    for (const auto& secret : secrets) {
        found = equal_in_constant_time(secret, candidate) || found;
    }
    return found;
}

} // namespace

CallbackFlow::CallbackFlow(std::uint16_t port, bool bind_to_browser)
    : m_authority(fmt::format("127.0.0.1:{}", port)), m_bind_to_browser(bind_to_browser),
      m_callback_path("/cb/" + random_token(16)), m_state(random_token(32)) {}

std::string CallbackFlow::redirect_uri() const {
    return fmt::format("http://{}{}", m_authority, m_callback_path);
}

void CallbackFlow::set_authorize_url(std::string url) {
    const std::lock_guard lock(m_mutex);
    m_authorize_url = std::move(url);
}

std::string CallbackFlow::make_start_url() {
    const std::lock_guard lock(m_mutex);
    m_nonces.push_back(random_token(16));
    return fmt::format("http://{}{}{}", m_authority, start_prefix, m_nonces.back());
}

net::ServerResponse CallbackFlow::handle(const net::ServerRequest& request) {
    if (!request.peer_address.starts_with("127.")) {
        return refusal(403, "Only this machine may ask.");
    }
    if (count_headers(request, "Host") != 1) {
        return refusal(400, "Exactly one Host is needed.");
    }
    if (request.header("Host") != m_authority) {
        return refusal(421, "This is not the host you are looking for.");
    }
    const bool is_start = request.path.starts_with(start_prefix);
    if (!is_start && request.path != m_callback_path && request.path != "/done") {
        return refusal(404, "There is nothing here.");
    }
    if (request.method != "GET") {
        auto response = refusal(405, "Only GET is answered here.");
        response.headers.push_back({"Allow", "GET"});
        return response;
    }
    if (!request.body.empty()) {
        return refusal(400, "A body is not expected here.");
    }
    if (is_start) {
        return start(std::string_view(request.path).substr(start_prefix.size()));
    }
    return request.path == "/done" ? last_page() : callback(request);
}

net::ServerResponse CallbackFlow::start(std::string_view nonce) {
    const std::lock_guard lock(m_mutex);
    if (m_redirect || m_authorize_url.empty() || !contains_secret(m_nonces, nonce)) {
        return refusal(410, "This link has been used, or was never one. The terminal has the way on.");
    }
    std::erase(m_nonces, nonce);
    m_cookies.push_back(random_token(16));
    auto response = redirection(m_authorize_url);
    response.headers.push_back(
        {"Set-Cookie",
         fmt::format("{}={}; HttpOnly; SameSite=Lax; Path=/cb; Max-Age=300", cookie_name, m_cookies.back())});
    return response;
}

// Other servers on 127.0.0.1, on whatever port, share the browser's cookies: ours may not be the only one.
bool CallbackFlow::has_our_cookie(const net::ServerRequest& request) {
    for (const auto& header : request.headers) {
        if (!equal_ignoring_case(header.name, "Cookie")) {
            continue;
        }
        for (const std::string_view cookie : split(header.value, ';')) {
            const auto equals = cookie.find('=');
            if (cookie.substr(0, equals) == cookie_name && equals != std::string_view::npos &&
                contains_secret(m_cookies, cookie.substr(equals + 1))) {
                return true;
            }
        }
    }
    return false;
}

net::ServerResponse CallbackFlow::callback(const net::ServerRequest& request) {
    const auto redirect = parse_redirect_query(request.query);
    if (!redirect || !equal_in_constant_time(redirect->state, m_state)) {
        return refusal(400, "This is not the answer that harrier waits for.");
    }
    if (m_bind_to_browser) {
        const std::lock_guard lock(m_mutex);
        if (!has_our_cookie(request)) {
            return refusal(403, "The login was begun in another browser.");
        }
    }
    if (!take(*redirect, Source::browser)) {
        return refusal(410, "This answer has been taken already.");
    }
    return redirection("/done");
}

net::ServerResponse CallbackFlow::last_page() {
    const std::lock_guard lock(m_mutex);
    if (!m_redirect) {
        return refusal(404, "There is nothing here.");
    }
    m_last_page_sent = true;
    m_changed.notify_all();
    return answer(200, page(), "text/html");
}

bool CallbackFlow::take(const Redirect& redirect, Source source) {
    const std::lock_guard lock(m_mutex);
    if (m_redirect) {
        return false;
    }
    m_redirect = redirect;
    m_source = source;
    m_changed.notify_all();
    return true;
}

bool CallbackFlow::offer(const Redirect& redirect) {
    return equal_in_constant_time(redirect.state, m_state) && take(redirect, Source::elsewhere);
}

bool CallbackFlow::accept(const Redirect& redirect) {
    return take(redirect, Source::elsewhere);
}

std::optional<Redirect> CallbackFlow::wait(std::chrono::milliseconds timeout, std::stop_token stop) {
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, std::move(stop), timeout, [&] { return m_redirect.has_value(); });
    return m_redirect;
}

void CallbackFlow::wait_for_last_page(std::chrono::milliseconds timeout, std::stop_token stop) {
    std::unique_lock lock(m_mutex);
    if (m_redirect && m_source == Source::browser) {
        m_changed.wait_for(lock, std::move(stop), timeout, [&] { return m_last_page_sent; });
    }
}

} // namespace harrier::strava
