// SPDX-License-Identifier: MIT
#include "web/dashboard.hpp"

#include "archive/change_watcher.hpp"
#include "base/error.hpp"
#include "base/random.hpp"
#include "base/text.hpp"
#include "formats/gzip.hpp"
#include "formats/gzip_writer.hpp"
#include "insight/activity_filter.hpp"
#include "web/files.hpp"
#include "web/json_text.hpp"
#include "web/settings_body.hpp"
#include "web/sync_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

namespace harrier::web {

namespace {

constexpr std::size_t cache_bytes = 24 * 1024 * 1024;
constexpr std::size_t worth_compressing = 1024; // bytes
constexpr int quick_gzip = 4;
constexpr auto event_pause = std::chrono::milliseconds{1000};

// The page's own addresses (deep links); everything else is not found.
constexpr std::array<std::string_view, 10> page_addresses{
    "/",         "/activities", "/activity/*", "/records", "/fitness",
    "/calendar", "/year/*",     "/map",        "/gear",    "/settings"};

bool is_page_address(std::string_view path) {
    return std::any_of(page_addresses.begin(), page_addresses.end(),
                       [&](std::string_view pattern) { return match(pattern, path).has_value(); });
}

bool accepts_gzip(const net::ServerRequest& request) {
    const auto accepted = request.header("Accept-Encoding").value_or("");
    const auto codings = split(accepted, ',');
    return std::any_of(codings.begin(), codings.end(), [](const std::string& coding) {
        const auto parts = split(coding, ';');
        return !parts.empty() && equal_ignoring_case(parts.front(), "gzip") &&
               (parts.size() < 2 || (parts[1] != "q=0" && parts[1] != "q=0.0"));
    });
}

std::shared_ptr<const KeptAnswer> kept(Answer answer) {
    auto result = std::make_shared<KeptAnswer>();
    result->type = std::move(answer.type);
    if (answer.body.size() >= worth_compressing) {
        result->gzip = formats::gzip(answer.body, quick_gzip);
    } else {
        result->body = std::move(answer.body);
    }
    return result;
}

std::string event(std::string_view name, std::string_view data) {
    return fmt::format("event: {}\ndata: {}\n\n", name, data);
}

std::string origin_of(const std::string& url) {
    // {z} and its like are no characters of a URL; the origin is before them.
    const auto parsed = net::parse_url(url.substr(0, url.find('{')));
    if (!parsed) {
        return "";
    }
    return fmt::format("{}://{}{}{}", parsed->scheme, parsed->host, parsed->port.empty() ? "" : ":",
                       parsed->port);
}

} // namespace

Dashboard::Dashboard(Host& host, std::uint16_t port)
    : m_host(host), m_rules{.port = port, .csrf_token = random_token(24)}, m_boot(random_token(6)),
      m_archives(host.archive_path(), [&host] { return host.open_archive(); }), m_cache(cache_bytes) {}

net::ServerOptions Dashboard::server_options() {
    net::ServerOptions options;
    options.reuse_address = true;
    options.threads = 3;
    options.max_connections = 64;
    options.max_head_bytes = 16UL * 1024;
    options.max_body_bytes = 4UL * 1024;
    options.body_timeout = std::chrono::milliseconds{5'000};
    return options;
}

net::ServerResponse Dashboard::handle(const net::ServerRequest& request) {
    auto response = answer_request(request);
    const auto tiles = m_host.tile_source();
    for (auto& header : security_headers(tiles ? origin_of(tiles->url) : "")) {
        response.headers.push_back(std::move(header));
    }
    return response;
}

net::ServerResponse Dashboard::answer_request(const net::ServerRequest& request) {
    const Conditions conditions{.gzip = accepts_gzip(request), .known_tag = ""};
    const auto plain = [&](Answer answer) {
        const int status = answer.status;
        return send(*kept(std::move(answer)), status, conditions, "");
    };
    try {
        if (const auto refusal = find_refusal(request, m_rules)) {
            return plain(error_answer(refusal->status, "refused", refusal->message));
        }
        if (!request.path.starts_with("/api/") && request.path != "/api") {
            return page(request);
        }
        auto found = find_route(request.method == "HEAD" ? "GET" : request.method, request.path);
        if (found.route == nullptr) {
            return plain(not_found("there is no such path; docs/dashboard.md lists them"));
        }
        const bool is_read = request.method == "GET" || request.method == "HEAD";
        if (found.route->method != (is_read ? "GET" : request.method)) {
            auto response = plain(error_answer(405, "usage", "this path has another method"));
            response.headers.push_back({"Allow", std::string(found.route->method)});
            return response;
        }
        return is_read ? read(*found.route, request, std::move(found.parts))
                       : plain(change(*found.route, found.parts, request.body));
    } catch (const Error& error) {
        return plain(error_answer(error));
    }
}

// Everything that an answer depends on, but for its address.
std::string Dashboard::state() {
    return fmt::format("{}-{}-{}-{}-{}", m_boot, m_archives.change(), m_host.settings_stamp(),
                       format_day(insight::today(m_host.clock())),
                       archive::is_being_written(m_host.archive_path()) ? "sync" : "rest");
}

net::ServerResponse Dashboard::read(const Route& route, const net::ServerRequest& request,
                                    std::vector<std::string> parts) {
    const Conditions conditions{.gzip = accepts_gzip(request),
                                .known_tag = std::string(request.header("If-None-Match").value_or(""))};
    if (route.pattern == "/api/events") {
        return events(request);
    }
    if (route.endpoint == nullptr) {
        auto answer = own_answer(route.pattern);
        const int status = answer.status;
        return send(*kept(std::move(answer)), status, conditions, "");
    }
    const auto state_now = state();
    const auto tag = fmt::format("W/\"{}\"", state_now);
    if (conditions.known_tag == tag) {
        return send({}, 304, conditions, tag);
    }
    if (const auto answer = m_cache.find(state_now, request.target)) {
        return send(*answer, 200, conditions, tag);
    }
    const auto archive = m_archives.borrow();
    const Call call{.host = m_host,
                    .archive = *archive,
                    .athlete = m_host.athlete_of(*archive),
                    .parts = std::move(parts),
                    .parameters = net::decode_form(request.query),
                    .profiles = m_profiles,
                    .state = state_now};
    auto answer = route.endpoint(call);
    const int status = answer.status;
    const auto result = kept(std::move(answer));
    if (status != 200) {
        return send(*result, status, conditions, "");
    }
    m_cache.keep(state_now, request.target, result);
    return send(*result, status, conditions, tag);
}

net::ServerResponse Dashboard::send(const KeptAnswer& answer, int status, const Conditions& conditions,
                                    const std::string& tag) const {
    net::ServerResponse response;
    response.status = status;
    response.headers.push_back({"Cache-Control", tag.empty() ? "no-store" : "private, no-cache"});
    response.headers.push_back({"Vary", "Accept-Encoding"});
    if (!tag.empty()) {
        response.headers.push_back({"ETag", tag});
    }
    if (status == 304) {
        return response;
    }
    response.headers.push_back({"Content-Type", answer.type});
    if (answer.gzip.empty()) {
        response.body = answer.body;
    } else if (conditions.gzip) {
        response.headers.push_back({"Content-Encoding", "gzip"});
        response.body = answer.gzip;
    } else {
        response.body = formats::gunzip(std::as_bytes(std::span(answer.gzip)));
    }
    return response;
}

Answer Dashboard::own_answer(std::string_view pattern) {
    if (pattern == "/api/session") {
        return {.body = session_json() + "\n"};
    }
    if (pattern == "/api/settings") {
        return {.body = m_host.settings_json()};
    }
    return {.body = sync_state() + "\n"};
}

std::string Dashboard::sync_state() {
    if (m_archives.change() == 0) {
        return sync_json(m_host, nullptr);
    }
    const auto archive = m_archives.borrow();
    return sync_json(m_host, &*archive);
}

std::string Dashboard::session_json() {
    const auto text = [](const std::optional<std::string>& value) {
        return value ? json(std::string_view(*value)) : std::string("null");
    };
    const auto day = [](const std::optional<WallTime>& time) {
        return time ? json(std::string_view(format_wall_time(*time).substr(0, 10))) : std::string("null");
    };
    model::Athlete athlete;
    archive::Summary summary;
    if (m_archives.change() != 0) {
        const auto archive = m_archives.borrow();
        if (!(*archive).athletes().empty()) {
            athlete = m_host.athlete_of(*archive);
            summary = (*archive).summary(athlete.athlete_id);
        }
    }
    const auto names = [](const std::vector<std::string>& scopes) {
        std::vector<std::string> items;
        for (const auto& scope : scopes) {
            items.push_back(json(std::string_view(scope)));
        }
        return json_array(items);
    };
    const auto login = m_host.login();
    const auto tiles = m_host.tile_source();
    return JsonObject()
        .add("athlete", JsonObject()
                            .add("id", json(athlete.athlete_id.value))
                            .add("firstname", json(std::string_view(athlete.firstname)))
                            .add("lastname", json(std::string_view(athlete.lastname)))
                            .add("username", text(athlete.username))
                            .str())
        .add("units", m_host.units_of(athlete) == Units::imperial ? R"("imperial")" : R"("metric")")
        .add("archive", JsonObject()
                            .add("activities", json(summary.activities))
                            .add("with_streams", json(summary.with_streams))
                            .add("first_date", day(summary.first))
                            .add("last_date", day(summary.last))
                            .str())
        .add("version", json(std::string_view(m_host.version())))
        .add("login",
             JsonObject()
                 .add("logged_in", json_flag(login.logged_in))
                 .add("scopes", names(login.scopes))
                 .add("missing_scopes", names(login.missing_scopes))
                 .add("token_expires_at",
                      login.token_expires_at ? json(std::string_view(format_instant(*login.token_expires_at)))
                                             : "null")
                 .str())
        .add("tile_source", tiles ? JsonObject()
                                        .add("url", json(std::string_view(tiles->url)))
                                        .add("attribution", json(std::string_view(tiles->attribution)))
                                        .str()
                                  : "null")
        .add("empty", json_flag(summary.activities == 0))
        .add("csrf", json(std::string_view(m_rules.csrf_token)))
        .str();
}

Answer Dashboard::change(const Route& route, const std::vector<std::string>& parts, const std::string& body) {
    if (route.pattern == "/api/sync") {
        const bool is_busy = archive::is_being_written(m_host.archive_path());
        if (is_busy || !m_host.start_sync()) {
            return error_answer(409, "locked", "a sync, or another harrier that writes, is running already");
        }
        return {.status = 202, .body = sync_state() + "\n"};
    }
    if (route.pattern == "/api/gear/*") {
        const auto metres = parse_retirement(body);
        if (!metres) {
            return error_answer(422, "usage", "the body is {\"retire_at\": metres or null}");
        }
        m_host.store_retirement(parts.front(), metres->value);
        return {.body = "{}\n"};
    }
    const auto setting = parse_setting(body);
    if (!setting) {
        return error_answer(422, "usage", "the body is {\"key\": name, \"value\": text or null}");
    }
    try {
        m_host.store_setting(setting->key, setting->value);
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::usage) {
            throw;
        }
        return error_answer(422, "usage", error.message(), error.hint());
    }
    return {.body = m_host.settings_json()};
}

// What there is to tell now. The browser asks again after `retry`, with the id of what it heard last; then
// only what is new is told. So no listener holds a connection or a thread.
net::ServerResponse Dashboard::events(const net::ServerRequest& request) {
    const auto sync = sync_state();
    const auto change = fmt::format("{}.{}", m_boot, m_archives.change());
    const auto id = fmt::format("{}.{:x}", change, std::hash<std::string>{}(sync));
    const auto heard = request.header("Last-Event-ID").value_or("");
    net::ServerResponse response;
    response.headers = {{"Content-Type", "text/event-stream"}, {"Cache-Control", "no-store"}};
    response.body = fmt::format("retry: {}\nid: {}\n\n", event_pause.count(), id);
    if (heard != id) {
        response.body += event("sync", sync);
    }
    if (!heard.starts_with(change + ".")) {
        response.body += event("archive", change.substr(change.rfind('.') + 1));
    }
    return response;
}

net::ServerResponse Dashboard::page(const net::ServerRequest& request) {
    const Conditions conditions{.gzip = accepts_gzip(request), .known_tag = ""};
    if (request.method != "GET" && request.method != "HEAD") {
        return send({.body = "", .gzip = "", .type = "text/plain"}, 405, conditions, "");
    }
    const auto* file = find_page_file(is_page_address(request.path) ? "/index.html" : request.path);
    if (file == nullptr) {
        if (page_files().empty() && is_page_address(request.path)) {
            return send({.body = fallback_page(), .gzip = "", .type = "text/html; charset=utf-8"}, 200,
                        conditions, "");
        }
        return send({.body = "There is no such page.\n", .gzip = "", .type = "text/plain; charset=utf-8"},
                    404, conditions, "");
    }
    const KeptAnswer answer{.body = "",
                            .gzip = std::string(file->gzip.begin(), file->gzip.end()),
                            .type = std::string(file->type)};
    auto response = send(answer, 200, conditions, "");
    if (is_immutable(file->path)) {
        response.headers.front().value = "public, max-age=31536000, immutable";
    }
    return response;
}

} // namespace harrier::web
