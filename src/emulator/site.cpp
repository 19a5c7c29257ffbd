// SPDX-License-Identifier: MIT
#include "emulator/site.hpp"

#include "emulator/answers.hpp"
#include "emulator/consent_page.hpp"

#include <fmt/format.h>

#include <array>

namespace harrier::emulator {

namespace {

std::string_view api_path(std::string_view path) {
    constexpr std::string_view prefix = "/api/v3";
    if (path.starts_with(prefix) && path.size() > prefix.size() && path[prefix.size()] == '/') {
        path.remove_prefix(prefix.size());
    }
    while (path.size() > 1 && path.ends_with('/')) {
        path.remove_suffix(1);
    }
    return path;
}

// "Mon, 23 Nov 2026 00:00:00 GMT" (RFC 9110, 5.6.7)
std::string http_date(Instant time) {
    static constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{time - day};
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", days[std::chrono::weekday{day}.c_encoding()],
                       static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                       static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
                       clock.seconds().count());
}

net::ServerResponse front_page() {
    return html_answer(200, notice_page("It runs", "The API is under /api/v3, OAuth under /oauth. "
                                                   "harrier emulator --help tells what it can do."));
}

} // namespace

Site::Site(const EmulatorOptions& options, std::unique_ptr<ActivitySource> source, Clock& clock)
    : m_source(std::move(source)), m_clock(clock, options.clock_speed), m_shelf(*m_source),
      m_tokens(options.token_lifetime, options.rotation, m_clock), m_limiter(options.limits, m_clock),
      m_faults(options.faults),
      m_oauth(options, m_source->athlete_summary_json(), m_tokens, m_limiter, m_clock),
      m_api(ApiParts{*m_source, m_shelf, m_tokens, m_limiter, m_faults, m_clock, options.inactive}),
      m_admin(m_shelf, m_tokens, m_limiter, m_log, m_clock), m_has_admin(options.admin),
      m_latency(options.latency) {}

net::ServerResponse Site::handle(const net::ServerRequest& request) {
    if (m_has_admin && request.path.starts_with("/admin/")) {
        return m_admin.handle(request);
    }
    auto answer = route(request);
    m_log.add(request, answer.drop ? 0 : answer.status);
    answer.delay += m_latency;
    answer.headers.push_back({"Date", http_date(std::chrono::floor<std::chrono::seconds>(m_clock.now()))});
    return answer;
}

net::ServerResponse Site::route(const net::ServerRequest& request) {
    if (request.method == "OPTIONS") {
        return preflight_answer();
    }
    const auto path = api_path(request.path);
    const bool is_read = request.method == "GET" || request.method == "HEAD";
    const bool is_post = request.method == "POST";
    if (is_read && (path == "/oauth/authorize" || path == "/oauth/mobile/authorize")) {
        return oauth(request, "authorize", &OauthService::authorize);
    }
    if (is_post && path == "/oauth/authorize/decision") {
        return m_oauth.decide(request);
    }
    if (is_post && path == "/oauth/token") {
        return oauth(request, "token", &OauthService::token);
    }
    if (is_post && path == "/oauth/deauthorize") {
        return oauth(request, "deauthorize", &OauthService::deauthorize);
    }
    if (is_post && path == "/oauth/revoke") {
        return oauth(request, "revoke", &OauthService::revoke);
    }
    return is_read && path == "/" ? front_page() : m_api.handle(request, path);
}

net::ServerResponse Site::oauth(const net::ServerRequest& request, std::string_view endpoint,
                                OauthCall call) {
    const Strike strike = m_faults.strike({endpoint, std::nullopt, false});
    net::ServerResponse answer;
    if (strike.body) {
        answer = fault_answer(*strike.body);
    } else if (strike.status == 403 && endpoint == "authorize") {
        answer = html_answer(403, fault::athlete_limit_page());
    } else if (strike.status) {
        answer = json_answer(*strike.status, fault::other(*strike.status));
    } else {
        answer = (m_oauth.*call)(request);
    }
    answer.delay += strike.delay;
    answer.drop = strike.drop;
    if (strike.truncate) {
        answer.truncate_after = answer.body.size() / 2;
    }
    return answer;
}

} // namespace harrier::emulator
